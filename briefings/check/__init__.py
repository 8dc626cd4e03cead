"""Packs, briefings and templates -> Problems, each at its line."""
