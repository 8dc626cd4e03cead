"""A typeset document -> the sheets each id stands on, kept inside the PDF itself; a PDF -> the same, read out again.

Inside, because then it cannot be of another state of the document than the file somebody holds. PDF keeps a place for
what a program notes of its own document (ISO 32000-1, 14.5, page-piece dictionaries), and PDF/A lets it be.
"""

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

SheetMap = Mapping[str, tuple[int, ...]]

_ID_ATTRIBUTES = ("id", "data-statement", "data-estimate", "data-source")
_KEPT = re.compile(rb"<<[^<>]*/Type /BriefingsWhere\b[^<>]*/Length (\d+)[^<>]*>>\s+stream\n")


def embed(document: Any, pdf: Any) -> None:
    """Put it into a PDF that is about to be written; for `write_pdf(finisher=...)`."""
    import pydyf

    if "ModDate" not in pdf.info:  # what is noted has a date
        return
    found: dict[str, list[int]] = {}
    for number, page in enumerate(document.pages, 1):
        for name in dict.fromkeys(_ids(page)):
            found.setdefault(name, []).append(number)
    words = json.dumps(found, sort_keys=True, separators=(",", ":"))
    stream = pydyf.Stream([words.encode()], {"Type": "/BriefingsWhere"}, compress=True)
    pdf.add_object(stream)
    ours = pydyf.Dictionary({"LastModified": pdf.info["ModDate"], "Private": stream.reference})
    pdf.catalog["PieceInfo"] = pydyf.Dictionary({"Briefings": ours})


def _ids(page: Any) -> Iterator[str]:
    """What stands on a sheet, by the ids its elements carry; a picture's are those of its parts."""
    for box in page._page_box.descendants():
        element = getattr(box, "element", None)
        if element is None:
            continue
        drawn = element.iter() if str(element.tag).endswith("svg") else (element,)
        for part in drawn:
            yield from (part.attrib[name] for name in _ID_ATTRIBUTES if part.attrib.get(name))


def extract(pdf: bytes) -> SheetMap | None:
    """Id -> sheets, counted from 1; None where the PDF does not say, being older or another's."""
    match = _KEPT.search(pdf)
    if not match:
        return None
    try:
        found = json.loads(zlib.decompress(pdf[match.end() : match.end() + int(match[1])]))
    except (ValueError, zlib.error):
        return None
    return {str(name): tuple(sheets) for name, sheets in found.items()}
