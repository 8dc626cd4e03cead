"""A list of schools, CSV or YAML -> its rows, and the problems of those that cannot be made."""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..drawings.font_lettering import Lettering, composed
from ..library import find_inside
from ..loading.crest import crest_fault
from ..pack.yaml_file import YamlFile, read_yaml
from ..problems import Hints, Mark, Problem, ProblemError
from ..safe_files import TooLargeError, read_bytes
from .box_words import NAME, BoxWords

CREST, FOLDER = "crest", "folder"
MAX_LIST = 32_000_000  # bytes: 100,000 rows have 10,000,000
MAX_ROWS = 100_000
_MAX_FIELD, _MAX_FOLDER = 200, 60  # characters
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
_SAVE = "save the list as 'CSV UTF-8'"


@dataclass(frozen=True)
class Row:
    """One school: its words, its crest and the folder of its copies."""

    mark: Mark
    name: str
    folder: str
    words: tuple[str, ...]
    crest: Path | None = None

    @property
    def line(self) -> int:
        """Its line in the list."""
        return self.mark.line


@dataclass(frozen=True)
class RowList:
    """`rows` can be made; `failed` are (line, name, problem) of the others."""

    rows: tuple[Row, ...]
    failed: tuple[tuple[int, str, Problem], ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for _, _, problem in self.failed)


@dataclass(frozen=True)
class _Entry:
    """A row as it is written: a value and its place for each field that is not empty."""

    mark: Mark
    values: Mapping[str, str]
    mark_of: Callable[[str], Mark]
    faults: tuple[Problem, ...] = ()


class _FaultError(Exception):
    """What is wrong with a row: the field, the code, the message and the hint."""

    def __init__(self, field: str, code: str, message: str, hint: str) -> None:
        super().__init__(field, code, message, hint)
        self.field, self.code, self.message, self.hint = field, code, message, hint


def read_rows(path: Path, shown: str, words: BoxWords, letters: Lettering) -> RowList:
    """Read a list, called `shown` in problems. Raises ProblemError if the list as a whole is wrong."""
    entries = _yaml_entries(path, shown, words) if path.suffix.lower() in (".yaml", ".yml") else None
    rows: list[Row] = []
    failed: list[tuple[int, str, Problem]] = []
    taken: dict[str, Row] = {}
    for entry in entries if entries is not None else _csv_entries(path, shown, words):
        name = entry.values.get(NAME, "")
        if entry.faults:
            failed += [(entry.mark.line, name, fault) for fault in entry.faults]
            continue
        try:
            row = _row(entry, path.parent, words, letters, taken)
        except _FaultError as fault:
            mark = entry.mark_of(fault.field)
            failed.append((entry.mark.line, name, Problem(fault.code, fault.message, mark, fault.hint)))
            continue
        taken[row.folder] = row
        rows.append(row)
    if not rows and not failed:
        raise ProblemError([Problem("no-rows", "the list has no rows", Mark(shown, 1, 1), "write one for each school")])
    return RowList(tuple(rows), tuple(failed))


def _row(entry: _Entry, base: Path, words: BoxWords, letters: Lettering, taken: Mapping[str, Row]) -> Row:
    values = entry.values
    name = values.get(NAME, "")
    if not name:
        raise _FaultError(NAME, "no-name", "the row has no name", "a copy says whose it is: write the school's name")
    for field, value in values.items():
        if len(value) > _MAX_FIELD:
            raise _FaultError(field, "too-long", f"'{field}' has more than {_MAX_FIELD} characters", "shorten it")
        if field not in (CREST, FOLDER) and (letter := letters.missing(value)):
            said = f"no font has '{letter}' (U+{ord(letter):04X})"
            raise _FaultError(field, "missing-glyph", said, "write it with Latin, Greek or Cyrillic letters")
    folder = folder_name(values.get(FOLDER, "") or name)
    if not folder:
        raise _FaultError(NAME, "no-name", f"'{name}' makes no file name", f"give the row a '{FOLDER}'")
    if other := taken.get(folder):
        said = f"the folder '{folder}' is that of '{other.name}' in line {other.line} too"
        raise _FaultError(FOLDER, "same-file-name", said, f"give one of the rows another '{FOLDER}'")
    return Row(entry.mark, name, folder, words.of(values), _crest(values.get(CREST, ""), base))


def _crest(name: str, base: Path) -> Path | None:
    if not name:
        return None
    path = find_inside(base, name)
    if path is None:
        said, hint = f"there is no file '{name}' beside the list", "write its path from the folder of the list"
        raise _FaultError(CREST, "missing-file", said, hint)
    if fault := crest_fault(path):
        raise _FaultError(CREST, "bad-crest", *fault)
    return path


def folder_name(name: str) -> str:
    """A name of a school as that of a folder on every system; "" if it has neither letter nor digit."""
    letters = (c if c.isalnum() else "-" for c in unicodedata.normalize("NFC", name.casefold()))
    folder = "-".join(filter(None, "".join(letters).split("-")))[:_MAX_FOLDER].strip("-")
    return f"school-{folder}" if folder in _RESERVED else folder


# -- CSV -----------------------------------------------------------------------------------------------


def _csv_entries(path: Path, shown: str, words: BoxWords) -> Iterator[_Entry]:
    text = _text(path, shown)
    lines = text.splitlines()
    head = next((line for line in lines if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    fields: list[str] = []
    count = 0
    try:
        for cells in reader:
            cells = [composed(cell) for cell in cells]
            if not any(cells):
                continue
            if not fields:
                fields = _head(cells, Mark(shown, reader.line_num, 1), words)
                continue
            count += 1
            if count > MAX_ROWS:
                mark = Mark(shown, reader.line_num, 1)
                raise ProblemError([Problem("limit", f"the list has more than {MAX_ROWS:,} rows", mark, "split it")])
            yield _csv_entry(cells, fields, shown, reader.line_num, lines)
    except csv.Error as error:
        mark = Mark(shown, max(reader.line_num, 1), 1)
        raise ProblemError([Problem("bad-csv", f"this is no CSV: {error}", mark, _SAVE)]) from None
    if not fields:
        hint = f"its first line names the columns, such as {NAME},contact"
        raise ProblemError([Problem("no-rows", "the list is empty", Mark(shown, 1, 1), hint)])


def _csv_entry(cells: list[str], fields: list[str], shown: str, line: int, lines: list[str]) -> _Entry:
    values = {field: cell for field, cell in zip(fields, cells, strict=False) if cell}

    def mark_of(field: str) -> Mark:
        text = lines[line - 1] if line <= len(lines) else ""
        return Mark(shown, line, max(text.find(values.get(field, "")), 0) + 1)

    mark = Mark(shown, line, 1)
    if any(cells[len(fields) :]):
        hint = "a value that has the separator in it stands in double quotes"
        said = f"the row has {len(cells)} values, and the first line names {len(fields)} columns"
        return _Entry(mark, values, mark_of, (Problem("bad-csv", said, mark, hint),))
    return _Entry(mark, values, mark_of)


def _head(cells: list[str], mark: Mark, words: BoxWords) -> list[str]:
    """The fields that the first line names. Raises ProblemError."""
    fields = [cell.casefold() for cell in cells]
    problems = _undeclared(((field, mark) for field in fields if field), words)
    problems += [
        Problem("duplicate", f"the column '{field}' is named twice", mark, "delete one")
        for field in dict.fromkeys(fields)
        if field and fields.count(field) > 1
    ]
    if NAME not in fields and not problems:
        said = f"the first line names no column '{NAME}'"
        problems = [Problem("missing-field", said, mark, f"name the columns, such as {NAME},contact")]
    if problems:
        raise ProblemError(problems)
    return fields


def _text(path: Path, shown: str) -> str:
    try:
        raw = read_bytes(path, limit=MAX_LIST)
    except TooLargeError as error:
        raise ProblemError([Problem("too-large", error.strerror or "", Mark(shown, 1, 1), "split it")]) from None
    except OSError as error:
        said = f"the list cannot be read: {(error.strerror or str(error)).lower()}"
        raise ProblemError([Problem("unreadable", said, Mark(shown, 1, 1), "check its path")]) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        mark = Mark(shown, before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        raise ProblemError(
            [Problem("not-utf8", f"the list is not UTF-8: byte 0x{raw[error.start]:02x}", mark, _SAVE)]
        ) from None
    if "\0" in text:
        raise ProblemError([Problem("not-utf8", "the list has NUL characters", Mark(shown, 1, 1), _SAVE)])
    return text


# -- YAML ----------------------------------------------------------------------------------------------


def _yaml_entries(path: Path, shown: str, words: BoxWords) -> Iterator[_Entry]:
    yaml_file = read_yaml(path, shown, path.parent)
    if not isinstance(yaml_file.value, list):
        hint = f"write a list: - {NAME}: …"
        raise ProblemError([yaml_file.problem("wrong-type", "this is no list of rows", Mark(shown, 1, 1), hint)])
    return (_yaml_entry(yaml_file, number, words) for number in range(len(yaml_file.value)))


def _yaml_entry(yaml_file: YamlFile, number: int, words: BoxWords) -> _Entry:
    row, mark = yaml_file.value[number], yaml_file.mark((number,))
    if not isinstance(row, dict):
        fault = yaml_file.problem("wrong-type", "this row is no mapping", mark, f"write {NAME}: …")
        return _Entry(mark, {}, lambda _: mark, (fault,))
    values = {str(key): composed(str(value)) for key, value in row.items() if value is not None}
    faults = _undeclared(((key, yaml_file.mark((number, key), key=True)) for key in values), words)
    faults += [
        yaml_file.problem("wrong-type", f"'{key}' is no text", yaml_file.mark((number, key)), "write it in quotes")
        for key, value in row.items()
        if value is not None and not isinstance(value, str)
    ]
    return _Entry(mark, values, lambda field: yaml_file.mark((number, field)), tuple(faults))


def _undeclared(fields: Iterable[tuple[str, Mark]], words: BoxWords) -> list[Problem]:
    known, hints = (*words.fields, CREST, FOLDER), Hints()
    return [
        Problem(
            "unknown-field",
            f"copies have no field '{field}'",
            mark,
            hints.near(field, lambda: known) or f"there are {', '.join(known)}; a theme's copies.yaml can add more",
        )
        for field, mark in fields
        if field not in known
    ]
