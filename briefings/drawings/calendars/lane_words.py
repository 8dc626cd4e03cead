"""Lanes -> their text alternative, their data table, and the list that stands for them in a narrow place."""

from collections.abc import Iterator

from ...briefing.parts import DrawingView, StatementView
from ..charts.estimate_text import EstimateText, required_time, with_full_stop
from ..charts.scales import possible_days
from ..charts.timeline import TimelineEvent, TimelinePhase
from ..scene import Cell, Table
from ..text_spans import join_spans, to_spans


def lanes_alt(picture: DrawingView, texts: EstimateText) -> Iterator[str]:
    words, said = texts.words, dict(picture.texts)
    yield words["alt_lanes"].format(title=with_full_stop(picture.title))
    for stage in lane_stages(picture, texts):
        yield with_full_stop(stage.title)
        for h in stage.happenings:
            yield with_full_stop(f"{h.date}: {join_spans(h.spans)}")
    rows = [row for piece in picture.pieces for row in piece.rows]
    if rows:
        yield with_full_stop(said["chart"])
        yield from texts.sentences(rows)


def lane_stages(picture: DrawingView, texts: EstimateText) -> Iterator[TimelinePhase]:
    def entry(key: str, when: str, text: str, wide: bool) -> TimelineEvent:
        return TimelineEvent(key, when, tuple(to_spans(text, picture, texts.wording)), wide)

    def event(said: StatementView) -> TimelineEvent:
        assert said.date is not None
        first, last = possible_days(said.date)
        return entry(said.id, texts.wording.when(said.date), said.text, first != last)

    if picture.before:
        yield TimelinePhase(picture.id, texts.words["before_this"], "", tuple(map(event, picture.before)))
    for lane in picture.lanes:
        events = sorted(lane.events, key=lambda e: (e.date and possible_days(e.date), e.id))
        silences = (
            entry(
                s.owner or picture.id,
                " – ".join(texts.wording.when(when, short=True) for when in (s.since, s.until)),
                s.text,
                True,
            )
            for s in lane.silences
        )
        if events or lane.silences:
            yield TimelinePhase(picture.id, lane.title, "", (*map(event, events), *silences))


def lanes_table(picture: DrawingView, texts: EstimateText) -> Table:
    heads, said = texts.words["heads"], dict(picture.texts)
    rows = [
        (Cell(h.date), Cell(join_spans(h.spans)), Cell(stage.title))
        for stage in lane_stages(picture, texts)
        for h in stage.happenings
    ]
    for piece in picture.pieces:
        for row in piece.rows:
            when = texts.wording.when(required_time(row), short=True)
            rows.append((Cell(when), Cell(ref=row.ref, sources=row.sources), Cell(said["chart"])))
    return Table((heads["date"], heads["event"], heads["lane"]), tuple(rows))
