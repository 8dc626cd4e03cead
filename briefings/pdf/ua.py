"""Turn WeasyPrint's PDF/A-3a into a file that is also PDF/UA-1: WeasyPrint writes one standard per file.

Each repair names the clause that requires it: of ISO 14289-1 (PDF/UA-1) with the number of veraPDF's rule, such as
7.18.5-1, unless it names another standard. The tests run each repair alone. The repairs use WeasyPrint's private data
(structure elements, a box's `link_annotation`), so its major version is pinned.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from . import sheet_map
from .links import describe_links, join_links_across_lines, remove_nested_link_annotations
from .tags import Element, Pdf, descendants, elements, look_up, pages, parent_tree, role_of
from .word_spaces import separate_words

Html = Any  # xml.etree.ElementTree.Element

POINTS_PER_PX = 0.75  # a CSS px is 1/96 inch, a point 1/72

# The PDF/UA identification, and the extension schema that describes it; see declare_pdf_ua().
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
_MAPPED = re.compile(rb"<[0-9a-f]{4}> <[0-9a-f]+>$")  # a line of a ToUnicode map: glyph, characters
_TEXT_AT = re.compile(rb"(\S+) Tm$")  # "1 0 0 -1 30.5 20 Tm": the last number is y, in px from the top


def finisher(root: Html, *, declare: bool = True) -> Callable[[Any, Pdf], None]:
    """The function for `write_pdf(finisher=...)`; `root` is the root of the page's HTML tree.

    `declare` adds the identification of PDF/UA, which WeasyPrint writes only if that is the one standard asked for.

    Order matters: join_links_across_lines() relies on nested annotations being gone, and separate_words() on running
    text being out of the parent tree.
    """

    def finish(document: Any, pdf: Pdf) -> None:
        if declare:
            declare_pdf_ua(pdf)
        mark_running_text_as_artifacts(pdf)
        remove_nested_link_annotations(pdf)
        join_links_across_lines(document, pdf)
        tag_pictures_of_pages(document, pdf)
        untag_nested_headings(pdf)
        join_list_columns(pdf)
        wrap_list_bodies(pdf)
        set_header_scopes(pdf)
        convert_figure_boxes(pdf)
        deduplicate_attachments(pdf)
        rename_joiners(pdf)
        map_all_glyphs(document, pdf)
        separate_words(document, pdf)
        describe_links(document, root)
        sheet_map.embed(document, pdf)

    return finish


def declare_pdf_ua(pdf: Pdf) -> None:
    """5-1: the XMP metadata declare PDF/UA-1.

    PDF/A (ISO 19005-3, 6.6.2.3.1) requires an extension schema for each property that it does not define itself.
    WeasyPrint's `xmp_metadata=` would add a second rdf:RDF, which fails both standards. The metadata stay uncompressed,
    as PDF/A-1 required, so that an archive can read them without a PDF parser.
    """
    metadata = look_up(pdf, pdf.catalog["Metadata"])
    metadata.compress = False
    metadata.stream = [part.replace(b"</rdf:RDF>", _UA_METADATA.encode()) for part in metadata.stream]


def mark_running_text_as_artifacts(pdf: Pdf) -> None:
    """7.8: page numbers and running titles are pagination artifacts, headers or footers.

    WeasyPrint marks margin boxes as tagged content whose elements are not in the structure tree. No validator reports
    this, but a screen reader finds text that belongs to no element.
    """
    read = {element.reference for element in elements(pdf)}
    for number, page in enumerate(pages(pdf)):
        owners = parent_tree(pdf)[2 * number + 1]
        untagged = {mcid for mcid, owner in enumerate(owners) if owner not in read}
        # "null" keeps the positions in the list, which are the MCIDs.
        owners[:] = ["null" if mcid in untagged else owner for mcid, owner in enumerate(owners)]
        stream = look_up(pdf, page["Contents"]).stream
        for at, part in enumerate(stream):
            if isinstance(part, dict) and part.get("MCID") in untagged:
                middle = page["MediaBox"][3] / 2 / POINTS_PER_PX
                kind = "/Header" if _distance_from_top(stream, at) < middle else "/Footer"
                stream[at - 1] = "/Artifact"  # the operand before the properties is the tag
                del part["MCID"]
                part.update(Type="/Pagination", Subtype=kind)


def _distance_from_top(stream: list[Any], at: int) -> float:
    """The distance of the next text from the page's top, in CSS px."""
    places = (_TEXT_AT.search(part) for part in stream[at:] if isinstance(part, bytes))
    return next((float(place[1]) for place in places if place), 0.0)


def tag_pictures_of_pages(document: Any, pdf: Pdf) -> None:
    """7.3: `<article role="img" aria-label="...">` is one figure with that text, whatever HTML it is made of.

    The notes to slides show each slide small. Its words stand beside it; read twice, they would be noise, and the
    headings of the picture would be headings of the notes. WeasyPrint knows no `role`, so the article's structure is
    replaced by one Figure that owns all of its marked content.
    """
    tagged = list(_outermost(pdf, look_up(pdf, pdf.catalog["StructTreeRoot"]), "/Art"))
    boxes = [box for page in document.pages for box in _article_boxes(page._page_box)]
    for element, box in zip(tagged, boxes, strict=True):
        if box.element.get("role") != "img":
            continue
        number = pdf.page_references.index(element["Pg"])
        owners = parent_tree(pdf)[2 * number + 1]
        inside = [element, *descendants(pdf, element)]
        kids = sorted(kid for part in inside for kid in part["K"] if isinstance(kid, int))
        for mcid in kids:
            owners[mcid] = element.reference
        left, top = box.border_box_x(), box.border_box_y()
        bounds = (left, top, left + box.border_width(), top + box.border_height())
        array, dictionary = type(element["K"]), type(element)
        element["S"] = "/Figure"
        element["K"] = array(kids)
        element["Alt"] = type(pdf.catalog["Lang"])(box.element.get("aria-label", ""))
        element["A"] = dictionary({"O": "/Layout", "BBox": array(bounds)})


def _outermost(pdf: Pdf, parent: Element, role: str) -> Iterator[Element]:
    for kid in parent["K"]:
        if role_of(pdf, kid) == role:
            yield look_up(pdf, kid)
        elif isinstance(kid, bytes) and "K" in look_up(pdf, kid):
            yield from _outermost(pdf, look_up(pdf, kid), role)


def _article_boxes(box: Any) -> Iterator[Any]:
    """The outermost boxes of articles on a page, in the order in which WeasyPrint tags them."""
    box = getattr(box, "_box", box)  # a placeholder of an absolutely placed box
    if box.element_tag == "article":
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _article_boxes(child)


def untag_nested_headings(pdf: Pdf) -> None:
    """7.4: a heading or paragraph is tagged once. For `display: grid` or `flex`, WeasyPrint tags both the container and
    the anonymous box inside it, and a screen reader announces two headings."""
    for element in elements(pdf):
        if element["S"] in ("/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6"):
            for inner in descendants(pdf, element):
                if inner["S"] == element["S"]:
                    inner["S"] = "/NonStruct"


def join_list_columns(pdf: Pdf) -> None:
    """7.6: the items of a list are kids of one L element. WeasyPrint writes an L inside it for each CSS column."""
    for element in elements(pdf):
        columns = [look_up(pdf, kid) for kid in element["K"] if element["S"] == "/L" and isinstance(kid, bytes)]
        if columns and all(column.get("S") == "/L" for column in columns):
            element["K"][:] = [kid for column in columns for kid in column["K"]]
            for kid in element["K"]:
                look_up(pdf, kid)["P"] = element.reference


def wrap_list_bodies(pdf: Pdf) -> None:
    """7.2-20: a list item contains only a label (Lbl) and a body (LBody).

    WeasyPrint writes blocks, nested lists and inside markers as further kids of the item. All that is not the label
    becomes the content of one new LBody.
    """
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
            if kid.get("S") == "/LBody":  # an LBody may not contain another
                kid["S"] = "/Div"
        item["K"][:] = [*labels, body.reference]


def set_header_scopes(pdf: Pdf) -> None:
    """7.5-1: each header cell has a Scope, or its data cells name it in `Headers`.

    WeasyPrint writes `Headers`, but misses cells when header rows mix rowspan and colspan. A header cell outside a
    thead in a row with data cells heads that row; any other heads a column.
    """
    for element in elements(pdf):
        if element["S"] != "/TR":
            continue
        cells = [look_up(pdf, kid) for kid in element["K"]]
        in_head = look_up(pdf, element["P"])["S"] == "/THead"
        heads_row = not in_head and any(cell["S"] == "/TD" for cell in cells)
        for cell in cells:
            if cell["S"] == "/TH":
                cell["A"]["Scope"] = "/Row" if heads_row else "/Column"


def convert_figure_boxes(pdf: Pdf) -> None:
    """ISO 32000-1, 14.8.5.4.3: a figure's BBox is in points from the page's bottom left corner. WeasyPrint writes px
    from the top; no validator reports it, but a reader that outlines the figure misplaces the outline."""
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


def rename_joiners(pdf: Pdf) -> None:
    """7.21.7-2: no glyph stands for U+FEFF, which is a byte order mark. A font whose fields may hold any letter is
    embedded whole, with that glyph; as a character, Unicode has replaced it by the word joiner, U+2060."""
    for item in pdf.objects:
        if b"begincmap" in getattr(item, "stream", ()):
            item.stream[:] = [part.replace(b"> <feff>", b"> <2060>") for part in item.stream]


def map_all_glyphs(document: Any, pdf: Pdf) -> None:
    """7.21.7-1: each glyph that is used is mapped to its characters. Of a font that is embedded whole, WeasyPrint maps
    the glyphs of single characters, but no ligature and no other form of a letter or digit."""
    fonts = {font.name: font for font in document.fonts.values()}
    for item in pdf.objects:
        font = fonts.get(item.get("BaseFont")) if isinstance(item, type(pdf.catalog)) and "ToUnicode" in item else None
        if font is None:
            continue
        stream = look_up(pdf, item["ToUnicode"]).stream
        mapped = {part[1:5] for part in stream if _MAPPED.match(part)}
        missing = [
            b"<%04x> <%s>" % (glyph, text.encode("utf-16-be").hex().encode())
            for glyph, text in font.to_unicode.items()
            if b"%04x" % glyph not in mapped
        ]
        for at in range(0, len(missing), 100):  # a block has 100 lines at most
            block = missing[at : at + 100]
            end = stream.index(b"endcmap")
            stream[end:end] = [b"%d beginbfchar" % len(block), *block, b"endbfchar"]


def deduplicate_attachments(pdf: Pdf) -> None:
    """ISO 19005-3, 6.8: the catalog's AF array lists the associated files. WeasyPrint lists each twice."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
