"""`briefings diff`: two editions, or one and the working copy -> what changed, as text, JSON or a page."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..common import out_option, project_options, say
from .packs import pack_option, the_pack

if TYPE_CHECKING:
    from ...editions.compare import DocumentChange
    from ...editions.difference import Difference

_MOST = 12  # ids of a document in a line


@click.command("diff")
@click.argument("old", type=click.IntRange(1))
@click.argument("new", type=click.IntRange(1), required=False)
@pack_option
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--html", type=click.Path(dir_okay=False), help="Write a page with old and new side by side.")
@project_options
@out_option
def command(old: int, new: int | None, pack: str | None, as_json: bool, html: str | None, **options: Any) -> None:
    """Say what changed from edition OLD to edition NEW, or to the working copy: items, documents and sheets.

    The sheets are those of the PDFs in the output folder.
    """
    from ...composing.project import load_pack
    from ...editions.difference import Difference
    from ...editions.difference import as_json as to_json
    from ...editions.states import read_edition, working_copy

    _, folder, library, out = the_pack(pack, options)
    present = load_pack(folder, library)
    before = read_edition(folder, present, old, library)
    after = read_edition(folder, present, new, library) if new else working_copy(present, library)
    difference = Difference(before, after, library, out)
    if html:
        from ...editions.page import write_page

        write_page(difference, Path(html))
        say(f"{len(difference.items)} changes in {html}")
    elif as_json:
        say(*to_json(difference).split("\n"))
    else:
        say(*as_text(difference))


def as_text(difference: "Difference") -> Iterator[str]:
    """Lines: how many items, the corrections, each item, and each document."""
    before, after = difference.before, difference.after
    yield f"{after.pack.id}: {before.name}, {before.pack.info.edition.date}, and {after.name}"
    counts = [sum(item.what == what for item in difference.items) for what in ("added", "changed", "withdrawn")]
    yield "{} items added, {} changed, {} withdrawn; {} paragraphs and questions have another number".format(
        *counts, len(difference.renumbered)
    )
    if difference.corrections:
        yield f"corrections: {len(difference.corrections)}, see corrections.yaml"
    yield ""
    for item in difference.items:
        number = difference.number(item.key)
        name = f"{item.key} ({number})" if number else item.key
        fields = f": {', '.join(item.fields)}" if item.what == "changed" else ""
        place = difference.place(item)
        yield f"{item.what:9} {item.item.kind} {name}{fields}{f'  {place}' if place else ''}"
    yield ""
    for document in difference.documents:
        yield from _document(difference, document)


def _document(difference: "Difference", change: "DocumentChange") -> Iterator[str]:
    if change.what != "changed":
        yield f"{change.key}: {change.what or 'says the same'}"
        return
    sheets = difference.sheets(change)
    where = f", on sheets {', '.join(map(str, sheets))}" if sheets else ""
    told = f"{len(change.added)} added, {len(change.changed)} changed, {len(change.withdrawn)} withdrawn"
    yield f"{change.key}: {told}{where}"
    for what in ("added", "changed", "withdrawn"):
        names = dict.fromkeys(difference.number(key) or key for key in getattr(change, what))
        if names:
            more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
            yield f"  {what}: {', '.join([*names][:_MOST])}{more}"
