"""A list of schools and a pack -> the copies in their folders: only what differs is written, and only over our own."""

import csv
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import verapdf
from conftest import POND, Run
from pypdf import PdfReader

from briefings.copies import make
from briefings.copies.make import CopiesReport, build_copies
from briefings.output.plan import BuildCallbacks, UnfinishedError
from briefings.problems import ProblemError

CREST = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4" fill="#a00"/></svg>'
LIST = "name,contact,crest\nElm School,Elm Street 1,\nOak School,,\n"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a list; its papers are typeset once, and each test begins with the copies as made."""
    folder = tmp_path_factory.mktemp("copies")
    (folder / "elm.svg").write_text(CREST)
    return folder


def make_copies(folder: Path, text: str = LIST, *, fresh: bool = False, **options: object) -> CopiesReport:
    """Make the copies, with `fresh` in an empty folder; the papers with an empty box are kept from test to test."""
    if fresh:
        shutil.rmtree(folder / "build/for-schools/pond", ignore_errors=True)
    (folder / "schools.csv").write_text(text)
    given = {"documents": ["briefing"], "audiences": ["policy"], "project": POND, "out": folder / "build"}
    return build_copies(folder / "schools.csv", ["pond"], **{**given, **options})  # type: ignore[arg-type]


def copies(folder: Path) -> dict[str, Path]:
    place = folder / "build/for-schools/pond"
    return {path.relative_to(place).as_posix(): path for path in sorted(place.rglob("*.pdf"))}


def states(folder: Path) -> dict[str, str]:
    with (folder / "build/for-schools/pond/summary.csv").open(newline="") as file:
        return {row["name"]: row["state"] for row in csv.DictReader(file)}


@pytest.mark.tool("javac")
def test_each_school_has_each_paper_with_its_name(folder: Path) -> None:
    text = LIST.replace("Street 1,", "Street 1,elm.svg")
    make_copies(folder, text, fresh=True, audiences=["policy", "public"])
    made = copies(folder)
    assert list(made) == [
        f"{school}/{audience}-briefing.pdf"
        for school in ("elm-school", "oak-school")
        for audience in ("policy", "public")
    ]
    words = {name: PdfReader(path).pages[0].extract_text() for name, path in made.items()}
    assert all(("Elm Street 1" in text) == name.startswith("elm") for name, text in words.items())
    assert all("Oak School" in text for name, text in words.items() if name.startswith("oak"))
    verdicts = verapdf.validate(list(made.values())).all
    assert len(verdicts) == 2 * len(made)
    assert [str(verdict) for verdict in verdicts if not verdict.passed] == []


def test_a_second_run_writes_only_what_changed(folder: Path) -> None:
    make_copies(folder, fresh=True)
    before = {name: path.stat().st_mtime_ns for name, path in copies(folder).items()}
    assert (make_copies(folder).made, make_copies(folder).up_to_date) == (0, 2)
    report = make_copies(folder, LIST.replace("Elm Street 1", "Elm Street 2") + "Ash School,,\n")
    after = {name: path.stat().st_mtime_ns for name, path in copies(folder).items()}
    assert (report.made, report.up_to_date) == (2, 1)
    assert {name for name in after if after[name] == before.get(name)} == {n for n in before if n.startswith("oak")}


def test_the_same_list_gives_the_same_bytes_elsewhere(folder: Path, tmp_path: Path) -> None:
    make_copies(folder, fresh=True)
    make_copies(tmp_path)
    for name, path in copies(tmp_path).items():
        assert path.read_bytes() == copies(folder)[name].read_bytes()


def test_a_row_that_fails_stops_no_other(folder: Path) -> None:
    report = make_copies(folder, LIST + "東京,,\nFir School,,fir.svg\n" + "Long " * 30 + ",,\n")
    assert [problem.code for problem in report.problems] == ["missing-glyph", "missing-file", "too-long"]
    assert {"elm-school", "oak-school"} <= {name.partition("/")[0] for name in copies(folder)}
    assert states(folder) == {
        "Elm School": "done",
        "Oak School": "done",
        "東京": "failed",
        "Fir School": "failed",
        ("Long " * 30).strip(): "failed",
    }
    assert report.rows == 5


def test_a_crest_that_cannot_be_drawn_is_named(folder: Path) -> None:
    (folder / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\n no picture IEND")
    report = make_copies(folder, LIST + "Fir School,,bad.png\n")
    assert [(problem.code, problem.mark and problem.mark.line) for problem in report.problems] == [("bad-crest", 4)]


def test_a_copy_that_was_edited_is_kept_and_named(folder: Path) -> None:
    make_copies(folder, fresh=True)
    edited = copies(folder)["elm-school/policy-briefing.pdf"]
    edited.write_bytes(b"mine")
    report = make_copies(folder, LIST.replace("Street 1", "Street 9"))
    assert [problem.code for problem in report.problems] == ["edited-output"]
    assert edited.read_bytes() == b"mine"
    assert make_copies(folder, force=True).problems == ()
    assert edited.read_bytes() != b"mine"


def test_a_file_that_nobody_made_here_is_kept(folder: Path) -> None:
    (folder / "build/for-schools/pond/yew-school").mkdir(parents=True, exist_ok=True)
    foreign = folder / "build/for-schools/pond/yew-school/policy-briefing.pdf"
    foreign.write_bytes(b"theirs")
    report = make_copies(folder, LIST + "Yew School,,\n")
    assert [problem.code for problem in report.problems] == ["foreign-output"]
    assert foreign.read_bytes() == b"theirs"
    foreign.unlink()


def test_a_ledger_that_was_changed_is_named(folder: Path) -> None:
    make_copies(folder, fresh=True)
    (folder / "build/for-schools/pond/.briefings-ledger.json").write_text("{}")
    report = make_copies(folder)
    assert [warning.code for warning in report.warnings] == ["ledger"]
    assert (report.made, report.up_to_date, report.problems) == (0, 2, ())


def test_nothing_is_written_through_a_link(folder: Path, tmp_path: Path) -> None:
    make_copies(folder, fresh=True)
    os.symlink(tmp_path, folder / "build/for-schools/pond/rowan-school")
    report = make_copies(folder, LIST + "Rowan School,,\n")
    assert [problem.code for problem in report.problems] == ["not-written"]
    assert list(tmp_path.iterdir()) == []
    (folder / "build/for-schools/pond/rowan-school").unlink()


def test_copies_of_a_school_that_left_are_listed_and_pruned(folder: Path) -> None:
    make_copies(folder, LIST + "Ash School,,\n", fresh=True)
    report = make_copies(folder)
    assert [path.parent.name for path in report.unwanted] == ["ash-school"]
    # A row that cannot be made now is still in the list: its copies stay.
    failing = make_copies(folder, LIST + "Ash School,東,\n", prune=True)
    assert failing.unwanted == failing.pruned == ()
    assert len(make_copies(folder, prune=True).pruned) == 1
    assert not (folder / "build/for-schools/pond/ash-school").exists()


def test_a_run_that_is_stopped_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make, "_BATCH", 1)
    monkeypatch.setattr(make, "_BATCHES", 100)
    make_copies(folder, fresh=True)
    text = LIST.replace("School,", "Place,")
    replaced = 0

    def stopping(*args: str) -> None:
        nonlocal replaced
        replaced += 1
        if replaced == 2:  # the ledger and the summary are written elsewhere
            raise KeyboardInterrupt
        rename(*args)

    rename = os.replace
    monkeypatch.setattr("briefings.copies.folder.os.replace", stopping)
    with pytest.raises(KeyboardInterrupt):
        make_copies(folder, text)
    monkeypatch.setattr("briefings.copies.folder.os.replace", rename)
    place = folder / "build/for-schools/pond"
    assert [path for path in place.rglob("*") if path.name.endswith(".part")] == []
    report = make_copies(folder, text)
    assert report.problems == ()
    assert report.made + report.up_to_date == 2


def test_a_document_without_a_head_is_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "partials").mkdir()
    (tmp_path / "partials/house.html").write_text("")
    with pytest.raises(UnfinishedError, match="has no place for the name of a school") as caught:
        make_copies(folder, themes=[tmp_path], out=tmp_path / "build")
    assert {problem.code for problem in caught.value.problems} == {"no-box"}
    assert not (tmp_path / "build/for-schools/pond").exists()


def test_a_list_that_is_wrong_as_a_whole_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ProblemError):
        make_copies(tmp_path, "school\nElm\n")
    assert not (tmp_path / "build").exists()


def test_the_command_says_what_was_made_and_what_was_not(folder: Path, run: Run) -> None:
    make_copies(folder, fresh=True)
    (folder / "schools.csv").write_text(LIST + "東京,,\n")
    arguments = ["build", "pond", "--project", str(POND), "--out", "build", "--audience", "policy"]
    arguments += ["--document", "briefing"]
    done = run([*arguments, "--for", "schools.csv"], folder)
    assert done.code == 1
    assert "schools.csv:4:1: error[missing-glyph]: no font has '東'" in done.err
    assert "The other rows were made." in done.err
    assert "3 rows: 0 copies made and 2 up to date in build/for-schools/pond" in done.out
    refused = run([*arguments, "--for", "schools.csv", "--format", "html"], folder)
    assert (refused.code, "'--for' makes PDFs, and has no '--format'" in refused.err) == (2, True)
    missing = run([*arguments, "--for", "none.csv"], folder)
    assert (missing.code, "there is no file none.csv" in missing.err) == (2, True)


def test_an_executor_makes_the_same_copies_and_tells_of_every_row(folder: Path) -> None:
    text = "name\n" + "".join(f"School {number}\n" for number in range(60)) + f"{'W' * 150}\n{'V' * 150}\n蛙\n"
    make_copies(folder, text, fresh=True)
    expected = {name: path.read_bytes() for name, path in copies(folder).items()}
    told: list[tuple[int, int]] = []
    rows: list[tuple[int, int, int]] = []
    with ThreadPoolExecutor(2) as threads:
        tell = BuildCallbacks(
            progress=lambda _, done, total, __: told.append((done, total)),
            rows=lambda done, failed, left, _: rows.append((done, failed, left)),
        )
        report = make_copies(folder, text, fresh=True, executor=threads, told=tell)
    assert {name: path.read_bytes() for name, path in copies(folder).items()} == expected
    assert (len(expected), report.made, [problem.code for problem in report.problems]) == (
        60,
        60,
        ["missing-glyph"] + ["too-long"] * 2,
    )
    assert told == [(50, 62), (62, 62)]
    assert rows == [(50, 1, 12), (60, 3, 0)]


def test_what_a_killed_run_left_is_swept(folder: Path) -> None:
    make_copies(folder, fresh=True)
    left = folder / "build/for-schools/pond" / f".briefings-{'0' * 16}.part"
    left.touch()
    make_copies(folder)
    assert not left.exists()
