"""Page -> tagged PDF. The only folder that knows WeasyPrint.

In: a Page and a Library. Out: the PDF's bytes, which are PDF/A-3a and PDF/UA-1, or a ProblemError.
"""
