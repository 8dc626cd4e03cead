"""A layout that a build kept is the one that its page has."""

from dataclasses import replace
from pathlib import Path

import pytest
import recorded
from conftest import POND, sheet
from layout import Layout, lay_out, layout, read

from briefings.library import Library
from briefings.pdf import typeset


def bare(found: Layout) -> tuple[object, ...]:
    """Without the elements, which are equal only to themselves."""
    return (
        [replace(piece, element=None) for piece in found.pieces],
        [replace(paragraph, element=None) for paragraph in found.paragraphs],
        found.areas,
        found.sheets,
    )


def test_a_kept_layout_is_that_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_typeset", "_lay_out"):
        monkeypatch.setattr(typeset, name, getattr(typeset, name))  # recording replaces them
    monkeypatch.setenv(recorded.FOLDER, str(tmp_path))
    monkeypatch.setattr(recorded, "KEPT", [tmp_path])
    page, library = sheet("<h1>A pond</h1><table><tr><td>two</td></tr></table><p>frogs"), Library(POND)
    recorded.record(read)
    assert recorded.find(page, library) is None

    typeset.typeset(page, library)

    kept = layout(page, library)
    assert bare(kept) == bare(lay_out(page, library))
    row, cell = (next(p for p in kept.pieces if p.tag == tag) for tag in ("tr", "td"))
    assert cell.element in list(row.element), "the elements of one page belong together"
    assert recorded.find(replace(page, html=f"{page.html}<p>newt"), library) is None
    assert recorded.find(page, replace(library, themes=(tmp_path,))) is None
