"""`briefings serve`: everything in the browser."""

import click

from .common import open_library, packs_argument, project_option, theme_option


@click.command("serve")
@packs_argument
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; without it 8000, or the next that is free.")
@click.option("--paper", default="", help="Only what is made on this paper.")
@click.option("--open/--no-open", "opens", default=True, help="Whether a browser is opened.")
@theme_option
@project_option
def command(
    packs: tuple[str, ...], host: str, port: int | None, paper: str, opens: bool, themes: tuple[str, ...], project: str
) -> None:
    """Show everything in the browser, and reload what changes. Ctrl-C ends it."""
    import webbrowser

    from ..serve.server import serve

    def ready(address: str) -> None:
        click.echo(f"{address}  (Ctrl-C ends it)")
        if opens:
            webbrowser.open(address)

    serve(open_library(project, themes), packs, host=host, port=port, paper=paper, ready=ready)
