"""Drawings on a calendar: events in lanes, and positions at their dates."""
