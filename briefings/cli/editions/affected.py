"""`briefings affected`: an edition, a printed digest or a PDF -> which papers are out of date, and how."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..common import DONE, PROBLEMS, out_option, project_options, say
from .packs import pack_option, the_pack

if TYPE_CHECKING:
    from ...editions.affected import Affected, Held
    from ...editions.difference import Difference


@click.command("affected")
@click.argument("paper", required=False, metavar="[DIGEST|PDF]")
@click.option("--since", type=click.IntRange(1), help="Every paper of this edition.")
@pack_option
@click.option(
    "--slip", metavar="DOCUMENT", help="Write a sheet of corrections to hand out, such as for pupils-briefing."
)
@click.option("--to", type=click.Path(dir_okay=False), help="The PDF of --slip. Default: DOCUMENT-slip.pdf, here.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@project_options
@out_option
def command(
    paper: str | None,
    since: int | None,
    pack: str | None,
    slip: str | None,
    to: str | None,
    as_json: bool,
    **options: Any,
) -> int:
    """Say whether papers are out of date: on which sheets, and which questions have another answer.

    Name the digest that stands at the end of a paper, or its PDF, or with --since an edition. The exit code is 1 if a
    paper is out of date. The sheets are those of the PDFs in the output folder; old ones are those of build --edition.
    """
    from ...composing.project import UsageError, load_pack
    from ...editions.affected import Effects, find_digest, find_pdf
    from ...editions.difference import Difference
    from ...editions.states import read_edition, working_copy

    if (paper is None) == (since is None):
        raise UsageError("name a digest or a PDF, or an edition with --since")
    _, folder, library, out = the_pack(pack, options)
    now = working_copy(load_pack(folder, library), library)
    held = None
    if paper is not None:
        file = os.path.lexists(paper) or paper.lower().endswith(".pdf")
        held = find_pdf(Path(paper), now.pack, now.documents) if file else find_digest(paper, now.pack, now.documents)
        if held.edition is None:
            say(*_of_no_edition(held))
            return DONE
    number = held.edition.number if held and held.edition else since
    assert number is not None
    difference = Difference(read_edition(folder, now.pack, number, library), now, library, out)
    effects = Effects(difference)
    wanted = [change for change in difference.documents if change.before and (not held or change.key in held.documents)]
    found = [effects.of(change) for change in wanted]
    if slip:
        say(_write_slip(difference, found, slip, Path(to or f"{slip}-slip.pdf")))
        return DONE
    say(*(_as_json(found).split("\n") if as_json else _as_text(number, held, found)))
    return PROBLEMS if any(each.out_of_date for each in found) else DONE


def _write_slip(difference: "Difference", found: Iterable["Affected"], document: str, path: Path) -> str:
    from ...composing.project import UsageError
    from ...editions.slip import write_slip

    there = {each.change.key: each for each in found}
    if document not in there:
        raise UsageError(f"{difference.before.name} has no document '{document}'; it has {', '.join(there)}")
    left = write_slip(difference, there[document], path)
    return f"{path}: one sheet{f'; {left} more corrections have no room on it' if left else ''}"


def _of_no_edition(held: "Held") -> Iterator[str]:
    yield f"{' and '.join(held.documents)}: up to date; it is of the working copy, and of no edition that was closed"


def _as_text(number: int, held: "Held | None", found: Iterable["Affected"]) -> Iterator[str]:
    if held and held.edition:
        yield f"a paper of edition {held.edition.number}, {held.edition.date}: {' and '.join(held.documents)}"
    for each in found:
        yield from _lines(number, each)


def _lines(number: int, each: "Affected") -> Iterator[str]:
    change = each.change
    if not each.out_of_date:
        yield f"{change.key}: up to date; it says what it said in edition {number}"
        return
    if change.what == "withdrawn":
        yield f"{change.key}: out of date; there is no such document any more"
        return
    told = f"{len(change.added)} added, {len(change.changed)} changed, {len(change.withdrawn)} withdrawn"
    yield f"{change.key}: out of date; {told}; {len(each.corrections)} corrections"
    if each.old_sheets:
        yield f"  on sheets {', '.join(map(str, each.old_sheets))} of the old paper"
    if each.sheets:
        yield f"  on sheets {', '.join(map(str, each.sheets))} of the new one"
    if each.answers:
        yield f"  questions with another answer: {', '.join(name for _, name in each.answers)}"


def _as_json(found: Iterable["Affected"]) -> str:
    data = [
        {
            "document": each.change.key,
            "out_of_date": each.out_of_date,
            "added": each.change.added,
            "changed": each.change.changed,
            "withdrawn": each.change.withdrawn,
            "old_sheets": each.old_sheets,
            "sheets": each.sheets,
            "answers": [key for key, _ in each.answers],
            "corrections": [correction.id for correction in each.corrections],
        }
        for each in found
    ]
    return json.dumps(data, ensure_ascii=False, indent=1)
