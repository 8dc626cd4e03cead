"""The obvious script, as the unit of comparison: import WeasyPrint, read one page and write one PDF.

python naive.py PAGE.html OUT.pdf TEMPLATES
"""

import sys
from pathlib import Path

from weasyprint import HTML

page, out, templates = map(Path, sys.argv[1:])
HTML(string=page.read_text("utf-8"), base_url=f"{templates.resolve()}/").write_pdf(out, pdf_variant="pdf/a-3a")
