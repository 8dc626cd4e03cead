"""Salients: lengths, gains, towns and the area for comparison are to scale."""

import math

import pytest
from drawn import LIBRARY, WORDING, pictures

from briefings.drawings.design_tokens import load_tokens
from briefings.drawings.fonts import TextMeasure
from briefings.drawings.kind import find_kind
from briefings.drawings.maps.land import contains_point
from briefings.drawings.salients.salient_drawing import SalientScene
from briefings.drawings.scene import DrawingSize


def salient(name: str, width: float, high: float = math.inf) -> SalientScene:
    measured = TextMeasure(LIBRARY, load_tokens(LIBRARY, "page", "a4"))
    shown = next(shown for shown in pictures(name, "standard", "full") if shown.kind == "salient")
    scene = find_kind("salient").layout(
        shown, WORDING, measured, DrawingSize("print", width, 11, high, to_fit=high < math.inf)
    )
    assert isinstance(scene, SalientScene)
    return scene


@pytest.mark.parametrize("width", [325, 658])
def test_everything_is_to_one_scale(width: float) -> None:
    scene = salient("kursk", width)
    px_per_km = math.dist(*scene.brackets[0]) / 240
    orel, kharkiv = scene.towns[:2]
    assert math.dist(orel, kharkiv) / px_per_km == pytest.approx(331.5, rel=0.01)
    assert scene.square
    assert (scene.square.width / px_per_km) ** 2 == pytest.approx(1250, rel=0.01)
    north, south = scene.attacks
    # an attack's line begins 1.6 em outside the front
    reach = [math.dist(a.line[0], a.head[0]) - 1.6 * scene.unit for a in (north, south)]
    assert [round(length / px_per_km) for length in reach] == [16, 48]
    assert north.head[0][1] < south.head[0][1]


@pytest.mark.parametrize("width", [325, 658])
def test_a_bulge_points_to_its_side(width: float) -> None:
    for name, sign in (("kursk", -1), ("brook", 1)):
        scene = salient(name, width)
        mouth = sum(x for x, _ in scene.brackets[0]) / 2
        xs = [x for line in scene.front for x, _ in line]
        assert sign * (max(xs, key=lambda x: sign * x) - mouth) > 0
        assert "schematic" in {label.lines[0].text for label in scene.labels}


@pytest.mark.parametrize(("width", "high"), [(325, math.inf), (658, math.inf), (560, 226)])
def test_each_side_is_named_on_its_own_side_of_the_front(width: float, high: float) -> None:
    for name, inner, outer in (("kursk", "SOVIET", "GERMAN"), ("brook", "WATER", "GRASS")):
        scene = salient(name, width, high)
        assert scene.height <= high
        boxes = {label.lines[0].text: label.box for label in scene.labels}
        for word, inside in ((inner, True), (outer, False)):
            box = boxes[word]
            corners = [(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
            assert {contains_point((scene.inside,), x, y) for x, y in corners} == {inside}, word
