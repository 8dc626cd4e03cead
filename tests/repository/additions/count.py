"""`briefings count`: how many statements and sources a pack has."""

from typing import Any

import click

from ..composing.open_project import open_project
from ..composing.project import find_packs, load_pack
from .common import packs_argument, project_options


@click.command("count")
@packs_argument
@project_options
def command(packs: tuple[str, ...], **options: Any) -> None:
    """Count the sources of packs."""
    library = open_project(packs=packs, **options).library
    for name, folder in find_packs(library, packs).items():
        click.echo(f"{name}: {len(load_pack(folder, library).sources)} sources")
