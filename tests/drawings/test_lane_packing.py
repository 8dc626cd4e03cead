"""The texts of a lane stand in rows, each at its date, and none covers another; a small map shows what it is about."""

from itertools import combinations, pairwise

import pytest
from drawn import LIBRARY, WORDING, audience, measure, pack, pictures

from briefings.briefing.parts import DrawingView
from briefings.composing.audience_view import AudienceView
from briefings.composing.drawing_views import drawing_view
from briefings.drawings.calendars.lane_packing import pack_lane
from briefings.drawings.calendars.lanes_chart import LANE_INKS, layout_lanes
from briefings.drawings.charts.chart_text import ChartText
from briefings.drawings.charts.estimate_text import EstimateText
from briefings.drawings.charts.scales import TimeScale, possible_days, whole_months
from briefings.drawings.design_tokens import load_tokens
from briefings.drawings.layout import layout_scenes
from briefings.drawings.maps.locator_map import MapScene
from briefings.drawings.scene import DrawingSize
from briefings.schema.drawings import DrawingChoice, MapDrawing


def lanes(name: str) -> list[DrawingView]:
    return [p for p in pictures(name, "standard", "full", "sheet") if p.kind == "lanes"]


@pytest.mark.parametrize("name", ["kursk", "brook"])
@pytest.mark.parametrize("calm", [1.0, 0.1])
def test_texts_stand_in_rows_at_their_dates(name: str, calm: float) -> None:
    for picture in lanes(name):
        texts = EstimateText(picture, WORDING, ChartText(measure()))
        for lane in picture.lanes:
            dates = [possible_days(e.date) for e in lane.events if e.date]
            if not dates:
                continue
            days = TimeScale(*whole_months(min(dates)[0], max(last for _, last in dates)), 150, 1100)
            placed, bottom = pack_lane(picture, texts, lane, days, 10, calm=calm)
            assert {p.said.id for p in placed} == {e.id for e in lane.events}
            tops = {row: {p.box.top for p in placed if p.row == row} for row in {p.row for p in placed}}
            assert all(len(found) == 1 for found in tops.values()), "the texts of a row begin at one height"
            assert [min(tops[row]) for row in sorted(tops)] == sorted(min(found) for found in tops.values())
            assert not [1 for a, b in combinations(placed, 2) if a.box.overlaps(b.box)]
            assert all(days.start <= p.box.left and p.box.right <= days.end for p in placed)
            assert max(p.box.bottom for p in placed) <= bottom + 0.01


def test_less_calm_is_never_higher() -> None:
    (picture,) = lanes("kursk")
    texts = EstimateText(picture, WORDING, ChartText(measure()))
    days = TimeScale(*whole_months(*(possible_days(d)[0] for d in (_first(picture), _last(picture)))), 200, 1100)
    for lane in picture.lanes:
        heights = [pack_lane(picture, texts, lane, days, 0, calm=calm)[1] for calm in (1.0, 0.4, 0.1)]
        assert all(later <= earlier + 1 for earlier, later in pairwise(heights)), lane.id


def _first(picture: DrawingView):  # type: ignore[no-untyped-def]
    return min((e.date for lane in picture.lanes for e in lane.events if e.date), key=possible_days)


def _last(picture: DrawingView):  # type: ignore[no-untyped-def]
    return max((e.date for lane in picture.lanes for e in lane.events if e.date), key=possible_days)


def test_lanes_become_lower_where_their_sheet_is_low() -> None:
    (picture,) = lanes("kursk")
    high = layout_lanes(picture, WORDING, measure(), DrawingSize("print", 1480, 14, 2000, 8))
    low = layout_lanes(picture, WORDING, measure(), DrawingSize("print", 1480, 14, 0.75 * high.height, 8))
    assert low.height < 0.85 * high.height


def test_said_and_happened_differ_in_shape() -> None:
    (picture,) = lanes("kursk")
    scene = layout_lanes(picture, WORDING, measure(), DrawingSize("print", 1480, 14, 900, 10))
    roles = {bar.role.partition("@")[0] for bar in scene.bars}
    assert {"happened", "happened-said", "hollow-said"} <= roles
    words = {line.text for label in scene.labels for line in label.lines}
    assert {WORDING.strings["charts"]["legend"][role] for role in ("happened", "happened-said")} <= words


def test_each_lane_has_a_colour_and_the_chart_goes_to_its_end() -> None:
    (picture,) = lanes("kursk")
    scene = layout_lanes(picture, WORDING, measure(), DrawingSize("print", 1480, 14, 1200, 10))
    assert [line.role for line in scene.lines if line.role.startswith("rule-")] == [f"rule-{ink}" for ink in LANE_INKS]
    names = {lane.title for lane in picture.lanes}
    inks = [line.ink for label in scene.labels for line in label.lines if line.text in names]
    assert len(set(inks)) == len(inks) >= 4
    said = next(row for piece in picture.pieces for row in piece.rows if row.words)
    (label,) = (label for label in scene.labels if label.owner == said.ref)
    axis = max(line.y1 for line in scene.lines if line.role == "grid")
    assert label.box.top < axis + 0.2 * scene.height
    assert not [line for line in scene.lines if line.role in ("leader", "rival")]


@pytest.mark.parametrize("name", ["kursk", "brook", "pond"])
def test_a_small_map_shows_what_it_is_about(name: str) -> None:
    tokens = load_tokens(LIBRARY, "poster", "a3-landscape")
    view = AudienceView(pack(name), audience("standard", name))
    for drawing in pack(name).drawings:
        if isinstance(drawing, MapDrawing):
            choice = DrawingChoice.model_validate({"kind": drawing.kind, "width": "head"})
            picture = drawing_view(view, drawing, choice, "more")
            ((size, scene),) = layout_scenes(picture, WORDING, measure("poster"), tokens, on_screen=False)
            assert isinstance(scene, MapScene)
            assert size.small
            assert scene.inset is None
            assert scene.width <= tokens.px("head-width") + 0.1
            assert scene.height <= tokens.px("head-height") + 1
            assert all(label.box.inside(scene.frame.grown(1)) for label in scene.labels)
            places = {i: p for i, p in pack(name).index.items() if i in drawing.main}
            assert {mark.id for mark in scene.marks if mark.main} == set(places)


def test_the_dates_of_a_lane_have_its_colour_and_are_larger_than_what_they_say() -> None:
    (picture,) = lanes("kursk")
    scene = layout_lanes(picture, WORDING, measure(), DrawingSize("print", 1480, 14, 1200, 10))
    labels = {label.owner: label for label in scene.labels}
    for lane, ink in zip(picture.lanes, LANE_INKS, strict=True):
        for event in lane.events:
            date, text, *_ = labels[event.id].lines
            assert date.ink == ink
            assert date.face.size > 1.2 * text.face.size
