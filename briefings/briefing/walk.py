"""Briefing, or any part of one -> the parts and Markdown texts inside it, in reading order. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields

from .handouts import INSIDE, own_texts
from .parts import (
    ArgumentView,
    Chapter,
    CheckView,
    DrawingView,
    EntryView,
    EstimateView,
    ExerciseView,
    GroupView,
    ItemView,
    JudgementView,
    LessonView,
    LetterView,
    LineView,
    MistakeView,
    MisunderstandingView,
    ModelView,
    PartView,
    RowView,
    StatementView,
    StepView,
    TaskView,
    VariantView,
    WorksheetView,
)

# The parts of a lesson that have a text.
LESSON_TEXTS = (StepView, CheckView, LineView, GroupView, MisunderstandingView)


def texts(value: object) -> Iterator[str]:
    """Yield every Markdown text inside `value`. May yield empty strings."""
    return texts_of_parts(all_parts(value))


def texts_of_parts(parts: Iterable[object]) -> Iterator[str]:
    """Yield the texts of parts that all_parts() returned, without walking into them again."""
    for part in parts:
        if isinstance(part, _WITH_TEXT):
            yield part.text
            yield from filter(None, (getattr(part, name, "") for name in _MORE_TEXTS))
        elif type(part) in INSIDE:
            yield from own_texts(part)
        elif isinstance(part, str):
            yield part


_WITH_TEXT = (
    *(StatementView, EntryView, ExerciseView, JudgementView, *LESSON_TEXTS),
    *(TaskView, RowView, ModelView, MistakeView),
)
_MORE_TEXTS = ("answer", "about", "why", "say")


def texts_at_every_level(parts: Iterable[object]) -> Iterator[str]:
    """Yield the texts of the parts at every level, from a document that gives them all."""
    for part in parts:
        for level in getattr(part, "levels", ()):
            yield level.text


def where_shown(chapters: Iterable[Chapter]) -> dict[str, tuple[str, str]]:
    """Where a document shows each thing that can answer a question: its id -> (id of an element, number or title).

    A paragraph has its number. Rows, events and arguments stand under the title of their item, what is drawn under
    that of its drawing, unless it is in the text too. An entry has its name.
    """
    chapters = tuple(chapters)
    parts = all_parts(chapters)
    places: dict[str, tuple[str, str]] = {}
    for drawing in (part for part in parts if isinstance(part, DrawingView)):
        places |= dict.fromkeys(
            _ids((drawing.pieces, drawing.entries, drawing.rows, drawing.happened)), (drawing.id, drawing.title)
        )
        places[drawing.id] = drawing.id, drawing.title
    for item in (part for part in parts if isinstance(part, ItemView)):  # outer items first: the innermost one counts
        places |= dict.fromkeys(_ids(item), (item.id, item.title))
    places |= {entry.id: (entry.id, entry.name) for chapter in chapters for entry in chapter.entries}
    return places | {
        part.id: (part.id, part.number) for part in parts if isinstance(part, StatementView) and part.number
    }


def _ids(value: object) -> Iterator[str]:
    """The ids of the items, statements, estimates and entries inside `value`, itself included."""
    for part in all_parts(value):
        if isinstance(part, EstimateView):
            yield part.ref
        elif isinstance(part, ItemView | StatementView | EntryView):
            yield part.id


def all_parts(value: object) -> list[object]:
    """Return every part inside `value`, itself included, and every string in a tuple or list.

    A part precedes the parts inside it. The parts inside a DrawingView are not returned.
    """
    parts: list[object] = []
    _collect(value, parts)
    return parts


def _collect(value: object, parts: list[object]) -> None:
    """Append to one list: recursive generators would pass each part up through every level of the chapter."""
    kind = type(value)  # compared, and not asked of isinstance(): this walks through a hundred thousand values
    if kind is str:
        parts.append(value)
    elif kind is tuple or kind is list:
        assert isinstance(value, tuple | list)
        for item in value:
            _collect(item, parts)
    elif (field_names := _NESTED_FIELDS.get(kind)) is not None:
        parts.append(value)
        for name in field_names:
            # Strings directly in a field (text, title, id) are read from the part itself; only those in tuples,
            # such as what an answer gets marks for, are collected.
            if (nested := getattr(value, name)) and (type(nested) is tuple or isinstance(nested, StatementView)):
                _collect(nested, parts)
    elif kind is DrawingView:
        # Without its data: the same events, places and numbers are in the text, and would be counted twice.
        parts.append(value)


# Names, ids and refs: tuples of strings that are no texts, or of pairs with them.
_NO_PARTS = (
    "by",
    "via",
    "sources",
    "rivals",
    "basis_kinds",
    "aspects",
    "papers",
    "slides",
    "copies",
    "blanks",
    "lessons",
    "options",
    "checks",
    "unseen",
)

# The fields of each class that may contain parts or texts. Tuples of names, ids and refs are excluded by name: they
# look like tuples of texts. So are the `evidence` of an exercise, a judgement or a check and the `uses` of a step,
# which hold paragraph numbers; that of an argument holds statements.
_NESTED_FIELDS: Mapping[type, tuple[str, ...]] = {
    kind: tuple(f.name for f in fields(kind) if f.name not in (*_NO_PARTS, evidence))
    for kind, evidence in (
        *((kind, "") for kind in (Chapter, ItemView, ArgumentView, StatementView, EstimateView, EntryView)),
        (ExerciseView, "evidence"),
        (JudgementView, "evidence"),
        (CheckView, "evidence"),
        (LessonView, ""),
        (StepView, "uses"),
        (WorksheetView, ""),
        (PartView, ""),
        (TaskView, "evidence"),
        (RowView, ""),
        (ModelView, ""),
        (MistakeView, ""),
        (VariantView, "sessions"),  # the steps themselves are in the lesson
        (MisunderstandingView, "evidence"),
        *((kind, "") for kind in (LineView, GroupView, LetterView)),
    )
} | {**INSIDE}
