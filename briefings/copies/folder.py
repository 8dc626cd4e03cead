"""The folder with the copies of a pack: each is written whole, and only over what an earlier run made."""

import os
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from pathlib import Path

from ..output.files import write_error
from ..output.folder import OutputFolder, kept
from ..output.ledger import EDITED_BY_HAND, LedgerEntry
from ..pdf.copy_box import CopyBase
from ..problems import Problem
from ..safe_files import remove_quietly, replace_file
from .row_list import Row
from .rows import Made, MadeRow, Place, WrittenRow, written_row
from .summary import SUMMARY, RowResult


class CopyFolder:
    """Copies in `path`/<row's folder>/<file>, with a ledger."""

    def __init__(self, path: Path, *, force: bool) -> None:
        self._folder, self._force = OutputFolder(path), force
        self.warning = self._folder.quarantine_ledger()  # of a ledger that cannot be trusted; None of one that can

    def place(self, rows: Iterable[Row], papers: Iterable[str]) -> Place:
        """Where the copies of some rows are written, and what the ledger knows of them."""
        names, known = tuple(papers), dict[str, frozenset[str]]()
        for row in rows:
            for name in names:
                if recorded := self._folder.entry(self._folder.path / row.folder / name):
                    known[f"{row.folder}/{name}"] = frozenset((recorded.output, recorded.begun))
        return Place(self._folder.path, known, self._force)

    def put(
        self,
        batch: Iterable[Sequence[Made]],
        papers: Mapping[str, CopyBase],
        told: Callable[[Sequence[RowResult]], None],
    ) -> list[RowResult]:
        """Write the copies of some rows that differ from what is there, and were not written by who made them.

        They are written under other names first; the ledger then knows what is about to come, and only then each gets
        its name. So a run that is killed leaves old copies or new ones, and the next one knows both as ours.
        """
        waiting: dict[Path, tuple[str, str]] = {}  # path -> its temporary file, and the digest of its content
        results: list[RowResult] = []
        try:
            for rows in batch:
                place = self.place((each.row for each in rows if isinstance(each, MadeRow)), papers)
                for each in rows:
                    written = each if isinstance(each, WrittenRow) else written_row(each, papers, place)
                    waiting |= {self._folder.path / name: (part, coming) for name, part, coming in written.parts}
                    self._record(written.same)
                    results.append(written.result)
                told(results[-len(rows) :])
            self._folder.mark_begun({path: coming for path, (_, coming) in waiting.items()})
            for path, (part, coming) in list(waiting.items()):
                os.replace(part, path)
                del waiting[path]
                self._folder.record({path: LedgerEntry({}, output=coming)})
        except OSError as error:
            raise write_error(self._folder.path, error) from None
        finally:
            for part, _ in waiting.values():
                remove_quietly(part)
        return results

    def _record(self, same: Iterable[tuple[str, str]]) -> None:
        self._folder.record({self._folder.path / name: LedgerEntry({}, output=coming) for name, coming in same})

    def save(self) -> None:
        """Write the ledger. `put` only writes it before files get their names. Raises ProblemError."""
        self._folder.save()

    def write_summary(self, content: bytes) -> None:
        """Write the summary beside the folders. Raises ProblemError."""
        path = self._folder.path / SUMMARY
        try:
            replace_file(path, content)
        except OSError as error:
            raise write_error(path, error) from None

    def unwanted(self, folders: Container[str]) -> tuple[Path, ...]:
        """The copies of earlier runs in other folders."""
        return tuple(path for path in self._folder.unwanted(None, ()) if path.parent.name not in folders)

    def prune(self, paths: Iterable[Path]) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
        """Remove copies that nobody edited; return them, and the problems of the others. Raises ProblemError."""
        removed = dict.fromkeys(path for path in paths if self._force or self._folder.is_as_made(path))
        self._folder.prune(removed)
        return tuple(removed), tuple(kept(path, EDITED_BY_HAND) for path in paths if path not in removed)
