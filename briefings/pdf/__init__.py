"""Page -> tagged PDF. The only folder that knows WeasyPrint.

Input: a Page and a Library. Output: a PDF that is both PDF/A-3a and PDF/UA-1, or with form fields PDF/UA-1
alone, or a ProblemError.
"""
