"""Positions at their dates: with their titles, without them, or in few words."""

from dataclasses import replace
from itertools import combinations

import pytest
from drawn import WORDING, pictures, sizes

from briefings.briefing.parts import DrawingView
from briefings.drawings.calendars.when_argued_chart import layout_when_argued
from briefings.drawings.charts.timeline import TimelineScene
from briefings.drawings.scene import Scene


def drawn(name: str, **choice: bool) -> list[tuple[DrawingView, Scene]]:
    out = []
    for picture in pictures(name, "standard", "full", "sheet"):
        if picture.kind == "when-argued":
            chosen = replace(picture, choice=picture.choice.model_copy(update=choice))
            out += [(chosen, layout_when_argued(chosen, WORDING, *size)) for size in sizes(chosen).values()]
    return [(picture, scene) for picture, scene in out if scene.height]


def said(scene: Scene, owner: str) -> str:
    spans = (span for label in scene.labels if label.owner == owner for line in label.lines for span in line.spans)
    return WORDING.typography.text(" ".join(span.text.strip() for span in spans)).replace("\u00a0", " ")


@pytest.mark.parametrize("name", ["brook", "kursk"])
def test_claims_give_each_position_in_few_words_without_its_date(name: str) -> None:
    found = drawn(name, claims=True)
    assert found
    for picture, scene in found:
        for position in picture.pieces[-1].pieces:
            words = said(scene, position.id)
            told = WORDING.typography.text(f"{WORDING.names(position.by)}: {position.says or position.title}")
            assert all(part.strip("\u00a0")[1:] in words for part in told.split())
            assert WORDING.when(position.as_of, short=True) not in words  # type: ignore[arg-type]
        assert not [(a, b) for a, b in combinations(scene.labels, 2) if a.box.overlaps(b.box)]
        assert [note.rstrip(".") for note in scene.notes] == [dict(picture.texts)["chart"].rstrip(".")]


@pytest.mark.parametrize("name", ["brook", "kursk"])
def test_brief_positions_have_their_date_and_no_words(name: str) -> None:
    for picture, scene in drawn(name, brief=True):
        for position in picture.pieces[-1].pieces:
            assert position.title.split()[-1] not in said(scene, position.id)
            assert position.as_of is not None
            assert WORDING.when(position.as_of, short=True) in said(scene, position.id)
        assert not scene.notes


def test_a_calendar_of_many_years_names_years_and_has_no_tick_for_each_month() -> None:
    for picture, scene in drawn("smallpox", brief=True):
        assert isinstance(scene, TimelineScene)
        ticks = [line for line in scene.lines if line.role == "tick"]
        years = [line.text for label in scene.labels for line in label.lines if line.tick and line.text.isdigit()]
        assert 2 <= len(ticks) == len(years) <= 14, picture.id
