"""A bargain: what the second figure says stands above it, and above nobody else."""

from itertools import product

import pytest
from drawn import LEVELS, WORDING, pictures, sizes

from briefings.drawings.bargain import BargainScene
from briefings.drawings.kind import find_kind

HEAD, RADIUS = 4.5, 1.05  # units of templates/drawings/bargain.svg, from the ground


@pytest.mark.parametrize(("name", "level"), list(product(("kursk", "brook"), LEVELS)))
def test_a_bubble_is_above_the_figure_that_speaks(name: str, level: str) -> None:
    shown = [picture for picture in pictures(name, level, "core") if picture.kind == "bargain"]
    assert shown
    for picture in shown:
        for size, (measured, form) in sizes(picture).items():
            scene = find_kind("bargain").layout(picture, WORDING, measured, form)
            assert isinstance(scene, BargainScene)
            for panel in scene.panels:
                x, ground = panel.rival
                assert panel.bubble.left <= x <= panel.bubble.right, size
                assert panel.bubble.left > panel.holder[0], size
                assert panel.bubble.bottom < ground - (HEAD + RADIUS) * scene.unit, size
                assert panel.bubble.inside(panel.frame), size
