"""Text or a number from a page -> the estimates, statements and sources it comes from, with files and PDF sheets."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from .. import markdown
from ..briefing.parts import Briefing, EstimateView
from ..checking.context import CheckContext, Passage
from ..checking.rules.quotations import quotations
from ..composing.audience_view import speaker_name
from ..composing.project import Request, compose_all, find_packs, load_pack
from ..language.plain_text import plain_text
from ..language.strings import load_strings
from ..language.wording import Wording
from ..library import Library
from ..markdown import FORMS
from ..pack.pack import Pack
from ..page.render import render
from ..pdf import sheet_map
from ..problems import Mark
from ..safe_files import MAX_OUTPUT, is_plain_file, read_bytes
from ..schema.fields import Level, YamlModel
from ..schema.figures import Estimate, KeyFigure
from ..schema.topic import Source

_MAX_SUGGESTIONS = 4
# Numbers of notes after a sentence, which are copied along with it from a page: "began.2, 14 Then" -> "2, 14".
_NOTE_NUMBERS = re.compile(r"(?<=[a-z”\"’)][.,;:!?])\d+(?:,\s?\d+)*(?=\s|$)")
_FOLD = str.maketrans({**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’", "'"), **dict.fromkeys("‐‑–—", "-")})


@dataclass(frozen=True)
class Occurrence:
    """A document that shows something, and the sheets on which each built PDF of the document shows it."""

    document: str
    sheets: Mapping[str, tuple[int, ...]]  # by file name of the PDF; sheets count from 1


@dataclass(frozen=True, eq=False)
class EstimateMatch:
    """An estimate that was found, and how pages write it."""

    row: EstimateView
    written: str
    mark: Mark
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, eq=False)
class StatementMatch:
    """A text that was found.

    `owner` is the value it belongs to, `number` its paragraph number or "", `text` the text as printed, `quoted` the
    quotations in it, and `estimates` the references in its number marks.
    """

    id: str
    owner: YamlModel
    number: str
    passage: Passage
    text: str
    quoted: tuple[str, ...]
    estimates: tuple[str, ...]
    sources: tuple[str, ...]
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, eq=False)
class SearchResult:
    """What was found in one pack; false if nothing was.

    `rows` are all estimates of the pack, by reference. `suggestions` are similar numbers and sentences if nothing was
    found. `built` is whether any PDF of the pack exists.
    """

    pack: Pack
    wording: Wording
    rows: Mapping[str, EstimateView]
    estimates: tuple[EstimateMatch, ...]
    statements: tuple[StatementMatch, ...]
    sources: tuple[Source, ...]
    suggestions: tuple[str, ...] = ()
    built: bool = False

    def written(self, ref: str) -> str:
        """An estimate as pages write it."""
        return self.wording.estimate(self.rows[ref])

    def plain(self, raw: str) -> str:
        """A text without markup, with its numbers written out."""
        return plain_text(raw, self.rows, self.wording, self.pack)

    def names(self, ids: Sequence[str]) -> str:
        """The names of people, organisations or sources, as a list in words."""
        return self.wording.names(list(dict.fromkeys(speaker_name(self.pack.index[i]) for i in ids)))

    def __bool__(self) -> bool:
        return bool(self.estimates or self.statements or self.sources)


def search_packs(
    text: str, packs: Sequence[str], library: Library, audiences: Sequence[str] = (), out: str | Path = "build"
) -> list[SearchResult]:
    """Search packs, by id or folder (by default all of the project), for text from a page.

    `audiences` limits the search to what these audiences get; `out` is the folder with the built PDFs. Raises
    ProblemError for a pack that cannot be loaded or composed, and UsageError for an unknown pack or audience.
    """
    results = []
    for name, folder in find_packs(library, packs).items():
        pack = load_pack(folder, library)
        request = Request(audiences=tuple(audiences))
        briefings = [briefing for briefing in compose_all(pack, library, request) if request.matches(briefing)]
        results.append(Search(pack, briefings, library, Path(out) / name).find(text))
    return results


class Search:
    """Searches what `briefings` show of a pack. `out` is the folder with the PDFs of the pack, if any were built."""

    def __init__(self, pack: Pack, briefings: Sequence[Briefing], library: Library, out: Path) -> None:
        self.pack = pack
        self.wording = Wording(pack.info.language, load_strings(library, pack.info.language))
        self.rows = {b.audience.level: b.rows for b in briefings}
        self.context = CheckContext(pack, briefings, self.wording)
        # Templates put the id of what they print into attributes, so the HTML shows which ids a document contains.
        self.shown = {b.name: set(re.findall(r'="([^"]+)"', render(b, library).html)) for b in briefings}
        self.pdfs = {b.name: dict(_pdfs(b, out)) for b in briefings}
        self.quotes: dict[Passage, list[str]] = {}
        for quotation in quotations(self.context):
            self.quotes.setdefault(quotation.passage, []).append(quotation.words)

    def find(self, text: str) -> SearchResult:
        """Search for an id, the number of a paragraph, or anything printed, with or without note numbers."""
        query = normalize(text)
        keys = self._named(text.strip())
        texts = [s for s in self._texts if s.id in keys or (query and _occurs_in(query, normalize(s.text)))]
        refs = [ref for ref in self._refs() if ref in keys or self._estimate_matches(ref, query)]
        refs += [ref for s in texts for ref in s.estimates if self._estimate_matches(ref, query, of=s)]
        if refs and not keys and re.fullmatch(r"[\W\d]*\d[\W\d]*|\S+", query):
            # Only a number or a single word ("1,200", "two-thirds"): add the texts that refer to the estimates.
            texts += [s for s in self._texts if set(refs) & set(s.estimates)]
        estimates = [e for ref in dict.fromkeys(refs) if (e := self._estimate_match(ref)).occurrences]
        # One match for each field: of several levels, the one found first. Reversed twice to keep the order.
        statements = [s for s in {(s.id, s.passage.field): s for s in reversed(texts)}.values() if s.occurrences][::-1]
        cited = {i for e in estimates for i in e.row.sources} | {i for s in statements for i in s.sources}
        cited |= {s.id for s in self.pack.sources if s.id in keys or (query and query in normalize(s.title))}
        sources = tuple(s for s in self.pack.sources if s.id in cited)
        built = any(self.pdfs.values())
        rows = next(iter(self.rows.values()))
        result = SearchResult(self.pack, self.wording, rows, tuple(estimates), tuple(statements), sources, (), built)
        return result or replace(result, suggestions=tuple(self._suggestions(query)))

    def _named(self, text: str) -> set[str]:
        """The ids that `text` names: an id itself, the estimates of a figure, or the paragraph with that number."""
        keys = {key for key, number in self.pack.numbers.items() if number == text}
        return keys | {key for key in self.pack.index if key == text or key.startswith(f"{text}/")}

    def _refs(self) -> Iterator[str]:
        return (ref for ref, value in self.pack.index.items() if isinstance(value, Estimate))

    def _estimate_matches(self, ref: str, query: str, of: StatementMatch | None = None) -> bool:
        """Whether the query is this estimate in any form. With `of`, a matching text: whether the query includes it."""
        forms = {normalize(self.wording.estimate(rows[ref], f)) for rows in self.rows.values() for f in ("", *FORMS)}
        if of:
            return query not in normalize(of.text) or any(_occurs_in(form, query) for form in forms)
        return query in forms or (bool(re.search(r"\d", query)) and any(_occurs_in(query, form) for form in forms))

    @cached_property
    def _texts(self) -> list[StatementMatch]:
        return [self._statement_match(passage, level) for passage, level in self._passages()]

    def _passages(self) -> Iterator[tuple[Passage, Level]]:
        """Every text that a briefing may show, with the level to render it at; a string shared by levels once."""
        for passage in self.context.passages:
            level = next((level for level in self.rows if level in passage.levels), None)
            if level is not None:
                yield passage, level
            elif "standard" in passage.levels:  # level advanced falls back to standard
                yield passage, next(iter(self.rows))

    def _statement_match(self, passage: Passage, level: Level) -> StatementMatch:
        owner = next(o for o in reversed(passage.located.ancestors) if hasattr(o, "id") or isinstance(o, KeyFigure))
        key = owner.estimate if isinstance(owner, KeyFigure) else self._key(owner, passage)
        marks = markdown.find_marks(passage.raw)
        cited = [mark.source for mark in marks if isinstance(mark, markdown.Citation)]
        own = [owner.id] if isinstance(owner, Source) else getattr(owner, "sources", ())
        return StatementMatch(
            key,
            owner,
            self.pack.numbers.get(key, ""),
            passage,
            plain_text(passage.raw, self.rows[level], self.wording, self.pack),
            tuple(self.quotes.get(passage, ())),
            tuple(dict.fromkeys(mark.ref for mark in marks if isinstance(mark, markdown.NumberReference))),
            tuple(dict.fromkeys((*cited, *own))),
            self._occurrences(key),
        )

    def _key(self, owner: YamlModel, passage: Passage) -> str:
        figure = next((o for o in passage.located.ancestors if self.pack.index.get(getattr(o, "id", "")) is o), owner)
        key = str(getattr(owner, "id", ""))
        return f"{getattr(figure, 'id', '')}/{key}" if isinstance(owner, Estimate) else key

    def _estimate_match(self, ref: str) -> EstimateMatch:
        row = next(iter(self.rows.values()))[ref]
        return EstimateMatch(row, self.wording.estimate(row), self.pack.marks[ref], self._occurrences(ref))

    def _occurrences(self, key: str) -> tuple[Occurrence, ...]:
        """The documents that show the value with this id, and the sheets of their PDFs."""
        return tuple(
            Occurrence(name, {pdf: where[key] for pdf, where in self.pdfs[name].items() if key in where})
            for name, ids in self.shown.items()
            if key in ids
        )

    def _suggestions(self, query: str) -> Iterator[str]:
        """Similar numbers, and sentences that share more than half of the words of the query."""
        rows = next(iter(self.rows.values()))
        numbers = {normalize(self.wording.estimate(row, "value")): self.wording.estimate(row) for row in rows.values()}
        for form in difflib.get_close_matches(query, numbers, _MAX_SUGGESTIONS, 0.7):
            yield numbers[form]
        words = set(query.split())
        sentences = {s for stated in self._texts for s in re.split(r"(?<=[.!?])\s+", stated.text)}
        shared = {s: len(words & set(normalize(s).split())) for s in sentences} if len(words) > 2 else {}
        ranked = sorted(shared, key=lambda sentence: (-shared[sentence], len(sentence), sentence))
        yield from (s for s in ranked[:_MAX_SUGGESTIONS] if shared[s] * 2 > len(words))


def _pdfs(briefing: Briefing, out: Path) -> Iterator[tuple[str, sheet_map.SheetMap]]:
    """(file name, sheet map) of each PDF of a briefing that was built."""
    for paper in briefing.choice.papers:
        path = out / f"{briefing.choice.file_name(briefing.audience.id, paper)}.pdf"
        if is_plain_file(path) and (where := sheet_map.extract(read_bytes(path, limit=MAX_OUTPUT))) is not None:
            yield path.name, where


def normalize(words: str) -> str:
    """Text in the form in which it is compared.

    Lower case, with one kind of quotation marks, dashes and spaces, and without thousands separators and note numbers.
    """
    words = _NOTE_NUMBERS.sub("", re.sub(r"[\u2060\u00ad]", "", words).translate(_FOLD))
    words = re.sub(r"(?<=\d)[,\u202f](?=\d{3})", "", words)
    return re.sub(r"\s+", " ", words).casefold().strip(" .,;:")


def _occurs_in(part: str, whole: str) -> bool:
    """Whether `whole` contains `part`, but not inside a word or a longer number: not 200 in 1.200 or 200.5."""
    return re.search(rf"(?<!\w)(?<!\d[.]){re.escape(part)}(?!\w)(?![.,]\d)", whole) is not None
