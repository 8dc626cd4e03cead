"""Lay out charts and timelines: estimates, phases and events on scales of amounts and days."""
