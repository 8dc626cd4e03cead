"""An output folder and its ledger -> the recorded entry, the digest and the out-of-date reason of each output."""

import contextlib
import os
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from ..problems import Problem, ProblemError
from ..safe_files import MAX_OUTPUT, is_plain_file, read_bytes
from . import ledger
from .files import require_own_folder, write_atomically, write_error
from .ledger import EDITED_BY_HAND, UNREADABLE, LedgerEntry, digest

_ENTRIES = 500  # of a ledger that is written for each output
Made = tuple[Path, bytes, LedgerEntry]  # an output that is not written yet


class OutputFolder:
    """An output folder with its ledger.

    If the ledger cannot be trusted, `ledger_error` says why and the folder behaves as if it had no entries.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._entries, self.ledger_error = ledger.load(path)
        self._saved = dict(self._entries)

    def quarantine_ledger(self) -> Problem | None:
        """Move an untrusted ledger aside; return the warning that reports it, or None. Raises ProblemError."""
        if not self.ledger_error:
            return None
        file = self.path / ledger.LEDGER_NAME
        try:
            moved = ledger.quarantine(self.path)
        except OSError as error:
            raise write_error(file, error) from None
        message = f"the ledger {file} {self.ledger_error}; it was renamed to {moved.name}, and every file is compared"
        return Problem("ledger", message, severity="warning")

    def entry(self, path: Path) -> LedgerEntry | None:
        return self._entries.get(self._name(path))

    def sheets(self) -> dict[Path, int]:
        """The number of sheets of each recorded PDF."""
        return {self.path / name: entry.sheets for name, entry in self._entries.items() if entry.sheets}

    def typeset_reason(
        self, path: Path, current: LedgerEntry, library_digest: Callable[[str], str | None]
    ) -> str | None:
        """Why an output must be typeset: a sentence, or None if it is up to date."""
        return ledger.out_of_date_reason(self.entry(path), current, library_digest, current_digest(path))

    def rewrite_reason(
        self, path: Path, current: LedgerEntry, library_digest: Callable[[str], str | None]
    ) -> str | None:
        """Why an output whose new content is known must be written: a sentence, or None if the content is the same."""
        output_digest = current_digest(path)
        if output_digest == current.output:
            return None
        # With equal inputs but another output, it is the package itself that now makes something else of them.
        return (
            ledger.out_of_date_reason(self.entry(path), current, library_digest, output_digest) or "the content changed"
        )

    def mark_begun(self, digests: Mapping[Path, str]) -> None:
        """Record that these outputs are about to be replaced by contents with these digests.

        Without the mark, a build killed between writing a file and recording it would leave a file whose digest is
        not in the ledger, and the next build would take it for one edited by hand and refuse to replace it.
        """
        for path, coming in digests.items():
            entry = self.entry(path) or LedgerEntry({})
            self._entries[self._name(path)] = replace(entry, begun=coming)
        self.save()

    def record(self, entries: Mapping[Path, LedgerEntry]) -> None:
        """Set entries in memory; `save` writes them."""
        self._entries.update({self._name(path): entry for path, entry in entries.items()})

    def put(self, *outputs: Made) -> None:
        """Write outputs, all or none, and set their ledger entries, which `save` writes. Raises ProblemError."""
        self.mark_begun({path: digest(content) for path, content, _ in outputs})
        write_atomically({path: content for path, content, _ in outputs}, inside=self.path)
        self.record({path: entry for path, _, entry in outputs})

    @property
    def batch(self) -> int:
        """How many outputs are written together: each time the whole ledger is, which takes time with its entries."""
        return 1 + len(self._entries) // _ENTRIES

    def save(self) -> None:
        """Write the ledger if it changed. Raises ProblemError."""
        if self._entries == self._saved:
            return
        try:
            ledger.save(self.path, self._entries)
            self._saved = dict(self._entries)
        except OSError as error:
            raise write_error(self.path / ledger.LEDGER_NAME, error) from None

    def unwanted(self, packs: Iterable[str] | None, wanted: Container[Path]) -> tuple[Path, ...]:
        """The recorded outputs of `packs` (None: of all packs) that exist and are not in `wanted`."""
        paths = [self.path / name for name in sorted(self._entries) if packs is None or name.partition("/")[0] in packs]
        return tuple(path for path in paths if path not in wanted and os.path.lexists(path))

    def is_as_made(self, path: Path) -> bool:
        """Whether a recorded output is on disk as a build made it."""
        entry, now = self.entry(path), current_digest(path)
        return entry is not None and now in (entry.output, entry.begun)

    def prune(self, paths: Iterable[Path]) -> None:
        """Remove outputs, their entries, and folders that become empty. Raises ProblemError."""
        for path in paths:
            require_own_folder(path.parent, self.path)
            try:
                path.unlink()
            except OSError as error:
                raise ProblemError([Problem("not-removed", f"cannot remove {path}: {error.strerror}")]) from None
            del self._entries[self._name(path)]
            with contextlib.suppress(OSError):
                path.parent.rmdir()
        self.save()

    def _name(self, path: Path) -> str:
        return path.relative_to(self.path).as_posix()


def kept(path: Path, reason: str) -> Problem:
    """The problem of a file that the build did not touch."""
    hint = "it was kept; rename it to keep it for good, or make it again with --force"
    if reason == EDITED_BY_HAND:
        return Problem("edited-output", f"{path}: {reason}", None, hint)
    hint = "it was kept; move it away, or replace it with --force"
    return Problem("foreign-output", f"{path}: {reason}, so no build may have made it", None, hint)


def current_digest(path: Path) -> str | None:
    """The digest of an output on disk; None if it is missing, UNREADABLE if something else is in its place."""
    if not os.path.lexists(path):
        return None
    if os.path.islink(path.parent) or not is_plain_file(path):
        return UNREADABLE
    try:
        return digest(read_bytes(path, limit=MAX_OUTPUT))
    except OSError:
        return UNREADABLE
