"""Page -> Output, one module per format: `write` makes the file, ON_SCREEN says whether the page is read on a screen.

In: a Page and a Library. Out: an Output. Its module's name is the format's name and the extension of its files.
"""
