"""Lay out drawings: a DrawingView and a size go in, a Scene with the position of every line, mark and word comes out.

The layout functions are pure, except that they read style sheets and font files. templates/drawings/ turns a Scene
into SVG. The package imports `language` and the layers below it.
"""
