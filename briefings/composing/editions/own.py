"""Briefings and their pack -> each with the edition in which what it says last changed, and what changed there. Pure.

A paper prints its own edition and not that of the pack: what changes elsewhere leaves it, and its bytes, as they are.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import get_args

from ...briefing.parts import Briefing, ChangeView, EditionView
from ...markdown import find_marks
from ...markdown_marks import Citation, without_citations
from ...pack.edition import Edition
from ...pack.pack import Pack
from ...schema.corrections import Correction
from ...schema.topic import Edition as PackEdition
from .content import Texts, document_digest, document_key, shown_ids, written

_KINDS = get_args(Correction.model_fields["kind"].annotation)  # the worst first


def with_editions(briefings: Iterable[Briefing], pack: Pack) -> tuple[Briefing, ...]:
    """The briefings of a pack, each with its own edition in `pack.edition`, and with its digest."""
    texts: Texts = {}
    return tuple(_with_edition(briefing, pack, texts) for briefing in briefings)


def _with_edition(briefing: Briefing, pack: Pack, texts: Texts) -> Briefing:
    digest, key = document_digest(briefing, texts), document_key(briefing)
    recorded = pack.editions[-1].documents.get(key) if pack.editions else None
    own = pack.info.edition
    if recorded and recorded.digest == digest and recorded.edition != own.number:
        date = next(edition.date for edition in pack.editions if edition.number == recorded.edition)
        own = PackEdition(number=recorded.edition, date=date)
    before = [edition for edition in pack.editions if edition.number < own.number and key in edition.documents]
    printed = written(digest).replace("-", "\u2011")  # a hyphen at which no line ends
    view = EditionView(own.number, own.date, printed)
    if before:
        view = replace(view, since=before[-1].number, changes=tuple(_changes(briefing, pack, own.number)))
    return replace(briefing, pack=briefing.pack.model_copy(update={"edition": own}), edition=view)


def _changes(briefing: Briefing, pack: Pack, number: int) -> Iterator[ChangeView]:
    """What this edition changed in the document: corrections, the worst first, then what readers have to know."""
    shown = shown_ids(briefing)
    level = briefing.audience.level
    corrections = [
        each
        for each in pack.corrections
        if each.edition == number and shown & {*each.subjects} and _speaks_of(briefing, each)
    ]
    for correction in sorted(corrections, key=lambda each: _KINDS.index(each.kind)):
        text = correction.text.for_level(level) or correction.text.standard
        yield ChangeView(correction.id, "correction", without_citations(text), _places(briefing, correction.subjects))
    for edition in pack.editions:
        yield from _told(briefing, edition, shown) if edition.number == number else ()


def _speaks_of(briefing: Briefing, correction: Correction) -> bool:
    """Whether a document says what a correction is about: it cites a source of it, if the correction names any.

    The paragraph that was corrected may be shown at a level whose text says nothing of the matter.
    """
    sources = {mark.source for mark in find_marks(correction.text.standard) if isinstance(mark, Citation)}
    return not sources or any(note.source.id in sources for note in briefing.notes)


def _told(briefing: Briefing, edition: Edition, shown: set[str]) -> Iterator[ChangeView]:
    for change in sorted(edition.changes, key=lambda each: each.mark != "correction"):
        if change.mark != "minor" and shown & {*change.items}:
            text = change.text.for_level(briefing.audience.level) or change.text.standard
            owner = next((key for key in change.items if key in briefing.places), briefing.pack.id)
            yield ChangeView(owner, change.mark, without_citations(text), _places(briefing, change.items))


def _places(briefing: Briefing, keys: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The paragraphs among some items that the document shows: (id, number)."""
    order = list(briefing.places)
    return tuple((key, briefing.places[key]) for key in sorted({*keys} & {*order}, key=order.index))
