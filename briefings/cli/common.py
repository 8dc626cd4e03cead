"""Shared by commands: exit codes, options, opening the Library, and all texts that reach the terminal."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..problems import Problem, ProblemError, grouped
from ..visible import visible

if TYPE_CHECKING:
    from ..library import Library

DONE, PROBLEMS, USAGE, ENVIRONMENT, BUG = range(5)  # exit codes
STOPPED, TERMINATED = 130, 143  # stopped by Ctrl-C, by SIGTERM: 128 + its number, as in shells

_DOCS = "docs/"  # how hints name the guides
_SEVERITY = re.compile(r"\b(error|warning)\[[\w-]+\](?=: )")

Command = TypeVar("Command", bound=Callable[..., Any])


def _complete(names: Callable[["Library"], Iterable[str]]) -> Callable[..., list[str]]:
    """A function by which a shell completes names of the project; none where there is no project, or it has errors."""

    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
        from ..composing.open_project import open_project
        from ..composing.project import UsageError

        try:
            library = open_project(context.params.get("project")).library
        except (ProblemError, UsageError):
            return []
        return [name for name in names(library) if name.startswith(incomplete)]

    return complete


complete_audience = _complete(lambda library: sorted(library.audience_files()))
complete_document = _complete(lambda library: library.kinds("document"))
complete_look = _complete(lambda library: library.kinds("look"))
complete_pack = _complete(lambda library: sorted(library.pack_folders()))
complete_paper = _complete(lambda library: library.kinds("paper"))
packs_argument = click.argument(
    "packs",
    nargs=-1,
    metavar="[PACK]...",
    shell_complete=complete_pack,
)
_project_option = click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False),
    help="The project's folder. Default: the nearest one with briefings.toml or data/, from here upwards.",
)
_sample_option = click.option("--sample", is_flag=True, help="Use the shipped project instead of your own.")
theme_option = click.option(
    "--theme",
    "themes",
    multiple=True,
    type=click.Path(exists=True, file_okay=False),
    help="A folder that overrides templates. Repeatable; the first one takes precedence.",
)
out_option = click.option(
    "--out", type=click.Path(file_okay=False), help="The output folder. Default: the project's, which is build/."
)
strict_option = click.option(
    "--strict/--no-strict",
    default=None,
    help="Whether a warning fails the command, as an error does. Default: what the project says, which is no.",
)
text_or_json_option = click.option(
    "--format", "form", default="text", show_default=True, type=click.Choice(("text", "json"))
)


def project_options(command: Command) -> Command:
    """The options that say which project a command works on: its parameters `project` and `sample`."""
    return _project_option(_sample_option(command))


def command_line() -> list[str]:
    """The arguments of this run, as `main.run` received them."""
    arguments: list[str] = click.get_current_context().find_root().obj
    return arguments


def say(*lines: str, err: bool = False) -> None:
    """Print lines to stdout, or with `err` to stderr: the only way of a text to the terminal.

    What a terminal would obey is written out, line breaks inside of a line too. A full disk or a reader that left ends
    the output, and not the work: see `lost_output`.
    """
    _print((visible(line) for line in lines), err)


_lost: list[OSError] = []  # why stdout could not be written


def _print(lines: Iterable[str], err: bool) -> None:
    try:
        for line in lines:
            click.echo(line, err=err)
    except OSError as error:
        if not (err or isinstance(error, BrokenPipeError)):
            _lost.append(error)
        with suppress(OSError, ValueError):  # or Python would report it once more when it ends
            os.dup2(os.open(os.devnull, os.O_WRONLY), (sys.stderr if err else sys.stdout).fileno())


def lost_output() -> bool:
    """Whether a part of the output could not be printed; says why."""
    for error in _lost[:1]:
        say(f"briefings: cannot print to stdout: {(error.strerror or str(error)).lower()}", err=True)
    return bool(_lost)


def print_error(error: ProblemError) -> None:
    """Print the problems of a failed command to stderr."""
    written = getattr(error, "written", ())  # only an UnfinishedError has it, whose import would be slow here
    # An index is not a document, so it is not counted.
    documents = [path for path in written if path.name != "index.html"]
    indexes = [visible(str(path)) for path in written if path.name == "index.html"]
    print_problems(error.problems, len(documents), indexes)


def as_errors(problems: Iterable[Problem], strict: bool) -> tuple[Problem, ...]:
    """The problems; if `strict`, with every warning as an error."""
    return tuple(replace(problem, severity="error") if strict else problem for problem in problems)


def has_error(problems: Iterable[Problem]) -> bool:
    """Whether any problem is an error, so that the command fails."""
    return any(problem.severity == "error" for problem in problems)


def print_problems(problems: Iterable[Problem], written: int = 0, indexes: Sequence[str] = (), done: str = "") -> None:
    """Print problems and a summary to stderr, on a terminal in colour: see `problem_lines`."""
    for text in problem_lines(problems, written, indexes, done):  # a problem has several lines, each of them visible
        # echo removes colours where stderr is no terminal
        _print((_coloured(visible(line)) for line in text.split("\n")), err=True)


def _coloured(line: str) -> str:
    """The line with its severity and code in red or yellow, unless NO_COLOR is set (https://no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return line
    return _SEVERITY.sub(lambda found: click.style(found[0], fg="red" if found[1] == "error" else "yellow"), line, 1)


def problem_lines(
    problems: Iterable[Problem], written: int = 0, indexes: Sequence[str] = (), done: str = ""
) -> Iterator[str]:
    """Each problem, repeated ones in a group, then a summary of the errors.

    `written` is the number of documents that were made nevertheless, and `indexes` the names of the indexes; `done`
    is a sentence that says so instead.
    """
    problems = list(problems)
    yield from grouped(problems)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        count = len({problem.mark.file for problem in errors if problem.mark})
        others = "The other file was" if written == 1 else f"The other {count_files(written)} were"
        nothing = f"Only {', '.join(indexes)} was written." if indexes else "Nothing was written."
        done = done or (f"{others} written." if written else nothing)
        where = f" in {count} file{'s' if count != 1 else ''}" if count else ""
        yield f"{len(errors)} error{'s' if len(errors) != 1 else ''}{where}. {done}"
    if any(_DOCS in problem.hint for problem in problems) and (folder := _installed_docs()):
        yield f"{_DOCS} is {folder}"


def _installed_docs() -> str:
    """The folder of the docs in an installed package, whose user has no checkout; "" in a checkout."""
    from ..library import shipped

    docs = shipped() / _DOCS
    return f"{docs.as_posix()}/" if os.path.isdir(docs) and shipped().name == "shipped" else ""


def count_files(count: int) -> str:
    """For example, "1 file" or "3 files"."""
    return "1 file" if count == 1 else f"{count} files"
