"""An output folder and its ledger -> the recorded entry, the digest and the out-of-date reason of each output."""

import contextlib
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from ..problems import Problem, ProblemError
from . import ledger
from .files import write_atomically, write_error
from .ledger import LedgerEntry, digest


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
        message = f"the ledger {file} {self.ledger_error}; it was renamed to {moved.name} and everything is made again"
        return Problem("ledger", message, severity="warning")

    def entry(self, path: Path) -> LedgerEntry | None:
        return self._entries.get(self._name(path))

    def sheets(self) -> dict[Path, int]:
        """The number of sheets of each recorded PDF."""
        return {self.path / name: entry.sheets for name, entry in self._entries.items() if entry.sheets}

    def current_digest(self, path: Path) -> str | None:
        """The digest of an output on disk; None if it is missing or cannot be read."""
        try:
            return digest(path.read_bytes())
        except OSError:
            return None

    def typeset_reason(
        self, path: Path, current: LedgerEntry, library_digest: Callable[[str], str | None]
    ) -> str | None:
        """Why an output must be typeset: a sentence, or None if it is up to date."""
        return ledger.out_of_date_reason(self.entry(path), current, library_digest, self.current_digest(path))

    def rewrite_reason(
        self, path: Path, current: LedgerEntry, library_digest: Callable[[str], str | None]
    ) -> str | None:
        """Why an output whose new content is known must be written: a sentence, or None if the content is the same."""
        output_digest = self.current_digest(path)
        if output_digest == current.output:
            return None
        # With equal inputs but another output, it is the package itself that now makes something else of them.
        return (
            ledger.out_of_date_reason(self.entry(path), current, library_digest, output_digest) or "the content changed"
        )

    def mark_begun(self, paths: Iterable[Path]) -> None:
        """Record that these outputs are about to be replaced.

        Without the mark, a build killed between writing a file and recording it would leave a file whose digest is
        not in the ledger, and the next build would take it for one edited by hand and refuse to replace it.
        """
        for path in paths:
            if entry := self.entry(path):
                self._entries[self._name(path)] = replace(entry, begun=True)
        self.save()

    def record(self, entries: Mapping[Path, LedgerEntry]) -> None:
        """Set entries in memory; `save` writes them."""
        self._entries.update({self._name(path): entry for path, entry in entries.items()})

    def put(self, path: Path, content: bytes, entry: LedgerEntry) -> None:
        """Write an output, then its ledger entry. Raises ProblemError."""
        write_atomically({path: content})
        self.record({path: entry})
        self.save()

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
        return tuple(path for path in paths if path not in wanted and path.is_file())

    def prune(self, paths: Iterable[Path]) -> None:
        """Remove outputs, their entries, and folders that become empty. Raises ProblemError."""
        for path in paths:
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
