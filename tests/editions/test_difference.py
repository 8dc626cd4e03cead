"""What two editions differ in: items, documents and sheets; as text, as JSON and as a page."""

import json
from pathlib import Path

import packs
import pytest
from conftest import Run, replace_in
from hypothesis import given
from hypothesis import strategies as st

from briefings.editions.difference import Difference, compared
from briefings.editions.states import read_edition, working_copy
from briefings.library import Library
from briefings.loading.load import load

pytestmark = pytest.mark.usefixtures("in_one_process")


def difference(project: Path, new: int | None = None) -> Difference:
    folder, library = project / "data/pond", Library(project)
    pack = load(folder, "data/pond")
    after = read_edition(folder, pack, new, library) if new else working_copy(pack, library)
    return Difference(read_edition(folder, pack, 1, library), after, library, project / "build")


def test_two_editions_differ_in_what_was_edited(closed: Path) -> None:
    found = difference(closed, 2)
    (item,) = found.items
    assert (item.key, item.what, found.place(item)) == (
        "frogs/class-april",
        "changed",
        f"{(closed / 'data/pond/editions/2/pond/figures.yaml').as_posix()}:14",
    )
    (field,) = found.fields(item)
    assert (field.name, field.before, field.after) == ("value", (("old", "1200"),), (("new", "1300"),))
    changed = {document.key for document in found.documents if document.what}
    assert "pupils-briefing" in changed
    assert {"teachers-before"} <= {document.key for document in found.documents} - changed


def test_what_only_one_reader_is_told_changes_only_that_paper(closed: Path) -> None:
    """Each level has texts of its own."""
    replace_in(closed / "data/pond/sources.yaml", "they wanted many frogs", "they hoped for many frogs")
    replace_in(closed / "data/pond/figures.yaml", "value: 1300", "value: 1200")
    found = difference(closed)
    changed = {document.key for document in found.documents if document.what}
    assert changed
    assert {key for key in changed if key.startswith("pupils-")} == set()


def test_the_sheets_are_those_of_the_built_pdf(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = {"frogs/class-april": (2, 3), "est-1": (1,)}
    monkeypatch.setattr("briefings.editions.difference.sheet_map.extract", lambda _: where)
    found = difference(closed)
    pupils = next(document for document in found.documents if document.key == "pupils-briefing")
    assert found.sheets(pupils) == ()
    (closed / "build/pond").mkdir(parents=True)
    (closed / "build/pond/pupils-briefing.pdf").write_bytes(b"%PDF")
    assert found.sheets(pupils) == (2, 3)


def test_the_command_as_text_and_json(closed: Path, run: Run) -> None:
    done = run(["diff", "1", "2"], closed)
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[:2] == [
        "pond: edition 1, 2024-07-01, and edition 2",
        "0 items added, 1 changed, 0 withdrawn; 0 paragraphs and questions have another number",
    ]
    assert "changed   estimate frogs/class-april: value  data/pond/editions/2/pond/figures.yaml:14" in lines
    assert "teachers-before: says the same" in lines
    data = json.loads(run(["diff", "1", "--json"], closed).out)
    assert [item["fields"] for item in data["items"]] == [{"value": ["1200", "1300"]}]
    assert data["after"] == {"name": "the working copy", "number": 2, "date": "2024-08-01"}


def test_an_edition_that_is_not_there(closed: Path, run: Run) -> None:
    done = run(["diff", "7"], closed)
    assert (done.code, done.err) == (2, "briefings: the pack 'pond' has no edition 7; there are 1, 2\n")


def test_the_page_shows_old_and_new(closed: Path, run: Run) -> None:
    replace_in(closed / "data/pond/phases.yaml", "two days", "three & more days")
    page = closed / "changes.html"
    assert run(["diff", "1", "--html", str(page)], closed).code == 0
    html = page.read_text()
    assert "<del>two</del>" in html
    assert "<ins>three &amp; more</ins>" in html
    assert "<del>1200</del>" in html
    assert "<script" not in html
    assert run(["diff", "1", "--html", str(closed / "no/such/page.html")], closed).code == 1


WORDS = st.lists(st.sampled_from(["the", "frog", "frogs", "sat", "1,200", "[@diary]"]), max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_pieces_are_the_texts(before: str, after: str) -> None:
    old, new = compared(before, after)
    assert (" ".join(words for _, words in old), " ".join(words for _, words in new)) == (before, after)
    both = [[words for what, words in side if what == "same"] for side in (old, new)]
    assert both[0] == both[1]
    assert all(what != "same" for what, _ in (*old, *new)) or set(before.split()) & set(after.split())


@pytest.mark.slow
def test_the_pages_of_the_shipped_history(tmp_path: Path) -> None:
    """Nothing of the real history fails to be shown."""
    from briefings.editions.page import write_page
    from briefings.library import shipped

    folder, library = shipped() / "data/kursk", Library(shipped())
    pack = packs.pack("kursk")
    found = Difference(read_edition(folder, pack, 1, library), working_copy(pack, library), library, tmp_path)
    write_page(found, tmp_path / "changes.html")
    html = (tmp_path / "changes.html").read_text()
    assert html.count("<article") == len(found.items) > 500
