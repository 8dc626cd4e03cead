"""A typeset PDF/A-3a -> the same file as PDF/UA-1 too. WeasyPrint writes one standard; this mends what the other asks.

Each mending says which rule it answers, as ISO 14289-1 (PDF/UA-1) and veraPDF number them; the tests run each alone.
They touch what WeasyPrint keeps to itself (its structure elements, a box's annotation), so its major version is pinned.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from . import whereabouts

Pdf = Any  # pydyf.PDF
Element = Any  # pydyf.Dictionary: a structure element
Html = Any  # xml.etree.ElementTree.Element

PX = 0.75  # points in a CSS px
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LONGEST = 80  # characters of a link's description that tell what it leads to

_PART = """<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""
_TEXT_AT = re.compile(rb"(\S+) Tm$")


def finisher(root: Html) -> Callable[[Any, Pdf], None]:
    """What `write_pdf(finisher=...)` calls, for the page whose HTML is `root`."""

    def finish(document: Any, pdf: Pdf) -> None:
        identify(pdf)
        set_running_text_apart(pdf)
        one_annotation_a_link(pdf)
        list_bodies(pdf)
        header_scopes(pdf)
        place_figures(pdf)
        associate_once(pdf)
        describe_links(document, root)
        whereabouts.note(document, pdf)

    return finish


def identify(pdf: Pdf) -> None:
    """5-1: the metadata say that this is PDF/UA-1. PDF/A (ISO 19005-3, 6.6.2.3.1) wants each property it does not know
    described there; `xmp_metadata=` would add a second rdf:RDF, which both refuse. Left uncompressed, as PDF/A-1 asked,
    an archive reads them without knowing PDF."""
    metadata = _object(pdf, pdf.catalog["Metadata"])
    metadata.compress = False
    metadata.stream = [part.replace(b"</rdf:RDF>", _PART.encode()) for part in metadata.stream]


def set_running_text_apart(pdf: Pdf) -> None:
    """7.8: page numbers and running titles are pagination artifacts, headers or footers. WeasyPrint tags them and
    leaves the tags out of the tree, so that a reader meets text that belongs nowhere. No validator can tell."""
    read = {element.reference for element in elements(pdf)}
    for number, page in enumerate(pages(pdf)):
        parents = _parents(pdf)[2 * number + 1]
        apart = {mcid for mcid, parent in enumerate(parents) if parent not in read}
        parents[:] = ["null" if mcid in apart else parent for mcid, parent in enumerate(parents)]
        stream = _object(pdf, page["Contents"]).stream
        for at, part in enumerate(stream):
            if isinstance(part, dict) and part.get("MCID") in apart:
                middle = page["MediaBox"][3] / 2 / PX
                kind = "/Header" if _height(stream, at) < middle else "/Footer"
                stream[at - 1] = "/Artifact"
                del part["MCID"]
                part.update(Type="/Pagination", Subtype=kind)


def _height(stream: list[Any], at: int) -> float:
    """How far from the page's top the next text stands, in CSS px."""
    places = (_TEXT_AT.search(part) for part in stream[at:] if isinstance(part, bytes))
    return next((float(place[1]) for place in places if place), 0.0)


def one_annotation_a_link(pdf: Pdf) -> None:
    """7.18.5-1: a link's annotation stands in a Link. WeasyPrint gives one to every element inside `<a>` too; what they
    cover is covered by the link's own."""
    for link in elements(pdf):
        if link["S"] != "/Link":
            continue
        for inner in _below(pdf, link):
            for reference in [kid for kid in inner["K"] if _type(pdf, kid) == "/OBJR"]:
                inner["K"].remove(reference)
                _forget(pdf, _object(pdf, reference)["Obj"])


def _forget(pdf: Pdf, annotation: bytes) -> None:
    parents = _parents(pdf)
    at = parents.index(_object(pdf, annotation)["StructParent"], 2 * len(pdf.page_references))
    del parents[at : at + 2]
    for page in pages(pdf):
        if annotation in page.get("Annots", ()):
            page["Annots"].remove(annotation)


def list_bodies(pdf: Pdf) -> None:
    """7.2-20: a list item holds a label and a body. WeasyPrint writes blocks and inside markers beside them."""
    for item in elements(pdf):
        if item["S"] != "/LI":
            continue
        labels = [kid for kid in item["K"] if _role(pdf, kid) == "/Lbl"]
        rest = [kid for kid in item["K"] if kid not in labels]
        if [_role(pdf, kid) for kid in rest] in ([], ["/LBody"]):
            continue
        body = type(item)({"Type": "/StructElem", "S": "/LBody", "K": type(item["K"])(rest), "P": item.reference})
        body["Pg"] = item["Pg"]
        pdf.add_object(body)
        for kid in (_object(pdf, kid) for kid in rest if isinstance(kid, bytes)):
            kid["P"] = body.reference
            if kid.get("S") == "/LBody":
                kid["S"] = "/Div"
        item["K"][:] = [*labels, body.reference]


def header_scopes(pdf: Pdf) -> None:
    """7.5-1: a header cell says whether it heads a column or a row. WeasyPrint's `Headers` miss some in mixed spans."""
    for element in elements(pdf):
        if element["S"] != "/TR":
            continue
        cells = [_object(pdf, kid) for kid in element["K"]]
        in_head = _object(pdf, element["P"])["S"] == "/THead"
        a_row = not in_head and any(cell["S"] == "/TD" for cell in cells)
        for cell in cells:
            if cell["S"] == "/TH":
                cell["A"]["Scope"] = "/Row" if a_row else "/Column"


def place_figures(pdf: Pdf) -> None:
    """ISO 32000-1, 14.8.5.4.3: a figure's box is in points from the page's foot. WeasyPrint writes px from its top. No
    validator can tell; a reader that outlines the figure shows it."""
    for element in elements(pdf):
        if element["S"] == "/Figure":
            top = _object(pdf, element["Pg"])["MediaBox"][3]
            left, upper, right, lower = element["A"]["BBox"]
            element["A"]["BBox"][:] = [left * PX, top - lower * PX, right * PX, top - upper * PX]


def associate_once(pdf: Pdf) -> None:
    """ISO 19005-3, 6.8: the attachments that belong to the document are listed. WeasyPrint lists each twice."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def describe_links(document: Any, root: Html) -> None:
    """7.18.5-2: a link's annotation is described. WeasyPrint writes the bare address there; a person wants to know what
    stands at its end."""
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    for page in document.pages:
        for kind, target, _, box in page.links:
            if kind in ("internal", "external") and box.element.tag == "a" and box.link_annotation:
                description = describe(box.element, target, by_id)
                box.link_annotation["Contents"] = type(box.link_annotation["Contents"])(description)


def describe(link: Html, target: str, by_id: Mapping[str, Html]) -> str:
    """A link in words: its label, or its text with the site or the opening of the part that it leads to."""
    if label := link.get("aria-label"):
        return str(label)
    own = _words(link)
    if target in by_id:
        there = _opening(_words(_heading(by_id[target])))
        return there if there.startswith(own) else f"{own}: {there}"
    site = urlsplit(target).netloc or target
    return own if site in own else f"{own} ({site})"


def _heading(part: Html) -> Html:
    """The first heading of a part that has one."""
    return next((element for element in part.iter() if element.tag in HEADINGS), part)


def _words(element: Html) -> str:
    return " ".join("".join(_texts(element)).replace("\u2060", "").split())


def _texts(element: Html) -> Iterator[str]:
    """The text of an element without its notes, which are links themselves."""
    yield element.text or ""
    for child in element:
        if child.tag != "sup":
            yield from _texts(child)
        yield child.tail or ""


def _opening(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"


# -- the structure tree ------------------------------------------------------------------------


def elements(pdf: Pdf) -> Iterator[Element]:
    """Every structure element that is read, in reading order."""
    yield from _below(pdf, _object(pdf, pdf.catalog["StructTreeRoot"]))


def _below(pdf: Pdf, element: Element) -> Iterator[Element]:
    for kid in list(element["K"]):
        if _type(pdf, kid) == "/StructElem":
            yield _object(pdf, kid)
            yield from _below(pdf, _object(pdf, kid))


def pages(pdf: Pdf) -> list[Any]:
    """The page dictionaries, in order."""
    return [_object(pdf, reference) for reference in pdf.page_references]


def _parents(pdf: Pdf) -> Any:
    """The parent tree: page number, its elements by MCID, …; then annotation number, its element, …"""
    return _object(pdf, _object(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]


def _object(pdf: Pdf, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _type(pdf: Pdf, kid: Any) -> str:
    """A kid is marked content, by its number, or the reference of an element or an annotation."""
    return _object(pdf, kid)["Type"] if isinstance(kid, bytes) else "MCID"


def _role(pdf: Pdf, kid: Any) -> str:
    return _object(pdf, kid).get("S", "") if isinstance(kid, bytes) else ""
