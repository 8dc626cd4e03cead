"""Content streams in, text runs and added spaces out: two glyphs of 500 units, and one for the space."""

from types import SimpleNamespace
from typing import Any

import pydyf
import pytest

from briefings.pdf.tags import parent_tree
from briefings.pdf.word_spaces import TextRun, _block, _measure, _text_runs, separate_words

FONT = SimpleNamespace(
    hash="F", widths={1: 500, 2: 500, 3: 250}, to_unicode={1: "a", 2: "-", 3: " "}
)  # glyph 1 is a letter, 2 a hyphen, 3 a space


def run(**changes: Any) -> TextRun:
    values = {"mcid": 0, "block": b"1 0 R", "x": 0, "y": 20, "x_end": 30, "font": "F", "size": 10, "stream_index": 0}
    return TextRun(**(values | {"first_glyph": 1, "last_glyph": 1} | changes))


@pytest.mark.parametrize(
    ("after", "separated"),
    [
        (run(x=31, x_end=40), False),  # 1 px: less than 0.15 of 10 px
        (run(x=33, x_end=40), True),  # a gap
        (run(x=31, x_end=40, y=15), False),  # a superscript
        (run(x=0, x_end=40, y=32), True),  # the next line
        (run(x=60, x_end=90, y=0), True),  # the next column
        (run(x=33, x_end=40, block=b"2 0 R"), False),  # another paragraph
    ],
)
def test_a_gap_or_a_new_line_in_the_same_block_separates(after: TextRun, separated: bool) -> None:
    assert run().is_separated_from(after) is separated


@pytest.mark.parametrize(
    ("array", "width", "first", "last"),
    [
        (b"<00010002>", 1000, 1, 2),
        (b"<0001>-20<0003>", 770, 1, 3),  # negative kerning widens
        (b"<0001>50<0001>", 950, 1, 1),
        (b"", 0, 0, 0),
    ],
)
def test_the_width_of_shown_glyphs(array: bytes, width: float, first: int, last: int) -> None:
    assert _measure(array, FONT) == (width, first, last)


def test_a_text_run_reaches_from_its_position_to_its_last_glyph() -> None:
    stream = [
        *("/Span", {"MCID": 0}, b"BDC", b"/F 10 Tf", b"1 0 0 -1 5 20 Tm", b"[<0001>] TJ", b"[<0002>] TJ", b"EMC"),
        *("/Artifact", {"Type": "/Pagination"}, b"BDC", b"1 0 0 -1 5 90 Tm", b"[<0001>] TJ", b"EMC"),
    ]
    (found,) = _text_runs(stream, [b"7 0 R"], {"F": FONT})
    assert found == TextRun(0, b"7 0 R", 5, 20, 15, "F", 10, 6, 1, 2)


def small_pdf(first: bytes, second: bytes, *, aside: bool = False) -> tuple[Any, list[Any]]:
    """A page with one paragraph of two lines, in the form in which WeasyPrint hands it to a finisher.

    With `aside`, the second is read first: a number in the margin is drawn after the text.
    """
    pdf = pydyf.PDF()
    stream: list[Any] = []
    for mcid, (glyphs, y) in enumerate(((first, 20), (second, 40))):
        stream += ["/P", {"MCID": mcid}, b"BDC", b"/F 10 Tf", b"1 0 0 -1 5 %d Tm" % y, b"[<%s>] TJ" % glyphs, b"EMC"]
    contents, paragraph = pydyf.Stream(stream), pydyf.Dictionary({"S": "/P"})
    tree, root = pydyf.Dictionary(), pydyf.Dictionary()
    for added in (contents, paragraph, tree, root):
        pdf.add_object(added)
    span = pydyf.Dictionary({"Type": "/StructElem", "S": "/Span", "P": paragraph.reference, "K": [1]})
    pdf.add_object(span)
    paragraph |= {"Type": "/StructElem", "K": [span.reference, 0] if aside else [0, span.reference]}
    root["K"] = [paragraph.reference]
    tree["Nums"] = [0, [paragraph.reference, span.reference]]
    root["ParentTree"] = tree.reference
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.add_page(pydyf.Dictionary({"Contents": contents.reference}))
    paragraph["Pg"] = span["Pg"] = pdf.page_references[0]
    return pdf, contents.stream


@pytest.mark.parametrize(
    ("first", "second", "language", "written"),
    [
        (b"0001", b"0001", "en", b"[<0001><0003>] TJ"),
        (b"0001", b"0001", "ja", b"[<0001>] TJ"),  # written without spaces
        (b"0002", b"0001", "en", b"[<0002>] TJ"),  # a word divided at a hyphen
        (b"0003", b"0001", "en", b"[<0003>] TJ"),  # a space is there
        (b"0001", b"0003", "en", b"[<0001>] TJ"),  # a space follows
    ],
)
def test_a_line_ends_with_a_space_between_words(first: bytes, second: bytes, language: str, written: bytes) -> None:
    pdf, stream = small_pdf(first, second)
    document = SimpleNamespace(metadata=SimpleNamespace(lang=language), fonts={"x": FONT})
    separate_words(document, pdf)
    assert [part for part in stream if isinstance(part, bytes) and b"TJ" in part] == [written, b"[<%s>] TJ" % second]


def test_what_is_drawn_last_and_read_first_is_separated_from_what_follows_it() -> None:
    pdf, stream = small_pdf(b"0001", b"00010001", aside=True)
    separate_words(SimpleNamespace(metadata=SimpleNamespace(lang="en"), fonts={"x": FONT}), pdf)
    shown = [part for part in stream if isinstance(part, bytes) and b"TJ" in part]
    assert shown == [b"[<0001>] TJ", b"[<00010001><0003>] TJ"]


def test_the_block_of_inline_elements_is_their_paragraph() -> None:
    pdf, _ = small_pdf(b"", b"")
    paragraph, span = parent_tree(pdf)[1]
    assert _block(pdf, span) == _block(pdf, paragraph) == paragraph
    assert _block(pdf, "null") == b""
