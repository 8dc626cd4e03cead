"""A briefing -> the slides of its deck."""
