"""`briefings serve`: a project -> a preview in the browser."""

from functools import partial
from typing import Any

import click

from ..composing.open_project import open_project
from .common import complete_paper, packs_argument, project_options, say, theme_option


@click.command("serve")
@packs_argument
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port. Default: the first free one from 8000.")
@click.option("--paper", default="", shell_complete=complete_paper, help="Only documents on this paper.")
@click.option("--open/--no-open", "opens", default=True, help="Whether to open a browser.")
@theme_option
@project_options
def command(packs: tuple[str, ...], host: str, port: int | None, paper: str, opens: bool, **options: Any) -> None:
    """Preview all documents in the browser, and reload them after every change. Stop with Ctrl-C."""
    import webbrowser

    from ..serve.page_process import PreviewSetup
    from ..serve.server import serve

    def ready(address: str) -> None:
        say(f"{address}  (stop with Ctrl-C)")
        if opens:
            webbrowser.open(address)

    setup = PreviewSetup(partial(open_project, packs=packs, **options), packs, paper)
    serve(setup, host=host, port=port, ready=ready)
