"""Write amounts, dates and names in a language, and analyse prose: numbers and dates in it, reading grades.

The package imports `briefing` and the layers below it.
"""
