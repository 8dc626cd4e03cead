"""The folder of a pack -> the editions that were closed, each compared with its own digest. Errors -> Problem."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..pack.edition import CHANGES, FOLDER, RECORD, Edition, Printed, Recorded
from ..pack.meaning import digest_of
from ..pack.yaml_file import YamlFile, read_yaml
from ..problems import Mark, Problem, ProblemError
from ..safe_files import is_plain_file, listing, read_bytes, root_of
from ..schema.corrections import ChangesFile
from ..schema.dates import PartialDate
from ..schema.topic import PackInfo
from .validation_errors import validation_problems

FORMAT = 1  # of a record
MAX_RECORD = 5_000_000  # bytes
_HINT = "take it from the repository again; what an edition said is never changed, and a new edition says what is new"


def read_editions(folder: Path, name: str) -> tuple[Edition, ...]:
    """The closed editions of the pack in `folder`, which problems call `name`, in their order.

    An edition itself, the folder PACK/editions/NUMBER/PACK, has those up to its own. Raises ProblemError with
    everything that is wrong.
    """
    up_to, shelf = _shelf(folder)
    shown = f"{name}/{FOLDER}" if up_to is None else os.path.normpath(f"{name}/../..")
    numbers = sorted(int(entry) for entry in listing(shelf) if entry.isascii() and entry.isdigit())
    editions: list[Edition] = []
    problems: list[Problem] = []
    for number in numbers:
        if up_to is None or number <= up_to:
            try:
                editions.append(_read(shelf / str(number), f"{shown}/{number}", number))
            except ProblemError as error:
                problems += error.problems
    for before, after in pairwise(editions):
        if after.date.last < before.date.first:
            message = f"edition {after.number} is of {after.date}, before edition {before.number} of {before.date}"
            problems.append(_problem(f"{shown}/{after.number}/{RECORD}", message))
    if problems:
        raise ProblemError(problems)
    return tuple(editions)


def check_number(yaml_file: YamlFile, info: PackInfo, editions: tuple[Edition, ...]) -> Iterator[Problem]:
    """A Problem if pack.yaml gives the number of an earlier edition, or another date than the edition was closed with,
    or one before the last edition."""
    if not editions:
        return
    last, number, day = editions[-1], info.edition.number, info.edition.date
    at = ("edition", "number" if number < last.number else "date")
    if number < last.number:
        message = f"the pack says that it is edition {number}, but edition {last.number} was closed on {last.date}"
        hint = f"write {last.number + 1}: a number is used once"
        yield yaml_file.problem("edition-number", message, yaml_file.mark(at), hint)
    elif number == last.number and day != last.date:
        message = f"edition {number} was closed with the date {last.date}, and here it is {day}"
        hint = f"write {last.date}; or 'number: {number + 1}', if this is a new edition"
        yield yaml_file.problem("edition-date", message, yaml_file.mark(at), hint)
    elif day.last < last.date.first:
        message = f"edition {number} is of {day}, before edition {last.number} of {last.date}"
        yield yaml_file.problem("edition-date", message, yaml_file.mark(at), "write the day on which it is published")


def is_edition(folder: Path) -> bool:
    """Whether the pack in a folder is a closed edition."""
    return _shelf(folder)[0] is not None


def _shelf(folder: Path) -> tuple[int | None, Path]:
    """The folder with the editions of a pack; with the number of the edition that the pack is, or None."""
    above = folder.absolute().parent
    if above.parent.name == FOLDER and above.name.isdigit():
        return int(above.name), above.parent
    return None, folder / FOLDER


def _read(folder: Path, name: str, number: int) -> Edition:
    """One edition. Raises ProblemError if its record or a file of it is not as it was when it was closed."""
    record = f"{name}/{RECORD}"
    try:
        stored = json.loads(read_bytes(folder / RECORD, inside=root_of(folder.parent.parent), limit=MAX_RECORD))
        if stored["format"] != FORMAT:
            message = f"this record has format {stored['format']}, and this version reads {FORMAT}"
            raise ProblemError(
                [Problem("edition-format", message, Mark(record, 1, 1), "use the version that wrote it")]
            )
        edition = _edition(stored["body"]) if stored["digest"] == digest_of(stored["body"], 16) else None
    except OSError as error:
        message = f"the record of edition {number} cannot be read: {(error.strerror or str(error)).lower()}"
        raise ProblemError([_problem(record, message)]) from None
    # The file may hold any JSON, or none; RecursionError comes from deeply nested lists.
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise ProblemError([_problem(record, f"the record of edition {number} is damaged")]) from None
    if edition is None or edition.number != number:
        raise ProblemError([_problem(record, f"the record of edition {number} was edited")])
    pack = next((entry for entry in listing(folder) if os.path.isdir(folder / entry)), "")
    problems = [
        _problem(f"{name}/{pack or number}/{file}", f"this file of edition {number} was {done}")
        for file, digest in edition.files.items()
        if (done := _compared(folder / pack / file, digest))
    ]
    added = [file for file in listing(folder / pack) if file not in edition.files] if pack else []
    problems += [_problem(f"{name}/{pack}/{file}", f"edition {number} has no such file") for file in added]
    if problems:
        raise ProblemError(problems)
    return _with_changes(edition, folder / CHANGES, f"{name}/{CHANGES}")


def _compared(path: Path, digest: str) -> str:
    """What became of a file since its edition was closed: "" for nothing."""
    if not is_plain_file(path):
        return "removed"
    try:
        return "" if digest_of_file(path) == digest else "edited"
    except OSError:
        return "made unreadable"


def digest_of_file(path: Path) -> str:
    """The digest of a file of an edition: 32 hexadecimal digits. Raises OSError."""
    # Git may write other ends of lines on other systems.
    return digest_of(read_bytes(path, limit=MAX_RECORD).decode("utf-8", "replace").replace("\r\n", "\n"), 16)


def _edition(body: Any) -> Edition:
    """The edition of a record. Raises ValueError, TypeError, KeyError or AttributeError for anything else."""
    return Edition(
        int(body["number"]),
        PartialDate.parse(str(body["date"])),
        str(body["note"]),
        str(body["meaning"]),
        int(body["content"]),
        {str(key): Recorded(*map(str, value.rsplit(" ", 1))) for key, value in body["items"].items()},
        {str(key): Printed(value.split()[0], int(value.split()[1])) for key, value in body["documents"].items()},
        {str(key): str(value) for key, value in body["engine"].items()},
        {str(key): str(value) for key, value in body["files"].items()},
    )


def _with_changes(edition: Edition, path: Path, name: str) -> Edition:
    """The edition with what its author says of it, if there is such a file. Raises ProblemError."""
    if not os.path.lexists(path):
        return edition
    yaml_file = read_yaml(path, name)
    try:
        listed = ChangesFile.model_validate(yaml_file.value)
    except ValidationError as error:
        raise ProblemError(validation_problems(error, yaml_file, ChangesFile)) from None
    marks = {place: yaml_file.mark(("changes", place)) for place in range(len(listed.changes))}
    return replace(edition, changes=listed.changes, marks=marks)


def _problem(file: str, message: str) -> Problem:
    return Problem("edition-edited", message, Mark(file, 1, 1), _HINT)
