"""Record in a PDF which sheets each id appears on, and read that map from a PDF.

The map is stored inside the PDF so that it can never describe another state of the document than the file it is read
from. It uses a page-piece dictionary (ISO 32000-1, 14.5), the place that PDF reserves for a program's private data and
that PDF/A permits.
"""

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from .page_html import IDS

SheetMap = Mapping[str, tuple[int, ...]]  # id -> the sheets it appears on, counted from 1, ascending

_ID_ATTRIBUTES = ("id", "data-statement", "data-estimate", "data-source")
# The stream written by embed(), up to its first byte: "<</Type /BriefingsWhere/Filter /FlateDecode/Length 123>>".
# Searching the bytes avoids a PDF parser; a stream's dictionary is never inside a compressed object stream.
_STREAM_HEADER = re.compile(rb"<<[^<>]*/Type /BriefingsWhere\b[^<>]*/Length (\d+)[^<>]*>>\s+stream\n")


def embed(document: Any, pdf: Any) -> None:
    """Add the map to a PDF that is about to be written; called from `write_pdf(finisher=...)`."""
    import pydyf

    # A data dictionary must have a LastModified date (table 319). A page without a date gets no map.
    if "ModDate" not in pdf.info:
        return
    sheets_by_id: dict[str, list[int]] = {}
    for number, page in enumerate(document.pages, 1):
        for name in dict.fromkeys(_ids(page)):
            sheets_by_id.setdefault(name, []).append(number)
    text = json.dumps(sheets_by_id, sort_keys=True, separators=(",", ":"))
    stream = pydyf.Stream([text.encode()], {"Type": "/BriefingsWhere"}, compress=True)
    pdf.add_object(stream)
    private_data = pydyf.Dictionary({"LastModified": pdf.info["ModDate"], "Private": stream.reference})
    pdf.catalog["PieceInfo"] = pydyf.Dictionary({"Briefings": private_data})


def _ids(page: Any) -> Iterator[str]:
    """The ids of the elements on a sheet. WeasyPrint lays out an SVG as one box, so its descendants are read too."""
    for box in page._page_box.descendants():
        element = getattr(box, "element", None)
        if element is None:
            continue
        carriers = element.iter() if str(element.tag).endswith("svg") else (element,)
        for carrier in carriers:
            yield from (carrier.attrib[name] for name in _ID_ATTRIBUTES if carrier.attrib.get(name))
            yield from carrier.attrib.get(IDS, "").split()


def extract(pdf: bytes) -> SheetMap | None:
    """Read the map from a PDF's bytes; None if there is none or it is damaged."""
    match = _STREAM_HEADER.search(pdf)
    if not match:
        return None
    try:
        sheets_by_id = json.loads(zlib.decompress(pdf[match.end() : match.end() + int(match[1])]))
    except (ValueError, zlib.error):
        return None
    return {str(name): tuple(sheets) for name, sheets in sheets_by_id.items()}
