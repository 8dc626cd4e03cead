"""The data type in the middle: what one reader gets, and how to walk through it.

In: nothing; `composing` makes it. Out: Briefing and its parts, all that a template may use. Imports
`schema` and `pack`.
"""
