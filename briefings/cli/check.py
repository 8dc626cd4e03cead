"""`briefings check`: run all rules, and print the findings as text, as JSON or as GitHub annotations."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from ..checking.rule import Rule
from ..checking.run import CheckReport, read_source_texts
from ..checking.run_rules import RULES
from ..composing.open_project import open_project
from ..composing.project import Request, UsageError
from ..output.verdict import verdict
from ..problems import Problem, did_you_mean
from ..visible import visible
from . import last_run
from .common import (
    DONE,
    PROBLEMS,
    as_errors,
    command_line,
    complete_audience,
    has_error,
    packs_argument,
    print_problems,
    problem_lines,
    project_options,
    say,
    strict_option,
    theme_option,
)


@click.command("check")
@packs_argument
@theme_option
@project_options
@strict_option
@click.option(
    "--audience",
    "audiences",
    multiple=True,
    shell_complete=complete_audience,
    help="Only the documents of this audience. Repeatable.",
)
@click.option("--format", "form", default="text", show_default=True, type=click.Choice(("text", "json", "github")))
@click.option(
    "--texts",
    type=click.Path(exists=True, file_okay=False),
    help="Compare quotations with your copies of sources, DIR/SOURCE-ID.txt.",
)
@click.option(
    "--explain",
    "code",
    metavar="CODE",
    is_flag=False,
    flag_value="",
    help="Explain a rule; without CODE, list all rules.",
)
@click.option(
    "--pages/--no-pages",
    default=True,
    help="Render and check every page, as a build does (the default); or only data and templates, which is quick.",
)
@click.option(
    "--typeset", is_flag=True, help="Also typeset every PDF: sheet limits, characters without a font, full columns."
)
@click.option("-v", "--verbose", is_flag=True, help="Also list accepted findings with their reasons.")
def command(
    packs: tuple[str, ...],
    audiences: tuple[str, ...],
    form: str,
    texts: str | None,
    code: str | None,
    pages: bool,
    typeset: bool,
    verbose: bool,
    **options: Any,
) -> int:
    """Check packs, audiences and templates against all rules, without building anything."""
    if code is not None:
        say(*(explain_rule(code) if code else list_rules()).split("\n"))
        return DONE
    project = open_project(packs=packs, audiences=audiences, **options)
    snapshot = last_run.Snapshot([*project.library.folders(packs), *([texts] if texts else [])])
    copies = read_source_texts(Path(texts)) if texts else None
    request = Request(packs=tuple(packs), audiences=tuple(audiences))
    report = verdict(project.library, request, copies, pages=pages, typeset=typeset)
    report = replace(report, problems=as_errors(report.problems, project.strict))
    printed_problems = report.problems if form == "text" else ()  # JSON and GitHub output already contain them
    stdout = format_report(report, form, verbose)
    if form == "text":
        stdout += unchecked(pages=pages, typeset=typeset)
    print_problems(printed_problems)
    say(*stdout.removesuffix("\n").split("\n"))
    if has_error(report.problems):
        return PROBLEMS
    stderr = "".join(f"{line}\n" for line in problem_lines(printed_problems))
    last_run.record_run(command_line(), snapshot, [], stdout, stderr)
    return DONE


def format_report(report: CheckReport, form: str, verbose: bool) -> str:
    """The text for standard output. In format `text`, problems are not part of it: they go to standard error."""
    if form == "json":
        lines: Iterable[str] = as_json(report).split("\n")
    else:
        lines = as_text(report, verbose) if form == "text" else as_github(report)
    return "".join(f"{visible(line)}\n" for line in lines)


def unchecked(*, pages: bool, typeset: bool) -> str:
    """A line that says what a build may still find; "" if nothing."""
    if typeset:
        return ""
    what = "the number of sheets and characters that no font has: use --typeset"
    return f"not checked: {'' if pages else 'pages, '}{what}\n"


def as_text(report: CheckReport, verbose: bool) -> Iterator[str]:
    """The lines besides the problems: with `verbose` the accepted findings, then counts."""
    for accepted in report.accepted if verbose else ():
        problem, mark = accepted.problem, accepted.problem.mark
        place = f"{mark.file}:{mark.line}:{mark.column}: " if mark else ""
        yield f"{place}accepted[{problem.code}]: {problem.message}: {accepted.reason}"
    yield from quotation_summary(report)
    yield summary(report)


def quotation_summary(report: CheckReport) -> Iterator[str]:
    """A line with the number of quotations that match a copy and the sources without a copy, if there are copies."""
    if not report.quotations:
        return
    same, without = _quotation_counts(report)
    missing = f"; no copy of {', '.join(without)}" if without else ""
    yield f"{_count(same, 'quotation')} {'matches' if same == 1 else 'match'} the copies of sources{missing}"


def _quotation_counts(report: CheckReport) -> tuple[int, list[str]]:
    """(number of quotations that match a copy, ids of the sources of quotations without a copy)."""
    same = sum(bool(q.copies) and not q.difference for q in report.quotations)
    return same, sorted({s for q in report.quotations if not q.copies for s in q.quotation.sources})


def summary(report: CheckReport) -> str:
    """One line: the packs, and the numbers of errors, warnings and accepted findings."""
    counts = {severity: sum(p.severity == severity for p in report.problems) for severity in ("error", "warning")}
    parts = [_count(number, word) for word, number in counts.items() if number] or ["no problems"]
    accepted = f"; {_count(len(report.accepted), 'finding')} accepted with a reason" if report.accepted else ""
    return f"{', '.join(report.packs)}: {', '.join(parts)}{accepted}"


def _count(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def as_json(report: CheckReport) -> str:
    """One object, described in docs/rules.md."""
    problems = [_problem_record(p) for p in report.problems]
    accepted = [{**_problem_record(a.problem), "reason": a.reason} for a in report.accepted]
    same, without = _quotation_counts(report)
    quotations = {"same": same, "without_copy": without}
    record = {"packs": report.packs, "problems": problems, "accepted": accepted, "quotations": quotations}
    return json.dumps(record, indent=2, ensure_ascii=False)


def _problem_record(problem: Problem) -> dict[str, object]:
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


def as_github(report: CheckReport) -> Iterator[str]:
    """One GitHub workflow command per problem, which GitHub shows as an annotation at the line."""
    for problem in report.problems:
        mark = problem.mark
        place = f"file={_property(mark.file)},line={mark.line},col={mark.column}," if mark else ""
        message = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
        yield f"::{problem.severity} {place}title={problem.code}::{_escape(message)}"


# The escapes that workflow commands require: in their message, and in addition in properties such as `file`.
def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


def list_rules() -> str:
    """One line per rule: code, severity and meaning."""
    width = max(len(rule.code) for rule in RULES)
    return "\n".join(f"{rule.code:<{width}}  {rule.severity:<7}  {rule.meaning}" for rule in RULES)


def explain_rule(code: str) -> str:
    """The documentation of the rule with this code. Raises UsageError for an unknown code."""
    found = next((rule for rule in RULES if rule.code == code), None)
    if found is None:
        codes = [rule.code for rule in RULES]
        hint = did_you_mean(code, codes) or f"the rules are {', '.join(codes)}"
        raise UsageError(f"there is no rule '{code}'; {hint}")
    return rule_help(found)


def rule_help(rule: Rule) -> str:
    """What a rule finds, why, a bad and a good example, and how to accept a finding."""
    return (
        f"{rule.code} ({rule.severity}): {rule.meaning}\n\n{rule.why}\n\n"
        f"bad:\n{_indented(rule.bad)}\n\ngood:\n{_indented(rule.good)}\n\n"
        f"To accept a finding, give a reason on the value itself or on a value that contains it:\n"
        f"    accept: {{{rule.code}: the reason}}"
    )


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


def rules_markdown() -> str:
    """The generated part of docs/rules.md."""
    parts = [f"## {r.code}\n\n*{r.severity}*: {r.meaning}. {r.why}\n\n```yaml\n# bad\n{r.bad}\n# good\n{r.good}\n```\n"
             for r in RULES]  # fmt: skip
    return "\n".join(parts)
