"""Command line -> exit code. Runs the command, and turns an exception into a message and an exit code.

Each command is the `command` of a module in this folder, or in one inside. A module is imported only when its command
is used: importing the typesetting modules takes as long as running all rules.
"""

import errno
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module

import click

from ..problems import ProblemError
from .common import BUG, DONE, ENVIRONMENT, PROBLEMS, STOPPED, TERMINATED, USAGE, lost_output, print_error, say

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # searching every installed package for plugins takes time

_MORE = ("affected", "diff", "edition")  # commands in the folder editions/
COMMANDS = ("balance", "build", "check", "doctor", "handout", "list", "new", "schema", "serve", "theme", "why", *_MORE)


# What the system says when it, and not a file's content, is in the way.
_REFUSALS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO}
_REFUSALS |= {errno.EACCES, errno.EPERM}


_AGAIN = 0.01  # seconds until a dropped KeyboardInterrupt is raised again


class LazyGroup(click.Group):
    """A group that imports a command when it is used."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with this name; None if there is none, and click then suggests a similar name."""
        if cmd_name not in self.commands:
            return None
        command: click.Command = import_module(f".{module_of(cmd_name)}", __package__).command
        return command


def module_of(command: str) -> str:
    """The module of a command, from this folder."""
    return f"editions.{command}" if command in _MORE else command


@click.group(
    cls=LazyGroup,
    commands={name: click.Command(name) for name in COMMANDS},  # placeholders: click uses only their names
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(None, "-V", "--version", package_name="briefings", message="%(version)s")
def main() -> None:
    """Briefings for many readers from one pack of YAML."""


def run(arguments: Sequence[str]) -> int:
    """Run a command; return the exit code: 0 done, 1 problems, 2 usage, 3 environment, 4 bug, 130 and 143 stopped."""
    code = _run(arguments)
    return (code or ENVIRONMENT) if lost_output() else code


def _run(arguments: Sequence[str]) -> int:
    try:
        os.getcwd()
    except OSError:
        say("briefings: the folder that you are in was removed; go to another one with cd", err=True)
        return ENVIRONMENT
    stopped: list[int] = []
    try:
        with _ended_by_signals(stopped):
            code = main.main(list(arguments), prog_name="briefings", standalone_mode=False, obj=list(arguments))
        return code if isinstance(code, int) else DONE
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        say(*shown.getvalue().rstrip("\n").split("\n"), err=True)
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        say("briefings: stopped", err=True)
        return TERMINATED if stopped else STOPPED
    except ProblemError as error:
        print_error(error)
        return PROBLEMS
    except Exception as error:
        return _handle_exception(error)


@contextmanager
def _ended_by_signals(stopped: list[int]) -> Iterator[None]:
    """End the command on SIGTERM as on Ctrl-C, so that it ends its processes; the signal is added to `stopped`.

    Where nothing can catch an exception, such as in what runs at a fork, Python drops it, and the command would go on:
    a dropped KeyboardInterrupt is raised again.
    """

    def stop(number: int, _: object) -> None:
        if number == signal.SIGTERM:
            stopped.append(number)
        raise KeyboardInterrupt

    def dropped(unraisable: "sys.UnraisableHookArgs") -> None:
        if issubclass(unraisable.exc_type, KeyboardInterrupt):
            signal.setitimer(signal.ITIMER_REAL, _AGAIN)
        else:
            hook(unraisable)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    hook, numbers = sys.unraisablehook, [signal.SIGTERM]
    if hasattr(signal, "setitimer"):  # not on Windows
        sys.unraisablehook = dropped
        numbers.append(signal.SIGALRM)
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        sys.unraisablehook = hook
        for number, handler in before.items():
            signal.signal(number, handler)


def _handle_exception(error: Exception) -> int:
    """Print a message for an exception; return the exit code."""
    from ..composing.project import UsageError
    from ..pdf.typeset import NotInstalledError

    if isinstance(error, UsageError):
        say(*f"briefings: {error}".split("\n"), err=True)
        return USAGE
    if isinstance(error, NotInstalledError):
        say(f"briefings: {error}", "run 'briefings doctor' to see what to install", err=True)
        return ENVIRONMENT
    if isinstance(error, MemoryError):
        say("briefings: there is not enough memory", err=True)
        return ENVIRONMENT
    # A place that a command writes to has its own message. This is the temporary folder, or a limit of the process.
    if isinstance(error, OSError) and (error.errno in _REFUSALS or "temporary directory" in str(error)):
        what = f"{error.filename}: " if error.filename else ""
        reason = (error.strerror or str(error)).partition(" in [")[0].lower()
        hint = "check the free space, the rights and the limits; TMPDIR=DIR names another temporary folder"
        say(f"briefings: the system refused: {what}{reason}", hint, err=True)
        return ENVIRONMENT
    # Anything else is a bug in this package. Users get a short message; the traceback goes to a file for the report.
    say(f"briefings: this is a bug in briefings: {type(error).__name__}: {error}", *_report(), err=True)
    return BUG


def _report() -> Iterator[str]:
    """A line that names the file with the traceback of the present exception."""
    import tempfile
    import traceback

    try:
        with tempfile.NamedTemporaryFile("w", prefix="briefings-", suffix=".txt", delete=False) as file:
            file.write(traceback.format_exc())
        yield f"details: {file.name}"
    except OSError as failure:
        yield f"details: not written: {failure.strerror or failure}"
