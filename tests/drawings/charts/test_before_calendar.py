"""Dates before the year 1: a timeline becomes a list, since its calendar begins there."""

from dataclasses import replace

import pytest
from drawn import WORDING, pictures, sizes

from briefings.drawings.charts.timeline import layout_timeline
from briefings.schema.dates import PartialDate


@pytest.mark.parametrize(("year", "listed"), [("44 BC", True), ("0079", False)])
def test_a_timeline_with_a_year_before_christ_is_a_list(year: str, listed: bool) -> None:
    (shown,) = (each for each in pictures("brook", "standard", "core") if each.kind == "timeline")
    event = next(said for piece in shown.pieces for said in piece.events)
    early = replace(shown.pieces[0], start=None, events=(replace(event, date=PartialDate.parse(year)),))
    scenes = [layout_timeline(replace(shown, pieces=(early,)), WORDING, *size) for size in sizes(shown).values()]
    assert all(scene.down for scene in scenes) == listed
    assert all(WORDING.when(PartialDate.parse(year)) in scene.alt for scene in scenes)
