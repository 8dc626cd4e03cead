"""YAML text -> plain values that know their file, line and column; what is wrong -> Problem."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ..problems import Mark, Problem, ProblemError, YamlPath

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_NODES = 200_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is some ten times faster
_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(frozen=True)
class YamlFile:
    """The values of one file, and where each stands: by its path of keys and indices."""

    file: str
    value: Any
    lines: tuple[str, ...] = ()
    marks: dict[YamlPath, Mark] = field(default_factory=dict)
    key_marks: dict[YamlPath, Mark] = field(default_factory=dict)

    def mark(self, path: YamlPath, *, key: bool = False) -> Mark:
        """Where `path` stands, or the nearest thing around it; with `key`, where its key stands."""
        if key and path in self.key_marks:
            return self.key_marks[path]
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, Mark(self.file, 1, 1))

    def find_text(self, path: YamlPath, needle: str) -> Mark:
        """Where `needle` stands inside the text at `path`; the text's own place when folding hides it."""
        mark = self.mark(path)
        for number in range(mark.line, mark.end_line + 1):
            column = self.lines[number - 1].find(needle) if number <= len(self.lines) else -1
            if column >= 0:
                return Mark(self.file, number, column + 1, number)
        return mark

    def problem(self, code: str, message: str, mark: Mark, hint: str = "") -> Problem:
        """An error at `mark`, with the line it stands on."""
        line = self.lines[mark.line - 1] if mark.line <= len(self.lines) else ""
        return Problem(code, message, mark, hint, excerpt=line)


def read_yaml(path: Path, name: str) -> YamlFile:
    """Read one YAML file, called `name` in what is reported. Raises ProblemError."""
    return parse_yaml(_text(path, name), name)


def parse_yaml(text: str, name: str) -> YamlFile:
    """Read YAML text. Raises ProblemError."""
    lines = tuple(text.splitlines())
    reader = _YamlParser(YamlFile(name, None, lines))
    try:
        events = yaml.parse(text, Loader=_LOADER)
        value = reader.document(events)
    except yaml.MarkedYAMLError as error:
        raise ProblemError([_syntax(error, reader.out)]) from None
    except yaml.reader.ReaderError as error:
        raise ProblemError([_bad_character(error, text, reader.out)]) from None
    if reader.problems:
        raise ProblemError(reader.problems)
    return YamlFile(name, value, lines, reader.out.marks, reader.out.key_marks)


def _text(path: Path, name: str) -> str:
    try:
        if not path.is_file():
            raise ProblemError([Problem("unreadable", "this is not a file", Mark(name, 1, 1), "put a text file there")])
        if path.stat().st_size > MAX_BYTES:
            raise ProblemError(
                [Problem("too-large", f"the file is over {MAX_BYTES // 1000:,} kB", Mark(name, 1, 1), "split it")]
            )
        raw = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ProblemError([Problem("unreadable", f"cannot read the file: {reason}", Mark(name, 1, 1))]) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        mark = Mark(name, before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        message = f"the file is not UTF-8: byte 0x{raw[error.start]:02x}"
        raise ProblemError([Problem("not-utf8", message, mark, "save it as UTF-8")]) from None


def _syntax(error: yaml.MarkedYAMLError, document: YamlFile) -> Problem:
    at = error.problem_mark or error.context_mark
    mark = Mark(document.file, at.line + 1, at.column + 1) if at else Mark(document.file, 1, 1)
    message = f"not YAML: {error.problem or error.context or 'unreadable'}"
    return document.problem("yaml-syntax", message, mark, _advice(message, document.problem("", "", mark).excerpt))


def _advice(message: str, line: str) -> str:
    """libyaml knows where it stopped; what the author most likely did is ours to say."""
    if "tab character" in message or ("cannot start any token" in message and line.startswith("\t")):
        return "indent with spaces, not tabs"
    if "cannot start any token" in message:
        where = "a mark ends a text inside { }" if "{" in line else "a text may not begin with @, % or `"
        return f"put the text in quotes: {where}"
    if "mapping values are not allowed" in message:
        return "put the text in quotes: it holds a colon and a space; or mend the indentation"
    return "look at indentation, colons and quotes here and above"


def _bad_character(error: yaml.reader.ReaderError, text: str, document: YamlFile) -> Problem:
    offset = int(error.position)
    before = text[:offset]
    mark = Mark(document.file, before.count("\n") + 1, offset - before.rfind("\n"))
    return document.problem("yaml-syntax", "a control character, which YAML does not allow", mark, "delete it")


class _YamlParser:
    """Walks libyaml's events once, so that aliases, tags and doubled keys are seen where they stand."""

    def __init__(self, document: YamlFile) -> None:
        self.out = document
        self.problems: list[Problem] = []
        self._nodes = 0

    def document(self, events: Iterator[Any]) -> Any:
        value: Any = None
        seen = False
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and seen:
                self._report("second-document", "a second document in one file", event, "one '---' at most")
                break
            if isinstance(event, yaml.NodeEvent):
                value, seen = self._node(event, events, ()), True
        if not seen or value is None:
            self.problems.append(
                Problem(
                    "empty-file",
                    "the file is empty",
                    Mark(self.out.file, 1, 1),
                    "see docs/data.md for what belongs here",
                )
            )
        return value

    def _node(self, event: Any, events: Iterator[Any], path: YamlPath) -> Any:
        self._nodes += 1
        if len(path) > MAX_DEPTH or self._nodes > MAX_NODES:
            self._report(
                "too-deep" if len(path) > MAX_DEPTH else "too-large",
                f"more than {MAX_DEPTH} levels deep"
                if len(path) > MAX_DEPTH
                else f"more than {MAX_NODES:,} values in one file",
                event,
            )
            raise ProblemError(self.problems)
        self.out.marks[path] = self._mark(event)
        kind = type(event)
        if kind is yaml.AliasEvent:
            self._report("alias", f"an alias (*{event.anchor})", event, "write the value out again")
            return None
        if event.anchor:
            self._report("alias", f"an anchor (&{event.anchor})", event, "remove it; aliases are not read here")
        if event.tag and event.tag != "!":
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._report("tag", f"a tag ({tag})", event, "remove it")
        if kind is yaml.ScalarEvent:
            return _scalar(event)
        return self._sequence(events, path) if kind is yaml.SequenceStartEvent else self._mapping(events, path)

    def _sequence(self, events: Iterator[Any], path: YamlPath) -> list[Any]:
        items: list[Any] = []
        for event in events:
            if type(event) is yaml.SequenceEndEvent:
                self._close(path, event)
                break
            items.append(self._node(event, events, (*path, len(items))))
        return items

    def _mapping(self, events: Iterator[Any], path: YamlPath) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for event in events:
            if type(event) is yaml.MappingEndEvent:
                self._close(path, event)
                break
            key = self._key(event, events, path)
            child = (*path, key)
            if key in mapping:
                first = self.out.key_marks[child].line
                self._report(
                    "duplicate-key", f"'{key}' stands here twice", event, f"the first is on line {first}; keep one"
                )
            else:
                self.out.key_marks[child] = self._mark(event)
            value = self._node(next(events), events, child)
            mapping.setdefault(key, value)
        return mapping

    def _key(self, event: Any, events: Iterator[Any], path: YamlPath) -> str:
        if type(event) is yaml.ScalarEvent:
            return str(event.value)
        self._report("bad-key", "a key that is not a word", event, "keys are plain words")
        if not isinstance(event, yaml.AliasEvent):
            self._node(event, events, (*path, "?"))
        return "?"

    def _close(self, path: YamlPath, event: Any) -> None:
        start = self.out.marks[path]
        self.out.marks[path] = Mark(start.file, start.line, start.column, event.start_mark.line + 1)

    def _mark(self, event: Any) -> Mark:
        start, end = event.start_mark, event.end_mark
        return Mark(self.out.file, start.line + 1, start.column + 1, end.line + 1)

    def _report(self, code: str, message: str, event: Any, hint: str = "") -> None:
        self.problems.append(self.out.problem(code, message, self._mark(event), hint))


def _scalar(event: Any) -> Any:
    """A plain scalar by the YAML 1.2 core schema, less octal, hex, inf and nan; quoted ones are text."""
    text: str = event.value
    if event.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text) and len(text) < 19:
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
