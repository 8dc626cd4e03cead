"""Briefing -> Page: HTML, with what goes with it. The only folder that knows Jinja.

In: a Briefing and a Library of templates. Out: a Page. Imports `composing` and what comes before it.
"""
