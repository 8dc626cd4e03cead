"""YAML text -> plain values, with the file, line and column of each. Errors -> Problem."""

import re
import unicodedata
from collections.abc import Iterator, Sized
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NoReturn

import yaml

from ..limits import MAX_DEPTH, MAX_ENTRIES, MAX_NODES, MAX_TEXT
from ..problems import Mark, Problem, ProblemError, YamlPath, with_excerpt
from .text_file import read_text
from .yaml_hints import explain
from .yaml_text import crowded_letter, forbidden_character

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is about ten times faster
# Numbers of the YAML 1.2 core schema: 1200, -3; 7.5, .5, 1e3.
_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
# White space and a "#" after an unquoted value, and what the comment says.
_COMMENT = re.compile(r"(\s+)(#+)(\s*)(\S.*)?")
_KEYWORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(frozen=True)
class YamlFile:
    """The values of one file, with the position of each by its path of keys and indices.

    `marks` are the positions of values, `key_marks` those of mapping keys.
    """

    file: str
    value: Any
    lines: tuple[str, ...] = ()
    marks: dict[YamlPath, Mark] = field(default_factory=dict)
    key_marks: dict[YamlPath, Mark] = field(default_factory=dict)

    def mark(self, path: YamlPath, *, key: bool = False) -> Mark:
        """The position of the value at `path`, or of the nearest value around it; with `key`, of its key."""
        if key and path in self.key_marks:
            return self.key_marks[path]
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, Mark(self.file, 1, 1))

    def find_text(self, path: YamlPath, needle: str) -> Mark:
        """The position of `needle` in the text at `path`; that of the text if a line break splits `needle`."""
        mark = self.mark(path)
        for number in range(mark.line, mark.end_line + 1):
            column = self.lines[number - 1].find(needle) if number <= len(self.lines) else -1
            if column >= 0:
                return Mark(self.file, number, column + 1, number)
        return mark

    def problem(self, code: str, message: str, mark: Mark, hint: str = "") -> Problem:
        """An error at `mark`, with that line as its excerpt."""
        problem = Problem(code, message, mark, hint)
        if mark.file != self.file:  # the values of an audience may come from two files: see loading.extended
            return with_excerpt(problem)
        return replace(problem, excerpt=self.lines[mark.line - 1] if mark.line <= len(self.lines) else "")


def read_yaml(path: Path, name: str, inside: Path | None = None) -> YamlFile:
    """Read one YAML file, called `name` in problems; `inside` as for `read_text`. Raises ProblemError."""
    return parse_yaml(read_text(path, name, inside), name)


def parse_yaml(text: str, name: str) -> YamlFile:
    """Read YAML text, called `name` in problems. Raises ProblemError with everything wrong up to a syntax error."""
    if found := crowded_letter(text) or forbidden_character(text):
        yaml_file = YamlFile(name, None, tuple(text.splitlines()))
        raise ProblemError([yaml_file.problem(*found.problem, Mark(name, *found.place), found.hint)])
    # An accented letter may be typed as one character or as two: texts and names have to be the same everywhere.
    text = unicodedata.normalize("NFC", text)
    lines = tuple(text.splitlines())
    parser = _YamlParser(YamlFile(name, None, lines))
    try:
        events = yaml.parse(text, Loader=_LOADER)
        value = parser.document(events)
    except yaml.MarkedYAMLError as error:
        raise ProblemError([_syntax_problem(error, parser.out)]) from None
    if parser.problems:
        raise ProblemError(parser.problems)
    return YamlFile(name, value, lines, parser.out.marks, parser.out.key_marks)


def _syntax_problem(error: yaml.MarkedYAMLError, yaml_file: YamlFile) -> Problem:
    at = error.problem_mark or error.context_mark
    mark = Mark(yaml_file.file, at.line + 1, at.column + 1) if at else Mark(yaml_file.file, 1, 1)
    found = explain(str(error.problem), yaml_file.lines, mark.line)
    if found.line:
        mark = Mark(yaml_file.file, found.line, found.column)
    message = f"not YAML: {found.message or error.problem or error.context or 'unreadable'}"
    return yaml_file.problem("yaml-syntax", message, mark, found.hint)


class _YamlParser:
    """Builds values from libyaml's events, in one pass.

    Events, unlike the nodes that PyYAML composes from them, still show aliases, tags and repeated keys, with positions.
    """

    def __init__(self, yaml_file: YamlFile) -> None:
        self.out = yaml_file
        self.problems: list[Problem] = []
        self._nodes = 0

    def document(self, events: Iterator[Any]) -> Any:
        value: Any = None
        seen = False
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and seen:
                self._report(
                    "second-document",
                    "a second document in one file",
                    event,
                    "delete this '---', or move what follows to another file",
                )
                break
            if isinstance(event, yaml.NodeEvent):
                value, seen = self._node(event, events, ()), True
        if not seen or value is None:
            self.problems.append(
                Problem(
                    "empty-file",
                    "the file is empty",
                    Mark(self.out.file, 1, 1),
                    "see docs/data.md for its contents",
                )
            )
        return value

    def _node(self, event: Any, events: Iterator[Any], path: YamlPath) -> Any:
        self._nodes += 1
        if len(path) > MAX_DEPTH:
            self._stop("too-deep", f"more than {MAX_DEPTH} levels deep", event)
        if self._nodes > MAX_NODES:
            self._stop("too-large", f"more than {MAX_NODES:,} values in one file", event, "split it")
        self.out.marks[path] = self._mark(event)
        kind = type(event)
        if kind is yaml.AliasEvent:
            self._report("alias", f"an alias (*{event.anchor})", event, "write the value out again")
            return None
        if event.anchor:
            self._report("alias", f"an anchor (&{event.anchor})", event, "delete it; aliases are not supported")
        if event.tag and event.tag != "!":
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._report("tag", f"a tag ({tag})", event, "delete it")
        if kind is yaml.ScalarEvent:
            self._find_cut_off(event)
            if len(event.value) > MAX_TEXT:
                message = f"a text of {len(event.value):,} characters, and {MAX_TEXT:,} have room"
                self._report("too-large", message, event, "divide it into several")
            return _scalar(event)
        return self._sequence(events, path) if kind is yaml.SequenceStartEvent else self._mapping(events, path)

    def _find_cut_off(self, event: Any) -> None:
        """Report an unquoted text that a '#' cuts off, since YAML takes it for the beginning of a comment.

        A comment is set off by several spaces or begins with "# "; after "Pond" in "Pond #1" there is neither.
        """
        end = event.end_mark
        if event.style or end.line >= len(self.out.lines) or not event.value:
            return
        comment = _COMMENT.match(self.out.lines[end.line], end.column)
        if not comment or not comment[4]:
            return
        is_number = not comment[3] and comment[4][0].isdigit()
        is_text = " " in event.value and len(comment[1]) == 1
        if is_number or (is_text and not comment[3]):
            at = Mark(self.out.file, end.line + 1, end.column + len(comment[1]) + 1, end.line + 1)
            shown = event.value if len(event.value) <= 30 else f"…{event.value[-29:]}"
            message = f"'#' begins a comment, so the text ends with '{shown}'"
            hint = "put the text in quotes, or two spaces before the '#' and one after it if this is a comment"
            self.problems.append(self.out.problem("cut-off", message, at, hint))

    def _sequence(self, events: Iterator[Any], path: YamlPath) -> list[Any]:
        items: list[Any] = []
        for event in events:
            if type(event) is yaml.SequenceEndEvent:
                self._close(path, event)
                break
            self._count(items, event)
            items.append(self._node(event, events, (*path, len(items))))
        return items

    def _mapping(self, events: Iterator[Any], path: YamlPath) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for event in events:
            if type(event) is yaml.MappingEndEvent:
                self._close(path, event)
                break
            self._count(mapping, event)
            key = self._key(event, events, path)
            child = (*path, key)
            if key in mapping:
                first = self.out.key_marks[child].line
                self._report(
                    "duplicate-key", f"'{key}' is written twice", event, f"the first is on line {first}; keep one"
                )
            else:
                self.out.key_marks[child] = self._mark(event)
            value = self._node(next(events), events, child)
            mapping.setdefault(key, value)
        return mapping

    def _key(self, event: Any, events: Iterator[Any], path: YamlPath) -> str:
        if type(event) is yaml.ScalarEvent:
            return str(event.value)  # never a number or null: keys are always text
        self._report("bad-key", "a key that is not plain text", event, "write a single word")
        if not isinstance(event, yaml.AliasEvent):
            self._node(event, events, (*path, "?"))
        return "?"

    def _count(self, entries: Sized, event: Any) -> None:
        if len(entries) == MAX_ENTRIES:
            what = "a list" if isinstance(entries, list) else "a mapping"
            self._stop(
                "too-large", f"{what} of more than {MAX_ENTRIES:,} entries", event, "divide it, or leave some out"
            )

    def _stop(self, code: str, message: str, event: Any, hint: str = "") -> NoReturn:
        self._report(code, message, event, hint)
        raise ProblemError(self.problems)

    def _close(self, path: YamlPath, event: Any) -> None:
        start = self.out.marks[path]
        self.out.marks[path] = Mark(start.file, start.line, start.column, event.start_mark.line + 1)

    def _mark(self, event: Any) -> Mark:
        start, end = event.start_mark, event.end_mark
        return Mark(self.out.file, start.line + 1, start.column + 1, end.line + 1)

    def _report(self, code: str, message: str, event: Any, hint: str = "") -> None:
        self.problems.append(self.out.problem(code, message, self._mark(event), hint))


class WrittenInt(int):
    """A whole number whose value alone does not tell how it is written: 007. As text it is what the author wrote."""

    written: str

    def __str__(self) -> str:
        return self.written


class WrittenFloat(float):
    """A number whose value alone does not tell how it is written: 3.50, 1e3. As text it is what the author wrote."""

    written: str

    def __str__(self) -> str:
        return self.written


def _scalar(event: Any) -> Any:
    """A scalar's value by the YAML 1.2 core schema, without octal, hex, inf and nan. Quoted scalars are text."""
    text: str = event.value
    if event.style:
        return text
    if text in _KEYWORDS:
        return _KEYWORDS[text]
    if _INT.fullmatch(text) and len(text) < 19:  # at most 18 digits fit into 64 bits; longer ones become a float
        return _as_written(int(text), WrittenInt, text)
    if _FLOAT.fullmatch(text):
        return _as_written(float(text), WrittenFloat, text)
    return text


def _as_written(number: Any, kind: type[Any], text: str) -> Any:
    """The number; if Python would write it differently, one that keeps the author's text."""
    if str(number) == text:
        return number
    kept = kind(number)
    kept.written = text
    return kept
