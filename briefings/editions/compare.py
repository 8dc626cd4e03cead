"""Two editions of a pack -> the items that were added, changed and withdrawn, and what that does to each document."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from ..briefing.parts import Briefing
from ..composing.editions.content import document_digest, document_key, shown_items
from ..composing.project import Request, compose_all
from ..library import Library, Selection
from ..pack.meaning import Meant, meaning_of
from ..pack.pack import Pack

ChangeKind = Literal["added", "changed", "withdrawn"]


@dataclass(frozen=True)
class ItemChange:
    """An item that two states of a pack tell differently."""

    key: str
    what: ChangeKind
    before: Meant | None
    after: Meant | None

    @property
    def item(self) -> Meant:
        """The item as it is now, or as it was."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields whose values differ, in their order; "within" if it stands elsewhere, "kind" if it is another."""
        old, new = (_as_fields(item) for item in (self.before, self.after))
        return tuple(name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name))

    def values(self, name: str) -> tuple[Any, Any]:
        """A field before and after; None where the item has none."""
        return _as_fields(self.before).get(name), _as_fields(self.after).get(name)


def _as_fields(item: Meant | None) -> dict[str, Any]:
    return {"kind": item.kind, "within": item.within, **item.value} if item else {}


@dataclass(frozen=True)
class DocumentChange:
    """What two states of a pack do to a document: which of its items are added, changed and withdrawn there.

    An item counts as changed if the document says something else of it. `what` is None if nothing changed.
    """

    key: str
    what: ChangeKind | None
    before: Briefing | None
    after: Briefing | None
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()

    @property
    def briefing(self) -> Briefing:
        """The document as it is now, or as it was."""
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True)
class State:
    """A state of a pack to compare: an edition, or the working copy. `name` says which."""

    pack: Pack
    name: str
    library: Library

    @cached_property
    def meaning(self) -> dict[str, Meant]:
        """Its items by key."""
        return meaning_of(self.pack)

    @cached_property
    def documents(self) -> dict[str, Briefing]:
        """Every document that can be made of it, by key, on its first paper; whatever the project selects."""
        library = Library(self.library.project, self.library.themes, Selection(), self.library.house)
        return {document_key(briefing): briefing for briefing in compose_all(self.pack, library, Request())}


def compare_items(before: Mapping[str, Meant], after: Mapping[str, Meant]) -> tuple[ItemChange, ...]:
    """The items that differ, in the order of the pack as it is now; those that were withdrawn come last."""
    found = []
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key), after.get(key)
        if old is None or new is None or old.digest != new.digest:
            what: ChangeKind = "added" if old is None else "withdrawn" if new is None else "changed"
            found.append(ItemChange(key, what, old, new))
    return tuple(found)


def compare_documents(before: State, after: State) -> tuple[DocumentChange, ...]:
    """What became of each document, in their order."""
    keys = dict.fromkeys((*after.documents, *before.documents))
    return tuple(_compare_document(key, before.documents.get(key), after.documents.get(key)) for key in keys)


def _compare_document(key: str, before: Briefing | None, after: Briefing | None) -> DocumentChange:
    if before and after and document_digest(before) == document_digest(after):
        return DocumentChange(key, None, before, after)
    old, new = (shown_items(briefing) if briefing else {} for briefing in (before, after))
    return DocumentChange(
        key,
        "added" if before is None else "withdrawn" if after is None else "changed",
        before,
        after,
        tuple(item for item in new if item not in old),
        tuple(item for item in new if item in old and new[item] != old[item]),
        tuple(item for item in old if item not in new),
    )


def renumbered(before: Pack, after: Pack) -> dict[str, tuple[str, str]]:
    """The paragraphs and exercises that have another number than before: id -> (before, after)."""
    return {
        key: (number, after.numbers[key])
        for key, number in before.numbers.items()
        if after.numbers.get(key, number) != number
    }


def named(keys: Iterable[str], pack: Pack) -> list[str]:
    """Ids as a reader knows them: the number of a paragraph, else the id."""
    return [pack.numbers.get(key, key) for key in keys]
