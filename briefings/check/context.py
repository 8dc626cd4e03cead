"""A pack and its briefings -> what rules look at: each value with what it belongs to, each text with its place."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from ..briefing.parts import Briefing
from ..pack.pack import Pack
from ..pack.yaml_file import YamlFile
from ..problems import Mark, YamlPath
from ..schema.fields import CONTAINERS, LevelText, YamlModel

if TYPE_CHECKING:  # which only whole documents need, and which takes its time to import
    from ..language.wording import Wording

Kind = TypeVar("Kind", bound=YamlModel)

_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)*]*(?:\s*\[@[^\]]*\])*\s+(?=[\"“‘(*\[]?[A-Z0-9=])")
_CITE = re.compile(r"\[@([a-z][a-z0-9-]*)\]")
_MARKUP = re.compile(r"\[[@=][^\]]*\]|\]\([^)]*\)|[*_\[]")


@dataclass(frozen=True, eq=False)
class Located:
    """A value, what it belongs to (outermost first), and where it stands in the YAML."""

    yaml_file: YamlFile
    path: YamlPath
    ancestors: tuple[YamlModel, ...]
    value: YamlModel

    def mark(self, *more: str | int) -> Mark:
        """The place of the value, or of a field of it; of its id where it has one and no field is asked for."""
        inner = (*self.path, *more)
        return self.yaml_file.mark((*inner, "id") if not more and (*inner, "id") in self.yaml_file.marks else inner)

    def nearest(self, kind: type[Kind]) -> Kind | None:
        """The nearest thing of this kind that it is, or belongs to."""
        return next((v for v in (self.value, *reversed(self.ancestors)) if isinstance(v, kind)), None)


@dataclass(frozen=True, eq=False)
class Passage:
    """A text as it stands in the YAML: at one level, or at several where one string serves them."""

    located: Located  # of the LevelText
    field: str  # the name of the field that holds it: text, title, about …
    levels: tuple[str, ...]
    raw: str

    @cached_property
    def prose(self) -> str:
        """The text with its marks and markup blanked out, each character where it was."""
        return _MARKUP.sub(lambda m: " " * len(m[0]), self.raw) if _MARKUP.search(self.raw) else self.raw

    @cached_property
    def sentences(self) -> tuple[tuple[int, str], ...]:
        """(offset, sentence as written) of each; a sentence keeps the citations that follow it."""
        ends = [m.end() for m in _SENTENCE.finditer(self.raw)]
        starts = [0, *ends]
        return tuple((a, self.raw[a:b]) for a, b in zip(starts, [*ends, len(self.raw)], strict=True))

    @cached_property
    def cites(self) -> tuple[str, ...]:
        """The sources cited by marks, in order."""
        return tuple(_CITE.findall(self.raw))

    def sentence_at(self, offset: int) -> str:
        """The sentence, as written, that the character at `offset` belongs to."""
        return next(s for start, s in reversed(self.sentences) if start <= offset)

    def mark(self, offset: int = 0) -> Mark:
        """Where the character at `offset` stands in the file, however the YAML folds or quotes the text."""
        level = next((x for x in self.levels if (*self.located.path, x) in self.located.yaml_file.marks), None)
        mark = self.located.yaml_file.mark((*self.located.path, level) if level else self.located.path)
        return _mark_at_offset(self.located.yaml_file.lines, mark, self.raw, offset)


def _mark_at_offset(lines: Sequence[str], mark: Mark, raw: str, offset: int) -> Mark:
    """Finds each word of the text up to `offset` in the lines, one after the other."""
    row, column = mark.line - 1, mark.column - 1
    before = raw[: offset + 1]
    words = before.split()
    for word in words:
        for form in (word, word.replace('"', '\\"'), word.replace("'", "''")):
            found = _find(lines, mark.end_line, row, column, form)
            if found:
                row, column = found[0], found[1] + len(form)
                break
        else:
            return mark
    return Mark(mark.file, row + 1, max(1, column), row + 1) if words else mark


def _find(lines: Sequence[str], end: int, row: int, column: int, word: str) -> tuple[int, int] | None:
    for number in range(row, min(end, len(lines))):
        at = lines[number].find(word, column if number == row else 0)
        if at >= 0:
            return number, at
    return None


@dataclass(frozen=True, eq=False)
class CheckContext:
    """What is checked. `texts` are the reader's own copies of sources, by source id; None where none are given."""

    pack: Pack
    briefings: Sequence[Briefing] = ()
    wording: "Wording | None" = None  # needed where there are briefings
    source_texts: Mapping[str, str] | None = None

    @property
    def english(self) -> bool:
        """Whether rules that know English words apply."""
        return self.pack.info.language.startswith("en")

    @cached_property
    def located_values(self) -> tuple[Located, ...]:
        """Every value of every file, outermost first."""
        return tuple(
            spot for document, value in self.pack.files for spot in _collect_located(document, value, (), (), [])
        )

    def values_of(self, kind: type[Kind]) -> Iterator[tuple[Located, Kind]]:
        """Every value of one kind with its spot."""
        for spot in self.located_values:
            if isinstance(spot.value, kind):
                yield spot, spot.value

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text of the pack, each string once."""
        return tuple(p for spot, text in self.values_of(LevelText) for p in _passages(spot, text))

    @cached_property
    def passage_by_text(self) -> Mapping[str, Passage]:
        """The passage that a briefing's text was taken from."""
        return {passage.raw: passage for passage in reversed(self.passages)}


def _collect_located(
    document: YamlFile, value: Any, path: YamlPath, owners: tuple[YamlModel, ...], found: list[Located]
) -> list[Located]:
    """Into one list, as `compose.parts` does."""
    if isinstance(value, YamlModel):
        found.append(Located(document, path, owners, value))
        if not isinstance(value, LevelText):
            owners = (*owners, value)
            for name, inner in vars(value).items():
                if isinstance(inner, CONTAINERS):
                    _collect_located(document, inner, (*path, name), owners, found)
    else:
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(item, CONTAINERS):
                _collect_located(document, item, (*path, key), owners, found)
    return found


def _passages(spot: Located, text: LevelText) -> Iterator[Passage]:
    field = next((step for step in reversed(spot.path) if isinstance(step, str)), "")
    by_text: dict[str, list[str]] = {}
    for level in type(text).model_fields:
        if raw := getattr(text, level):
            by_text.setdefault(raw, []).append(level)
    for raw, levels in by_text.items():
        yield Passage(spot, field, tuple(levels), raw)
