"""A pack and its editions -> warnings: what no list of changes tells of, and what is no edition that was closed."""

from collections.abc import Iterator

from ..pack.edition import CHANGES, FOLDER, Edition
from ..pack.meaning import digest_of_meaning, meaning_of
from ..pack.pack import Pack
from ..problems import Mark, Problem

_MOST = 5  # ids that a message names


def edition_warnings(pack: Pack) -> Iterator[Problem]:
    """For the last edition alone: nobody needs to be told again what was wrong in the lists of earlier ones."""
    if not pack.editions:
        return
    last = pack.editions[-1]
    if pack.info.edition.number == last.number:
        yield from _edition_changed(pack, last)
    if len(pack.editions) > 1:
        yield from _untold(pack, pack.editions[-2], last)


def _edition_changed(pack: Pack, last: Edition) -> Iterator[Problem]:
    meaning = meaning_of(pack)
    if digest_of_meaning(meaning, pack.numbers) == last.meaning:
        return
    now = {key: item.digest for key, item in meaning.items()}
    before = {key: item.digest for key, item in last.items.items()}
    changed = [key for key in dict.fromkeys((*now, *before)) if now.get(key) != before.get(key)]
    yaml_file, _ = next(each for each in pack.files if each[0].file.endswith("pack.yaml"))
    what = f": {_named(changed)}" if changed else ": its paragraphs have other numbers"
    message = f"the pack is no longer edition {last.number} as it was closed on {last.date}{what}"
    hint = f"write 'number: {last.number + 1}' and a date: an edition is never changed"
    problem = yaml_file.problem("edition-changed", message, yaml_file.mark(("edition", "number")), hint)
    yield _as_warning(problem)


def _untold(pack: Pack, before: Edition, last: Edition) -> Iterator[Problem]:
    keys = dict.fromkeys((*last.items, *before.items))
    changed = [key for key in keys if last.items.get(key) != before.items.get(key)]
    told = {key for change in last.changes for key in change.items}
    told |= {
        key
        for correction in pack.corrections
        if correction.edition == last.number
        for key in (*correction.subjects, *correction.removed)
    }
    name = f"{pack.files[0][0].file.rpartition('/')[0]}/{FOLDER}/{last.number}/{CHANGES}"
    if untold := [key for key in changed if key not in told]:
        message = f"edition {last.number} changed what no entry tells of: {_named(untold)}"
        hint = "add them to the 'items' of an entry, or to a correction"
        yield Problem("change-untold", message, Mark(name, 1, 1), hint, "warning")
    for place, change in enumerate(last.changes):
        if idle := [key for key in change.items if key not in changed]:
            message = f"edition {last.number} did not change {_named(idle)}"
            yield Problem("change-of-nothing", message, last.marks[place], "take it out of the list", "warning")


def _named(keys: list[str]) -> str:
    more = f" and {len(keys) - _MOST} more" if len(keys) > _MOST else ""
    return ", ".join(f"'{key}'" for key in keys[:_MOST]) + more


def _as_warning(problem: Problem) -> Problem:
    return Problem(problem.code, problem.message, problem.mark, problem.hint, "warning", problem.excerpt)
