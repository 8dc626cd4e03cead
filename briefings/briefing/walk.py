"""A briefing, or a part of it -> the parts and texts inside it, in reading order. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields

from .parts import ArgumentView, Chapter, DrawingView, EntryView, EstimateView, ExerciseView, ItemView, StatementView


def texts(value: object) -> Iterator[str]:
    """Every Markdown text that a reader reads inside `value`."""
    return texts_of_parts(all_parts(value))


def texts_of_parts(there: Iterable[object]) -> Iterator[str]:
    for part in there:
        if isinstance(part, StatementView | EntryView | ExerciseView):
            yield part.text
            yield getattr(part, "answer", "")
        elif isinstance(part, str):
            yield part


def all_parts(value: object) -> list[object]:
    """The parts of a briefing inside `value`, and the strings that stand directly in it."""
    found: list[object] = []
    _collect(value, found)
    return found


def _collect(value: object, found: list[object]) -> None:
    """Into one list: a generator in a generator would hand each part through every level of the chapter."""
    if isinstance(value, tuple | list):
        for item in value:
            _collect(item, found)
    elif isinstance(value, str):
        found.append(value)
    elif inner := _INNER.get(type(value)):
        found.append(value)
        for name in inner:
            part = getattr(value, name)
            if part and isinstance(part, StatementView | tuple):
                _collect(part, found)
    elif isinstance(value, DrawingView):
        found.append(value)  # what it shows, the text says too


# the fields of each part that may hold parts or texts
_INNER: Mapping[type, tuple[str, ...]] = {
    kind: tuple(f.name for f in fields(kind) if f.name not in ("by", "via", "sources", "rivals", evidence))
    for kind, evidence in (
        *((kind, "") for kind in (Chapter, ItemView, ArgumentView, StatementView, EstimateView, EntryView)),
        (ExerciseView, "evidence"),  # of which a task holds numbers
    )
}
