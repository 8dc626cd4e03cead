"""Templates, styles and filled pages -> Problems: constructs that would break PDF/UA, found before a PDF is made.

What `pdf.ua` repairs is no Problem; what it cannot repair is one here, at its line.
"""
