"""A PDF from a build -> the data file in it, as JSON; without a parser of PDFs."""

import json
import re
import zlib
from typing import Any

# A stream's dictionary is never inside a compressed object stream.
_HEADER = re.compile(rb"<<[^\0]{0,400}?/Type /EmbeddedFile\b[^\0]{0,600}?/Length (\d+)[^\0]{0,100}?>>\s+stream\r?\n")
_MOST = 20_000_000  # bytes of the data file


def data_file(pdf: bytes) -> dict[str, Any] | None:
    """The data of the document, which `page/attachment.py` wrote; None if the PDF has none, or another one."""
    for match in _HEADER.finditer(pdf):
        try:
            inflater = zlib.decompressobj()
            data = json.loads(inflater.decompress(pdf[match.end() : match.end() + int(match[1])], _MOST))
        except (ValueError, zlib.error):
            continue
        if isinstance(data, dict) and {"pack", "audience", "document", "edition"} <= set(data):
            return data
    return None
