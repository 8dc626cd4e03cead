"""`briefings theme`: start, list, copy and try what changes how papers look."""

import os
import tempfile
from pathlib import Path
from typing import Any

import click

from ..composing.open_project import open_project
from ..composing.project import UsageError, require_known
from ..house_style import STYLE_FILE
from ..library import Library, shipped
from ..safe_files import read_bytes, replace_file
from .common import (
    DONE,
    PROBLEMS,
    as_errors,
    has_error,
    packs_argument,
    print_problems,
    project_options,
    say,
    strict_option,
    theme_option,
)


@click.group("theme")
def command() -> None:
    """Change how the papers look: a school's style, its templates, and a check of both."""


@command.command("new")
@project_options
def new(**options: Any) -> None:
    """Write style.yaml to the project, with every key as a comment. No file is ever overwritten."""
    project = open_project(**options).library.project
    path = project / STYLE_FILE
    _write(path, read_bytes(shipped() / "starter" / STYLE_FILE))
    say(f"{path.as_posix()}; next: write your school's name there, then 'briefings theme check'")


@command.command("list")
@click.argument("what", required=False, type=click.Choice(("templates", "blocks", "tokens")))
@theme_option
@project_options
def list_names(what: str | None, **options: Any) -> None:
    """List the templates and styles, the blocks in them, and the tokens that may be replaced. + marks what is yours."""
    from ..checking.templates.overrides import blocks_of, shipped_names
    from ..checking.templates.tokens import known_tokens

    library = open_project(**options).library
    names = [name for name in shipped_names(library) if name.endswith((".html", ".css", ".svg", ".yaml"))]
    if what in (None, "templates"):
        for name in names:
            path = library.find(name)
            own = path is not None and not path.is_relative_to(library.shipped_templates)
            say(f"{'+' if own else ' '} {name}")
    if what in (None, "blocks"):
        for name in (name for name in names if name.endswith(".html")):
            if blocks := blocks_of(library, name):
                say(f"{name}: {' '.join(blocks)}")
    if what in (None, "tokens"):
        for token, value in known_tokens(library).items():
            say(f"--{token}: {value}")


@command.command("copy")
@click.argument("name")
@theme_option
@project_options
def copy(name: str, **options: Any) -> None:
    """Copy one shipped template or style to the project, to change it: NAME is one that `theme list` shows."""
    from ..checking.templates.overrides import shipped_names

    library = open_project(**options).library
    require_known("template", [name], shipped_names(library))
    path = _own_folder(library) / name
    _write(path, read_bytes(library.shipped_templates / name))
    say(f"{library.show(path)}; it replaces the shipped file, so remove it to go back")


@command.command("check")
@packs_argument
@theme_option
@project_options
@strict_option
@click.option("--out", type=click.Path(file_okay=False), help="Keep the papers that are tried, in this folder.")
def check(packs: tuple[str, ...], out: str | None, strict: bool | None, **options: Any) -> int:
    """Try the style and the theme on the specimen, the shortest and the longest paper, and report what is wrong.

    That is: files, blocks and tokens that nothing uses, fonts that nobody gets, letters that a font lacks, colours
    that nobody can read, words that leave a sheet, and papers that became too long.
    """
    from ..output.theme_trial import try_theme

    project = open_project(packs=packs, strict=strict, **options)
    with tempfile.TemporaryDirectory(prefix="briefings-") as folder:
        trial = try_theme(project.library, Path(out or folder), packs)
    problems = as_errors(trial.problems, project.strict)
    print_problems(problems, done="The papers that could be made were tried.")
    count = len(problems)
    found = "no problems" if not count else f"{count} problem{'s' if count != 1 else ''}"
    say(f"tried {', '.join(trial.papers)}: {found}")
    return PROBLEMS if has_error(problems) else DONE


def _own_folder(library: Library) -> Path:
    """The folder that a copy goes to: the first theme, or templates/ of the project."""
    folder = library.themes[0] if library.themes else library.project / "templates"
    if folder.resolve() == library.shipped_templates:
        raise UsageError("this project has the shipped templates themselves; name a folder with --theme")
    return folder


def _write(path: Path, content: bytes) -> None:
    if os.path.lexists(path):
        raise UsageError(f"{path.as_posix()} exists already, and is never overwritten")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, content)
    except OSError as error:
        raise UsageError(f"cannot write {path.as_posix()}: {(error.strerror or str(error)).lower()}") from None
