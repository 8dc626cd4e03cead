"""An output folder and its ledger -> what lies there, what is known of it, and what nobody wants any more."""

import contextlib
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from ..problems import Problem, ProblemError
from . import ledger
from .files import write_atomically, write_error
from .ledger import LedgerEntry, digest


class OutputFolder:
    """What the ledger says of an output folder. Where it cannot be trusted, `complaint` says so and it says nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._entries, self.ledger_error = ledger.load(path)
        self._saved = dict(self._entries)

    def quarantine_ledger(self) -> Problem | None:
        """Put a ledger away that cannot be trusted; the warning that tells of it."""
        if not self.ledger_error:
            return None
        file = self.path / ledger.LEDGER_NAME
        try:
            place = ledger.quarantine(self.path)
        except OSError as error:
            raise write_error(file, error) from None
        message = f"the ledger {file} {self.ledger_error}; it is kept as {place.name} and all is made again"
        return Problem("ledger", message, severity="warning")

    def entry(self, path: Path) -> LedgerEntry | None:
        return self._entries.get(self._name(path))

    def current_digest(self, path: Path) -> str | None:
        """The digest of an output that lies there."""
        try:
            return digest(path.read_bytes())
        except OSError:
            return None

    def typeset_reason(self, path: Path, now: LedgerEntry, library_digest: Callable[[str], str | None]) -> str | None:
        """Why an output must be typeset: a sentence, or None."""
        return ledger.out_of_date_reason(self.entry(path), now, library_digest, self.current_digest(path))

    def rewrite_reason(self, path: Path, now: LedgerEntry, library_digest: Callable[[str], str | None]) -> str | None:
        """Why an output whose content is at hand already must be written: a sentence, or None when it is the same."""
        found = self.current_digest(path)
        if found == now.output:
            return None
        return ledger.out_of_date_reason(self.entry(path), now, library_digest, found) or "what stands in it changed"

    def mark_begun(self, paths: Iterable[Path]) -> None:
        """Note that these are about to be replaced: whoever stops now leaves one or the other."""
        for path in paths:
            if kept := self.entry(path):
                self._entries[self._name(path)] = replace(kept, begun=True)
        self.save()

    def record(self, traces: Mapping[Path, LedgerEntry]) -> None:
        self._entries.update({self._name(path): trace for path, trace in traces.items()})

    def put(self, path: Path, content: bytes, trace: LedgerEntry) -> None:
        """Write an output, and its line after it. Raises ProblemError."""
        write_atomically({path: content})
        self.record({path: trace})
        self.save()

    def save(self) -> None:
        """Write the ledger, if it says anything new."""
        if self._entries == self._saved:
            return
        try:
            ledger.save(self.path, self._entries)
            self._saved = dict(self._entries)
        except OSError as error:
            raise write_error(self.path / ledger.LEDGER_NAME, error) from None

    def unwanted(self, packs: Iterable[str] | None, wanted: Container[Path]) -> tuple[Path, ...]:
        """The outputs of these packs, or of all, that the ledger knows and nobody wants any more."""
        ours = [self.path / name for name in sorted(self._entries) if packs is None or name.partition("/")[0] in packs]
        return tuple(path for path in ours if path not in wanted and path.is_file())

    def prune(self, paths: Iterable[Path]) -> None:
        """Remove outputs, and the folders that this leaves empty."""
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
