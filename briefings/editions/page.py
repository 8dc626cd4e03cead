"""A difference -> a page of its own: old and new side by side, with the words that changed marked."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..output.files import write_error
from ..output.formats import FORMATS
from ..page.page import Page
from ..page.render import render_page
from ..safe_files import replace_file
from .compare import ItemChange
from .difference import Difference, FieldChange
from .draft import name_of


@dataclass(frozen=True)
class Entry:
    """An item that changed: what it is called, where it stands, and its fields before and after."""

    key: str
    what: str
    number: str
    name: str
    place: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Group:
    """The changes to items of one kind."""

    kind: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class PaperChange:
    """What became of a document: its title, for whom, and the numbers or ids that it shows otherwise."""

    title: str
    reader: str
    what: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]
    sheets: tuple[int, ...]


def write_page(difference: Difference, path: Path) -> None:
    """Write the page of a difference. Raises ProblemError if the file cannot be written."""
    info = difference.after.pack.info
    html = render_page("changes", _context(difference), info.language, difference.library)
    content = FORMATS["html"](Page("changes", info.title.standard, html), difference.library).content
    try:
        replace_file(path, content)
    except OSError as error:
        raise write_error(path, error) from None


def _context(difference: Difference) -> dict[str, Any]:
    before, after = difference.before, difference.after
    return {
        "pack": after.pack.info,
        "states": ((before.name, before.pack.info.edition.date), (after.name, after.pack.info.edition.date)),
        "groups": tuple(_groups(difference)),
        "papers": tuple(_papers(difference)),
        "corrections": tuple(
            (correction.kind, difference.words(correction.text.standard), (*correction.subjects, *correction.removed))
            for correction in difference.corrections
        ),
        "renumbered": tuple((key, *numbers) for key, numbers in difference.renumbered.items()),
    }


def _groups(difference: Difference) -> Iterator[Group]:
    kinds: dict[str, list[ItemChange]] = {}
    for change in difference.items:
        kinds.setdefault(change.item.kind, []).append(change)
    for kind, changes in kinds.items():
        yield Group(kind, tuple(_entry(difference, change) for change in changes))


def _entry(difference: Difference, change: ItemChange) -> Entry:
    around = difference.after.meaning.get(change.item.within) or difference.before.meaning.get(change.item.within)
    own = change.item.kind in ("paragraph", "statement", "event", "argument", "estimate")
    name = name_of(around) if own and around else name_of(change.item)
    number, place = difference.number(change.key), difference.place(change)
    return Entry(change.key, change.what, number, difference.words(name), place, difference.fields(change))


def _papers(difference: Difference) -> Iterator[PaperChange]:
    for change in difference.documents:
        if not change.what:
            continue
        choice, audience = change.briefing.choice, change.briefing.audience
        keys = (change.added, change.changed, change.withdrawn) if change.what == "changed" else ((), (), ())
        added, changed, withdrawn = (
            tuple(dict.fromkeys(difference.number(key) or key for key in each)) for each in keys
        )
        sheets = difference.sheets(change)
        yield PaperChange(choice.document, audience.title, change.what, added, changed, withdrawn, sheets)
