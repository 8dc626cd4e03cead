"""Templates, styles and rendered pages -> Problems: constructs that would break PDF/UA, found before a PDF is made.

`pdf.ua` repairs what it can in the PDF; the faults here are those it cannot repair.
"""
