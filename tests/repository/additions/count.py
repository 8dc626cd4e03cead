"""`briefings count`: how many statements and sources a pack has."""

import click

from ..composing.project import find_packs
from ..loading.load import load
from .common import open_library, packs_argument, project_option


@click.command("count")
@packs_argument
@project_option
def command(packs: tuple[str, ...], project: str) -> None:
    """Count the sources of packs."""
    library = open_library(project)
    for name, folder in find_packs(library, packs).items():
        click.echo(f"{name}: {len(load(folder, library.show(folder)).sources)} sources")
