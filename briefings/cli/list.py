"""`briefings list`: a project -> the names that options accept, and the folders that templates come from."""

import os
from typing import Any

import click

from ..composing.open_project import open_project
from ..output.formats import FORMATS
from .common import project_options, say, theme_option


@click.command("list")
@theme_option
@project_options
def command(**options: Any) -> None:
    """List packs, audiences, documents, looks, formats and papers, and the template folders."""
    library = open_project(**options).library
    rows = {
        "packs": library.pack_folders(),
        "audiences": library.audience_files(),
        "documents": library.kinds("document"),
        "layouts": library.kinds("layout"),
        "looks": library.kinds("look"),
        "formats": FORMATS,
        "papers": library.kinds("paper"),
    }
    for title, names in rows.items():
        say(f"{title}: {' '.join(names)}")
    say("template folders, in order of precedence:")
    for folder in library.template_folders:
        say(f"  {library.show(folder)}{'' if os.path.isdir(folder) else ' (missing)'}")
