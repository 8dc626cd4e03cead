"""Schematic bulges of a front."""
