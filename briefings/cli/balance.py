"""`briefings balance`: what a pack leans on, as text or JSON."""

import click

from ..query import balance
from .common import open_library, packs_argument, project_option, text_or_json_option


@click.command("balance")
@packs_argument
@text_or_json_option
@project_option
def command(packs: tuple[str, ...], form: str, project: str) -> None:
    """What a pack leans on: sources by country, kind and standpoint, positions by length, whose words it gives."""
    found = balance.balance_packs(packs, open_library(project))
    click.echo(balance.as_json(found) if form == "json" else "\n".join(balance.as_text(found)).rstrip())
