"""The Briefing: the content of one document for one audience, and functions that walk through it.

`composing` creates briefings; templates, checks and queries read them. Imports `schema` and `pack`.
"""
