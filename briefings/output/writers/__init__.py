"""Page -> Output, one module per format.

`write` makes the file from a Page and a Library. ENDING is the end of its name, ON_SCREEN says whether the page is
rendered for a screen, and TYPESET whether it is typeset, which takes seconds and is done by worker processes.
"""
