"""Repair the links of a typeset PDF for PDF/UA-1: one Link element per link, each with a description.

Each repair names the clause of ISO 14289-1 that requires it, like those in ua.py, which calls them.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from .tags import Pdf, descendants, elements, look_up, pages, parent_tree, type_of

Html = Any  # xml.etree.ElementTree.Element

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
MAX_DESCRIPTION = 80  # characters of the target's text in a link's description


def remove_nested_link_annotations(pdf: Pdf) -> None:
    """7.18.5-1: a link's annotation is a kid of a Link element.

    WeasyPrint also adds an annotation for every element inside `<a>`, as a kid of that element. They are removed: the
    link's own annotation covers the same area.
    """
    for link in elements(pdf):
        if link["S"] != "/Link":
            continue
        for inner in descendants(pdf, link):
            if inner["S"] == "/Link":  # the ::before or ::after box of the link
                inner["S"] = "/Span"
            for reference in [kid for kid in inner["K"] if type_of(pdf, kid) == "/OBJR"]:
                inner["K"].remove(reference)
                _remove_annotation(pdf, look_up(pdf, reference)["Obj"])


def _remove_annotation(pdf: Pdf, annotation: bytes) -> None:
    """Remove an annotation from its page and from the parent tree."""
    owners = parent_tree(pdf)
    # The search starts behind the page entries: page numbers and StructParent numbers overlap.
    at = owners.index(look_up(pdf, annotation)["StructParent"], 2 * len(pdf.page_references))
    del owners[at : at + 2]
    for page in pages(pdf):
        if annotation in page.get("Annots", ()):
            page["Annots"].remove(annotation)


def join_links_across_lines(document: Any, pdf: Pdf) -> None:
    """7.18.5: a link over two lines is one Link with two annotations. WeasyPrint writes a Link for each line."""
    owners = parent_tree(pdf)
    entries = {key: entry for entry, key in enumerate(owners[::2])}  # StructParent number -> index of its entry
    for page in document.pages:
        linked = [box for *_, box in page.links if box.link_annotation]  # a link to a missing anchor has none
        # Annotations that remove_nested_link_annotations() removed have no entry any more.
        boxes = [box for box in linked if box.link_annotation.get("StructParent") in entries]
        for before, after in pairwise(boxes):
            first, second = (2 * entries[box.link_annotation["StructParent"]] + 1 for box in (before, after))
            if before.element is after.element and owners[first] != owners[second]:
                _merge(pdf, owners[first], owners[second])


def _merge(pdf: Pdf, target: bytes, source: bytes) -> None:
    """Move the kids of the `source` element to the end of `target`, and remove `source` from the tree."""
    kept, removed = look_up(pdf, target), look_up(pdf, source)
    if removed["P"] != kept["P"]:  # not two lines of one block
        return
    kept["K"] += removed["K"]
    look_up(pdf, removed["P"])["K"].remove(source)
    for kid in removed["K"]:
        if isinstance(kid, bytes) and "P" in look_up(pdf, kid):
            look_up(pdf, kid)["P"] = target
    owners = parent_tree(pdf)
    for owned in owners[1::2]:
        if isinstance(owned, list):  # a page's entry
            owned[:] = [target if owner == source else owner for owner in owned]
    owners[1::2] = [target if owner == source else owner for owner in owners[1::2]]


def describe_links(document: Any, root: Html) -> None:
    """7.18.5-2: a link's annotation has a description. WeasyPrint writes the bare address, which passes but tells a
    reader nothing."""
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    for page in document.pages:
        for kind, target, _, box in page.links:
            if kind in ("internal", "external") and box.element.tag == "a" and box.link_annotation:
                description = link_description(box.element, target, by_id)
                # Keep pydyf's String class, without importing pydyf.
                box.link_annotation["Contents"] = type(box.link_annotation["Contents"])(description)


def link_description(link: Html, target: str, by_id: Mapping[str, Html]) -> str:
    """A link's description: its `aria-label`, or its text with the target's site or first words.

    `target` is an id in `by_id` or an address. `Back` to a section under the heading "A pond" gives "Back: A pond",
    `A page` to https://example.org/a gives "A page (example.org)".
    """
    if label := link.get("aria-label"):
        return str(label)
    own = _text(link)
    if target in by_id:
        opening = _shorten(_text(_heading(by_id[target])))
        return opening if opening.startswith(own) else f"{own}: {opening}"
    site = urlsplit(target).netloc or target
    return own if site in own else f"{own} ({site})"


def _heading(part: Html) -> Html:
    """The first heading inside an element, or the element itself."""
    return next((element for element in part.iter() if element.tag in HEADINGS), part)


def _text(element: Html) -> str:
    """The text of an element in one line, without word joiners (U+2060), which only prevent line breaks."""
    return " ".join("".join(_text_nodes(element)).replace("\u2060", "").split())


def _text_nodes(element: Html) -> Iterator[str]:
    """The text nodes of an element, without those in `<sup>`: the numbers of notes, which are links themselves."""
    yield element.text or ""
    for child in element:
        if child.tag != "sup":
            yield from _text_nodes(child)
        yield child.tail or ""


def _shorten(text: str) -> str:
    """The first words of a text, at most MAX_DESCRIPTION characters, with an ellipsis where it was cut."""
    return text if len(text) <= MAX_DESCRIPTION else text[:MAX_DESCRIPTION].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"
