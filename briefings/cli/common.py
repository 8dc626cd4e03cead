"""What commands share: exit codes, options, the Library they open, and how Problems are printed."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from ..library import Library
from ..problems import Problem, ProblemError

DONE, PROBLEMS, USAGE, ENVIRONMENT, BUG = range(5)  # exit codes
STOPPED = 130  # by Ctrl-C, as shells number it

packs_argument = click.argument("packs", nargs=-1, metavar="[PACK]...")
project_option = click.option(
    "--project",
    default=".",
    type=click.Path(exists=True, file_okay=False),
    help="The folder with data/ and templates/.",
)
theme_option = click.option(
    "--theme",
    "themes",
    multiple=True,
    type=click.Path(exists=True, file_okay=False),
    help="A folder that overrides templates. Repeatable; the first wins.",
)
text_or_json_option = click.option(
    "--format", "form", default="text", show_default=True, type=click.Choice(("text", "json"))
)


def open_library(project: str, themes: Iterable[str] = ()) -> Library:
    """The Library of the project folder, with the themes before its own templates."""
    return Library(Path(project), tuple(Path(theme).resolve() for theme in themes))


def command_line() -> list[str]:
    """The arguments this run was started with, as `main.run` got them."""
    arguments: list[str] = click.get_current_context().find_root().obj
    return arguments


def print_error(error: ProblemError) -> None:
    """Print the problems of a failed command to stderr."""
    written = getattr(error, "written", ())  # an UnfinishedError has some
    print_problems(error.problems, sum(path.name != "index.html" for path in written))  # which is no paper


def print_problems(problems: Iterable[Problem], written: int = 0) -> None:
    """Print problems and their count to stderr; `written` files were made all the same."""
    for line in problem_lines(problems, written):
        click.echo(line, err=True)


def problem_lines(found: Iterable[Problem], written: int = 0) -> Iterator[str]:
    """Each problem with its place, then how many there were; `written` files were made all the same."""
    found = list(found)
    yield from map(str, found)
    errors = [problem for problem in found if problem.severity == "error"]
    if errors:
        count = len({problem.mark.file for problem in errors if problem.mark})
        others = "The other file was" if written == 1 else f"The other {count_files(written)} were"
        done = f"{others} written." if written else "Nothing was written."
        where = f" in {count} file{'s' if count != 1 else ''}" if count else ""
        yield f"{len(errors)} error{'s' if len(errors) != 1 else ''}{where}. {done}"


def count_files(count: int) -> str:
    """A number of files in words."""
    return "1 file" if count == 1 else f"{count} files"
