"""A pack and its briefings -> the values and texts that rules inspect, each with its place in the YAML."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from ..briefing.parts import Briefing
from ..pack.pack import Pack
from ..pack.yaml_file import YamlFile
from ..problems import Mark, YamlPath
from ..schema.fields import CONTAINERS, LevelText, YamlModel, reference_fields

if TYPE_CHECKING:  # importing babel is slow, and only rules over briefings use a Wording
    from ..language.wording import Wording

Kind = TypeVar("Kind", bound=YamlModel)

# The gap between two sentences: a full stop, closing quotes or brackets, the citations that belong to the sentence, and
# white space before a capital, a digit or a mark: `It was full. [@diary] In May …` splits before `In`.
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)*]*(?:\s*\[@[^\]]{0,300}\])*\s+(?=[\"“‘(*\[]?[A-Z0-9=])")
_CITE = re.compile(r"\[@([a-z][a-z0-9-]*)(?:,[^\]]{0,300})?\]")
_WORD = re.compile(r"\S+")
_LONG_WORD = 100  # letters by which a word is found again; what is longer has no spaces where languages have them
# What is not prose: marks ([@diary], [=area/spring]), the end of a link (](url)), and *, _ and [ themselves.
# Also the signs of a list, a table or a quotation set apart.
_MARKUP = re.compile(
    r"\[[@=#][^\]]{0,300}\]|\]\([^)]{0,500}\)"
    r"|(?:\b\w+)?[~^][^\s~^]{1,20}[~^]\w*"  # H~2~O, m^2^: no name, and no number
    r"|^[ \t]*(?:[-*+]|\d{1,9}[.)]|>)(?=\s)|^[ \t|:-]+$|[*_\[|]",
    re.M,
)


@dataclass(frozen=True, eq=False)
class Located:
    """A value with its place in a YAML file, and the values that contain it, outermost first."""

    yaml_file: YamlFile
    path: YamlPath
    ancestors: tuple[YamlModel, ...]
    value: YamlModel

    def mark(self, *more: str | int) -> Mark:
        """The place of the field at path `more`; without a path, of the value's id, or of the value if it has none."""
        inner = (*self.path, *more)
        return self.yaml_file.mark((*inner, "id") if not more and (*inner, "id") in self.yaml_file.marks else inner)

    def nearest(self, kind: type[Kind]) -> Kind | None:
        """The value itself or its nearest ancestor of this kind, or None."""
        return next((v for v in (self.value, *reversed(self.ancestors)) if isinstance(v, kind)), None)


@dataclass(frozen=True, eq=False)
class Passage:
    """A text as written in the YAML, for one level, or for several if they share one string."""

    located: Located  # the LevelText that holds the string
    field: str  # the field that holds the LevelText: text, title, about …
    levels: tuple[str, ...]
    raw: str

    @cached_property
    def prose(self) -> str:
        """The text with marks and markup replaced by spaces, so that offsets stay the same as in `raw`."""
        return _MARKUP.sub(lambda m: " " * len(m[0]), self.raw) if _MARKUP.search(self.raw) else self.raw

    @cached_property
    def sentences(self) -> tuple[tuple[int, str], ...]:
        """(offset, sentence) of each sentence as written, including the citations that follow it."""
        ends = [m.end() for m in _SENTENCE.finditer(self.raw)]
        starts = [0, *ends]
        return tuple((a, self.raw[a:b]) for a, b in zip(starts, [*ends, len(self.raw)], strict=True))

    @cached_property
    def cites(self) -> tuple[str, ...]:
        """The ids of the sources cited by marks, in order."""
        return tuple(_CITE.findall(self.raw))

    def sentence_at(self, offset: int) -> str:
        """The sentence that contains the character at `offset`."""
        return self.sentences[bisect_right(self.sentences, offset, key=lambda each: each[0]) - 1][1]

    def mark(self, offset: int = 0) -> Mark:
        """The place in the file of the character at `offset`, even if the YAML folds or quotes the text."""
        return self._words.mark_at(offset)

    @cached_property
    def _words(self) -> "_WordPlaces":
        level = next((x for x in self.levels if (*self.located.path, x) in self.located.yaml_file.marks), None)
        mark = self.located.yaml_file.mark((*self.located.path, level) if level else self.located.path)
        return _WordPlaces(self.located.yaml_file.lines, mark, self.raw)


@dataclass(frozen=True, eq=False)
class _WordPlaces:
    """Where the words of a text stand in its file. `mark` is the place of the text.

    YAML folds lines and doubles or escapes quotes, so offsets in `raw` are not offsets in the file. The words of the
    text are the same in both: this follows them through the lines, each after the one before. It does so once, however
    many findings a text has.
    """

    lines: Sequence[str]
    mark: Mark
    raw: str

    @cached_property
    def _starts(self) -> list[int]:
        """The offset of each word."""
        return [match.start() for match in _WORD.finditer(self.raw)]

    @cached_property
    def _ends(self) -> list[tuple[int, int]]:
        """(row, column) from 0 at which the file is read up to each word: the end of the one before it.

        The list ends at a word that cannot be located.
        """
        place = self.mark.line - 1, self.mark.column - 1
        ends = [place]
        for match in _WORD.finditer(self.raw):
            found = self._end_of(match[0], *place)
            if found is None:
                break
            place = found
            ends.append(place)
        return ends

    def _end_of(self, word: str, row: int, column: int) -> tuple[int, int] | None:
        # plain or block text; "double-quoted"; 'single-quoted'
        for form in dict.fromkeys((word, word.replace('"', '\\"'), word.replace("'", "''"))):
            if position := _find(self.lines, self.mark.end_line, row, column, form):
                return position[0], position[1] + len(form)
        return None

    def mark_at(self, offset: int) -> Mark:
        """The place of `raw[offset]` in the file, or that of the text if it cannot be located."""
        number = bisect_right(self._starts, offset) - 1  # the word at the offset, or the last before it
        if not 0 <= number < len(self._ends):
            return self.mark
        start = self._starts[number]
        word = self.raw[start : min(offset + 1, start + _LONG_WORD)].split()[0]
        found = self._end_of(word, *self._ends[number])
        if found is None:
            return self.mark
        rest = offset + 1 - start - _LONG_WORD if len(word) == _LONG_WORD else 0
        return Mark(self.mark.file, found[0] + 1, max(1, found[1] + max(0, rest)), found[0] + 1)


def _find(lines: Sequence[str], end: int, row: int, column: int, word: str) -> tuple[int, int] | None:
    for number in range(row, min(end, len(lines))):
        at = lines[number].find(word, column if number == row else 0)
        if at >= 0:
            return number, at
    return None


@dataclass(frozen=True, eq=False)
class CheckContext:
    """The input of rules.

    `wording` is required if there are briefings, which are `partial` if only some audiences were asked for. `empty` are
    the documents that are not made, since they would have only a title.
    `source_texts` are the user's own copies of sources, by source id; None if no folder of copies was given.
    """

    pack: Pack
    briefings: Sequence[Briefing] = ()
    wording: "Wording | None" = None
    source_texts: Mapping[str, str] | None = None
    partial: bool = False
    empty: Sequence[Briefing] = ()

    @property
    def english(self) -> bool:
        """Whether rules that rely on English words apply."""
        return self.pack.info.language.startswith("en")

    def beside(self, briefing: Briefing) -> Iterator[Briefing]:
        """The document that a class has beside this one: a word list may explain what only that one uses."""
        same = (
            other for other in self.briefings if briefing.choice.beside and other.audience.id == briefing.audience.id
        )
        yield from [other for other in same if other.choice.document == briefing.choice.beside][:1]

    @cached_property
    def located_values(self) -> tuple[Located, ...]:
        """Every value of every file; a value comes before the values inside it."""
        return tuple(
            located
            for yaml_file, value in self.pack.files
            for located in _collect_located(yaml_file, value, (), (), [])
        )

    def values_of(self, kind: type[Kind]) -> Iterator[tuple[Located, Kind]]:
        """Every value of one kind, with its place."""
        for located in self.located_values:
            if isinstance(located.value, kind):
                yield located, located.value

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text of the pack; levels that share a string share a passage."""
        return tuple(p for located, text in self.values_of(LevelText) for p in _passages(located, text))

    @cached_property
    def named_ids(self) -> frozenset[str]:
        """Every id that a field of some value refers to."""
        values = (
            getattr(located.value, name)
            for located in self.located_values
            for name, _ in reference_fields(type(located.value))
        )
        return frozenset(each for value in values for each in ((value,) if isinstance(value, str) else value or ()))

    @cached_property
    def passage_by_text(self) -> Mapping[str, Passage]:
        """The passage of each text; a text that occurs several times has its first passage."""
        return {passage.raw: passage for passage in reversed(self.passages)}


def _collect_located(
    yaml_file: YamlFile, value: Any, path: YamlPath, ancestors: tuple[YamlModel, ...], result: list[Located]
) -> list[Located]:
    """Append `value` and every value inside it to `result`."""
    # One shared list: nested generators would pass each value up through every level of the tree.
    if isinstance(value, YamlModel):
        result.append(Located(yaml_file, path, ancestors, value))
        if not isinstance(value, LevelText):
            ancestors = (*ancestors, value)
            for name, inner in vars(value).items():
                if isinstance(inner, CONTAINERS):
                    _collect_located(yaml_file, inner, (*path, name), ancestors, result)
    else:
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(item, CONTAINERS):
                _collect_located(yaml_file, item, (*path, key), ancestors, result)
    return result


def _passages(located: Located, text: LevelText) -> Iterator[Passage]:
    field = next((step for step in reversed(located.path) if isinstance(step, str)), "")
    levels_by_text: dict[str, list[str]] = {}
    for level in type(text).model_fields:
        if raw := getattr(text, level):
            levels_by_text.setdefault(raw, []).append(level)
    for raw, levels in levels_by_text.items():
        yield Passage(located, field, tuple(levels), raw)
