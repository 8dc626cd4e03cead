"""An output folder with its ledger: what is recorded, what is unwanted, and when the ledger is written."""

from pathlib import Path

import pytest

from briefings.output.folder import OutputFolder
from briefings.output.ledger import LEDGER_NAME, LedgerEntry, digest
from briefings.problems import ProblemError


def entry(content: bytes) -> LedgerEntry:
    return LedgerEntry({"words": "w"}, output=digest(content))


@pytest.fixture
def folder(tmp_path: Path) -> OutputFolder:
    """A folder with one recorded output in each of two packs."""
    folder = OutputFolder(tmp_path)
    for name in ("pond/a.pdf", "lake/a.pdf"):
        folder.put((tmp_path / name, b"content", entry(b"content")))
    folder.save()
    return folder


def test_put_writes_the_output_and_its_entry(folder: OutputFolder) -> None:
    path = folder.path / "pond/a.pdf"
    assert path.read_bytes() == b"content"
    assert OutputFolder(folder.path).entry(path) == entry(b"content")
    other = folder.path / "pond/other.pdf"
    folder.put((other, b"other", entry(b"other")))  # what it is to be is known before it is there
    assert OutputFolder(folder.path).entry(other) == LedgerEntry({}, begun=digest(b"other"))


def test_record_is_in_memory_until_save(folder: OutputFolder) -> None:
    path = folder.path / "pond/b.pdf"
    folder.record({path: entry(b"b")})
    assert OutputFolder(folder.path).entry(path) is None
    folder.save()
    assert OutputFolder(folder.path).entry(path) == entry(b"b")


def test_save_does_not_write_an_unchanged_ledger(folder: OutputFolder) -> None:
    (folder.path / LEDGER_NAME).unlink()
    folder.save()
    assert not (folder.path / LEDGER_NAME).exists()


def test_an_interrupted_replacement_is_not_taken_for_an_edit_by_hand(folder: OutputFolder) -> None:
    path = folder.path / "pond/a.pdf"
    folder.mark_begun({path: digest(b"new")})
    path.write_bytes(b"new")  # killed before the entry was written
    reason = OutputFolder(folder.path).typeset_reason(path, entry(b"content"), {}.get)
    assert reason == "the last build was stopped while it made the file"
    path.write_bytes(b"mine")  # somebody edited it then
    reason = OutputFolder(folder.path).typeset_reason(path, entry(b"content"), {}.get)
    assert reason == "the file was edited by hand since the last build"


def test_an_edit_by_hand_is_noticed(folder: OutputFolder) -> None:
    path = folder.path / "pond/a.pdf"
    path.write_bytes(b"mine")
    reason = folder.typeset_reason(path, entry(b"content"), {}.get)
    assert reason == "the file was edited by hand since the last build"


@pytest.mark.parametrize(("content", "reason"), [(b"content", None), (b"other", "the content changed")])
def test_a_file_with_known_content_is_rewritten_if_it_differs(
    folder: OutputFolder, content: bytes, reason: str | None
) -> None:
    assert folder.rewrite_reason(folder.path / "pond/a.pdf", entry(content), {}.get) == reason


def test_unwanted_outputs_are_recorded_existing_and_of_the_requested_packs(folder: OutputFolder) -> None:
    pond, lake = folder.path / "pond/a.pdf", folder.path / "lake/a.pdf"
    (folder.path / "pond/mine.pdf").write_bytes(b"not recorded")
    assert folder.unwanted(None, ()) == (lake, pond)
    assert folder.unwanted(["pond"], ()) == (pond,)
    assert folder.unwanted(None, [pond]) == (lake,)
    lake.unlink()
    assert folder.unwanted(None, ()) == (pond,)


def test_prune_removes_outputs_entries_and_empty_folders(folder: OutputFolder) -> None:
    (folder.path / "pond/mine.pdf").write_bytes(b"kept")
    folder.prune([folder.path / "pond/a.pdf", folder.path / "lake/a.pdf"])
    assert [path.name for path in folder.path.iterdir() if path.is_dir()] == ["pond"]
    assert OutputFolder(folder.path).entry(folder.path / "pond/a.pdf") is None
    with pytest.raises(ProblemError, match=r"cannot remove .*a\.pdf"):
        folder.prune([folder.path / "pond/a.pdf"])


def test_an_untrusted_ledger_has_no_entries_and_is_renamed_with_a_warning(folder: OutputFolder) -> None:
    (folder.path / LEDGER_NAME).write_text("{")
    damaged = OutputFolder(folder.path)
    assert damaged.entry(folder.path / "pond/a.pdf") is None
    warning = damaged.quarantine_ledger()
    assert warning
    assert warning.message == (
        f"the ledger {folder.path / LEDGER_NAME} is cut short or damaged; "
        f"it was renamed to {LEDGER_NAME}.aside, and every file is compared"
    )
    assert OutputFolder(folder.path).quarantine_ledger() is None
