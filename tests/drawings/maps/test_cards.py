"""Cards of events: the search looks at few places and measures each once, and finds what a search of all finds."""

import math
import random
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from drawn import LIBRARY, WORDING, pictures

from briefings.drawings.design_tokens import load_tokens
from briefings.drawings.fonts import TextMeasure
from briefings.drawings.kind import find_kind
from briefings.drawings.maps import cards
from briefings.drawings.maps.borders import PointIndex
from briefings.drawings.maps.cards import CROSSED, LONG, TOUCHED, _best, _Event, _goes_through, _meet, _Spot, _unrest
from briefings.drawings.scene import Box, Card, DrawingSize
from briefings.limits import MAX_CARDS_TRIED, MAX_PLACES_DRAWN

EM, WIDE, HIGH = 10.0, 600.0, 400.0
MAPS = range(12)


def box(of: random.Random, width: float, height: float) -> Box:
    left, top = round(of.uniform(0, WIDE - width), 2), round(of.uniform(0, HIGH - height), 2)
    return Box(left, top, left + width, top + height)


def events(number: int) -> list[_Event]:
    """Five events on a map with names and lines, at places that depend on the number."""
    of = random.Random(number)
    discs = [box(of, 16, 16) for _ in range(5)]
    names = [box(of, of.uniform(5, 90), of.uniform(5, 20)) for _ in range(20)]
    names += [Box(disc.right + 2, disc.top, disc.right + 50, disc.bottom) for disc in discs[::2]]
    lines = [(weight, PointIndex((of.uniform(0, WIDE), of.uniform(0, HIGH)) for _ in range(300))) for weight in (6, 3)]
    sizes = ((150.0, 40.0), (120.0, 53.0), (190.0, 33.0))
    return [
        _Event(str(n), disc, sizes, Box(7, 7, WIDE - 7, HIGH - 7), (*names, *discs[:n], *discs[n + 1 :]), lines, EM)
        for n, disc in enumerate(discs)
    ]


def costs(event: _Event, placed: Sequence[Card]) -> Iterator[tuple[float, _Spot, Card]]:
    """What each spot of an event costs, without any limit on where to look."""
    for spot in event.spots:
        hidden = any(spot.box.overlaps(other.box.grown(0.45 * EM)) for other in placed)
        if hidden or any(_goes_through(other.leader, [spot.box]) for other in placed):
            continue
        others = [other.box if event.touches(other.box) else other.box.grown(0.3 * EM) for other in placed]
        ways = [(touches, leader) for leader, touches in spot.ways if not _goes_through(leader, others)]
        if ways:
            touches, leader = min(ways, key=lambda way: way[0])
            crossed = sum(_meet(leader, other.leader) for other in placed)
            long = sum(math.dist(a, b) for a, b in pairwise(leader))
            cost = spot.cost + (TOUCHED * EM * touches + CROSSED * EM * crossed + LONG * long)
            yield cost + _unrest(spot.box, placed) * EM, spot, Card(event.owner, spot.box, leader)


@pytest.mark.parametrize("number", MAPS)
def test_the_best_spot_is_the_best_of_all(number: int) -> None:
    placed: list[Card] = []
    for event in events(number):
        cheapest = min(costs(event, placed), key=lambda found: found[0], default=None)
        found = _best(event, placed)
        assert (found and found[1]) == (cheapest and cheapest[2])
        if found:
            placed.append(found[1])
    assert len(placed) > 2


@pytest.mark.parametrize("number", MAPS)
def test_no_spot_costs_less_than_it_may(number: int) -> None:
    for event in events(number):
        assert not [spot.box for cost, spot, _ in costs(event, ()) if cost < spot.least]


def test_a_leader_is_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the order of the cards: five orders are tried, and some more where a card has no room."""
    seen: list[tuple[Box, Box]] = []
    leaders = cards._leaders

    def counted(disc: Box, place: Box, em: float) -> object:
        seen.append((disc, place))
        return leaders(disc, place, em)

    monkeypatch.setattr(cards, "_leaders", counted)
    shown = next(shown for shown in pictures("kursk", "plain", "core", "sheet") if shown.kind == "story-map")
    measured = TextMeasure(LIBRARY, load_tokens(LIBRARY, "school", "a4"))
    scene = find_kind("story-map").layout(shown, WORDING, measured, DrawingSize("print", 660, 11, cards=True))
    assert getattr(scene, "cards", ())
    assert seen
    assert len(seen) == len(set(seen))
    assert len(seen) < 100 * len(shown.happened)


@pytest.mark.parametrize(("high", "placed"), [(27.0, True), (50.0, False)])
def test_a_map_full_of_events_is_given_up_in_time(high: float, placed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The search took a minute for the higher cards, of which all but a few have room in each order."""
    tried = []
    best = cards._best

    def counted(event: _Event, others: Sequence[Card]) -> object:
        tried.append(event)
        return best(event, others)

    monkeypatch.setattr(cards, "_best", counted)
    monkeypatch.setattr(cards, "_size", lambda context, wording, said, width: (width * high / 60, high))
    of = random.Random(60)
    number = MAX_PLACES_DRAWN
    said = [("place", SimpleNamespace(id=str(n))) for n in range(number)]
    context: Any = SimpleNamespace(
        size=DrawingSize("print", 1000, 11, cards=True), picture=SimpleNamespace(happened=said)
    )
    discs = [Box(x, y, x + 17, y + 17) for x, y in ((of.uniform(0, 980), of.uniform(0, 780)) for _ in range(number))]
    start = time.process_time()
    found = cards.place_cards(context, WORDING, Box(0, 0, 1000, 800), discs, [], [])
    assert time.process_time() - start < 10
    assert number <= len(tried) <= MAX_CARDS_TRIED
    assert len(found) == (number if placed else 0)
