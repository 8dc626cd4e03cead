"""Commands -> calls; Problems -> text and exit codes. Only __main__ imports it.

Each command imports what it needs and no more: the modules that typeset take as long to import as all rules to run.
"""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from . import lastrun
from .library import Library, shipped
from .problems import Problem, ProblemError

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # it looks for some in every package there is
DONE, PROBLEMS, USAGE, ENVIRONMENT, BUG = range(5)
STOPPED = 130  # by Ctrl-C, as shells number it


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
        _failed(error)
        return PROBLEMS
    except Exception as error:
        return _ended(error)


def _ended(error: Exception) -> int:
    """Say what went wrong; the exit code."""
    import tempfile
    import traceback

    from .composing.project import UsageError
    from .pdf.typeset import NotInstalledError

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


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="briefings", message="%(version)s")
def main() -> None:
    """Briefings for many readers from one pack of YAML."""


_packs = click.argument("packs", nargs=-1, metavar="[PACK]...")
_project = click.option(
    "--project",
    default=".",
    type=click.Path(exists=True, file_okay=False),
    help="The folder with data/ and templates/.",
)
_theme = click.option(
    "--theme",
    "themes",
    multiple=True,
    type=click.Path(exists=True, file_okay=False),
    help="A folder that overrides templates. Repeatable; the first wins.",
)


@main.command("build")
@_packs
@click.option("--audience", "audiences", multiple=True, help="Only this audience. Repeatable.")
@click.option("--document", "documents", multiple=True, help="Only this kind of paper. Repeatable.")
@click.option("--look", "looks", multiple=True, help="Only what is dressed in this look. Repeatable.")
@click.option("--format", "formats", multiple=True, help="Only this format: html, pdf. Repeatable.")
@click.option("--paper", default="", help="Only what is made on this paper, such as letter; each document's own.")
@_theme
@_project
@click.option("--out", default="build", show_default=True, type=click.Path(file_okay=False), help="Where to write.")
@click.option("--jobs", type=click.IntRange(1), help="Processes at most; the processors there are.")
@click.option("--explain", is_flag=True, help="Say of each file why it is made or not.")
@click.option("--dry-run", is_flag=True, help="Say what would be made and why, and write nothing.")
@click.option("--force", is_flag=True, help="Make everything again, and what was edited by hand too.")
@click.option("--prune", is_flag=True, help="Remove what was made once and no audience has any more.")
@click.option("--watch", is_flag=True, help="Stay, and make again what a change makes out of date. Ctrl-C ends it.")
@click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong.")
def build_command(packs: tuple[str, ...], watch: bool, **options: Any) -> None:
    """Make what is out of date: HTML and PDF. PACK is an id or a folder; all packs of the project without one."""
    if watch:
        _watch(packs, **options)
    else:
        _build(packs, **options)


def _watch(packs: tuple[str, ...], **options: Any) -> None:
    from .composing.project import find_packs
    from .output.workers import Workers
    from .serve.watch import repeat

    library = _library(options["project"], options["themes"])
    outside = find_packs(library, packs).values()
    with Workers(options["jobs"] or os.cpu_count() or 1) as workers:

        def make() -> None:
            try:
                _build(packs, workers=workers, **options)
            except ProblemError as error:
                _failed(error)
            click.echo("waiting for changes (Ctrl-C ends it)")

        repeat(make, library, outside)


def _build(packs: tuple[str, ...], *, explain: bool, dry_run: bool, quiet: bool, **options: Any) -> None:
    from . import narrate
    from .output.build import build
    from .output.ledger import NAME as LEDGER

    library = _library(options["project"], options["themes"])
    seen = lastrun.Seen(library.folders(packs))
    with narrate.told(quiet=quiet, explain=explain, dry_run=dry_run) as told:
        done = build(packs, dry_run=dry_run, told=told, **options)
    _report(done.warnings)
    if not quiet:
        click.echo("\n".join(narrate.summary(done, dry_run=dry_run)))
    if not (explain or dry_run or options["force"] or options.get("workers")):
        outputs = [str(path) for path in (*done.reasons, Path(options["out"], LEDGER))]
        arguments = click.get_current_context().find_root().obj
        lastrun.note(arguments, seen, outputs, *narrate.next_time(done, quiet=quiet))


@main.command()
@_packs
@_theme
@_project
@click.option("--format", "form", default="text", show_default=True, type=click.Choice(("text", "json", "github")))
@click.option("--texts", type=click.Path(exists=True, file_okay=False), help="Your copies of sources: DIR/ID.txt.")
@click.option("--explain", "code", metavar="CODE", is_flag=False, flag_value="", help="What a rule asks for, or all.")
@click.option(
    "--pages/--no-pages", default=None, help="Fill every page too, as a build does. Usual where templates are your own."
)
@click.option("-v", "--verbose", is_flag=True, help="Also what is accepted, and why.")
def check(
    packs: tuple[str, ...],
    themes: tuple[str, ...],
    project: str,
    form: str,
    texts: str | None,
    code: str | None,
    pages: bool | None,
    verbose: bool,
) -> int:
    """Check packs, audiences and templates by every rule, and make nothing."""
    from . import narrate, report
    from .check.run import copies, examine

    if code is not None:
        click.echo(report.rule(code) if code else report.rules())
        return DONE
    library = _library(project, themes)
    seen = lastrun.Seen([*library.folders(packs), *([texts] if texts else [])])
    examined = examine(library, packs, copies(Path(texts)) if texts else None, pages=pages)
    told = examined.problems if form == "text" else ()
    output = report.output(examined, form, verbose)
    _report(told)
    click.echo(output, nl=False)
    if any(problem.severity == "error" for problem in examined.problems):
        return PROBLEMS
    warned = "".join(f"{line}\n" for line in narrate.problems(told, 0))
    lastrun.note(click.get_current_context().find_root().obj, seen, [], output, warned)
    return DONE


@main.command("serve")
@_packs
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; without it 8000, or the next that is free.")
@click.option("--paper", default="", help="Only what is made on this paper.")
@click.option("--open/--no-open", "opens", default=True, help="Whether a browser is opened.")
@_theme
@_project
def serve_command(
    packs: tuple[str, ...], host: str, port: int | None, paper: str, opens: bool, themes: tuple[str, ...], project: str
) -> None:
    """Show everything in the browser, and reload what changes. Ctrl-C ends it."""
    import webbrowser

    from .serve.server import serve

    def ready(address: str) -> None:
        click.echo(f"{address}  (Ctrl-C ends it)")
        if opens:
            webbrowser.open(address)

    library = _library(project, themes)
    serve(library, packs, host=host, port=port, paper=paper, ready=ready)


@main.command("list")
@_theme
@_project
def list_command(themes: tuple[str, ...], project: str) -> None:
    """List packs, audiences, documents, looks, formats and papers, and where templates are looked for."""
    from .output.formats import FORMATS

    library = _library(project, themes)
    rows = {
        "packs": library.pack_folders(),
        "audiences": library.audience_files(),
        "documents": library.kinds("document"),
        "looks": library.kinds("look"),
        "formats": FORMATS,
        "papers": library.kinds("paper"),
    }
    for title, names in rows.items():
        click.echo(f"{title}: {' '.join(names)}")
    click.echo("templates are looked for in, the first wins:")
    for folder in library.template_folders:
        click.echo(f"  {library.show(folder)}{'' if folder.is_dir() else ' (not there)'}")


_form = click.option("--format", "form", default="text", show_default=True, type=click.Choice(("text", "json")))


@main.command("why")
@click.argument("asked", metavar="TEXT")
@_packs
@click.option("--audience", "audiences", multiple=True, help="Only what this audience gets. Repeatable.")
@_form
@_theme
@_project
@click.option("--out", default="build", show_default=True, type=click.Path(file_okay=False), help="Where PDFs lie.")
def why_command(
    asked: str, packs: tuple[str, ...], form: str, themes: tuple[str, ...], project: str, **how: Any
) -> int:
    """Where a number or words on a page come from: estimate, statement, source, file and line, sheets."""
    from . import trail
    from .query import why

    answers = why.ask(asked, packs, _library(project, themes), **how)
    click.echo(trail.as_json(answers) if form == "json" else "\n".join(trail.told(answers)).rstrip())
    if any(answers):
        return DONE
    click.echo(trail.nothing(asked, answers), err=True)
    return PROBLEMS


@main.command("balance")
@_packs
@_form
@_project
def balance_command(packs: tuple[str, ...], form: str, project: str) -> None:
    """What a pack leans on: sources by country, kind and standpoint, positions by length, whose words it gives."""
    from .query import balance

    found = balance.of(packs, _library(project, ()))
    click.echo(balance.as_json(found) if form == "json" else "\n".join(balance.told(found)).rstrip())


@main.command("doctor")
def doctor_command() -> int:
    """Say what this machine lacks, and the line to type."""
    from . import doctor

    checks = doctor.checks(shipped() / "templates" / "fonts")
    for item in checks:
        click.echo(f"{'ok     ' if item.ok else 'missing'} {item.name}: {item.found}")
        if not item.ok:
            click.echo(f"        for {item.needed_for}: {item.remedy}")
    return ENVIRONMENT if any(not c.ok and c.needed_for == "build" for c in checks) else DONE


def _failed(error: ProblemError) -> None:
    written = getattr(error, "written", ())  # an UnfinishedError has some
    _report(error.problems, sum(path.name != "index.html" for path in written))  # which is no paper


def _library(project: str, themes: Iterable[str]) -> Library:
    return Library(Path(project), tuple(Path(theme).resolve() for theme in themes))


def _report(problems: Iterable[Problem], written: int = 0) -> None:
    from . import narrate

    for line in narrate.problems(problems, written):
        click.echo(line, err=True)
