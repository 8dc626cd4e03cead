"""The argument of a command that works on one pack -> its id, its folder and the library."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..common import complete_pack

if TYPE_CHECKING:
    from ...library import Library

pack_argument = click.argument("pack", required=False, shell_complete=complete_pack)
pack_option = click.option(
    "--pack", help="The pack, an id or a folder. Default: the only one of the project.", shell_complete=complete_pack
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
