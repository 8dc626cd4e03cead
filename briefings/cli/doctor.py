"""`briefings doctor`: this machine -> what it lacks, and the command that installs it."""

import os
from collections.abc import Iterable

import click

from ..library import shipped
from .common import DONE, ENVIRONMENT, say
from .machine import Check, checks


@click.command("doctor")
def command() -> int:
    """Check what this machine lacks, and print the commands that install it."""
    found = checks(shipped() / "templates" / "fonts")
    _show("to make briefings:", [item for item in found if item.needed_for != "tests"])
    if os.path.isdir(shipped() / "tests"):  # a checkout; who installed the package needs none of these
        _show("to develop it and run its tests:", [item for item in found if item.needed_for == "tests"])
    return ENVIRONMENT if any(not c.ok and c.needed_for == "build" for c in found) else DONE


def _show(title: str, found: Iterable[Check]) -> None:
    say(title)
    for item in found:
        say(f"{'ok     ' if item.ok else 'missing'} {item.name}: {item.found}")
        if not item.ok:
            say(f"        for {item.needed_for}: {item.remedy}")
