"""Two states of a pack -> the draft of its list of changes, as YAML that the author edits."""

import json
from collections.abc import Iterable, Iterator, Sequence

from ..markdown_marks import without_citations
from ..pack.meaning import Meant
from ..pack.pack import Pack
from .compare import ItemChange, State

_HEAD = """\
# What edition {number} changed, for its readers: edit the texts, and say of each change whether it is
#   correction: the edition before was wrong; significant: readers have to know; minor: the rest.
# What corrections.yaml says of this edition belongs to the list and is not repeated here.
changes:{none}
"""
_MOST = 60  # characters of a name in a drafted sentence
# The fields by which a thing of a kind is known, the first that it has.
_NAMES = ("title", "name", "term", "label", "text", "task")


def drafted_changes(pack: Pack, before: State, now: State, changes: Sequence[ItemChange]) -> str:
    """A list with an entry for each group of items that no correction tells of, as the text of a YAML file."""
    told = {
        key
        for correction in pack.corrections
        if correction.edition == pack.info.edition.number
        for key in (*correction.subjects, *correction.removed)
    }
    entries = list(_entries([change for change in changes if change.key not in told], before, now))
    head = _HEAD.format(number=pack.info.edition.number, none="" if entries else " []")
    return head + "".join(entries)


def _entries(changes: Iterable[ItemChange], before: State, now: State) -> Iterator[str]:
    """An entry for what happened to the items of a kind inside the same item."""
    groups: dict[tuple[str, str, str], list[ItemChange]] = {}
    for change in changes:
        groups.setdefault((change.what, change.item.kind, change.item.within), []).append(change)
    for (what, kind, within), group in groups.items():
        around = now.meaning.get(within) or before.meaning.get(within)
        count = f"One {kind}" if len(group) == 1 else f"{len(group)} {kind}s"
        place = f" of “{name_of(around)}”" if around else ""
        verb = {"added": "new", "changed": "changed", "withdrawn": "withdrawn"}[what]
        names = "; ".join(name_of(change.item) for change in group)
        yield f"  - mark: {'significant' if kind == 'estimate' else 'minor'}\n"
        yield f"    items: [{', '.join(change.key for change in group)}]\n"
        yield f"    text: {json.dumps(f'{count}{place} {verb}: {names}.', ensure_ascii=False)}\n"


def name_of(item: Meant) -> str:
    """What an item is called in a list: its title or name, else the beginning of its text, else its id."""
    value = next((item.value[name] for name in _NAMES if name in item.value), item.key)
    said = value.get("standard", value) if isinstance(value, dict) else value
    words = without_citations(said) if isinstance(said, str) else item.key
    short = words if len(words) <= _MOST else words[:_MOST].rpartition(" ")[0] + " …"
    return short if item.kind != "estimate" else item.key
