"""Briefing -> the JSON file embedded in its PDF: the statements, entries, estimates and sources that it shows.

JSON rather than YAML: everything reads it, and WeasyPrint can guess its media type on every machine. Exercises and
worksheets are left out, so the file never reveals an answer, even in documents for teachers.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from typing import Any

from .. import markdown
from ..briefing.handouts import own_texts
from ..briefing.parts import (
    ArgumentView,
    Briefing,
    Chapter,
    EntryView,
    EstimateView,
    ExerciseView,
    ItemView,
    JudgementView,
    Note,
    StatementView,
)
from ..briefing.walk import LESSON_TEXTS
from ..briefing.walk import texts as texts_inside
from ..schema.dates import PartialDate

Json = dict[str, Any]


def attachment_json(briefing: Briefing) -> str:
    """Return the file's text, ending with a newline.

    Texts are Markdown with marks that refer to ids in `sources` and `estimates`: each id in the file is defined in it.
    """
    pack = briefing.pack
    first: tuple[object, ...] = (briefing.key_figures, briefing.judgements, *briefing.of_lesson)
    if briefing.choice.answers:  # without them, the reports behind questions and options would tell which is right
        first = (*first, briefing.worksheet)
    shown = list(_walk((*first, briefing.chapters), {}))
    # Which of them disagree is for the class to find out.
    sortings = () if briefing.choice.answers else briefing.handouts.sortings
    to_sort = {row.ref for sorting in sortings for row in sorting.reports}
    data = {
        "pack": pack.id,
        "title": briefing.title,
        "deck": briefing.deck,
        "language": pack.language,
        "audience": briefing.audience.id,
        "level": briefing.audience.level,
        "document": briefing.choice.document,
        "as_of": str(pack.as_of),
        "edition": _edition(briefing),
        "authors": pack.authors,
        "licence": pack.licence,
        **({"judgements": [_judgement(j) for j in briefing.judgements]} if briefing.judgements else {}),
        "statements": [_statement(part, place) for part, place in shown if isinstance(part, StatementView)],
        "parts": [_item(part, place) for part, place in shown if isinstance(part, ItemView)],
        "entries": [_entry(part, place) for part, place in shown if isinstance(part, EntryView)],
        "estimates": [
            _estimate(replace(row, rivals=()) if ref in to_sort else row)
            for ref, row in _shown_estimates(briefing, shown).items()
        ],
        "sources": [_source(note) for note in briefing.notes],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _edition(briefing: Briefing) -> Json:
    edition, own = briefing.pack.edition, briefing.edition
    return _without_empty(
        number=edition.number, date=edition.date, digest=own.digest.replace("\u2011", "-") if own else ""
    )


def _walk(value: object, place: Mapping[str, str]) -> Iterator[tuple[object, Mapping[str, str]]]:
    """Yield each part with the ids of what contains it (keys "section", "part", "argument"), in reading order.

    Unlike briefing.walk it descends into drawings, since the file must contain the estimates that they draw.
    """
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
    """Return the estimates in tables, drawings and texts, and those that the texts of these estimates refer to, by ref.

    Texts of exercises count, although the exercises themselves are left out: a reader sees their numbers.
    """
    rows = {part.ref: part for part, _ in shown if isinstance(part, EstimateView)}
    slides = briefing.slides if briefing.choice.deck else ()
    rows |= {row.ref: row for slide in slides for row in slide.others}
    texts = [slide.title for slide in slides]
    texts += [
        part.text for part, _ in shown if isinstance(part, (StatementView, EntryView, JudgementView, *LESSON_TEXTS))
    ]
    texts += [text for part, _ in shown for text in own_texts(part)]
    texts += [briefing.title, briefing.deck, *(part.title for part, _ in shown if isinstance(part, Chapter | ItemView))]
    texts += [
        text for part, _ in shown if isinstance(part, ExerciseView) for text in (part.text, part.answer, *part.marks)
    ]
    texts += texts_inside(briefing.worksheet.parts) if briefing.worksheet and briefing.choice.answers else ()
    texts += [raw for row in rows.values() for raw in _texts(row)]
    for raw in texts:  # the loop body appends: an added estimate's own texts may refer to further estimates
        for mark in markdown.find_marks(raw):
            if isinstance(mark, markdown.NumberReference) and mark.ref not in rows:
                rows[mark.ref] = briefing.rows[mark.ref]
                texts += _texts(rows[mark.ref])
    return rows


def _texts(row: EstimateView) -> tuple[str, ...]:
    return row.label, row.words, row.about, row.basis, row.how


def _statement(statement: StatementView, place: Mapping[str, str]) -> Json:
    return _without_empty(
        id=statement.id,
        number=statement.number,
        **place,
        text=statement.text,
        label=statement.label,
        date=statement.date,
        as_of=statement.as_of,
        status=statement.status,
        by=statement.by,
        sources=statement.sources,
    )


def _judgement(judgement: JudgementView) -> Json:
    # Its evidence by id, as everything else in this file; where the sheets show it is of no use here.
    return {"id": judgement.id, "verdict": judgement.verdict, "text": judgement.text}


def _item(item: ItemView, place: Mapping[str, str]) -> Json:
    return _without_empty(
        id=item.id,
        **{name: id for name, id in place.items() if name == "section"},
        title=item.title,
        kind=item.kind,
        start=item.start,
        end=item.end,
        as_of=item.as_of,
        by=item.by,
        sources=item.sources,
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
    """Return a number if JSON can represent it exactly, else a fraction such as "1/3"."""
    if value is None:
        return None
    if value.denominator == 1:
        return int(value)
    # Compare with the decimal that JSON writes: 0.1 is exact as "0.1", although the float itself is not 1/10.
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
        read=source.read,
    )


def _without_empty(**values: Any) -> Json:
    """Drop empty values (but not 0); write dates as in the YAML."""
    present = {name: value for name, value in values.items() if value not in (None, "", ())}
    return {name: str(value) if isinstance(value, PartialDate) else value for name, value in present.items()}
