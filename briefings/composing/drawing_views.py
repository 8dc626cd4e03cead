"""The drawings a section has for one reader -> Pictures, which hold all that they show at the reader's level. Pure."""

from collections.abc import Iterable, Iterator

from .. import markdown
from ..briefing.parts import ArgumentView, DrawingView, EntryView, EstimateView, ItemView, StatementView
from ..problems import Mark
from ..schema.audience import SectionChoice
from ..schema.drawings import (
    Drawing,
    DrawingChoice,
    FigureDrawing,
    MapDrawing,
    PhaseDrawing,
    QuestionDrawing,
)
from ..schema.fields import Depth, is_within_depth
from ..schema.figures import Figure
from ..schema.statements import Event
from ..schema.topic import ContentPart, Phase, Place, Position, Question
from .audience_view import AudienceView


def section_drawings(reader: AudienceView, wanted: SectionChoice) -> tuple[DrawingView, ...]:
    """What the audience asks for in a section, in the order it asks, down to the depth it asks for."""
    out = []
    for choice in wanted.drawings:
        depth = choice.depth or wanted.depth
        for drawing in reader.pack.drawings:
            if (drawing.section, drawing.kind) == (wanted.section, choice.kind) and is_within_depth(
                drawing.depth, depth
            ):
                out.append(drawing_view(reader, drawing, choice, depth))
    return tuple(out)


def drawing_view(reader: AudienceView, drawing: Drawing, choice: DrawingChoice, depth: Depth) -> DrawingView:
    """One drawing, with what it shows down to `depth`."""
    entries, pieces = _entries(reader, drawing), _pieces(reader, drawing, depth)
    named = (*_numbers(pieces), *_marked(entry.text for entry in entries))
    areas = drawing.areas if isinstance(drawing, MapDrawing) else ()
    rows = tuple(map(reader.estimate, dict.fromkeys((*areas, *named))))
    titles = tuple((line.id, reader.text(line.title, line.id)) for line in getattr(drawing, "lines", ()))
    shown = [drawing.id, *(i for i, _ in titles), *(entry.id for entry in entries), *(row.ref for row in rows)]
    shown += [i for piece in pieces for i in _ids(piece)]
    return DrawingView(
        drawing.id,
        drawing.kind,
        reader.text(drawing.title, drawing.id),
        reader.text(drawing.note, drawing.id) if drawing.note else "",
        drawing,
        choice,
        rows,
        entries,
        pieces,
        reader.pack.grounds[drawing.ground] if isinstance(drawing, MapDrawing) else None,
        titles,
        tuple(dict.fromkeys((*drawing.sources, *_sources(drawing, rows, entries, pieces)))),
        tuple((i, reader.pack.marks.get(i, Mark("", 1, 1))) for i in shown),
    )


def _figures(reader: AudienceView, drawing: FigureDrawing, depth: Depth) -> tuple[ItemView, ...]:
    """The figures of a chart, each with those of its estimates that are drawn."""
    refs = [ref for key in drawing.figures for ref in _of_figure(reader, key)]
    refs += drawing.single_estimates
    drawn: dict[str, list[EstimateView]] = {}
    for ref in dict.fromkeys(refs):
        if is_within_depth(reader.pack.estimate(ref)[1].depth, depth):
            drawn.setdefault(ref.partition("/")[0], []).append(reader.estimate(ref))
    return tuple(
        ItemView(key, reader.text(rows[0].figure.title, key), rows[0].figure.kind, rows=tuple(rows))
        for key, rows in drawn.items()
    )


def _of_figure(reader: AudienceView, key: str) -> list[str]:
    figure = reader.pack.index[key]
    assert isinstance(figure, Figure)
    return [f"{key}/{estimate.id}" for estimate in figure.estimates]


def _entries(reader: AudienceView, drawing: Drawing) -> tuple[EntryView, ...]:
    """A map's places, at any depth; with the sources of their coordinates, not of their text."""
    if not isinstance(drawing, MapDrawing):
        return ()
    keys = dict.fromkeys((*drawing.places, *drawing.inset_places))
    places = [place for key in keys if isinstance(place := reader.pack.index[key], Place)]
    return tuple(
        EntryView(p.id, p.name, reader.optional(p.text, p.id), p, () if p.approximate or p.lat is None else p.sources)
        for p in places
    )


def _pieces(reader: AudienceView, drawing: Drawing, depth: Depth) -> tuple[ItemView, ...]:
    """The items a drawing shows: phases, figures, a question. A kind that builds on several schemas shows them all."""
    items: list[ItemView] = []
    if isinstance(drawing, PhaseDrawing):
        phases = [p for p in reader.pack.phases if is_within_depth(p.depth, depth)]
        items += [_phase(reader, p, depth) for p in phases if not drawing.phases or p.id in drawing.phases]
    if isinstance(drawing, FigureDrawing):
        items += _figures(reader, drawing, depth)
    if isinstance(drawing, QuestionDrawing):
        items.append(_question(reader, drawing, depth))
    return tuple(items)


def _question(reader: AudienceView, drawing: QuestionDrawing, depth: Depth) -> ItemView:
    question = reader.pack.index[drawing.question]
    assert isinstance(question, Question)
    positions = [p for p in question.positions if is_within_depth(p.depth, depth)]
    chosen = tuple(_position(reader, p, depth) for p in positions if not drawing.positions or p.id in drawing.positions)
    return ItemView(question.id, reader.text(question.title, question.id), pieces=chosen)


def _phase(reader: AudienceView, phase: Phase, depth: Depth) -> ItemView:
    events: list[Event] = [event for event in phase.events if is_within_depth(event.depth, depth)]
    said = tuple(map(reader.statement, sorted(events, key=lambda event: event.date)))
    return ItemView(phase.id, reader.text(phase.title, phase.id), start=phase.start, end=phase.end, events=said)


_ARGUED: tuple[ContentPart, ...] = ("replies",)  # an argument map has no room for the evidence


def _position(reader: AudienceView, position: Position, depth: Depth) -> ItemView:
    return ItemView(
        position.id,
        reader.text(position.title, position.id),
        by=reader.names(position.by),
        as_of=position.as_of,
        sources=position.sources,
        reasons=tuple(reader.argument(a, _ARGUED) for a in position.arguments if is_within_depth(a.depth, depth)),
    )


def _ids(piece: ItemView) -> Iterator[str]:
    yield piece.id
    for inner in piece.pieces:
        yield from _ids(inner)
    for said in _said(piece):
        yield said.id


def _said(piece: ItemView) -> Iterator[StatementView]:
    yield from piece.events
    for reason in piece.reasons:
        yield from _of_reason(reason)


def _numbers(pieces: Iterable[ItemView]) -> Iterator[str]:
    """What is drawn of figures, what that was worked out from or disagrees with; and what the texts of pieces name."""
    for piece in pieces:
        yield from _numbers(piece.pieces)
        for row in piece.rows:
            yield from (row.ref, *(row.estimate.derived.of if row.estimate.derived else ()), *row.rivals)
            yield from _marked((row.about, row.how))
        yield from _marked(said.text for said in _said(piece))


def _marked(texts: Iterable[str]) -> Iterator[str]:
    """The estimates that texts name, as figure/estimate."""
    yield from (m.ref for words in texts for m in markdown.find_marks(words) if isinstance(m, markdown.NumberReference))


def _of_reason(reason: ArgumentView) -> Iterator[StatementView]:
    yield from (reason.said, *reason.evidence, *reason.replies)


def _sources(
    drawing: Drawing, rows: Iterable[EstimateView], entries: Iterable[EntryView], pieces: Iterable[ItemView]
) -> Iterator[str]:
    """Every source that stands behind what is shown."""
    for line in drawing.lines if isinstance(drawing, MapDrawing) else ():
        yield from line.sources
    for sources in (*(row.sources for row in rows), *(entry.sources for entry in entries)):
        yield from sources
    for piece in pieces:
        yield from piece.sources
        yield from _sources(drawing, piece.rows, (), piece.pieces)
        for said in _said(piece):
            yield from (mark.source for mark in markdown.find_marks(said.text) if isinstance(mark, markdown.Citation))
            yield from said.sources
