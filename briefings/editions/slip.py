"""A document that is out of date -> a sheet to hand out to whoever holds the old one: what was wrong in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..composing.editions.content import document_digest, written
from ..output.files import write_error
from ..output.formats import FORMATS
from ..output.output_file import Output
from ..page.page import Page
from ..page.render import render_page
from ..problems import Problem, ProblemError
from ..safe_files import replace_file
from ..schema.corrections import Correction
from .affected import Affected
from .difference import Difference


@dataclass(frozen=True)
class SlipEntry:
    """A correction as the holder of an old paper reads it: the paragraphs of that paper, and a text."""

    places: tuple[str, ...]
    text: str


def write_slip(difference: Difference, affected: Affected, path: Path) -> int:
    """Write the slip; return how many corrections had no room on its one sheet. Raises ProblemError."""
    entries = [_entry(difference, affected, each) for each in _worst_first(affected.corrections)]
    if affected.change.before is None or not affected.out_of_date:
        message = f"{affected.change.key} says what it said: there is nothing to correct"
        raise ProblemError([Problem("nothing-to-correct", message)])
    fits, most = 0, len(entries)
    made = _typeset(difference, affected, entries)
    if made.sheets > 1:  # as many as one sheet takes, found by halves
        while most - fits > 1:
            middle = (fits + most) // 2
            tried = _typeset(difference, affected, entries[:middle], len(entries) - middle)
            if tried.sheets > 1:
                most = middle
            else:
                fits, made = middle, tried
    else:
        fits = len(entries)
    try:
        replace_file(path, made.content)
    except OSError as error:
        raise write_error(path, error) from None
    return len(entries) - fits


def _worst_first(corrections: Sequence[Correction]) -> list[Correction]:
    order = ("error", "attribution", "omission", "fairness", "clarity")
    return sorted(corrections, key=lambda each: order.index(each.kind))


def _entry(difference: Difference, affected: Affected, correction: Correction) -> SlipEntry:
    old = affected.change.before
    assert old is not None
    text = correction.text.for_level(old.audience.level) or correction.text.standard
    keys = (*correction.subjects, *correction.removed)
    return SlipEntry(tuple(old.places[key] for key in old.places if key in keys), difference.words(text))


def _typeset(difference: Difference, affected: Affected, entries: Sequence[SlipEntry], left: int = 0) -> Output:
    old, new = affected.change.before, affected.change.after
    assert old is not None
    info = difference.after.pack.info
    values = {
        "pack": info,
        "title": difference.words(old.title),
        "choice": old.choice,
        "audience": old.audience,
        "paper": old.paper,
        "states": (difference.before.pack.info.edition, info.edition),
        "digests": tuple(written(document_digest(briefing)) for briefing in (old, new) if briefing),
        "entries": tuple(entries),
        "left": left,
        "answers": tuple(name for _, name in affected.answers),
    }
    html = render_page("slip", values, info.language, difference.library)
    name = f"{affected.change.key}-slip"
    return FORMATS["pdf"](
        Page(name, difference.words(old.title), html, info.edition.date.first.isoformat()), difference.library
    )
