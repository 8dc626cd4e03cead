"""TOML text -> plain values, with the file, line and column of each. Errors -> Problem.

`tomllib` gives no positions of values, so the keys of the first level and the texts in their lists are searched for in
the lines. A project file has nothing deeper.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

from ..problems import Mark, Problem, ProblemError
from .text_file import read_text
from .yaml_file import YamlFile

_COMMENT = re.compile(r"""("(?:\\.|[^"\\])*"|'[^']*')|#.*""")
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_toml(path: Path, name: str) -> YamlFile:
    """Read one TOML file, called `name` in problems. Raises ProblemError."""
    return parse_toml(read_text(path, name, path.parent), name)


def parse_toml(text: str, name: str) -> YamlFile:
    """Read TOML text, called `name` in problems. Raises ProblemError."""
    lines = tuple(text.splitlines())
    out = YamlFile(name, None, lines)
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProblemError([_syntax_problem(str(error), out)]) from None
    out.marks[()] = Mark(name, 1, 1, len(lines))
    for key, inner in value.items():
        _locate(key, inner, out)
    return YamlFile(name, value, lines, out.marks, out.key_marks)


def _syntax_problem(message: str, toml_file: YamlFile) -> Problem:
    at = _AT.search(message)
    last = max(1, len(toml_file.lines))
    line, column = (int(at[1]), int(at[2])) if at and at[1] else (last, 1)
    mark = Mark(toml_file.file, line, column)
    reason = _AT.sub("", message)
    hint = "write key = value: texts in quotes, lists in [ ], true or false"
    return toml_file.problem("toml-syntax", f"not TOML: {reason[:1].lower()}{reason[1:]}", mark, hint)


def _locate(key: str, value: Any, out: YamlFile) -> None:
    """Enter the marks of a key of the first level, its value, and the items of its value if that is a list."""
    pattern = re.compile(rf"""^\s*(?:\[\s*)?(["']?){re.escape(key)}\1\s*[=.\]]\s*""")
    found = next(((n, m) for n, line in enumerate(out.lines, 1) if (m := pattern.match(line))), None)
    if found is None:
        return
    number, match = found
    out.key_marks[(key,)] = Mark(out.file, number, match[0].index(key) + 1, number)
    out.marks[(key,)] = Mark(out.file, number, match.end() + 1, number)
    row, column = number, match.end()
    lines = [_COMMENT.sub(lambda m: m[1] or " " * len(m[0]), line) for line in out.lines]
    for index, item in enumerate(value if isinstance(value, list) else ()):
        needles = [f'"{item}"', f"'{item}'"] if isinstance(item, str) else [str(item).lower()]
        place = _find(lines, row, column, needles)
        if place:
            row, column = place
            out.marks[(key, index)] = Mark(out.file, row, column + 1, row)
            column += 1


def _find(lines: list[str], row: int, column: int, needles: list[str]) -> tuple[int, int] | None:
    """(line, offset) of the first of `needles` from a place on, or None: it may be written with escapes."""
    for number in range(row, len(lines) + 1):
        start = column if number == row else 0
        places = [at for needle in needles if (at := lines[number - 1].find(needle, start)) >= 0]
        if places:
            return number, min(places)
    return None
