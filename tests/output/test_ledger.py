"""The ledger: entries -> JSON and back, and the reason why an output is out of date."""

from dataclasses import replace
from pathlib import Path

import pytest

from briefings.output import ledger
from briefings.output.ledger import LedgerEntry, _changes, digest, out_of_date_reason

ENTRY = LedgerEntry({"words": "w", "html": "h", "date": "d"}, {"css/a.css": "1"}, {"pango": "1"}, output="out")


def test_entries_survive_saving_and_loading(tmp_path: Path) -> None:
    entries = {"pond/a.pdf": ENTRY, "pond/b.pdf": replace(ENTRY, output="other", sheets=4, begun="new")}
    ledger.save(tmp_path, entries)
    assert ledger.load(tmp_path) == (entries, "")
    assert [path.name for path in tmp_path.iterdir()] == [ledger.LEDGER_NAME]


def test_values_that_entries_share_are_stored_once(tmp_path: Path) -> None:
    ledger.save(tmp_path, {"pond/a.pdf": ENTRY, "pond/b.pdf": replace(ENTRY, output="other")})
    assert (tmp_path / ledger.LEDGER_NAME).read_text().count("css/a.css") == 1


def test_a_missing_ledger_is_empty_and_no_error(tmp_path: Path) -> None:
    assert ledger.load(tmp_path) == ({}, "")


def test_quarantine_renames_the_ledger(tmp_path: Path) -> None:
    (tmp_path / ledger.LEDGER_NAME).write_text("damaged")
    moved = ledger.quarantine(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [moved.name] == [ledger.QUARANTINE_NAME]


def test_a_digest_depends_on_the_content_only() -> None:
    assert digest(b"a") == digest(b"a") != digest(b"b")
    assert len(digest(b"")) == 32


def test_a_reason_names_every_changed_field_of_the_page() -> None:
    current = replace(ENTRY, page={"words": "w", "html": "g", "date": "e"})
    reason = out_of_date_reason(ENTRY, current, ENTRY.files.get, "out")
    assert reason == "the page's date and html changed, but not its text"


def test_a_reason_names_at_most_three_files() -> None:
    recorded = replace(ENTRY, files={f"css/{name}.css": "1" for name in "edcba"})
    reason = out_of_date_reason(recorded, recorded, {}.get, "out")
    assert reason == "css/a.css, css/b.css, css/c.css and 2 more changed"


@pytest.mark.parametrize(
    ("engine", "reason"),
    [
        ({"pango": "2"}, "the typesetter changed: pango was 1 and is 2"),
        ({}, "the typesetter changed: pango was 1 and is absent"),
        ({"harfbuzz": "9", "pango": "1"}, "the typesetter changed: harfbuzz was absent and is 9"),
    ],
)
def test_a_reason_names_the_changed_part_of_the_typesetter(engine: dict[str, str], reason: str) -> None:
    assert out_of_date_reason(ENTRY, replace(ENTRY, engine=engine), ENTRY.files.get, "out") == reason


def test_a_changed_text_is_named_before_changed_files() -> None:
    current = replace(ENTRY, page={"words": "v", "html": "g", "date": "d"})
    assert out_of_date_reason(ENTRY, current, {}.get, "out") == "the text changed"


def test_a_changed_text_gives_no_reason_that_denies_it() -> None:
    current = replace(ENTRY, page={"words": "v", "html": "g", "date": "d"})
    reasons = list(_changes(ENTRY, current, ENTRY.files.get))
    assert reasons == ["the text changed"]
