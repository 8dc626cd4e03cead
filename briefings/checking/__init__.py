"""Packs, briefings and templates -> Problems, each at its file, line and column."""
