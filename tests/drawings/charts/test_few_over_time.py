"""A few reports over time: on a slide and where a table beside the chart says who reported them."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from drawn import LIBRARY, WORDING, measure, pictures

from briefings.briefing.parts import DrawingView
from briefings.composing.fewer_reports import fewer_reports
from briefings.drawings.calendars.over_time_chart import layout_over_time_chart
from briefings.drawings.charts.marks import ARROW, ChartScene
from briefings.drawings.design_tokens import load_tokens
from briefings.drawings.layout import layout_for_slide
from briefings.drawings.scene import Box, DrawingSize

COLUMN = DrawingSize("print", 290, 10.67)


def charts(depth: str) -> Iterator[DrawingView]:
    return (
        shown for name in ("kursk", "brook", "pond") for shown in pictures(name, "standard", depth) if _over_time(shown)
    )


def _over_time(shown: DrawingView) -> bool:
    return shown.kind == "over-time"


def brief(shown: DrawingView) -> DrawingView:
    return replace(fewer_reports(shown), choice=shown.choice.model_copy(update={"brief": True}))


@pytest.mark.slow
@pytest.mark.parametrize("depth", ["core", "full"])
def test_every_mark_on_a_slide_has_its_label_and_no_whiskers(depth: str) -> None:
    slide = load_tokens(LIBRARY, "projected", "wide", slide=True)
    drawn = 0
    for shown in charts(depth):
        few = fewer_reports(shown)
        _, scene = layout_for_slide(few, WORDING, measure("projected"), slide, "high")
        assert isinstance(scene, ChartScene)
        rows = [row for piece in few.pieces for row in piece.rows]
        said = {label.owner for label in scene.labels}
        assert said >= {row.ref for row in rows} or getattr(few.thing, "joined", False)
        assert all((m.first, m.last) == (0, 0) for m in scene.marks)
        assert not any(one.box.overlaps(two.box) for one, two in combinations(scene.labels, 2))
        assert all(label.box.inside(scene.frame) for label in scene.labels)
        tips = [Box(m.x - 2, m.y - ARROW * m.scale, m.x + 2, m.y) for m in scene.marks if m.arrow == "more"]
        assert not [label for label in scene.labels if label.box.overlaps_any(tips)]
        drawn += 1
    assert drawn > 1


def test_beside_a_table_a_chart_has_amounts_alone() -> None:
    shown = brief(next(charts("core")))
    scene = layout_over_time_chart(shown, WORDING, measure("memo"), COLUMN)
    written = " ".join(line.text for label in scene.labels for line in label.lines)
    speakers = {name for piece in shown.pieces for row in piece.rows for name in row.by}
    assert speakers
    assert not any(name in written for name in speakers)
    assert all(name in scene.alt for name in speakers)
    assert scene.height < 0.6 * scene.width


@pytest.mark.slow
def test_a_line_with_too_many_marks_has_labels_at_its_ends_and_its_peak() -> None:
    shown = brief(next(shown for shown in pictures("smallpox", "advanced", "full") if _over_time(shown)))
    scene = layout_over_time_chart(shown, WORDING, measure("memo"), COLUMN)
    assert getattr(shown.thing, "joined", False)
    labelled = [label.owner for label in scene.labels if label.owner]
    assert 2 <= len(labelled) <= 3 < len(scene.marks)
    highest = min(scene.marks, key=lambda m: m.y)
    assert {scene.marks[0].ref, scene.marks[-1].ref, highest.ref} == {*labelled}


def test_reports_in_words_of_two_days_have_two_stems_and_labels_apart() -> None:
    slide = load_tokens(LIBRARY, "projected", "wide", slide=True)
    shown = next(shown for shown in charts("full") if shown.id == "trout-over-time")
    few = fewer_reports(shown)
    words = [row.ref for piece in few.pieces for row in piece.rows if row.words]
    assert words == ["trout/gone", "trout/there"]  # of 29 and of 30 June
    _, scene = layout_for_slide(few, WORDING, measure("projected"), slide, "high")
    assert isinstance(scene, ChartScene)
    first, last = sorted(line.x1 for line in scene.lines if line.role == "said")
    gone, there = (next(label.box for label in scene.labels if label.owner == ref) for ref in words)
    assert last - first >= 12
    assert gone.right < last
    assert there.left - gone.right >= 12  # not "Hardly any As many as ever"
