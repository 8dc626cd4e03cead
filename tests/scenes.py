"""The scenes of drawings, kept while tests run: most of the time of rendering a page is the layout of its drawings.

The same drawing is on the pages of several audiences and papers, and many tests render the same pages. A scene depends
on nothing but the values that `_scene` is called with, which tests/drawings/test_layout.py shows for every drawing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

import pytest

from briefings.briefing.parts import DrawingView
from briefings.drawings import layout
from briefings.drawings.fonts import TextMeasure
from briefings.drawings.scene import DrawingSize, Scene
from briefings.language.wording import Wording

_KEPT: dict[bytes, Scene] = {}


@contextmanager
def laid_out_once() -> Iterator[None]:
    """Inside, a drawing is laid out once in a size. Not for tests that edit fonts or change how drawings are made."""
    lay_out = layout._scene

    def scene(picture: DrawingView, wording: Wording, measure: TextMeasure, form: DrawingSize) -> Scene:
        key = sha256(repr((picture, wording, measure, form)).encode()).digest()
        if key not in _KEPT:  # a problem is not kept: it shows a line of a file
            _KEPT[key] = lay_out(picture, wording, measure, form)
        return _KEPT[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "_scene", scene)
        yield
