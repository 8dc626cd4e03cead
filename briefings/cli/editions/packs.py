"""The argument of a command that works on one pack -> its id, its folder and the library."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..common import complete_pack, say

if TYPE_CHECKING:
    from ...library import Library

pack_argument = click.argument("pack", required=False, shell_complete=complete_pack)
pack_option = click.option(
    "--pack", help="The pack, an id or a folder. Default: the only one of the project.", shell_complete=complete_pack
)
edition_option = click.option(
    "--edition",
    type=click.IntRange(1),
    help="This edition, as it was closed, into edition-NUMBER/ in the output folder. See docs/editions.md.",
)


def the_pack(name: str | None, options: dict[str, Any]) -> tuple[str, Path, "Library", Path]:
    """(id, folder, library, output folder) of the pack that is named, or of the only one.

    Raises UsageError and ProblemError.
    """
    from ...composing.open_project import open_project
    from ...composing.project import UsageError, find_packs

    names = (name,) if name else ()
    project = open_project(options["project"], sample=options["sample"], packs=names, out=options.get("out"))
    found = find_packs(project.library, names)
    if len(found) > 1:
        raise UsageError(f"name a pack: there are {', '.join(sorted(found))}")
    ((key, folder),) = found.items()
    return key, folder, project.library, project.out


def edition_packs(packs: tuple[str, ...], number: int, options: dict[str, Any]) -> tuple[tuple[str, ...], Path]:
    """The folders of an edition of some packs, and the folder for its files; says what makes them otherwise now.

    Raises UsageError if none of the packs has the edition, and ProblemError if it was edited.
    """
    from ...composing.open_project import open_project
    from ...composing.project import UsageError, find_packs
    from ...editions.engine import engine, engine_differences
    from ...loading.editions import read_editions
    from ...pack.edition import FOLDER

    names = ("project", "sample", "themes", "out")
    project = open_project(packs=packs, **{name: options[name] for name in names})
    library, found = project.library, []
    for key, folder in find_packs(library, packs).items():
        for edition in read_editions(folder, library.show(folder)):
            if edition.number == number:
                found.append(str(folder / FOLDER / str(number) / key))
                say(*engine_differences(edition, engine(library)), err=True)
    if not found:
        raise UsageError(f"there is no edition {number} of {' or '.join(find_packs(library, packs))}")
    return tuple(found), project.out / f"edition-{number}"
