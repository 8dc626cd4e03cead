"""`briefings new`: a folder -> a project that builds at once."""

import shlex
from pathlib import Path

import click

from ..output.new_project import new_project
from .common import count_files, say


@click.command("new")
@click.argument("folder", metavar="DIR")
@click.option("--blank", is_flag=True, help="Only the files and fields that a project needs, to fill in.")
def command(folder: str, blank: bool) -> None:
    """Start a project in DIR: a small pack with three audiences, every optional field as a comment.

    No file is ever overwritten.
    """
    files = new_project(Path(folder), blank=blank)
    say(f"{count_files(len(files))} in {folder}; next:")
    for line in (f"cd {shlex.quote(folder)}", "briefings build", "briefings serve"):
        say(f"  {line}")
