"""Shared by commands: exit codes, options, opening the Library, and Problems -> text on stderr."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from ..library import Library
from ..problems import Problem, ProblemError

DONE, PROBLEMS, USAGE, ENVIRONMENT, BUG = range(5)  # exit codes
STOPPED = 130  # stopped by Ctrl-C: 128 + SIGINT, as in shells

packs_argument = click.argument("packs", nargs=-1, metavar="[PACK]...")
project_option = click.option(
    "--project",
    default=".",
    type=click.Path(exists=True, file_okay=False),
    help="The folder that contains data/ and templates/.",
)
theme_option = click.option(
    "--theme",
    "themes",
    multiple=True,
    type=click.Path(exists=True, file_okay=False),
    help="A folder that overrides templates. Repeatable; the first one takes precedence.",
)
text_or_json_option = click.option(
    "--format", "form", default="text", show_default=True, type=click.Choice(("text", "json"))
)


def open_library(project: str, themes: Iterable[str] = ()) -> Library:
    """The Library of a project folder. Templates are looked up in the themes before the project."""
    return Library(Path(project), tuple(Path(theme).resolve() for theme in themes))


def command_line() -> list[str]:
    """The arguments of this run, as `main.run` received them."""
    arguments: list[str] = click.get_current_context().find_root().obj
    return arguments


def print_error(error: ProblemError) -> None:
    """Print the problems of a failed command to stderr."""
    written = getattr(error, "written", ())  # only an UnfinishedError has it, whose import would be slow here
    # An index is not a document, so it is not counted.
    print_problems(error.problems, sum(path.name != "index.html" for path in written))


def print_problems(problems: Iterable[Problem], written: int = 0) -> None:
    """Print problems and a summary to stderr. `written` is the number of files that were made nevertheless."""
    for line in problem_lines(problems, written):
        click.echo(line, err=True)


def problem_lines(problems: Iterable[Problem], written: int = 0) -> Iterator[str]:
    """Each problem, then a summary of the errors. `written` is the number of files that were made nevertheless."""
    problems = list(problems)
    yield from map(str, problems)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        count = len({problem.mark.file for problem in errors if problem.mark})
        others = "The other file was" if written == 1 else f"The other {count_files(written)} were"
        done = f"{others} written." if written else "Nothing was written."
        where = f" in {count} file{'s' if count != 1 else ''}" if count else ""
        yield f"{len(errors)} error{'s' if len(errors) != 1 else ''}{where}. {done}"


def count_files(count: int) -> str:
    """For example, "1 file" or "3 files"."""
    return "1 file" if count == 1 else f"{count} files"
