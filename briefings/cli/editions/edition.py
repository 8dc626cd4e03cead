"""`briefings edition`: a pack -> its present state closed as an edition, with a drafted list of changes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from ..common import project_options, say
from .packs import pack_argument, the_pack

if TYPE_CHECKING:
    from ...editions.close import Closed


@click.command("edition")
@pack_argument
@click.option("--note", default="", help="A sentence on the edition for whoever reads its record.")
@click.option("--history", is_flag=True, help="Keep a state of long ago: the rules of today are not applied.")
@click.option("--again", is_flag=True, help="Replace the last edition, which nobody has yet; its changes.yaml stays.")
@project_options
def command(pack: str | None, note: str, history: bool, again: bool, **options: Any) -> None:
    """Close the edition that pack.yaml names: keep the pack as it is, and draft what changed since the last one.

    First write the number and the date of the edition into pack.yaml. PACK is an id or a folder.
    """
    from ...editions.close import close_edition

    name, folder, library, _ = the_pack(pack, options)
    say(*_summary(name, close_edition(folder, library, note, history=history, again=again)))


def _summary(name: str, closed: "Closed") -> Iterator[str]:
    held = f"{closed.items} items, {closed.documents} documents"
    yield f"edition {closed.number} of {name} is closed: {held}, in {closed.folder}"
    if closed.changes:
        added, changed, withdrawn = (closed.counts[what] for what in ("added", "changed", "withdrawn"))
        yield f"since edition {closed.number - 1}: {added} items added, {changed} changed, {withdrawn} withdrawn"
        yield f"now edit {closed.changes}: say in plain words what readers have to know"
    yield "keep the folder under version control, and change nothing else in it"
