"""lesson.yaml and worksheet.yaml -> everything that a document shows of them, by field of a Briefing. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from .. import markdown
from ..briefing.parts import Chapter, EstimateView
from ..briefing.walk import texts, where_shown
from ..schema.lessons import LessonPart
from .audience_view import AudienceView
from .classroom import places_for_teacher
from .handouts import handouts
from .lessons import lesson_parts
from .worksheets.worksheet import worksheet_view


def class_parts(
    view: AudienceView,
    shows: Collection[LessonPart],
    chapters: Sequence[Chapter],
    elsewhere: Sequence[Chapter],
    figures: Sequence[EstimateView],
) -> dict[str, Any]:
    """What a document with these chapters `shows`; `elsewhere` and `figures` are those of the paper beside it."""
    places = {row.ref: ("key-figures", "") for row in figures} | where_shown(elsewhere) | where_shown(chapters)
    return {
        **lesson_parts(view, shows, places_for_teacher(chapters, elsewhere)),
        "worksheet": worksheet_view(view, places) if "worksheets" in shows else None,
        "handouts": handouts(view, shows),
        "beside": frozenset(where_shown(elsewhere)),
    }


def told_to_class(given: Mapping[str, Any], rows: Mapping[str, EstimateView], *, answers: bool) -> Iterator[object]:
    """The parts of what class_parts() gives that hold texts, and with `answers` the reports that a worksheet names.

    A question cites nothing: the sources of its numbers and options are those of the reports. Without answers they are
    left out, since whoever wrote a source may be what is asked for.
    """
    sheet = given["worksheet"]
    yield from (given[name] for name in given if name not in ("worksheet", "handouts", "beside"))
    yield from given["handouts"]
    if sheet is None:
        return
    yield sheet.parts
    if not answers:
        return
    marks = [mark for text in texts(sheet.parts) for mark in markdown.find_marks(text)]
    named = [rows[mark.ref] for mark in marks if isinstance(mark, markdown.NumberReference)]
    yield (*named, *(option.row for task in sheet.tasks for option in task.options if option.row))
