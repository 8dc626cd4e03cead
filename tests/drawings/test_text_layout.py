"""Wrapping and stacking of text."""

import pytest

from briefings.drawings.design_tokens import load_tokens
from briefings.drawings.fonts import Face, TextMeasure
from briefings.drawings.scene import ASCENT, DESCENT, Anchor, Box, Span
from briefings.drawings.text_layout import TextBlock, TextStyle, layout_text, line_width, wrapped
from briefings.library import Library, shipped

LIBRARY = Library(shipped())
MEASURE = TextMeasure(LIBRARY, load_tokens(LIBRARY, "page", "a4"))
FACE = Face(10)


def lines(spans: list[Span], width: float) -> list[str]:
    return ["".join(span.text for span in line) for line in wrapped(MEASURE, spans, FACE, width)]


def test_text_wraps_between_words() -> None:
    width = MEASURE.width("The frogs", FACE) + 1
    assert lines([Span("The frogs of the pond")], width) == ["The frogs", "of the", "pond"]


def test_a_word_wider_than_the_line_has_a_line_of_its_own() -> None:
    assert lines([Span("a Hydrocharitaceae b")], 20) == ["a", "Hydrocharitaceae", "b"]


def test_a_word_of_two_spans_is_not_broken() -> None:
    assert lines([Span("not", bold=True), Span("e it")], 15) == ["note", "it"]


def test_a_no_break_space_does_not_break() -> None:
    assert lines([Span("12\u00a0frogs")], 1) == ["12\u00a0frogs"]


def test_a_space_belongs_to_an_estimate_only_between_its_own_words() -> None:
    (line,) = wrapped(MEASURE, [Span("about "), Span("12 frogs", ref="f/e"), Span(" here")], FACE, 1e6)
    assert line == (Span("about "), Span("12 frogs", ref="f/e"), Span(" here"))


def test_bold_spans_are_measured_in_bold() -> None:
    assert line_width(MEASURE, [Span("frogs", bold=True)], FACE) == MEASURE.width("frogs", FACE.bold)


def test_paragraphs_are_stacked() -> None:
    block = layout_text(MEASURE, [([Span("Frogs")], TextStyle(Face(20))), ([Span("of the pond")], TextStyle(FACE))])
    first, second = block.lines
    assert first.y == ASCENT * 20
    assert second.y == pytest.approx(1.22 * 20 + ASCENT * 10)
    assert block.height == pytest.approx(second.y + DESCENT * 10)
    assert block.width == max(MEASURE.width("Frogs", Face(20)), MEASURE.width("of the pond", FACE))


def test_no_text_has_no_size() -> None:
    assert layout_text(MEASURE, []) == TextBlock((), 0, 0)


@pytest.mark.parametrize(("align", "x"), [("start", 100), ("middle", 120), ("end", 140)])
def test_a_label_aligns_its_lines_within_its_width(align: Anchor, x: float) -> None:
    (line,) = layout_text(MEASURE, [([Span("Frogs")], TextStyle(FACE))]).lines
    label = TextBlock((line,), 40, 10).label_at("frogs", 100, 50, align=align)
    assert (label.lines[0].x, label.lines[0].anchor, label.box) == (x, align, Box(100, 50, 140, 60))
