"""Command line -> exit code: finds the command, and turns whatever it raises into a message.

Each command is a module of this folder with a `command`, imported when it is asked for: the modules that typeset take
as long to import as all rules to run.
"""

import os
from collections.abc import Sequence
from importlib import import_module

import click

from ..problems import ProblemError
from .common import BUG, DONE, ENVIRONMENT, PROBLEMS, STOPPED, USAGE, print_error

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # it looks for some in every package there is

COMMANDS = ("balance", "build", "check", "doctor", "list", "serve", "why")


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None: click then names the nearest."""
        if cmd_name not in self.commands:
            return None
        command: click.Command = import_module(f".{cmd_name}", __package__).command
        return command


@click.group(
    cls=LazyGroup,
    commands={name: click.Command(name) for name in COMMANDS},  # placeholders: click reads the names only
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="briefings", message="%(version)s")
def main() -> None:
    """Briefings for many readers from one pack of YAML."""


def run(arguments: Sequence[str]) -> int:
    """Run the command line; the exit code: 0 done, 1 problems, 2 usage, 3 environment, 4 our bug."""
    try:
        code = main.main(list(arguments), prog_name="briefings", standalone_mode=False, obj=list(arguments))
        return code if isinstance(code, int) else DONE
    except click.ClickException as error:
        error.show()
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("briefings: stopped", err=True)
        return STOPPED
    except ProblemError as error:
        print_error(error)
        return PROBLEMS
    except Exception as error:
        return _handle_exception(error)


def _handle_exception(error: Exception) -> int:
    """Say what went wrong; the exit code."""
    import tempfile
    import traceback

    from ..composing.project import UsageError
    from ..pdf.typeset import NotInstalledError

    if isinstance(error, UsageError):
        click.echo(f"briefings: {error}", err=True)
        return USAGE
    if isinstance(error, NotInstalledError):
        click.echo(f"briefings: {error}\n'briefings doctor' says what to install", err=True)
        return ENVIRONMENT
    # whatever is left is ours, and no user wants to read a traceback
    with tempfile.NamedTemporaryFile("w", prefix="briefings-", suffix=".txt", delete=False) as file:
        file.write(traceback.format_exc())
    click.echo(f"briefings: this is a bug of ours: {type(error).__name__}: {error}\ndetails: {file.name}", err=True)
    return BUG
