"""A pack and its editions -> a Problem for each id that does not mean any more what it meant in an earlier edition.

An id never changes its meaning: readers, PDFs and lists of corrections refer to it. Its words may change, but not what
kind of thing it is, unless it says the same as another kind; nor which source, person, place or quantity.
"""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from ..pack.meaning import Meaning, Meant, canonical
from ..pack.pack import Pack
from ..problems import Mark, Problem, with_excerpt

# What tells which one a thing of a kind is. If all these fields say something else, it is another one.
_IDENTITY = {
    "source": ("title", "publisher"),
    "origin": ("title", "publisher"),
    "person": ("name", "role"),
    "place": ("name", "text"),
    "term": ("term", "text"),
    "figure": ("title", "unit"),
}
_ALIKE = 0.5  # how much of the letters of a corrected name, or of a reworded text, stays the same at least


def identity_problems(pack: Pack, now: Meaning, before: Mapping[str, Meant]) -> Iterator[Problem]:
    """`now` is the meaning of the pack, `before` that of its last edition."""
    for key, item in now.items():
        known = [(edition.number, edition.items[key]) for edition in pack.editions if key in edition.items]
        if not known:
            continue
        number, recorded = known[-1]
        if recorded.kind != item.kind and not (key in before and _alike(_text(before[key]), _text(item))):
            message = f"'{key}' is now {_a(item.kind)}, and was {_a(recorded.kind)} in edition {number}"
        elif number < pack.editions[-1].number and recorded.digest != item.digest:
            message = f"'{key}' was withdrawn after edition {number}, and now says something else"
        elif key in before and _is_another(before[key], item):
            message = f"'{key}' is another {item.kind} than in edition {number}"
        else:
            continue
        hint = "give it a new id: an id never changes its meaning"
        mark = pack.marks.get(key) or pack.marks.get(key.partition("/")[0]) or Mark(pack.id, 1, 1)
        yield with_excerpt(Problem("id-meaning", message, mark, hint))


def _text(item: Meant) -> Any:
    """What an item says: a paragraph that becomes an item of another kind, with the same text, stays what it was."""
    return item.value.get("text", "")


def _is_another(old: Meant, new: Meant) -> bool:
    names = _IDENTITY.get(new.kind, ())
    return bool(names) and not any(_alike(old.value.get(name), new.value.get(name)) for name in names)


def _alike(old: Any, new: Any) -> bool:
    if old is None and new is None:
        return True
    if not old or not new:
        return False
    if isinstance(old, dict) and isinstance(new, dict):
        old, new = old.get("standard", old), new.get("standard", new)
    one, other = (value if isinstance(value, str) else canonical(value) for value in (old, new))
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
