"""A typeset PDF/A-3a -> the same file as PDF/UA-1 too. WeasyPrint writes one standard; this mends what the other asks.

Each mending says which rule it answers, as ISO 14289-1 (PDF/UA-1) and veraPDF number them; the tests run each alone.
They touch what WeasyPrint keeps to itself (its structure elements, a box's annotation), so its major version is pinned.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from . import sheet_map
from .tags import Pdf, descendants, elements, look_up, pages, parent_tree, role_of, type_of
from .word_spaces import separate_words

Html = Any  # xml.etree.ElementTree.Element

POINTS_PER_PX = 0.75  # points in a CSS px
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
MAX_DESCRIPTION = 80  # characters of a link's description that tell what it leads to

_UA_METADATA = """<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
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
        declare_pdf_ua(pdf)
        mark_running_text_as_artifacts(pdf)
        remove_nested_link_annotations(pdf)
        join_links_across_lines(document, pdf)
        untag_nested_headings(pdf)
        join_list_columns(pdf)
        wrap_list_bodies(pdf)
        set_header_scopes(pdf)
        convert_figure_boxes(pdf)
        deduplicate_attachments(pdf)
        separate_words(document, pdf)
        describe_links(document, root)
        sheet_map.embed(document, pdf)

    return finish


def declare_pdf_ua(pdf: Pdf) -> None:
    """5-1: the metadata say that this is PDF/UA-1. PDF/A (ISO 19005-3, 6.6.2.3.1) wants each property it does not know
    described there; `xmp_metadata=` would add a second rdf:RDF, which both refuse. Left uncompressed, as PDF/A-1 asked,
    an archive reads them without knowing PDF."""
    metadata = look_up(pdf, pdf.catalog["Metadata"])
    metadata.compress = False
    metadata.stream = [part.replace(b"</rdf:RDF>", _UA_METADATA.encode()) for part in metadata.stream]


def mark_running_text_as_artifacts(pdf: Pdf) -> None:
    """7.8: page numbers and running titles are pagination artifacts, headers or footers. WeasyPrint tags them and
    leaves the tags out of the tree, so that a reader meets text that belongs nowhere. No validator can tell."""
    read = {element.reference for element in elements(pdf)}
    for number, page in enumerate(pages(pdf)):
        owners = parent_tree(pdf)[2 * number + 1]
        apart = {mcid for mcid, owner in enumerate(owners) if owner not in read}
        owners[:] = ["null" if mcid in apart else owner for mcid, owner in enumerate(owners)]
        stream = look_up(pdf, page["Contents"]).stream
        for at, part in enumerate(stream):
            if isinstance(part, dict) and part.get("MCID") in apart:
                middle = page["MediaBox"][3] / 2 / POINTS_PER_PX
                kind = "/Header" if _distance_from_top(stream, at) < middle else "/Footer"
                stream[at - 1] = "/Artifact"
                del part["MCID"]
                part.update(Type="/Pagination", Subtype=kind)


def _distance_from_top(stream: list[Any], at: int) -> float:
    """How far from the page's top the next text stands, in CSS px."""
    places = (_TEXT_AT.search(part) for part in stream[at:] if isinstance(part, bytes))
    return next((float(place[1]) for place in places if place), 0.0)


def remove_nested_link_annotations(pdf: Pdf) -> None:
    """7.18.5-1: a link's annotation stands in a Link. WeasyPrint gives one to every element inside `<a>` too; what they
    cover is covered by the link's own."""
    for link in elements(pdf):
        if link["S"] != "/Link":
            continue
        for inner in descendants(pdf, link):
            if inner["S"] == "/Link":  # what is written before or after its text
                inner["S"] = "/Span"
            for reference in [kid for kid in inner["K"] if type_of(pdf, kid) == "/OBJR"]:
                inner["K"].remove(reference)
                _remove_annotation(pdf, look_up(pdf, reference)["Obj"])


def _remove_annotation(pdf: Pdf, annotation: bytes) -> None:
    owners = parent_tree(pdf)
    at = owners.index(look_up(pdf, annotation)["StructParent"], 2 * len(pdf.page_references))
    del owners[at : at + 2]
    for page in pages(pdf):
        if annotation in page.get("Annots", ()):
            page["Annots"].remove(annotation)


def join_links_across_lines(document: Any, pdf: Pdf) -> None:
    """7.18.5: a link over two lines is one link, with an annotation a line. WeasyPrint makes as many links as lines."""
    owners = parent_tree(pdf)
    at = {owner: at for at, owner in enumerate(owners[::2])}  # an annotation's number to its place
    for page in document.pages:
        linked = [box for *_, box in page.links if box.link_annotation]  # a link to an anchor that is missing has none
        boxes = [box for box in linked if box.link_annotation.get("StructParent") in at]  # the rest is forgotten
        for first, then in pairwise(boxes):
            number, other = (2 * at[box.link_annotation["StructParent"]] + 1 for box in (first, then))
            if first.element is then.element and owners[number] != owners[other]:
                _join(pdf, owners[number], owners[other])


def _join(pdf: Pdf, first: bytes, then: bytes) -> None:
    """Let one element have what another has, and be whose that is; the other is read no more."""
    one, other = look_up(pdf, first), look_up(pdf, then)
    if other["P"] != one["P"]:
        return
    one["K"] += other["K"]
    look_up(pdf, other["P"])["K"].remove(then)
    for kid in other["K"]:
        if isinstance(kid, bytes) and "P" in look_up(pdf, kid):
            look_up(pdf, kid)["P"] = first
    for owned in parent_tree(pdf)[1::2]:
        if isinstance(owned, list):
            owned[:] = [first if owner == then else owner for owner in owned]
    parent_tree(pdf)[1::2] = [first if owner == then else owner for owner in parent_tree(pdf)[1::2]]


def untag_nested_headings(pdf: Pdf) -> None:
    """7.4: one heading or paragraph is announced once. WeasyPrint tags the box inside a flexible or grid one too."""
    for element in elements(pdf):
        if element["S"] in ("/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6"):
            for inner in descendants(pdf, element):
                if inner["S"] == element["S"]:
                    inner["S"] = "/NonStruct"


def join_list_columns(pdf: Pdf) -> None:
    """7.6: a list's items are counted together. WeasyPrint makes a list of each of its columns."""
    for element in elements(pdf):
        columns = [look_up(pdf, kid) for kid in element["K"] if element["S"] == "/L" and isinstance(kid, bytes)]
        if columns and all(column.get("S") == "/L" for column in columns):
            element["K"][:] = [kid for column in columns for kid in column["K"]]
            for kid in element["K"]:
                look_up(pdf, kid)["P"] = element.reference


def wrap_list_bodies(pdf: Pdf) -> None:
    """7.2-20: a list item holds a label and a body. WeasyPrint writes blocks and inside markers beside them."""
    for item in elements(pdf):
        if item["S"] != "/LI":
            continue
        labels = [kid for kid in item["K"] if role_of(pdf, kid) == "/Lbl"]
        rest = [kid for kid in item["K"] if kid not in labels]
        if [role_of(pdf, kid) for kid in rest] in ([], ["/LBody"]):
            continue
        body = type(item)({"Type": "/StructElem", "S": "/LBody", "K": type(item["K"])(rest), "P": item.reference})
        body["Pg"] = item["Pg"]
        pdf.add_object(body)
        for kid in (look_up(pdf, kid) for kid in rest if isinstance(kid, bytes)):
            kid["P"] = body.reference
            if kid.get("S") == "/LBody":
                kid["S"] = "/Div"
        item["K"][:] = [*labels, body.reference]


def set_header_scopes(pdf: Pdf) -> None:
    """7.5-1: a header cell says whether it heads a column or a row. WeasyPrint's `Headers` miss some in mixed spans."""
    for element in elements(pdf):
        if element["S"] != "/TR":
            continue
        cells = [look_up(pdf, kid) for kid in element["K"]]
        in_head = look_up(pdf, element["P"])["S"] == "/THead"
        a_row = not in_head and any(cell["S"] == "/TD" for cell in cells)
        for cell in cells:
            if cell["S"] == "/TH":
                cell["A"]["Scope"] = "/Row" if a_row else "/Column"


def convert_figure_boxes(pdf: Pdf) -> None:
    """ISO 32000-1, 14.8.5.4.3: a figure's box is in points from the page's foot. WeasyPrint writes px from its top. No
    validator can tell; a reader that outlines the figure shows it."""
    for element in elements(pdf):
        if element["S"] == "/Figure":
            top = look_up(pdf, element["Pg"])["MediaBox"][3]
            left, upper, right, lower = element["A"]["BBox"]
            element["A"]["BBox"][:] = [
                left * POINTS_PER_PX,
                top - lower * POINTS_PER_PX,
                right * POINTS_PER_PX,
                top - upper * POINTS_PER_PX,
            ]


def deduplicate_attachments(pdf: Pdf) -> None:
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
                description = link_description(box.element, target, by_id)
                box.link_annotation["Contents"] = type(box.link_annotation["Contents"])(description)


def link_description(link: Html, target: str, by_id: Mapping[str, Html]) -> str:
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
    return text if len(text) <= MAX_DESCRIPTION else text[:MAX_DESCRIPTION].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"
