"""Pack, audience and document -> Briefing: select and order sections, number the cited sources. Pure."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from .. import markdown
from ..briefing.handouts import own_texts
from ..briefing.parts import (
    Briefing,
    Chapter,
    DrawingView,
    EntryView,
    EstimateView,
    ItemView,
    JudgementView,
    LeftOut,
    Note,
    StatementView,
)
from ..briefing.walk import all_parts, texts_at_every_level, texts_of_parts, where_shown
from ..language.mentions import SearchText, mentions
from ..pack.pack import Pack
from ..problems import ProblemError
from ..schema.audience import Audience, DeckChoice, DocumentChoice, SectionChoice
from ..schema.fields import Depth, is_within_depth
from ..schema.figures import Estimate
from ..schema.topic import Person, Question, Source, Term
from .audience_view import AudienceView, has_content
from .chosen import sayable
from .class_parts import class_parts, told_to_class
from .classroom import locate_evidence, only_evidence
from .drawing_views import section_drawings
from .glossary import explain_terms, longer_terms, uses_term
from .levels import levels_told
from .slides.deck import build_deck
from .whole_pack import sections_wanted

ChapterFilter = Callable[[list[Chapter]], list[Chapter]]


def compose(
    pack: Pack, audience: Audience, choice: DocumentChoice, paper: str = "", chosen: ChapterFilter = list[Chapter]
) -> Briefing:
    """Compose one document, on the document's first paper by default. `chosen` may reduce the chapters further.
    Raises ProblemError if texts are missing at the audience's level.
    """
    choice = audience.completed(choice)
    view = AudienceView(pack, audience, choice.answers, choice.every_level)
    chapters = _chapters(view, choice, chosen)
    key_figures = _key_figures(view, choice.key_figures or audience.key_figures)
    judgements = _judgements(view, choice.judgements or audience.judgements, chapters)
    elsewhere, figures = _chapters_beside(view, choice), _figures_beside(view, choice)
    given = class_parts(view, choice.shows, chapters, elsewhere, figures)
    title, deck = view.text(pack.info.title, pack.id), view.text(pack.info.deck, pack.id)
    rows = {ref: view.estimate(ref) for ref, value in pack.index.items() if isinstance(value, Estimate)}
    parts = all_parts((key_figures, judgements, *told_to_class(given, rows, answers=choice.answers), chapters))
    references = _references(view, parts)
    if view.problems:  # only now, so that one error reports every missing text
        raise ProblemError(view.problems)
    words = markdown.count_words(deck) + sum(map(markdown.count_words, texts_of_parts(parts)))
    return Briefing(
        pack=pack.info,
        audience=audience,
        choice=choice,
        paper=paper or choice.papers[0],
        title=title,
        deck=deck,
        key_figures=key_figures,
        judgements=judgements,
        chapters=tuple(chapters),
        notes=tuple(_notes(view, parts, rows)),
        left_out=tuple(_left_out(pack, audience, chapters)),
        words=words,
        minutes=math.ceil(words / audience.words_per_minute),
        rows=rows,
        places=_places(parts),
        levels=levels_told(parts),
        references=references,
        slides=build_deck(pack, audience.level, title, deck, key_figures, chapters, rows, choice.deck or DeckChoice()),
        **given,
    )


_FLOWING = ("flow", "large")  # the layouts in which chapters follow each other in columns, or in one


def _chapters(view: AudienceView, choice: DocumentChoice, chosen: ChapterFilter) -> list[Chapter]:
    """The chapters of a document, reduced to what it shows of them."""
    sections = _sections(view.pack, view.audience, choice)
    chapters = [
        replace(chapter, drawings=_fitting(section_drawings(view, section), choice))
        for section in sections
        if (chapter := view.chapter(section))
    ]
    chapters = only_evidence(view.pack, choice, chapters, sections)
    # Terms last: one may be used first in a paragraph that an earlier step removes.
    beside = _chapters_beside(view, choice)
    chapters = list(_drop_unmentioned(chosen(list(filter(has_content, chapters))), beside))
    chapters = locate_evidence(list(sayable(chapters)) if choice.document == "words" else chapters)
    if not choice.gloss:
        return chapters
    terms = [view.entry(term) for term in view.pack.terms if is_within_depth(term.depth, choice.gloss)]
    return list(explain_terms(chapters, terms, view.pack.terms))


def _paper_beside(audience: Audience, choice: DocumentChoice) -> DocumentChoice | None:
    """The document that a class has beside this one."""
    found = (each for each in audience.documents if each.document == choice.beside and each is not choice)
    return next(map(audience.completed, found), None)


def _chapters_beside(view: AudienceView, choice: DocumentChoice) -> list[Chapter]:
    other = _paper_beside(view.audience, choice)
    return _chapters(AudienceView(view.pack, view.audience, other.answers), other, list[Chapter]) if other else []


def _figures_beside(view: AudienceView, choice: DocumentChoice) -> tuple[EstimateView, ...]:
    other = _paper_beside(view.audience, choice)
    return _key_figures(view, other.key_figures or view.audience.key_figures) if other else ()


def _fitting(drawings: tuple[DrawingView, ...], choice: DocumentChoice) -> tuple[DrawingView, ...]:
    """The drawings as wide as the document has room for: where chapters flow, no map stands at the front.

    Only the head of a poster has room beside its title.
    """
    fitting = set[str]()
    if choice.document == "briefing" and choice.layout not in _FLOWING:
        fitting = {"front"}
    elif choice.document == "poster":
        fitting = {"head"}
    column = {"width": "column"}
    return tuple(
        replace(d, choice=d.choice.model_copy(update=column)) if d.choice.width in {"front", "head"} - fitting else d
        for d in drawings
    )


def _sections(pack: Pack, audience: Audience, choice: DocumentChoice) -> list[SectionChoice]:
    """The sections asked for, without those that judgements stand in for, if the document prints any."""
    depth = choice.judgements or audience.judgements
    judged = depth != "none" and any(is_within_depth(j.depth, depth) for j in pack.judgements)
    return [s for s in sections_wanted(pack, audience, choice) if not (judged and s.unless_judged)]


def _key_figures(view: AudienceView, depth: Depth | Literal["none"]) -> tuple[EstimateView, ...]:
    """The estimates for the head of a briefing, down to a depth, each with its label."""
    return tuple(
        replace(view.estimate(k.estimate), label=view.text(k.label, k.estimate), says=view.headline(k.says))
        for k in view.pack.info.key_figures
        if depth != "none" and is_within_depth(k.depth, depth)
    )


def _judgements(
    view: AudienceView, depth: Depth | Literal["none"], chapters: Sequence[Chapter]
) -> tuple[JudgementView, ...]:
    """The judgements down to a depth, each with the places where this document shows its evidence."""
    wanted = [j for j in view.pack.judgements if depth != "none" and is_within_depth(j.depth, depth)]
    places = where_shown(chapters) if wanted else {}
    out = []
    for judgement in wanted:
        # A paragraph keeps its number in every document, so a reader finds it there if this one does not show it.
        elsewhere = {i: ("", number) for i in judgement.evidence if (number := view.pack.numbers.get(i))}
        found = dict.fromkeys({**elsewhere, **places}[i] for i in judgement.evidence if i in places or i in elsewhere)
        # Paragraphs first: a number says more in less room than the title of a table.
        shown = sorted(found, key=lambda place: bool(place[0]) and place[0] not in view.pack.numbers)
        text = view.text(judgement.text, judgement.id)
        levels = view.levels(judgement.text)
        out.append(JudgementView(judgement.id, judgement.verdict, text, tuple(shown), levels))
    return tuple(out)


def _notes(view: AudienceView, parts: Sequence[object], rows: Mapping[str, EstimateView]) -> Iterator[Note]:
    """Yield a Note for each cited source, numbered in the order of first citation."""
    shown = [rows[ref] for ref in _refs(parts)]
    cited: dict[str, dict[tuple[str, str], None]] = {}  # source id -> (paragraph id, number); dicts as ordered sets
    for source_id, statement in _citations(parts):
        paragraphs = cited.setdefault(source_id, {})
        if statement and statement.number:
            paragraphs[statement.id, statement.number] = None
    for number, (source_id, paragraphs) in enumerate(cited.items(), 1):
        source = view.pack.index[source_id]
        assert isinstance(source, Source)
        standpoint, remark = (view.optional(t, source_id) for t in (source.standpoint, source.note))
        # The list shows estimates without their context, where words without a unit ("most") mean nothing.
        taken = tuple(r for r in shown if source_id in r.estimate.sources and (not r.words or r.unit.many))
        yield Note(number, source, standpoint, remark, tuple(paragraphs), taken)


def _places(parts: Iterable[object]) -> dict[str, str]:
    """Return the numbered paragraphs: id -> number, in reading order."""
    return {part.id: part.number for part in parts if isinstance(part, StatementView) and part.number}


def _citations(parts: Iterable[object]) -> Iterator[tuple[str, StatementView | None]]:
    """Yield (source id, statement that cites it or None), in reading order.

    Marks in a text come before the sources listed with it.
    """
    for part in parts:
        statement = part if isinstance(part, StatementView) else None
        own = (getattr(part, "text", ""), getattr(part, "answer", ""), *own_texts(part))
        for raw in (*own, *texts_at_every_level([part])):
            for mark in markdown.find_marks(raw):
                if isinstance(mark, markdown.Citation):
                    yield mark.source, statement
        for source in getattr(part, "sources", ()):
            yield source, statement


def _refs(parts: Iterable[object]) -> dict[str, None]:
    """Return the refs of the estimates in tables and texts, each once, in reading order (a dict as an ordered set)."""
    refs: dict[str, None] = {}
    for part in parts:
        if isinstance(part, EstimateView):
            refs[part.ref] = None
        own = (getattr(part, field, "") for field in ("text", "answer", "label", "about", "basis", "how"))
        for raw in (*own, *own_texts(part), *texts_at_every_level([part])):
            for mark in markdown.find_marks(raw):
                if isinstance(mark, markdown.NumberReference):
                    refs[mark.ref] = None
    return refs


def _references(view: AudienceView, parts: Sequence[object]) -> dict[str, str]:
    """What this document writes for each id that its texts refer to."""
    out: dict[str, str] = {}
    for raw in (*texts_of_parts(parts), *texts_at_every_level(parts)):
        for mark in markdown.find_marks(raw) if "[#" in raw else ():
            if isinstance(mark, markdown.Reference):
                out[mark.target] = view.label(mark.target)
    return out


def _drop_unmentioned(chapters: Sequence[Chapter], beside: Sequence[Chapter]) -> Iterator[Chapter]:
    """Remove entries (people, places, terms) that no text mentions, here or `beside`.

    A chapter left without entries is removed. Entries do not count as texts, or two that mention each other would keep
    each other. Names in attributions and place names in drawings count.
    """
    everywhere = (*chapters, *beside)
    parts = all_parts(everywhere)
    telling = [part for part in parts if not isinstance(part, EntryView)]
    said = [*texts_of_parts(telling), *texts_at_every_level(telling)]
    said += [name for part in parts for name in (*getattr(part, "by", ()), *getattr(part, "via", ()))]
    said += [entry.name for chapter in everywhere for drawn in chapter.drawings for entry in drawn.entries]
    text = SearchText.of(*said)
    longer = longer_terms(entry.thing for chapter in chapters for entry in chapter.entries)
    for chapter in chapters:
        entries = tuple(entry for entry in chapter.entries if _is_mentioned(text, entry, longer.get(entry.id, ())))
        if entries or not chapter.entries:
            yield replace(chapter, entries=entries)


def _is_mentioned(text: SearchText, entry: EntryView, longer: Sequence[str]) -> bool:
    """Return whether a text has the entry's name, one of its other names, or a person's last name.

    A term is not mentioned where it is a part of one of the `longer` terms.
    """
    thing = entry.thing
    if isinstance(thing, Term):
        return uses_term(text, thing, longer)
    names = [entry.name, *thing.also]
    if isinstance(thing, Person) and thing.kind == "person":
        names.append(entry.name.split()[-1])
    return any(mentions(text, name) for name in names)


def _left_out(pack: Pack, audience: Audience, chapters: Sequence[Chapter]) -> Iterator[LeftOut]:
    """Yield a LeftOut for each section of the pack that the chapters do not show in full, as text or in a drawing."""
    shown = {chapter.id: chapter for chapter in chapters}
    told = {piece.id for chapter in chapters for piece in _told(chapter)}
    for section in pack.info.sections:
        chapter = shown.get(section.id)
        items = pack.items(section)
        # a debate is counted in positions, not questions
        ids = [each.id for i in items for each in (i.positions if isinstance(i, Question) else (i,))]
        total = len(ids) or len(section.paragraphs)
        # Reference lists and material for teachers are not content that a reader misses.
        if section.holds in ("people", "places", "glossary", "exercises", "guidance", "before") or not total:
            continue
        shown_items = sum(i in told for i in ids) if ids else len(chapter.intro) if chapter else 0
        if shown_items < total:
            title = section.title.for_level(audience.level) or section.title.standard
            missing = total - shown_items
            yield LeftOut(section.id, title, section.holds or "", missing, total, bool(chapter or shown_items))


def _told(chapter: Chapter) -> Iterator[ItemView]:
    """The items of a chapter, and those that its drawings show, with the positions of a debate."""
    for piece in (*chapter.pieces, *(piece for drawing in chapter.drawings for piece in drawing.pieces)):
        yield from (piece, *piece.pieces)
