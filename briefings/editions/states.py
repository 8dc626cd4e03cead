"""A pack's folder and a number -> the state of the pack in that edition. Errors -> Problem."""

from pathlib import Path

from ..composing.project import UsageError, load_pack
from ..library import Library
from ..pack.edition import FOLDER, Edition
from ..pack.pack import Pack
from .compare import State


def edition_folder(folder: Path, pack: Pack, number: int) -> Path:
    """The folder of an edition, which is a pack of its own. Raises UsageError if there is no such edition."""
    known = [edition.number for edition in pack.editions]
    if number not in known:
        there = (
            f"there are {', '.join(map(str, known))}" if known else "none was closed yet; 'briefings edition' does it"
        )
        raise UsageError(f"the pack '{pack.id}' has no edition {number}; {there}")
    return folder / FOLDER / str(number) / pack.id


def read_edition(folder: Path, pack: Pack, number: int, library: Library) -> State:
    """The state of a pack in an edition. Raises UsageError, and ProblemError if this version cannot read it."""
    return State(load_pack(edition_folder(folder, pack, number), library), f"edition {number}", library)


def working_copy(pack: Pack, library: Library) -> State:
    """The state of a pack as its files are now."""
    return State(pack, "the working copy", library)


def edition_of(pack: Pack, number: int) -> Edition:
    """The record of an edition that the pack has."""
    return next(edition for edition in pack.editions if edition.number == number)
