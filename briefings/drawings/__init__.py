"""A Picture, at a size -> its Scene: where every line, mark and word stands. Pure, but for reading styles and fonts.

In: a Picture, wording, the style's tokens and the fonts' advances. Out: a Scene, which templates/drawings/ draws.
Imports `language` and what comes before it.
"""
