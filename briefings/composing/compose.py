"""Pack, audience and document -> Briefing: choose, order, number, list the cited sources. Pure."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from .. import markdown
from ..briefing.parts import Briefing, Chapter, EntryView, EstimateView, LeftOut, Note, StatementView
from ..briefing.walk import all_parts, texts_of_parts
from ..pack.pack import Pack
from ..problems import ProblemError
from ..schema.audience import Audience, DocumentChoice
from ..schema.fields import is_within_depth
from ..schema.figures import Estimate
from ..schema.topic import Person, Question, Source
from .audience_view import AudienceView, has_content
from .drawing_views import section_drawings
from .glossary import explain_terms

ChapterFilter = Callable[[list[Chapter]], list[Chapter]]


def compose(
    pack: Pack, audience: Audience, choice: DocumentChoice, paper: str = "", chosen: ChapterFilter = list[Chapter]
) -> Briefing:
    """What this reader gets, on the document's first paper if none is named; `chosen` may leave more out.

    Raises ProblemError where a text is missing at the reader's level.
    """
    reader = AudienceView(pack, audience, choice.answers)
    chapters = [
        replace(chapter, drawings=section_drawings(reader, wanted))
        for wanted in choice.sections or audience.sections
        if (chapter := reader.chapter(wanted))
    ]
    chapters = list(_drop_unmentioned(chosen(list(filter(has_content, chapters)))))
    if choice.gloss:
        terms = [reader.entry(term) for term in pack.terms if is_within_depth(term.depth, choice.gloss)]
        chapters = list(explain_terms(chapters, terms))
    keys = [
        replace(reader.estimate(k.estimate), label=reader.text(k.label, k.estimate))
        for k in pack.info.key_figures
        if (depth := choice.key_figures or audience.key_figures) != "none" and is_within_depth(k.depth, depth)
    ]
    title, deck = reader.text(pack.info.title, pack.id), reader.text(pack.info.deck, pack.id)
    rows = {ref: reader.estimate(ref) for ref, value in pack.index.items() if isinstance(value, Estimate)}
    if reader.problems:
        raise ProblemError(reader.problems)
    there = all_parts((keys, chapters))
    words = markdown.count_words(deck) + sum(map(markdown.count_words, texts_of_parts(there)))
    return Briefing(
        pack=pack.info,
        audience=audience,
        choice=choice,
        paper=paper or choice.papers[0],
        title=title,
        deck=deck,
        key_figures=tuple(keys),
        chapters=tuple(chapters),
        notes=tuple(_notes(reader, there, rows)),
        left_out=tuple(_left_out(pack, audience, chapters)),
        words=words,
        minutes=math.ceil(words / audience.words_per_minute),
        rows=rows,
        places=_places(there),
    )


def _notes(reader: AudienceView, there: Sequence[object], rows: Mapping[str, EstimateView]) -> Iterator[Note]:
    """Every source cited, numbered in the order it is first cited, with what was taken from it."""
    shown = [rows[ref] for ref in _refs(there)]
    cited: dict[str, dict[tuple[str, str], None]] = {}
    for source_id, said in _cited(there):
        places = cited.setdefault(source_id, {})
        if said and said.number:
            places[said.id, said.number] = None
    for number, (source_id, ids) in enumerate(cited.items(), 1):
        source = reader.pack.index[source_id]
        assert isinstance(source, Source)
        standpoint, remark = (reader.optional(t, source_id) for t in (source.standpoint, source.note))
        taken = tuple(r for r in shown if source_id in r.estimate.sources and (not r.words or r.unit.many))
        yield Note(number, source, standpoint, remark, tuple(ids), taken)


def _places(there: Iterable[object]) -> dict[str, str]:
    """The numbered paragraphs: number by id, in reading order."""
    return {part.id: part.number for part in there if isinstance(part, StatementView) and part.number}


def _cited(there: Iterable[object]) -> Iterator[tuple[str, StatementView | None]]:
    """(source id, the statement that cites it), in reading order."""
    for part in there:
        said = part if isinstance(part, StatementView) else None
        for raw in (getattr(part, "text", ""), getattr(part, "answer", "")):
            for mark in markdown.find_marks(raw):
                if isinstance(mark, markdown.Citation):
                    yield mark.source, said
        for source in getattr(part, "sources", ()):
            yield source, said


def _refs(there: Iterable[object]) -> dict[str, None]:
    """The estimates that stand in a table or are written in a text, each once, in reading order."""
    refs: dict[str, None] = {}
    for part in there:
        if isinstance(part, EstimateView):
            refs[part.ref] = None
        for field in ("text", "answer", "label", "about", "basis", "how"):
            for mark in markdown.find_marks(getattr(part, field, "")):
                if isinstance(mark, markdown.NumberReference):
                    refs[mark.ref] = None
    return refs


def _drop_unmentioned(chapters: Sequence[Chapter]) -> Iterator[Chapter]:
    """Questions point only at paragraphs that stand on these sheets; lists of people, places and words hold only what
    these sheets mention."""
    there = all_parts(chapters)
    known = _places(there)
    said = [*texts_of_parts(part for part in there if not isinstance(part, EntryView))]
    said += [name for part in there for name in (*getattr(part, "by", ()), *getattr(part, "via", ()))]
    said += [entry.name for chapter in chapters for drawn in chapter.drawings for entry in drawn.entries]
    folded = " ".join(said).casefold()
    for chapter in chapters:
        entries = tuple(entry for entry in chapter.entries if _mentions(folded, entry))
        tasks = tuple(replace(t, evidence=tuple(e for e in t.evidence if e[0] in known)) for t in chapter.tasks)
        if entries or not chapter.entries:
            yield replace(chapter, entries=entries, tasks=tasks)


def _mentions(folded: str, entry: EntryView) -> bool:
    thing = entry.thing
    names = [entry.name, *thing.also]
    if isinstance(thing, Person) and thing.kind == "person":
        names.append(entry.name.split()[-1])
    return any(markdown.contains_name(folded, name) for name in names)


def _left_out(pack: Pack, audience: Audience, chapters: Sequence[Chapter]) -> Iterator[LeftOut]:
    """What the pack holds beside what these chapters show, section by section."""
    shown = {chapter.id: chapter for chapter in chapters}
    for section in pack.info.sections:
        chapter = shown.get(section.id)
        of = len(pack.items(section)) or len(section.paragraphs)
        if section.holds in ("people", "places", "glossary", "exercises", "guidance") or not of:
            continue
        items = pack.items(section)
        if items and isinstance(items[0], Question):
            of = sum(len(q.positions) for q in items if isinstance(q, Question))
        there = 0
        if chapter:
            there = sum(len(p.pieces) or 1 for p in chapter.pieces) if items else len(chapter.intro)
        if there < of:
            title = section.title.for_level(audience.level) or section.title.standard
            yield LeftOut(section.id, title, section.holds or "", of - there, of)
