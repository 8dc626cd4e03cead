"""Closing an edition: what is refused, what is written, and what `check` says of its list of changes."""

from dataclasses import replace
from pathlib import Path

import packs
import pytest
from conftest import Run, raise_edition, replace_in

from briefings.checking.editions import edition_warnings
from briefings.editions.identity import identity_problems
from briefings.loading.load import load
from briefings.pack.edition import Edition, Recorded
from briefings.pack.meaning import Meant
from briefings.schema.dates import PartialDate

CHANGES = "data/pond/editions/2/changes.yaml"


def warnings(project: Path) -> list[str]:
    return [str(each) for each in edition_warnings(load(project / "data/pond", "data/pond"))]


def test_closing_keeps_the_pack_and_drafts_a_list(project: Path, run: Run) -> None:
    done = run(["edition", "--note", "as first published"], project)
    assert done == (
        0,
        "edition 1 of pond is closed: 84 items, 9 documents, in data/pond/editions/1\n"
        "keep the folder under version control, and change nothing else in it\n",
        "",
    )
    kept = project / "data/pond/editions/1/pond"
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == {
        path.name: path.read_bytes() for path in (project / "data/pond").iterdir() if path.is_file()
    }
    raise_edition(project, 2, "2024-08-01")
    replace_in(project / "data/pond/figures.yaml", "value: 1200", "value: 1300")
    replace_in(project / "data/pond/phases.yaml", "two days", "three days")
    done = run(["edition", "pond"], project)
    assert "since edition 1: 0 items added, 2 changed, 0 withdrawn\n" in done.out
    assert (project / CHANGES).read_text().splitlines()[3:] == [
        "changes:",
        "  - mark: significant",
        "    items: [frogs/class-april]",
        '    text: "One estimate of “Frogs in the pond” changed: frogs/class-april."',
        "  - mark: minor",
        "    items: [phase-dig-happened]",
        (project / CHANGES).read_text().splitlines()[-1],
    ]
    assert warnings(project) == []
    assert run(["check", "--strict"], project).code == 0


def test_an_edition_is_closed_once(closed: Path, run: Run) -> None:
    before = sorted(path for path in closed.rglob("*"))
    done = run(["edition"], closed)
    assert done.code == 1
    assert "pack.yaml:7:19: error[edition-number]: edition 2 was closed already, on 2024-08-01; write 3" in done.err
    raise_edition(closed, 4, "2024-09-01")
    assert "edition 4 cannot follow edition 2; write 3" in run(["edition"], closed).err
    assert sorted(path for path in closed.rglob("*")) == before


def test_an_edition_that_nobody_has_is_closed_again(closed: Path, run: Run) -> None:
    replace_in(closed / CHANGES, "mark: significant", "mark: correction")
    written = (closed / CHANGES).read_text()
    replace_in(closed / "data/pond/phases.yaml", "two days", "three days")
    done = run(["edition", "--again"], closed)
    assert "since edition 1: 0 items added, 2 changed, 0 withdrawn" in done.out
    assert (closed / CHANGES).read_text() == written
    assert [warning.partition(": ")[2][:21] for warning in warnings(closed)] == ["warning[change-untold"]
    raise_edition(closed, 3, "2024-09-01")
    assert "edition 3 of pond is closed" in run(["edition", "--again"], closed).out


def test_a_pack_with_errors_is_not_closed(closed: Path, run: Run) -> None:
    raise_edition(closed, 3, "2024-09-01")
    replace_in(closed / "data/pond/figures.yaml", "value: 1300", "valve: 1300")
    assert "unknown-field" in run(["edition"], closed).err
    assert not (closed / "data/pond/editions/3").exists()


def test_what_cannot_be_written_leaves_nothing(closed: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    raise_edition(closed, 3, "2024-09-01")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("briefings.editions.close.os.rename", full)
    done = run(["edition"], closed)
    assert (done.code, "the edition cannot be written: no space left on device" in done.err) == (1, True)
    assert sorted(path.name for path in (closed / "data/pond/editions").iterdir()) == ["1", "2"]


@pytest.mark.parametrize(
    ("file", "find", "put", "message"),
    [
        (
            "sources.yaml",
            ("title: Pond diary", "publisher: Class 7b"),
            ("title: Frogs of the world", "publisher: Atlas Ltd"),
            "'diary' is another source than in edition 2",
        ),
        ("glossary.yaml", ("id: spawn",), ("id: est-1",), "'est-1' is now a term, and was a paragraph in edition 2"),
    ],
)
def test_an_id_keeps_its_meaning(
    closed: Path, run: Run, file: str, find: tuple[str, ...], put: tuple[str, ...], message: str
) -> None:
    raise_edition(closed, 3, "2024-09-01")
    if file == "glossary.yaml":
        pack = closed / "data/pond/pack.yaml"
        pack.write_text(pack.read_text().replace("id: est-1", "id: est-2"))
        for path in (closed / "data/pond").glob("*.yaml"):
            path.write_text(path.read_text().replace("[spawn]", "[est-1]").replace("est-1]", "est-2]"))
    for old, new in zip(find, put, strict=True):
        replace_in(closed / "data/pond" / file, old, new)
    done = run(["edition"], closed)
    assert f"error[id-meaning]: {message}; give it a new id" in done.err, done.err


def test_a_withdrawn_id_comes_back_only_as_it_was(closed: Path, run: Run) -> None:
    """Between, there was an edition without it."""
    glossary = closed / "data/pond/glossary.yaml"
    text = glossary.read_text()
    term = "  - {id: reed, term: reed, text: A plant at the edge of a pond.}\n"
    steps = [(3, term), (4, ""), (5, term.replace("plant", "bird that lives"))]
    for number, more in steps:
        raise_edition(closed, number, f"2024-{number + 6:02}-01")
        glossary.write_text(text + more)
        done = run(["edition"], closed)
        assert (done.code, number) in {(0, 3), (0, 4), (1, 5)}, done.err
    assert "'reed' was withdrawn after edition 3, and now says something else" in done.err
    glossary.write_text(text + term)
    assert run(["edition"], closed).code == 0


def test_check_knows_a_closed_edition_from_a_changed_pack(closed: Path) -> None:
    assert warnings(closed) == []
    replace_in(closed / "data/pond/phases.yaml", "two days", "three days")
    (warning,) = warnings(closed)
    assert warning.startswith(
        "data/pond/pack.yaml:7:19: warning[edition-changed]: the pack is no longer edition 2 as it was closed on "
        "2024-08-01: 'phase-dig-happened'; write 'number: 3' and a date"
    )
    raise_edition(closed, 3, "2024-09-01")
    assert warnings(closed) == []


def test_check_wants_every_change_told_and_no_other(closed: Path) -> None:
    replace_in(closed / CHANGES, "[frogs/class-april]", "[est-1]")
    assert warnings(closed) == [
        "data/pond/editions/2/changes.yaml:1:1: warning[change-untold]: edition 2 changed what no entry tells of: "
        "'frogs/class-april'; add them to the 'items' of an entry, or to a correction",
        "data/pond/editions/2/changes.yaml:5:5: warning[change-of-nothing]: edition 2 did not change 'est-1'; "
        "take it out of the list",
    ]


def test_a_statement_that_moves_to_another_file_keeps_its_id() -> None:
    """It may become an item of another kind, as long as it says the same."""
    one = Meant("tip", "paragraph", "guidance", {"text": {"standard": "Do not count the same frog twice in a day."}})
    same = Meant("tip", "misunderstanding", "", {"text": {"standard": "Do not count the same frog twice."}})
    other = Meant("tip", "misunderstanding", "", {"text": {"standard": "The pond was dug in March."}})
    edition = replace(an_edition(), items={"tip": Recorded("paragraph", one.digest)})
    pack = replace(packs.pack("pond"), editions=(edition,))
    assert list(identity_problems(pack, {"tip": same}, {"tip": one})) == []
    assert len(list(identity_problems(pack, {"tip": other}, {"tip": one}))) == 1


def an_edition() -> Edition:
    return Edition(1, PartialDate.parse("2024-07-01"), "", "", 1, {}, {}, {}, {})
