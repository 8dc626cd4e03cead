"""The folder with the copies of a pack: each is written whole, and only over what an earlier run made."""

import os
from collections.abc import Container, Iterable
from pathlib import Path

from ..output.files import require_own_folder, write_error
from ..output.folder import OutputFolder, kept
from ..output.ledger import EDITED_BY_HAND, NOT_OURS, LedgerEntry, digest
from ..pdf.copy_box import TooLongError
from ..problems import Problem, ProblemError
from ..safe_files import remove_quietly, replace_file, write_part
from .row_list import Row
from .summary import SUMMARY, RowResult

Copies = Iterable[tuple[str, bytes]]  # names of files and their contents


class CopyFolder:
    """Copies in `path`/<row's folder>/<file>, with a ledger."""

    def __init__(self, path: Path, *, force: bool) -> None:
        self._folder, self._force = OutputFolder(path), force
        self.warning = self._folder.quarantine_ledger()  # of a ledger that cannot be trusted; None of one that can

    def put(self, batch: Iterable[tuple[Row, Copies]]) -> list[RowResult]:
        """Write the copies of some rows that differ from what is there.

        They are written under other names first; the ledger then knows what is about to come, and only then each gets
        its name. So a run that is killed leaves old copies or new ones, and the next one knows both as ours.
        """
        parts: dict[Path, tuple[str, str]] = {}  # path -> its temporary file, and the digest of its content
        results = []
        try:
            for row, copies in batch:
                results.append(self._write_row(row, copies, parts))
            self._folder.mark_begun({path: coming for path, (_, coming) in parts.items()})
            for path, (part, coming) in list(parts.items()):
                os.replace(part, path)
                del parts[path]
                self._folder.record({path: LedgerEntry({}, output=coming)})
        except OSError as error:
            raise write_error(self._folder.path, error) from None
        finally:
            for part, _ in parts.values():
                remove_quietly(part)
        return results

    def save(self) -> None:
        """Write the ledger. `put` only writes it before files get their names. Raises ProblemError."""
        self._folder.save()

    def _write_row(self, row: Row, copies: Copies, parts: dict[Path, tuple[str, str]]) -> RowResult:
        made = up_to_date = 0
        problems: list[Problem] = []
        place = self._folder.path / row.folder
        try:
            require_own_folder(place, self._folder.path.parent)
            for name, content in copies:
                path, coming = place / name, digest(content)
                present, recorded = self._folder.current_digest(path), self._folder.entry(path)
                if present == coming:
                    self._folder.record({path: LedgerEntry({}, output=coming)})
                    up_to_date += 1
                elif present is None or self._force or (recorded and present in (recorded.output, recorded.begun)):
                    place.mkdir(exist_ok=True)
                    parts[path] = write_part(place, content), coming
                    made += 1
                else:
                    problems.append(kept(path, EDITED_BY_HAND if recorded else NOT_OURS))
        except TooLongError as error:
            hint = f"its place has about {error.most} characters; shorten it, or leave out a field"
            problems.append(Problem("too-long", f"the words of '{row.name}' are too long", row.mark, hint))
        except ProblemError as error:
            problems += error.problems
        return RowResult(row, made, up_to_date, tuple(problems))

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
        removed = tuple(path for path in paths if self._force or self._folder.is_as_made(path))
        self._folder.prune(removed)
        return removed, tuple(kept(path, EDITED_BY_HAND) for path in paths if path not in removed)
