"""Some rows and the papers with an empty box -> the copies of each row, made and written, by any process.

A copy is the paper with something behind it. Only this end is kept until it is written, so that a thousand copies fit
into memory, and cost little to send.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..output.files import require_own_folder
from ..output.folder import current_digest, kept
from ..output.ledger import EDITED_BY_HAND, NOT_OURS, digest_state
from ..output.remote.sent import Sent, value_of
from ..pdf.copy_box import CopyBase, Raster, TooLongError
from ..problems import Problem, ProblemError
from ..safe_files import write_part
from .row_list import Row
from .summary import RowResult

Known = Mapping[str, frozenset[str]]  # row's folder/file -> the digests under which the ledger knows it


@dataclass(frozen=True)
class Place:
    """The folder of a pack's copies, and what its ledger knows of those that are made."""

    path: Path
    known: Known
    force: bool = False


@dataclass(frozen=True)
class RowsTask:
    """Rows to make copies of. With a place, whoever makes them writes them too; it must see that folder."""

    rows: tuple[Row, ...]
    papers: Mapping[str, CopyBase | Sent[CopyBase]]  # by the name of the file
    crests: Mapping[Path, Raster]
    place: Place | None = None


@dataclass(frozen=True)
class MadeRow:
    """The copies of a row: of each the name, what follows the paper, and the digest of the whole."""

    row: Row
    ends: tuple[tuple[str, bytes, str], ...]
    too_long: int | None = None  # the characters that there is place for, if the words have more


@dataclass(frozen=True)
class WrittenRow:
    """What became of a row. `parts` are files that wait for their names: name, temporary file and digest of each.

    `same` are the copies that are there already: name and digest. A name is that in the folder of the pack.
    """

    result: RowResult
    parts: tuple[tuple[str, str, str], ...] = ()
    same: tuple[tuple[str, str], ...] = ()

    @property
    def row(self) -> Row:
        return self.result.row


Made = MadeRow | WrittenRow


def do_rows(task: RowsTask) -> tuple[Made, ...]:
    """Make the copies of some rows, and with a place write those that differ. Raises OSError."""
    papers = {name: value_of(paper) for name, paper in task.papers.items()}
    begun = {name: digest_state(base.pdf.content) for name, base in papers.items()}
    made = (_made(row, papers, task.crests[row.crest] if row.crest else None, begun) for row in task.rows)
    return tuple(written_row(each, papers, task.place) if task.place else each for each in made)


def _made(row: Row, papers: Mapping[str, CopyBase], crest: Raster | None, begun: Mapping[str, Any]) -> MadeRow:
    """The copies of a row. `begun` has the state of each paper's digest: that of a copy goes on from there."""
    ends: list[tuple[str, bytes, str]] = []
    for name, base in papers.items():
        try:
            content = base.copy(row.words, crest)
        except TooLongError as error:
            return MadeRow(row, tuple(ends), error.most)
        end, state = content[len(base.pdf.content) :], begun[name].copy()
        state.update(end)
        ends.append((name, end, state.hexdigest()))
    return MadeRow(row, tuple(ends))


def written_row(made: MadeRow, papers: Mapping[str, CopyBase], place: Place) -> WrittenRow:
    """Write the copies of a row that differ from what is there, each under another name. Raises OSError."""
    row, parts, same = made.row, [], []
    problems: list[Problem] = []
    folder = place.path / row.folder
    try:
        require_own_folder(folder, place.path.parent)
        for name, end, coming in made.ends:
            path, inside = folder / name, f"{row.folder}/{name}"
            present = current_digest(path)
            if present == coming:
                same.append((inside, coming))
            elif present is None or place.force or present in place.known.get(inside, ()):
                folder.mkdir(exist_ok=True)
                # Beside the folders: what a killed run leaves is swept there, without a look into each folder.
                parts.append((inside, write_part(place.path, papers[name].pdf.content + end), coming))
            else:
                problems.append(kept(path, EDITED_BY_HAND if inside in place.known else NOT_OURS))
    except ProblemError as error:
        problems += error.problems
    if made.too_long is not None:
        hint = f"its place has about {made.too_long} characters; shorten it, or leave out a field"
        problems.append(Problem("too-long", f"the words of '{row.name}' are too long", row.mark, hint))
    return WrittenRow(RowResult(row, len(parts), len(same), tuple(problems)), tuple(parts), tuple(same))
