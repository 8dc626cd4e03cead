"""Command line -> exit code. Runs the command, and turns an exception into a message and an exit code.

Each command is the `command` of a module in this folder. A module is imported only when its command is used: importing
the typesetting modules takes as long as running all rules.
"""

import io
import os
from collections.abc import Sequence
from importlib import import_module

import click

from ..problems import ProblemError
from .common import BUG, DONE, ENVIRONMENT, PROBLEMS, STOPPED, USAGE, lost_output, print_error, say

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # searching every installed package for plugins takes time

COMMANDS = ("balance", "build", "check", "doctor", "handout", "list", "new", "schema", "serve", "theme", "why")


class LazyGroup(click.Group):
    """A group that imports a command when it is used."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with this name; None if there is none, and click then suggests a similar name."""
        if cmd_name not in self.commands:
            return None
        command: click.Command = import_module(f".{cmd_name}", __package__).command
        return command


@click.group(
    cls=LazyGroup,
    commands={name: click.Command(name) for name in COMMANDS},  # placeholders: click uses only their names
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(None, "-V", "--version", package_name="briefings", message="%(version)s")
def main() -> None:
    """Briefings for many readers from one pack of YAML."""


def run(arguments: Sequence[str]) -> int:
    """Run a command; return the exit code: 0 done, 1 problems, 2 usage, 3 environment, 4 bug, 130 stopped."""
    code = _run(arguments)
    return (code or ENVIRONMENT) if lost_output() else code


def _run(arguments: Sequence[str]) -> int:
    try:
        os.getcwd()
    except OSError:
        say("briefings: the folder that you are in was removed; go to another one with cd", err=True)
        return ENVIRONMENT
    try:
        code = main.main(list(arguments), prog_name="briefings", standalone_mode=False, obj=list(arguments))
        return code if isinstance(code, int) else DONE
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        say(*shown.getvalue().rstrip("\n").split("\n"), err=True)
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        say("briefings: stopped", err=True)
        return STOPPED
    except ProblemError as error:
        print_error(error)
        return PROBLEMS
    except Exception as error:
        return _handle_exception(error)


def _handle_exception(error: Exception) -> int:
    """Print a message for an exception; return the exit code."""
    import tempfile
    import traceback

    from ..composing.project import UsageError
    from ..pdf.typeset import NotInstalledError

    if isinstance(error, UsageError):
        say(*f"briefings: {error}".split("\n"), err=True)
        return USAGE
    if isinstance(error, NotInstalledError):
        say(f"briefings: {error}", "run 'briefings doctor' to see what to install", err=True)
        return ENVIRONMENT
    # Anything else is a bug in this package. Users get a short message; the traceback goes to a file for the report.
    try:
        with tempfile.NamedTemporaryFile("w", prefix="briefings-", suffix=".txt", delete=False) as file:
            file.write(traceback.format_exc())
        details = file.name
    except OSError as failure:
        details = f"not written: {failure.strerror or failure}"
    say(f"briefings: this is a bug in briefings: {type(error).__name__}: {error}", f"details: {details}", err=True)
    return BUG
