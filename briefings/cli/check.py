"""`briefings check`: packs, audiences and templates held to every rule; what is found as text, JSON or for GitHub."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from ..check.rule import Rule
from ..check.run import CheckReport, check_packs, read_source_texts
from ..check.run_rules import RULES
from ..composing.project import UsageError
from ..problems import Problem, did_you_mean
from . import last_run
from .common import (
    DONE,
    PROBLEMS,
    command_line,
    open_library,
    packs_argument,
    print_problems,
    problem_lines,
    project_option,
    theme_option,
)


@click.command("check")
@packs_argument
@theme_option
@project_option
@click.option("--format", "form", default="text", show_default=True, type=click.Choice(("text", "json", "github")))
@click.option("--texts", type=click.Path(exists=True, file_okay=False), help="Your copies of sources: DIR/ID.txt.")
@click.option("--explain", "code", metavar="CODE", is_flag=False, flag_value="", help="What a rule asks for, or all.")
@click.option(
    "--pages/--no-pages", default=None, help="Fill every page too, as a build does. Usual where templates are your own."
)
@click.option("-v", "--verbose", is_flag=True, help="Also what is accepted, and why.")
def command(
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
    if code is not None:
        click.echo(explain_rule(code) if code else list_rules())
        return DONE
    library = open_library(project, themes)
    seen = last_run.Snapshot([*library.folders(packs), *([texts] if texts else [])])
    examined = check_packs(library, packs, read_source_texts(Path(texts)) if texts else None, pages=pages)
    told = examined.problems if form == "text" else ()
    said = format_report(examined, form, verbose)
    print_problems(told)
    click.echo(said, nl=False)
    if any(problem.severity == "error" for problem in examined.problems):
        return PROBLEMS
    warned = "".join(f"{line}\n" for line in problem_lines(told))
    last_run.record_run(command_line(), seen, [], said, warned)
    return DONE


def format_report(examined: CheckReport, form: str, verbose: bool) -> str:
    """What goes to standard output. In `text`, the problems themselves are told apart from it."""
    if form == "json":
        return as_json(examined) + "\n"
    return "".join(f"{line}\n" for line in (as_text(examined, verbose) if form == "text" else as_github(examined)))


def as_text(examined: CheckReport, verbose: bool) -> Iterator[str]:
    """What is said beside the problems: with `verbose` what is accepted and why; then how much was found."""
    for accepted in examined.accepted if verbose else ():
        problem, mark = accepted.problem, accepted.problem.mark
        place = f"{mark.file}:{mark.line}:{mark.column}: " if mark else ""
        yield f"{place}accepted[{problem.code}]: {problem.message}: {accepted.reason}"
    yield from quotation_summary(examined)
    yield summary(examined)


def quotation_summary(examined: CheckReport) -> Iterator[str]:
    """How many quotations were found in the reader's copies, and which sources had none."""
    if not examined.quotations:
        return
    same, without = _quotation_counts(examined)
    yield f"{_many(same, 'quotation')} as the copies have it" + (
        f"; no copy of {', '.join(without)}" if without else ""
    )


def _quotation_counts(examined: CheckReport) -> tuple[int, list[str]]:
    """How many quotations are as a copy has them, and the sources of those that could not be looked up."""
    same = sum(bool(q.copies) and not q.difference for q in examined.quotations)
    return same, sorted({s for q in examined.quotations if not q.copies for s in q.quotation.sources})


def summary(examined: CheckReport) -> str:
    """How much was found, in a line."""
    count = {severity: sum(p.severity == severity for p in examined.problems) for severity in ("error", "warning")}
    words = [_many(n, word) for word, n in count.items() if n] or ["no problems"]
    accepted = f"; {_many(len(examined.accepted), 'finding')} accepted with a reason" if examined.accepted else ""
    return f"{', '.join(examined.packs)}: {', '.join(words)}{accepted}"


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def as_json(examined: CheckReport) -> str:
    """One object, described in docs/rules.md."""
    found = [_object(p) for p in examined.problems]
    accepted = [{**_object(a.problem), "reason": a.reason} for a in examined.accepted]
    same, without = _quotation_counts(examined)
    quotations = {"same": same, "without_copy": without}
    told = {"packs": examined.packs, "problems": found, "accepted": accepted, "quotations": quotations}
    return json.dumps(told, indent=2, ensure_ascii=False)


def _object(problem: Problem) -> dict[str, object]:
    mark = problem.mark
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
        "file": mark.file if mark else None,
        "line": mark.line if mark else None,
        "column": mark.column if mark else None,
    }


def as_github(examined: CheckReport) -> Iterator[str]:
    """A workflow command for each problem: GitHub shows it beside the line of the change."""
    for problem in examined.problems:
        mark = problem.mark
        place = f"file={_property(mark.file)},line={mark.line},col={mark.column}," if mark else ""
        message = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
        yield f"::{problem.severity} {place}title={problem.code}::{_escape(message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


def list_rules() -> str:
    """Every rule in a line."""
    width = max(len(rule.code) for rule in RULES)
    return "\n".join(f"{rule.code:<{width}}  {rule.severity:<7}  {rule.meaning}" for rule in RULES)


def explain_rule(code: str) -> str:
    """The help of one rule. Raises UsageError where there is none of that name."""
    found = next((rule for rule in RULES if rule.code == code), None)
    if found is None:
        codes = [rule.code for rule in RULES]
        hint = did_you_mean(code, codes) or f"there are {', '.join(codes)}"
        raise UsageError(f"there is no rule '{code}'; {hint}")
    return rule_help(found)


def rule_help(rule: Rule) -> str:
    """What a rule asks for, why, how it is broken and kept, and how a breach is accepted."""
    return (
        f"{rule.code} ({rule.severity}): {rule.meaning}\n\n{rule.why}\n\n"
        f"bad:\n{_indented(rule.bad)}\n\ngood:\n{_indented(rule.good)}\n\n"
        f"To keep it as it is, say why, on the thing itself or on what holds it:\n"
        f"    accept: {{{rule.code}: the reason}}"
    )


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


def rules_markdown() -> str:
    """The part of docs/rules.md that is made from the rules."""
    parts = [f"## {r.code}\n\n*{r.severity}*: {r.meaning}. {r.why}\n\n```yaml\n# bad\n{r.bad}\n# good\n{r.good}\n```\n"
             for r in RULES]  # fmt: skip
    return "\n".join(parts)
