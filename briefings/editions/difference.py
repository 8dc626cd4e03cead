"""Two states of a pack -> their difference, with the words of each field before and after, and as JSON."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from ..language.plain_text import plain_text
from ..language.strings import load_strings
from ..language.wording import Wording
from ..library import Library
from ..pdf import sheet_map
from ..safe_files import MAX_OUTPUT, is_plain_file, read_bytes
from ..schema.corrections import Correction
from .compare import (
    DocumentChange,
    ItemChange,
    State,
    compare_documents,
    compare_items,
    renumbered,
)

Piece = tuple[Literal["same", "old", "new"], str]  # some words, and where they stand
_MOST_WORDS = 2_000  # of a text whose words are compared


@dataclass(frozen=True)
class FieldChange:
    """A field of an item before and after: its name, and its words in pieces. Empty pieces: it is not there."""

    name: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True)
class Difference:
    """What changed between two states of a pack. `out` is the folder with the PDFs, which tell the sheets."""

    before: State
    after: State
    library: Library
    out: Path

    @cached_property
    def items(self) -> tuple[ItemChange, ...]:
        """The items that differ."""
        return compare_items(self.before.meaning, self.after.meaning)

    @cached_property
    def documents(self) -> tuple[DocumentChange, ...]:
        """What became of each document."""
        return compare_documents(self.before, self.after)

    @cached_property
    def renumbered(self) -> Mapping[str, tuple[str, str]]:
        """The paragraphs that have another number."""
        return renumbered(self.before.pack, self.after.pack)

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What was wrong before, by the list of the pack as it is after."""
        first, last = (state.pack.info.edition.number for state in (self.before, self.after))
        return tuple(each for each in self.after.pack.corrections if first < each.edition <= last)

    def number(self, key: str) -> str:
        """The number of a paragraph or exercise, after or before; "" for other items."""
        return self.after.pack.numbers.get(key) or self.before.pack.numbers.get(key, "")

    def place(self, change: ItemChange) -> str:
        """The file and line of an item, such as "data/pond/figures.yaml:12"."""
        pack = (self.after if change.after else self.before).pack
        mark = pack.marks.get(change.key)
        return f"{mark.file}:{mark.line}" if mark else ""

    def sheets(self, change: DocumentChange) -> tuple[int, ...]:
        """The sheets of the built PDF on which something is added or changed; none if it was not built."""
        path = self.out / self.after.pack.id / f"{change.key}.pdf"
        return self.sheets_in(path, (*change.added, *change.changed))

    def sheets_in(self, path: Path, keys: Iterable[str]) -> tuple[int, ...]:
        """The sheets of a PDF that show any of some items; none if it was not built."""
        where = sheet_map.extract(read_bytes(path, limit=MAX_OUTPUT)) if is_plain_file(path) else None
        return tuple(sorted({sheet for key in keys for sheet in (where or {}).get(key, ())}))

    def fields(self, change: ItemChange) -> tuple[FieldChange, ...]:
        """The fields of an item that differ, those by level and by language one by one, with the words that differ."""
        found = []
        for name in change.fields:
            old, new = (dict(_leaves(name, value)) for value in change.values(name))
            for leaf in dict.fromkeys((*old, *new)):
                if old.get(leaf) != new.get(leaf):
                    words = self._words(old.get(leaf, ""), self.before), self._words(new.get(leaf, ""), self.after)
                    found.append(FieldChange(leaf, *compared(*words)))
        return tuple(found)

    def words(self, raw: str) -> str:
        """A text of the state after, as a reader sees it."""
        rows = next(iter(self.after.documents.values())).rows if self.after.documents else {}
        return plain_text(raw, rows, self._wording, self.after.pack)

    def _words(self, raw: str, state: State) -> str:
        rows = next(iter(state.documents.values())).rows if state.documents else {}
        return plain_text(raw, rows, self._wording, state.pack, cited=True)

    @cached_property
    def _wording(self) -> Wording:
        language = self.after.pack.info.language
        return Wording(language, load_strings(self.library, language))


def _leaves(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """The texts in a value, each with its name: "text, plain"."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(f"{name}, {key}", inner)
    elif isinstance(value, list) and all(isinstance(each, str | int | float) for each in value):
        yield name, ", ".join(map(str, value))
    elif isinstance(value, list):
        for place, inner in enumerate(value, 1):
            yield from _leaves(f"{name} {place}", inner)
    elif value not in (None, ""):
        yield name, value if isinstance(value, str) else json.dumps(value)


def compared(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Two texts in pieces of whole words: what both have, and what only one has."""
    old, new = before.split(), after.split()
    if len(old) > _MOST_WORDS or len(new) > _MOST_WORDS or not old or not new:
        return _piece("old", old), _piece("new", new)
    left, right = list[Piece](), list[Piece]()
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left += _piece("same" if what == "equal" else "old", old[i:j])
        right += _piece("same" if what == "equal" else "new", new[k:m])
    return tuple(left), tuple(right)


def _piece(what: Literal["same", "old", "new"], words: list[str]) -> tuple[Piece, ...]:
    return ((what, " ".join(words)),) if words else ()


def as_json(difference: Difference) -> str:
    """A difference as JSON: states, items with their fields before and after, paragraphs, documents, corrections."""
    data = {
        "pack": difference.after.pack.id,
        "before": _state(difference.before),
        "after": _state(difference.after),
        "corrections": [correction.id for correction in difference.corrections],
        "items": [
            {
                "id": change.key,
                "kind": change.item.kind,
                "what": change.what,
                "number": difference.number(change.key),
                "place": difference.place(change),
                "fields": {name: change.values(name) for name in change.fields},
            }
            for change in difference.items
        ],
        "renumbered": dict(difference.renumbered),
        "documents": [
            {
                "document": change.key,
                "what": change.what,
                "added": change.added,
                "changed": change.changed,
                "withdrawn": change.withdrawn,
                "sheets": difference.sheets(change),
            }
            for change in difference.documents
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def _state(state: State) -> dict[str, Any]:
    edition = state.pack.info.edition
    return {"name": state.name, "number": edition.number, "date": str(edition.date)}
