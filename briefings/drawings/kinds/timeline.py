"""Timeline: the dated events of the phases, along a calendar or as a list."""

from collections.abc import Iterator
from typing import Literal

from ...pack.pack import Pack
from ...pack.yaml_file import YamlFile
from ...problems import Problem, YamlPath
from ...schema.drawings import PhaseDrawing
from ...schema.fields import Date
from ..kind import Deferred, Kind


class Timeline(PhaseDrawing):
    """The dated events of the phases, in order. The calendar begins at `start`; earlier events are listed before it."""

    kind: Literal["timeline"]
    start: Date | None = None  #: where the calendar begins; earlier events come before it, not to scale


def _checks(pack: Pack, drawing: Timeline, yaml_file: YamlFile, path: YamlPath) -> Iterator[Problem]:
    phases = [phase for phase in pack.phases if not drawing.phases or phase.id in drawing.phases]
    dates = [event.date for phase in phases for event in phase.events]
    if not dates:
        hint = "give the phases 'events', or delete the drawing"
        yield yaml_file.problem("nothing-to-draw", "no phase of this timeline has an event", yaml_file.mark(path), hint)
    elif drawing.start and drawing.start.first > max(date.last for date in dates):
        mark = yaml_file.mark((*path, "start"))
        hint = f"choose an earlier 'start', such as {min(date.first for date in dates)}, the day of the first event"
        yield yaml_file.problem("nothing-to-draw", f"every event ends before {drawing.start}", mark, hint)


KIND = Kind(Timeline, Deferred("charts.timeline", "layout_timeline"), _checks)
