"""A kept scene is that of the same drawing, wording, fonts and size, and of no other."""

from collections import Counter
from dataclasses import replace

import pytest
import scenes
from drawn import LIBRARY, WORDING, measure, pictures
from scenes import laid_out_once

from briefings.drawings import layout
from briefings.drawings.design_tokens import load_tokens
from briefings.drawings.scene import Scene


def test_a_scene_is_kept_for_equal_values_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    look, asked = load_tokens(LIBRARY, "page", "a4"), Counter[str]()
    lay_out = layout._scene

    def counted(*values: object) -> Scene:
        asked[values[0].id] += 1  # type: ignore[attr-defined]
        return lay_out(*values)  # type: ignore[arg-type]

    monkeypatch.setattr(layout, "_scene", counted)
    monkeypatch.setattr(scenes, "_KEPT", {})  # other tests keep scenes too
    first, *_ = pictures("pond", "standard", "core")
    again, *_ = pictures("pond", "standard", "core")
    renamed = replace(again, title="Another title of the same drawing")

    def laid_out(shown: object, look_name: str = "page") -> list[Scene]:
        made = layout.layout_scenes(shown, WORDING, measure(look_name), look, on_screen=False)  # type: ignore[arg-type]
        return [scene for _, scene in made]

    plain = laid_out(first)
    with laid_out_once():
        assert laid_out(first) == laid_out(again) == plain
        assert asked[first.id] == 2  # once before, once inside
        laid_out(renamed)
        assert asked[first.id] == 3
        laid_out(first, "large-print")
        assert asked[first.id] == 4
    laid_out(first)
    assert asked[first.id] == 5
