"""`briefings doctor`: this machine -> what it lacks, and the command that installs it."""

import click

from ..library import shipped
from .common import DONE, ENVIRONMENT
from .machine import checks


@click.command("doctor")
def command() -> int:
    """Check what this machine lacks, and print the commands that install it."""
    found = checks(shipped() / "templates" / "fonts")
    for item in found:
        click.echo(f"{'ok     ' if item.ok else 'missing'} {item.name}: {item.found}")
        if not item.ok:
            click.echo(f"        for {item.needed_for}: {item.remedy}")
    return ENVIRONMENT if any(not c.ok and c.needed_for == "build" for c in found) else DONE
