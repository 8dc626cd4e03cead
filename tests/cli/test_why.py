"""`briefings why`: search results as text and JSON, with the sheets of PDFs that were built."""

import json
import re
import zlib
from pathlib import Path

import pytest
from conftest import Run

from briefings.briefing.parts import Briefing
from briefings.cli import why
from briefings.library import Library
from briefings.pack.pack import Pack
from briefings.query.why import Search


def pdf(sheet_map: dict[str, list[int]]) -> bytes:
    """A PDF that contains a sheet map and nothing else."""
    packed = zlib.compress(json.dumps(sheet_map).encode())
    return b"%%PDF-1.7\n<</Type /BriefingsWhere\n/Filter /FlateDecode\n/Length %d>>\nstream\n%b\nendstream" % (
        len(packed),
        packed,
    )


@pytest.mark.slow
def test_the_command_prints_sheets_of_pdfs_that_exist(run: Run, project: Path) -> None:
    done = run(["why", "1,200"], project)
    assert (done.code, done.err) == (0, "")
    assert re.match(r"data/pond/figures\.yaml:\d+:14: more than 1,200\u00a0frogs\n", done.out)
    for line in ("who            Class 7b", "basis          counted from the bank", "sources        diary"):
        assert f"    {line}\n" in done.out
    assert "disagrees with 800 to 900" in done.out
    assert done.out.endswith("No PDF of this pack has been built, so sheets are unknown: run 'briefings build'.\n")

    (project / "build/pond").mkdir(parents=True)
    (project / "build/pond/pupils-briefing.pdf").write_bytes(pdf({"frogs/class-april": [1, 2], "fig-0": [2]}))
    done = run(["why", "1,200"], project)
    assert "appears in     pupils-briefing.pdf, sheets 1, 2\n" in done.out
    assert "No PDF" not in done.out


def test_the_command_limited_to_one_audience_prints_json(run: Run, project: Path) -> None:
    done = run(["why", "1,200", "pond", "--audience", "policy", "--format", "json"], project)
    (answer,) = json.loads(done.out)
    assert [found["id"] for found in answer["estimates"]] == ["frogs/class-april"]
    assert re.fullmatch(r"data/pond/figures\.yaml:\d+:14", answer["estimates"][0]["place"])
    assert answer["estimates"][0]["stands_in"] == [{"document": "policy-briefing", "sheets": {}}]
    assert {source["id"] for source in answer["sources"]} >= {"diary"}


def test_the_command_fails_if_nothing_is_found(run: Run, project: Path) -> None:
    done = run(["why", "1,300"], project)
    assert (done.code, done.out.strip()) == (1, "")
    assert "briefings: '1,300' does not appear in any text, number, id or title of pond" in done.err
    assert "similar:\n  more than 1,200\u00a0frogs" in done.err


def test_each_match_is_printed_once(pond: Pack, briefings: dict[str, Briefing], library: Library) -> None:
    result = Search(pond, list(briefings.values()), library, Path("none")).find("1,200")
    heads = [line for line in why.as_text([result]) if line and not line.startswith(("    ", "No PDF"))]
    assert len(heads) == len(set(heads)) == len(result.estimates) + len(result.statements) + len(result.sources)
