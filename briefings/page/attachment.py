"""Briefing -> the file that lies inside its PDF: the statements, estimates and sources these sheets show, as JSON.

JSON and not YAML, since everything reads it and the typesetter knows its type on every machine. A question's answer is
none of the three, so no answer is ever in it, whoever the sheets are for.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

from .. import markdown
from ..briefing.parts import (
    ArgumentView,
    Briefing,
    Chapter,
    EntryView,
    EstimateView,
    ExerciseView,
    ItemView,
    Note,
    StatementView,
)
from ..schema.dates import PartialDate

Json = dict[str, Any]


def attachment_json(briefing: Briefing) -> str:
    """The file. Texts are Markdown with the pack's marks, which name `sources` and `estimates`."""
    pack = briefing.pack
    shown = list(_walk((briefing.key_figures, briefing.chapters), {}))
    record = {
        "pack": pack.id,
        "title": briefing.title,
        "deck": briefing.deck,
        "language": pack.language,
        "audience": briefing.audience.id,
        "level": briefing.audience.level,
        "document": briefing.choice.document,
        "as_of": str(pack.as_of),
        "edition": {"number": pack.edition.number, "date": str(pack.edition.date)},
        "authors": pack.authors,
        "licence": pack.licence,
        "statements": [_statement(part, place) for part, place in shown if isinstance(part, StatementView)],
        "parts": [_item(part, place) for part, place in shown if isinstance(part, ItemView)],
        "entries": [_entry(part, place) for part, place in shown if isinstance(part, EntryView)],
        "estimates": [_estimate(row) for row in _shown_estimates(briefing, shown).values()],
        "sources": [_source(note) for note in briefing.notes],
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _walk(value: object, place: Mapping[str, str]) -> Iterator[tuple[object, Mapping[str, str]]]:
    """Everything that a reader is shown, in reading order, with the ids of what it stands in."""
    if isinstance(value, tuple):
        for item in value:
            yield from _walk(item, place)
    elif is_dataclass(value):
        yield value, place
        if isinstance(value, Chapter):
            place = {"section": value.id}
        elif isinstance(value, ItemView):
            place = {**place, "part": value.id}
        elif isinstance(value, ArgumentView):
            place = {**place, "argument": value.said.id}
        for field in fields(value):
            yield from _walk(getattr(value, field.name), place)


def _shown_estimates(briefing: Briefing, shown: list[tuple[object, Mapping[str, str]]]) -> dict[str, EstimateView]:
    """The estimates that stand in a table or picture, or are written in a text, be it another estimate's own."""
    rows = {part.ref: part for part, _ in shown if isinstance(part, EstimateView)}
    texts = [part.text for part, _ in shown if isinstance(part, StatementView | EntryView)]
    texts += [briefing.title, briefing.deck, *(part.title for part, _ in shown if isinstance(part, Chapter | ItemView))]
    texts += [
        each for part, _ in shown if isinstance(part, ExerciseView) for each in (part.text, part.answer, *part.marks)
    ]
    texts += [raw for row in rows.values() for raw in _texts(row)]
    for raw in texts:  # grows while it is read
        for mark in markdown.find_marks(raw):
            if isinstance(mark, markdown.NumberReference) and mark.ref not in rows:
                rows[mark.ref] = briefing.rows[mark.ref]
                texts += _texts(rows[mark.ref])
    return rows


def _texts(row: EstimateView) -> tuple[str, ...]:
    return row.label, row.words, row.about, row.basis, row.how


def _statement(said: StatementView, place: Mapping[str, str]) -> Json:
    return _without_empty(
        id=said.id,
        number=said.number,
        **place,
        text=said.text,
        label=said.label,
        date=said.date,
        as_of=said.as_of,
        status=said.status,
        by=said.by,
        sources=said.sources,
    )


def _item(piece: ItemView, place: Mapping[str, str]) -> Json:
    return _without_empty(
        id=piece.id,
        **{name: id for name, id in place.items() if name == "section"},
        title=piece.title,
        kind=piece.kind,
        start=piece.start,
        end=piece.end,
        as_of=piece.as_of,
        by=piece.by,
        sources=piece.sources,
    )


def _entry(entry: EntryView, place: Mapping[str, str]) -> Json:
    return _without_empty(id=entry.id, **place, name=entry.name, text=entry.text, sources=entry.sources)


def _estimate(row: EstimateView) -> Json:
    estimate = row.estimate
    return _without_empty(
        id=row.ref,
        value=_amount(estimate.value),
        low=_amount(estimate.low),
        high=_amount(estimate.high),
        words=row.words,
        bound=estimate.bound,
        unit=row.unit.many or row.unit.short,
        as_of=estimate.as_of,
        status=estimate.status,
        by=row.by,
        via=row.via,
        about=row.about,
        basis=row.basis,
        derived_from=estimate.derived.of if estimate.derived else None,
        how=row.how,
        disagrees_with=row.rivals,
        sources=row.sources,
    )


def _amount(value: Fraction | None) -> int | float | str | None:
    """A number where JSON can write it exactly, else a fraction: "1/3"."""
    if value is None:
        return None
    if value.denominator == 1:
        return int(value)
    return float(value) if Fraction(str(float(value))) == value else str(value)


def _source(note: Note) -> Json:
    source = note.source
    return _without_empty(
        id=source.id,
        note=note.number,
        title=source.title,
        authors=source.authors,
        publisher=source.publisher,
        published=source.published,
        url=source.url,
        kind=source.kind,
        country=source.country,
        standpoint=note.standpoint,
        remark=note.remark,
        accessed=source.accessed,
    )


def _without_empty(**values: Any) -> Json:
    """What is said, without what is not; dates as their source gives them."""
    said = {name: value for name, value in values.items() if value not in (None, "", ())}
    return {name: str(value) if isinstance(value, PartialDate) else value for name, value in said.items()}
