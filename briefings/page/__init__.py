"""Briefing and templates -> Page: HTML and the data file to attach to its PDF.

The only folder that imports Jinja. It imports no module of `pdf`, `output`, `cli` or `serve`.
"""
