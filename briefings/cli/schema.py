"""`briefings schema`: a kind of file -> its JSON Schema; or all of them -> the project's .schemas folder."""

from typing import Any

import click

from ..composing.open_project import open_project
from ..composing.project import require_known
from ..output.files import write_atomically
from ..reference.json_schema import KINDS, SCHEMA_FOLDER, json_schema, schema_files
from .common import count_files, project_options, say


@click.command("schema")
@click.argument("kind", required=False)
@click.option("--write", is_flag=True, help=f"Write all schemas to {SCHEMA_FOLDER}/ of the project, for editors.")
@project_options
def command(kind: str | None, write: bool, **options: Any) -> None:
    """Print the JSON Schema of a kind of file, by which editors complete and check. Without KIND, list the kinds."""
    if write:
        project = open_project(**options).library.project
        files = {project / name: content.encode() for name, content in schema_files().items()}
        write_atomically(files, inside=project)
        say(f"{count_files(len(files))} in {(project / SCHEMA_FOLDER).as_posix()}")
    elif kind:
        require_known("kind of file", [kind], KINDS)
        say(*json_schema(kind).removesuffix("\n").split("\n"))
    else:
        say(*KINDS)
