"""All drawings of the test packs at every size, level and depth: no label covers another or leaves the frame."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from itertools import combinations, product
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest
from conftest import ALL_CASES, quick_first
from drawn import LEVELS, LIBRARY, PACKS, SMALLPOX, WORDING, measure, pictures, sizes

from briefings.briefing.parts import DrawingView
from briefings.composing.fewer_reports import fewer_reports
from briefings.drawings import layout
from briefings.drawings.charts.marks import ChartScene, EstimateMark, Line, covered_boxes
from briefings.drawings.design_tokens import DesignTokens, load_tokens
from briefings.drawings.fonts import Face, TextMeasure
from briefings.drawings.kind import find_kind
from briefings.drawings.layout import LEGIBLE, drawing_sizes, layout_for_slide, layout_scenes
from briefings.drawings.scene import Box, DrawingSize, Label, Scene, Span, Table
from briefings.drawings.svg_path import hatch, path, points, px
from briefings.drawings.text_layout import TextStyle, layout_text
from briefings.page.draw import drawing_template
from briefings.page.render import _render_template
from briefings.problems import ProblemError

MOST_OBJECTS = 1.2  # the time of a drawing, in times of making 40,000 small objects; 0.65 on a machine at work

# Each case takes seconds. Of the two packs with all kinds, each takes half of them: every two of a level, a depth and a
# width meet, and together they take all.
COMBINATIONS = list(product(LEVELS, ("core", "full"), ("column", "sheet")))
HALVES = {"brook": 0, "kursk": 1}
CASES = [
    pytest.param(*pack.values, *each, id="-".join((name, *each)), marks=pack.marks)
    for name, pack in zip(PACKS, quick_first(PACKS), strict=True)
    for number, each in enumerate(COMBINATIONS)
    if ALL_CASES or HALVES.get(name) in (None, number.bit_count() % 2)
]


class InSize(NamedTuple):
    """A drawing laid out in one of its sizes, with what measures its text."""

    shown: DrawingView
    size: str
    measured: TextMeasure
    form: DrawingSize
    scene: Scene


@cache
def in_every_size(name: str, level: str, depth: str, width: str) -> tuple[InSize, ...]:
    """Every drawing of a pack in every size. Kept, since two tests ask for some of them and each takes seconds."""
    return tuple(
        InSize(shown, size, measured, form, find_kind(shown.kind).layout(shown, WORDING, measured, form))
        for shown in pictures(name, level, depth, width)
        for size, (measured, form) in sizes(shown).items()
    )


@pytest.mark.parametrize(("name", "level", "depth", "width"), CASES)
def test_no_label_covers_another_or_leaves_the_frame(name: str, level: str, depth: str, width: str) -> None:
    for shown, size, measured, form, scene in in_every_size(name, level, depth, width):
        assert clashes(scene) == [], f"{shown.id} in {size}"
        assert all(line_fits(scene, measured)), f"{shown.id} in {size}"
        assert scene.width == form.width
        assert scene.labels or getattr(scene, "down", False)  # a vertical list has no labels
        assert scene.alt
        assert all(len(row) == len(scene.table.head) for row in scene.table.rows)
        assert scene.table.rows


@pytest.mark.parametrize(("name", "level", "depth", "width"), CASES)
def test_no_label_covers_what_another_report_shows(name: str, level: str, depth: str, width: str) -> None:
    for shown, size, _, _, scene in in_every_size(name, level, depth, width):
        assert covering(scene) == [], f"{shown.id} in {size}"


SHOWN_LINES = ("before", "rival")  # when a report was, and that it disagrees


def covering(scene: Scene) -> list[str]:
    """The labels of reports over the mark of another report, or over a line that shows something."""
    if not isinstance(scene, ChartScene):
        return []
    refs = {mark.ref for mark in scene.marks if mark.ref}
    labels = [label for label in scene.labels if label.owner in refs]
    over = [f"{a.owner} × {m.ref}" for a, m in product(labels, scene.marks) if m.ref != a.owner and covers(a, m)]
    lines = [line for line in scene.lines if line.role in SHOWN_LINES]
    return over + [f"{a.owner} × {line.role}" for a, line in product(labels, lines) if crosses(a.box, line)]


def covers(label: Label, mark: EstimateMark) -> bool:
    """Whether a label stands on a symbol, which is drawn at (x, y) in its own scale."""
    boxes = covered_boxes(replace(mark, x=0.0, y=0.0)) if mark.ref else []
    at = ((mark.x, mark.y, mark.x, mark.y), mark.scale)
    return any(
        label.box.overlaps(Box(*(a + v * at[1] for a, v in zip(at[0], edges(box), strict=True)))) for box in boxes
    )


def edges(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom


def crosses(box: Box, line: Line) -> bool:
    """Whether a line runs through a box, tried at each half pixel."""
    steps = int(max(abs(line.x2 - line.x1), abs(line.y2 - line.y1)) * 2) + 1
    points = (
        (line.x1 + (line.x2 - line.x1) * n / steps, line.y1 + (line.y2 - line.y1) * n / steps) for n in range(steps + 1)
    )
    return any(box.left < x < box.right and box.top < y < box.bottom for x, y in points)


def clashes(scene: Scene) -> list[str]:
    """Return pairs of labels that overlap, and labels outside the frame."""
    pairs = [f"{a.owner} × {b.owner}" for a, b in combinations(scene.labels, 2) if a.box.overlaps(b.box)]
    return pairs + [label.owner for label in scene.labels if not label.box.inside(scene.frame)]


def line_fits(scene: Scene, measured: TextMeasure) -> Iterator[bool]:
    """Measure each line again and yield whether it is within the box of its label."""
    for label in scene.labels:
        for words in label.lines:
            bold = words.face.bold
            width = sum(measured.width(s.text, bold if s.bold else words.face) for s in words.spans)
            left = words.x - {"start": 0, "middle": width / 2, "end": width}[words.anchor]
            yield label.box.left - 0.1 <= left and left + width <= label.box.right + 0.1
            yield label.box.top - 0.1 <= words.y - 0.7 * words.face.size and words.y <= label.box.bottom


def test_clashes_finds_overlapping_and_protruding_labels() -> None:
    words = layout_text(measure(), [([Span("Frogs")], TextStyle(Face(10)))])
    one, two, out = words.label_at("one", 10, 10), words.label_at("two", 20, 12), words.label_at("out", 80, 50)
    assert clashes(Scene(100, 100, "", Table((), ()), (one, two, out))) == ["one × two", "out"]


SLIDE = load_tokens(LIBRARY, "projected", "wide")


@pytest.mark.parametrize("name", quick_first(PACKS))
def test_a_slide_uses_the_size_with_the_largest_text(name: str) -> None:
    across, high = SLIDE.px("width") - 2 * SLIDE.px("margin-side"), SLIDE.px("picture")

    def scale(scene: Scene) -> float:
        return min(high / scene.height, across / scene.width) if scene.height else 0

    widths = set()
    for shown in pictures(name, "standard", "core"):
        measured = TextMeasure(LIBRARY, SLIDE)
        ((chosen, scene),) = layout_scenes(shown, WORDING, measured, SLIDE, on_screen=False)
        tried = drawing_sizes(shown, SLIDE, on_screen=False)
        assert scale(scene) == max(
            scale(find_kind(shown.kind).layout(shown, WORDING, measured, form)) for form in tried
        )
        widths |= {tried.index(chosen)} if len(tried) > 1 else set()
    if name == "kursk":
        assert widths == {0, 1}  # both sizes are used


class OnSlide(NamedTuple):
    """A drawing on a slide, and what was tried for it: each size with its scene, or None where it has no room."""

    shown: DrawingView
    size: DrawingSize
    scene: Scene
    tried: dict[DrawingSize, Scene | None]


@cache
def on_slides(name: str, frame: str) -> tuple[OnSlide, ...]:
    """The drawings of a pack that have room in a frame of a slide. Kept, since each tries several widths."""
    slide, lay_out, tried = load_tokens(LIBRARY, "projected", "wide", slide=True), layout._scene, {}

    def noted(*asked: Any) -> Scene:
        tried[asked[3]] = None
        tried[asked[3]] = scene = lay_out(*asked)
        return scene

    made = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "_scene", noted)
        for shown in pictures(name, "standard", "core", "sheet"):
            tried = {}
            with suppress(ProblemError):  # test_a_drawing_too_full_for_a_slide_is_a_problem_at_its_line
                size, scene = layout_for_slide(shown, WORDING, measure("projected"), slide, frame)
                made.append(OnSlide(shown, size, scene, tried))
    return tuple(made)


@pytest.mark.slow
@pytest.mark.parametrize("frame", ["picture", "high"])
@pytest.mark.parametrize("name", PACKS)
def test_a_drawing_on_a_slide_is_legible(name: str, frame: str) -> None:
    slide = load_tokens(LIBRARY, "projected", "wide", slide=True)
    drawn = on_slides(name, frame)
    for shown, size, scene, _ in drawn:
        scale = min(size.max_height / scene.height, slide.px("picture-width") / scene.width)
        assert min(line.face.size for label in scene.labels for line in label.lines) * scale >= LEGIBLE
        assert clashes(scene) == [], shown.id
    assert len(drawn) > 1


@pytest.mark.parametrize("name", [*PACKS, *SMALLPOX])
def test_the_opening_of_a_deck_cuts_no_name_of_its_map(name: str) -> None:
    slide = load_tokens(LIBRARY, "projected", "wide", slide=True)
    across, high = slide.px("opening-width"), slide.px("opening-height")
    for shown in pictures(name, "standard", "core"):
        if shown.kind == "map":
            _, scene = layout_for_slide(shown, WORDING, measure("projected"), slide, "opening")
            # the slide shows the whole drawing, and the drawing fills it
            assert scene.height / scene.width == pytest.approx(high / across, rel=0.01)
            assert f'viewBox="0 0 {px(scene.width)} {px(scene.height)}"' in svg(shown, scene, slide)
            assert "slice" not in svg(shown, scene, slide)
            assert all(label.box.inside(scene.frame) for label in scene.labels)


@pytest.mark.slow
@pytest.mark.parametrize("name", PACKS)
def test_a_slide_tries_fewer_widths_and_finds_the_same(name: str) -> None:
    """Each width takes as long as a whole drawing. Taking the best of all, also of those left out, is the reference."""
    slide = load_tokens(LIBRARY, "projected", "wide", slide=True)
    across, high = slide.px("picture-width"), slide.px("picture-low")
    spared = 0
    for shown, chosen, _, tried in on_slides(name, "picture"):
        spared += len(layout._SHARES) - len(tried)
        best = (-1.0, 0.0)
        for share in layout._SHARES:
            form = replace(chosen, width=round(across * share, 1))
            with suppress(ProblemError):
                scene = tried[form] if form in tried else layout._scene(shown, WORDING, measure("projected"), form)
                if scene is None:
                    continue
                scale = min(high / scene.height, across / scene.width) if scene.height else 0.0  # a list
                sizes_used = [line.face.size for label in scene.labels for line in label.lines]
                if scale * min(sizes_used, default=0) >= LEGIBLE:
                    best = max(best, (round(scale, 1), form.width))
        assert chosen.width == best[1], shown.id
    assert spared > 0 or name == "pond"  # its drawings are small, and each width is worth a try


def test_a_drawing_too_full_for_a_slide_is_a_problem_at_its_line() -> None:
    slide = load_tokens(LIBRARY, "projected", "wide", slide=True)
    full = next(shown for shown in pictures("brook", "standard", "full") if shown.id == "side-by-side")
    with pytest.raises(ProblemError, match=r"'side-by-side' has no room on a slide: its text would have .pt, and 18pt"):
        layout_for_slide(full, WORDING, measure("projected"), slide, "picture")


@pytest.mark.slow
def test_a_chart_on_a_slide_has_brief_labels_and_a_whole_table() -> None:
    slide = load_tokens(LIBRARY, "projected", "wide", slide=True)
    shown = next(shown for shown in pictures("kursk", "standard", "core") if shown.kind == "over-time")
    _, scene = layout_for_slide(shown, WORDING, measure("projected"), slide, "high")
    written = " ".join(line.text for label in scene.labels for line in label.lines)
    assert "through" not in written
    assert "through" in scene.alt
    assert any("through" in cell.text for row in scene.table.rows for cell in row)


def test_labels_on_a_slide_stand_at_their_marks() -> None:
    slide = load_tokens(LIBRARY, "projected", "wide", slide=True)
    crowded = next(shown for shown in pictures("kursk", "standard", "full") if shown.kind == "over-time")
    _, scene = layout_for_slide(fewer_reports(crowded), WORDING, measure("projected"), slide, "high")
    assert isinstance(scene, ChartScene)
    assert [line for line in scene.lines if line.role == "leader"] == []


@pytest.mark.slow
def test_all_drawings_of_a_pack_are_fast() -> None:
    """A drawing's layout and SVG take about as long as 40,000 small objects, whatever machine and load this is."""
    shown = list(pictures("kursk", "advanced", "full", "sheet"))
    look = load_tokens(LIBRARY, "page", "a4")

    def draw() -> None:
        for one in shown:
            for form, scene in layout_scenes(one, WORDING, TextMeasure(LIBRARY, look), look, on_screen=False):
                assert svg(one, scene, look), form

    # Alternately, so that both have the same load beside them.
    drawn, made = (min(each) for each in zip(*((_seconds(draw), _seconds(_objects)) for _ in range(5)), strict=True))
    print(f"{len(shown)} drawings in {drawn * 1000:.0f} ms, objects in {made * 1000:.0f} ms")
    assert drawn <= MOST_OBJECTS * made * len(shown)


def _objects() -> None:
    box = Box(0, 0, 1, 1)
    assert len({str(i): replace(box, left=i) for i in range(40_000)}) == 40_000


def _seconds(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def svg(shown: DrawingView, scene: Scene, look: DesignTokens) -> str:
    given = {"token": look, "family": look.family, "px": px, "points": points, "path": path, "hatch": hatch}
    return _render_template(
        LIBRARY,
        drawing_template(LIBRARY, shown.kind),
        {"scene": scene, "picture": shown, "on_screen": False, "text_size": None, **given},
    )


@pytest.mark.parametrize("name", quick_first(PACKS))
def test_the_svg_is_valid_and_accessible(name: str) -> None:
    """Well-formed, with a title, each text once, colours from the tokens only; the same scene and bytes each time."""
    look = load_tokens(LIBRARY, "page", "a4")
    for shown, _, measured, form, scene in in_every_size(name, "standard", "full", "sheet"):
        again = find_kind(shown.kind).layout(shown, WORDING, measured, form)
        assert repr(scene) == repr(again)
        drawn = svg(shown, scene, look)
        if getattr(scene, "down", False):
            continue  # an ordered list in HTML
        root = ElementTree.fromstring(drawn)
        assert root[0].tag.endswith("title")
        assert root[0].text == scene.alt
        texts = ["".join(element.itertext()) for element in root.iter() if element.tag.endswith("}text")]
        assert texts == [words.text for label in scene.labels for words in label.lines]
        colours = set(re.findall(r"#[0-9a-f]{6}", drawn))
        assert colours <= set(look.values.values())
        assert not re.search(r"var\(|currentColor|<filter|foreignObject|[\"\s,](?:nan|inf)[\"\s,]", drawn)
        assert svg(shown, again, look) == drawn


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("name", ["kursk", "smallpox"])
def test_a_map_in_large_print_fits_a_sheet_with_its_titles_and_notes(name: str, paper: str) -> None:
    """The title of its chapter stood alone on a sheet."""
    tokens = load_tokens(LIBRARY, "large-print", paper)
    measured, face = TextMeasure(LIBRARY, tokens), Face(tokens.px("tiny"))
    titles = 1.2 * tokens.px("h2") + 1.25 * tokens.px("h3") + 4 * tokens.px("space-s")
    content = tokens.px("height") - tokens.px("margin-top") - tokens.px("margin-bottom")
    widths = set()
    for shown in pictures(name, "standard", "full", "sheet"):
        if shown.kind == "story-map":
            ((form, scene),) = layout_scenes(shown, WORDING, measured, tokens, on_screen=False)
            notes = " ".join(scene.notes) + " Sources:\u00a0[" + "00, " * len(shown.sources)
            lines = layout_text(measured, [([Span(notes)], TextStyle(face))], form.width).lines
            assert scene.height + titles + 1.34 * face.size * len(lines) <= content
            widths.add(form.width)
    assert len(widths) == 1
    assert min(widths) > 570
