"""A typeset PDF -> its structure tree: the elements in reading order, and who owns which piece of a page."""

from collections.abc import Iterator
from typing import Any

Pdf = Any  # pydyf.PDF
Element = Any  # pydyf.Dictionary: a structure element


def elements(pdf: Pdf) -> Iterator[Element]:
    """Every structure element that is read, in reading order."""
    yield from descendants(pdf, look_up(pdf, pdf.catalog["StructTreeRoot"]))


def descendants(pdf: Pdf, element: Element) -> Iterator[Element]:
    for kid in list(element["K"]):
        if type_of(pdf, kid) == "/StructElem":
            yield look_up(pdf, kid)
            yield from descendants(pdf, look_up(pdf, kid))


def pages(pdf: Pdf) -> list[Any]:
    """The page dictionaries, in order."""
    return [look_up(pdf, reference) for reference in pdf.page_references]


def parent_tree(pdf: Pdf) -> Any:
    """The parent tree: page number, its elements by MCID, …; then annotation number, its element, …"""
    return look_up(pdf, look_up(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]


def look_up(pdf: Pdf, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def type_of(pdf: Pdf, kid: Any) -> str:
    """A kid is marked content, by its number, or the reference of an element or an annotation."""
    return look_up(pdf, kid)["Type"] if isinstance(kid, bytes) else "MCID"


def role_of(pdf: Pdf, kid: Any) -> str:
    return look_up(pdf, kid).get("S", "") if isinstance(kid, bytes) else ""
