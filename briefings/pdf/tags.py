"""Navigate the structure tree of a `pydyf.PDF`: its elements in reading order, and the owner of each marked content.

References are bytes such as `b"12 0 R"`. An element's `K` lists its kids: references of elements or of object
references (`/OBJR`, a link's annotation), and integers, the MCIDs of marked content in the page's content stream.
"""

from collections.abc import Iterator
from typing import Any

Pdf = Any  # pydyf.PDF
Element = Any  # pydyf.Dictionary: a structure element


def elements(pdf: Pdf) -> Iterator[Element]:
    """Every structure element that the tree contains, in reading order."""
    yield from descendants(pdf, look_up(pdf, pdf.catalog["StructTreeRoot"]))


def descendants(pdf: Pdf, element: Element) -> Iterator[Element]:
    """The elements below one, in reading order. Callers may change an element's kids while they iterate."""
    below = [iter([*element["K"]])]  # not a generator inside each other: the repairs walk the tree ten times
    while below:
        for kid in below[-1]:
            if isinstance(kid, bytes) and (found := look_up(pdf, kid))["Type"] == "/StructElem":
                yield found
                below.append(iter([*found["K"]]))
                break
        else:
            below.pop()


def marked_content(pdf: Pdf) -> Iterator[tuple[bytes, int]]:
    """(page, MCID) of each marked content, in reading order."""
    yield from _marked_below(pdf, look_up(pdf, pdf.catalog["StructTreeRoot"]))


def _marked_below(pdf: Pdf, element: Element) -> Iterator[tuple[bytes, int]]:
    for kid in element["K"]:
        if isinstance(kid, int):
            yield element["Pg"], kid
        elif type_of(pdf, kid) == "/StructElem":
            yield from _marked_below(pdf, look_up(pdf, kid))


def pages(pdf: Pdf) -> list[Any]:
    """The page dictionaries, in order."""
    return [look_up(pdf, reference) for reference in pdf.page_references]


def parent_tree(pdf: Pdf) -> Any:
    """The parent tree (ISO 32000-1, 14.7.4.4) as a flat list of keys and values.

    WeasyPrint writes an entry for each page first, `page number, [the element that owns MCID 0, MCID 1, ...]`, then one
    for each annotation, `StructParent number, the Link element that owns it`.
    """
    return look_up(pdf, look_up(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]


def look_up(pdf: Pdf, reference: bytes) -> Any:
    """The object that a reference names."""
    return pdf.objects[int(reference.split()[0])]


def type_of(pdf: Pdf, kid: Any) -> str:
    """A kid's type: `/StructElem`, `/OBJR`, or `MCID` for marked content, which is given by its number."""
    return look_up(pdf, kid)["Type"] if isinstance(kid, bytes) else "MCID"


def role_of(pdf: Pdf, kid: Any) -> str:
    """A kid's structure type, such as `/LBody`; empty for marked content and annotations."""
    return look_up(pdf, kid).get("S", "") if isinstance(kid, bytes) else ""
