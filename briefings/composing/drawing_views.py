"""The drawings of a section -> DrawingViews, with everything they show at the audience's level. Pure."""

from collections.abc import Iterable, Iterator

from .. import markdown
from ..briefing.parts import (
    ArgumentView,
    DrawingView,
    EntryView,
    EstimateView,
    ItemView,
    LaneView,
    PanelView,
    SilenceView,
    StatementView,
)
from ..drawings.kinds.lanes import Lanes, events_by_lane
from ..problems import Mark
from ..schema.audience import SectionChoice
from ..schema.drawings import (
    Attack,
    Drawing,
    DrawingChoice,
    FigureDrawing,
    MapArrow,
    MapDrawing,
    PhaseDrawing,
    QuestionDrawing,
    RoughLine,
    SalientDrawing,
    StoryDrawing,
)
from ..schema.fields import Depth, is_within_depth
from ..schema.figures import Figure
from ..schema.statements import Event, Statement
from ..schema.topic import ContentPart, Phase, Place, Position, Question
from .audience_view import AudienceView
from .fewer_reports import at_a_glance, brief_drawing


def section_drawings(view: AudienceView, wanted: SectionChoice) -> tuple[DrawingView, ...]:
    """The drawings that the audience asks for in a section, in its order and down to its depth."""
    out = []
    for choice in wanted.drawings:
        depth = choice.depth or wanted.depth
        for drawing in view.pack.drawings:
            if (drawing.section, drawing.kind) == (wanted.section, choice.kind) and is_within_depth(
                drawing.depth, depth
            ):
                shown = drawing_view(view, brief_drawing(drawing) if choice.brief else drawing, choice, depth)
                out.append(at_a_glance(shown) if choice.brief and drawing.kind == "over-time" else shown)
    return tuple(out)


def drawing_view(view: AudienceView, drawing: Drawing, choice: DrawingChoice, depth: Depth) -> DrawingView:
    """One drawing with what it shows, down to `depth`."""
    entries, pieces = _entries(view, drawing), _pieces(view, drawing, depth)
    panels = tuple(_panels(view, drawing))
    texts = tuple((name, view.text(text, drawing.id)) for name, text in drawing.texts)
    before, lanes = _lanes(view, drawing, depth)
    happened = tuple(_happened(view, drawing, depth))
    silences = [silence for lane in lanes for silence in lane.silences]
    events = [*before, *(event for lane in lanes for event in lane.events), *(event for _, event in happened)]
    raw = [entry.text for entry in entries] + [text for _, text in texts] + [event.text for event in events]
    named = (*_numbers(pieces), *_marked(raw))
    rows = tuple(map(view.estimate, dict.fromkeys((*_drawn(drawing), *named))))
    titles = tuple((part.id, view.text(part.title, part.id)) for part in _titled(drawing))
    arrows = tuple((arrow.id, view.text(arrow.title, arrow.id)) for arrow in _arrows(drawing))
    shown = [drawing.id, *(i for i, _ in (*titles, *arrows)), *(e.id for e in entries), *(row.ref for row in rows)]
    shown += [i for piece in pieces for i in _ids(piece)]
    shown += [event.id for event in events] + [panel.id for panel in panels]
    stated = [source for silence in silences for source in silence.sources]
    stated += [source for panel in panels for source in panel.sources]
    stated += [source for event in events for source in _of_statement(event)]
    return DrawingView(
        drawing.id,
        drawing.kind,
        view.text(drawing.title, drawing.id),
        view.text(drawing.note, drawing.id) if drawing.note else "",
        drawing,
        choice,
        rows,
        entries,
        pieces,
        view.pack.grounds[drawing.ground] if isinstance(drawing, MapDrawing) else None,
        titles,
        tuple(dict.fromkeys((*drawing.sources, *stated, *_sources(drawing, rows, entries, pieces)))),
        tuple((i, view.pack.marks.get(i, Mark("", 1, 1))) for i in shown),
        texts,
        lanes,
        before,
        happened,
        arrows,
        panels,
        says=view.headline(drawing.says),
    )


def _drawn(drawing: Drawing) -> tuple[str, ...]:
    """The estimates that a map or a salient draws, as figure/estimate."""
    if isinstance(drawing, SalientDrawing):
        return drawing.refs
    return drawing.areas if isinstance(drawing, MapDrawing) else ()


def _titled(drawing: Drawing) -> tuple[RoughLine | Attack, ...]:
    """The lines of a map, or the attacks on a salient."""
    if isinstance(drawing, SalientDrawing):
        return drawing.attacks
    return drawing.lines if isinstance(drawing, MapDrawing) else ()


def _arrows(drawing: Drawing) -> tuple[MapArrow, ...]:
    return drawing.arrows if isinstance(drawing, StoryDrawing) else ()


def _panels(view: AudienceView, drawing: Drawing) -> Iterator[PanelView]:
    for panel in getattr(drawing, "panels", ()):
        says, text = view.text(panel.says, panel.id), view.text(panel.text, panel.id)
        cited = [mark.source for mark in markdown.find_marks(text) if isinstance(mark, markdown.Citation)]
        yield PanelView(panel.id, panel.shows, says, text, tuple(dict.fromkeys(cited)))


def _happened(view: AudienceView, drawing: Drawing, depth: Depth) -> Iterator[tuple[str, StatementView]]:
    """The events on a map down to a depth, each with its place."""
    for happening in drawing.events if isinstance(drawing, StoryDrawing) else ():
        event = view.pack.index[happening.event]
        assert isinstance(event, Event)
        if is_within_depth(event.depth, depth):
            yield happening.at, view.statement(event)


def _lanes(
    view: AudienceView, drawing: Drawing, depth: Depth
) -> tuple[tuple[StatementView, ...], tuple[LaneView, ...]]:
    """The events before the calendar of lanes, and the lanes with theirs, down to `depth`."""
    if not isinstance(drawing, Lanes):
        return (), ()

    def events(keys: Iterable[str]) -> tuple[StatementView, ...]:
        found = [e for key in keys if isinstance(e := view.pack.index[key], Event)]
        return tuple(view.statement(e) for e in found if is_within_depth(e.depth, depth))

    def silences(lane: str) -> Iterator[SilenceView]:
        for silence in drawing.silences:
            if silence.lane == lane:
                told = view.pack.index.get(silence.statement or "")
                sources = (*silence.sources, *(told.sources if isinstance(told, Statement) else ()))
                text = view.text(silence.text, drawing.id)
                yield SilenceView(silence.since, silence.until, text, silence.statement or "", sources)

    found = events_by_lane(view.pack, drawing)
    lanes = tuple(
        LaneView(lane.id, view.text(lane.title, lane.id), events(found[lane.id]), tuple(silences(lane.id)))
        for lane in drawing.lanes
    )
    return events(drawing.before), lanes


def _figures(view: AudienceView, drawing: FigureDrawing, depth: Depth) -> tuple[ItemView, ...]:
    """The figures of a chart, each with the estimates that are drawn."""
    refs = [ref for key in drawing.figures for ref in _of_figure(view, key)]
    refs += drawing.single_estimates
    drawn: dict[str, list[EstimateView]] = {}
    for ref in dict.fromkeys(refs):
        if is_within_depth(view.pack.estimate(ref)[1].depth, depth):
            drawn.setdefault(ref.partition("/")[0], []).append(view.estimate(ref))
    return tuple(
        ItemView(key, view.text(rows[0].figure.title, key), rows[0].figure.kind, rows=tuple(rows))
        for key, rows in drawn.items()
    )


def _of_figure(view: AudienceView, key: str) -> list[str]:
    figure = view.pack.index[key]
    assert isinstance(figure, Figure)
    return [f"{key}/{estimate.id}" for estimate in figure.estimates]


def _entries(view: AudienceView, drawing: Drawing) -> tuple[EntryView, ...]:
    """The places of a map or a salient, whatever their depth, with the sources of their coordinates.

    Neither prints their text.
    """
    if isinstance(drawing, SalientDrawing):
        keys = dict.fromkeys((*drawing.mouth, *drawing.places))
    elif isinstance(drawing, MapDrawing):
        keys = dict.fromkeys((*drawing.places, *drawing.inset_places))
    else:
        return ()
    places = [place for key in keys if isinstance(place := view.pack.index[key], Place)]
    return tuple(
        EntryView(p.id, p.name, view.optional(p.text, p.id), p, () if p.approximate or p.lat is None else p.sources)
        for p in places
    )


def _pieces(view: AudienceView, drawing: Drawing, depth: Depth) -> tuple[ItemView, ...]:
    """The items a drawing shows: phases, figures, a question. A kind that builds on several schemas shows them all."""
    items: list[ItemView] = []
    if isinstance(drawing, PhaseDrawing):
        phases = [p for p in view.pack.phases if is_within_depth(p.depth, depth)]
        items += [_phase(view, drawing, p, depth) for p in phases if not drawing.phases or p.id in drawing.phases]
    if isinstance(drawing, FigureDrawing):
        items += _figures(view, drawing, depth)
    if isinstance(drawing, QuestionDrawing):
        items.append(_question(view, drawing, depth))
    return tuple(items)


def _question(view: AudienceView, drawing: QuestionDrawing, depth: Depth) -> ItemView:
    question = view.pack.index[drawing.question]
    assert isinstance(question, Question)
    positions = [p for p in question.positions if is_within_depth(p.depth, depth)]
    wanted = [p for p in positions if not drawing.positions or p.id in drawing.positions]
    chosen = tuple(_position(view, p, depth, argued=drawing.ARGUED) for p in wanted)
    return ItemView(question.id, view.text(question.title, question.id), pieces=chosen)


def _phase(view: AudienceView, drawing: Drawing, phase: Phase, depth: Depth) -> ItemView:
    events: list[Event] = [event for event in phase.events if is_within_depth(event.depth, depth)]
    if isinstance(drawing, Lanes):
        events = []  # its lanes have them
    said = tuple(map(view.statement, sorted(events, key=lambda event: event.date)))
    return ItemView(phase.id, view.text(phase.title, phase.id), start=phase.start, end=phase.end, events=said)


_ARGUED: tuple[ContentPart, ...] = ("replies",)  # an argument map has no room for the evidence


def _position(view: AudienceView, position: Position, depth: Depth, *, argued: bool) -> ItemView:
    arguments = [a for a in position.arguments if argued and is_within_depth(a.depth, depth)]
    return ItemView(
        position.id,
        view.text(position.title, position.id),
        by=view.names(position.by),
        as_of=position.as_of,
        sources=position.sources,
        reasons=tuple(view.argument(a, _ARGUED) for a in arguments),
        says=view.headline(position.says),
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
    """The estimates that items draw, derive from, disagree with or name in their texts, as figure/estimate."""
    for piece in pieces:
        yield from _numbers(piece.pieces)
        for row in piece.rows:
            yield from (row.ref, *(row.estimate.derived.of if row.estimate.derived else ()), *row.rivals)
            yield from _marked((row.about, row.how))
        yield from _marked(said.text for said in _said(piece))


def _marked(texts: Iterable[str]) -> Iterator[str]:
    """The estimates named by marks in texts, as figure/estimate."""
    yield from (m.ref for words in texts for m in markdown.find_marks(words) if isinstance(m, markdown.NumberReference))


def _of_reason(reason: ArgumentView) -> Iterator[StatementView]:
    yield from (reason.said, *reason.evidence, *reason.replies)


def _sources(
    drawing: Drawing, rows: Iterable[EstimateView], entries: Iterable[EntryView], pieces: Iterable[ItemView]
) -> Iterator[str]:
    """The source of everything that is shown."""
    for line in drawing.lines if isinstance(drawing, MapDrawing) else ():
        yield from line.sources
    for arrow in _arrows(drawing):
        yield from arrow.sources
    for sources in (*(row.sources for row in rows), *(entry.sources for entry in entries)):
        yield from sources
    for piece in pieces:
        yield from piece.sources
        yield from _sources(drawing, piece.rows, (), piece.pieces)
        for said in _said(piece):
            yield from _of_statement(said)


def _of_statement(said: StatementView) -> Iterator[str]:
    yield from (mark.source for mark in markdown.find_marks(said.text) if isinstance(mark, markdown.Citation))
    yield from said.sources
