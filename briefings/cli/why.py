"""`briefings why`: where a number or a text on a page comes from, as text or JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from ..composing.open_project import open_project
from ..query.why import EstimateMatch, Occurrence, SearchResult, StatementMatch, search_packs
from ..schema.dates import PartialDate
from ..schema.topic import Source
from ..visible import visible
from .common import (
    DONE,
    PROBLEMS,
    complete_audience,
    out_option,
    packs_argument,
    project_options,
    say,
    text_or_json_option,
    theme_option,
)


@click.command("why")
@click.argument("text", metavar="TEXT")
@packs_argument
@click.option(
    "--audience",
    "audiences",
    multiple=True,
    shell_complete=complete_audience,
    help="Search only what this audience gets. Repeatable.",
)
@text_or_json_option
@theme_option
@project_options
@out_option
def command(text: str, packs: tuple[str, ...], form: str, audiences: tuple[str, ...], **options: Any) -> int:
    """Show where a number or a text on a page comes from: estimates, statements and sources, with files and sheets."""
    project = open_project(packs=packs, audiences=audiences, **options)
    results = search_packs(text, packs, project.library, audiences, project.out)
    say(*(as_json(results) if form == "json" else "\n".join(map(visible, as_text(results)))).rstrip().split("\n"))
    if any(results):
        return DONE
    say(*not_found_message(text, results).split("\n"), err=True)
    return PROBLEMS


def as_text(results: Iterable[SearchResult]) -> Iterator[str]:
    """Lines for each estimate, text and source, with its place in the data and the sheets on which it appears."""
    for result in results:
        yield from _result_as_text(result)


def _result_as_text(result: SearchResult) -> Iterator[str]:
    for found in result.estimates:
        yield from _block(f"{_location(found.mark)} {found.written}", _estimate_facts(result, found))
    for match in result.statements:
        head = f"{_location(match.passage.mark())} {match.number or match.id}"
        yield from _block(head, _statement_facts(result, match))
    for source in result.sources:
        head = f"{_location(result.pack.marks[source.id])} [@{source.id}]"
        yield from _block(head, _source_record(result, source).items())
    if result and not result.built:
        yield "No PDF of this pack has been built, so sheets are unknown: run 'briefings build'."


def _block(head: str, facts: Iterable[tuple[str, Any]]) -> Iterator[str]:
    """A heading, then an indented line per fact, or per item of a list; empty facts are left out."""
    yield head
    for name, value in facts:
        for line in value if isinstance(value, list) else [value]:
            if line:
                yield f"    {name.replace('_', ' '):<14} {line}"
    yield ""


def _location(mark: Any) -> str:
    return f"{mark.file}:{mark.line}:{mark.column}:"


def _estimate_facts(result: SearchResult, match: EstimateMatch) -> Iterator[tuple[str, Any]]:
    record = _estimate_record(result, match)
    yield from ((name, record[name]) for name in record if name not in ("written", "place", "sources", "stands_in"))
    yield "sources", ", ".join(record["sources"])
    yield "appears in", list(_occurrence_lines(match.occurrences))


def _statement_facts(result: SearchResult, match: StatementMatch) -> Iterator[tuple[str, Any]]:
    record = _statement_record(result, match)
    yield from ((name, record[name]) for name in ("what", "text", "quotations", "by", "when", "status"))
    yield "numbers", [f"{e['written']} [={e['id']}]" for e in record["numbers"]]
    yield "sources", ", ".join(record["sources"])
    yield "appears in", list(_occurrence_lines(match.occurrences))


def _occurrence_lines(occurrences: Iterable[Occurrence]) -> Iterator[str]:
    for occurrence in occurrences:
        sheets = "; ".join(f"{pdf}, {_sheets(numbers)}" for pdf, numbers in occurrence.sheets.items())
        yield sheets or occurrence.document


def _sheets(numbers: Sequence[int]) -> str:
    return f"sheet{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def _estimate_record(result: SearchResult, match: EstimateMatch) -> dict[str, Any]:
    row, wording = match.row, result.wording
    estimate, kinds = row.estimate, wording.strings["figure_kinds"]
    return {
        "id": row.ref,
        "written": match.written,
        "place": _location(match.mark).rstrip(":"),
        "figure": f"{row.figure.title.standard}: {kinds[row.figure.kind].lower()}",
        "bound": "" if row.words else estimate.bound,
        "unit": row.unit.many,
        "who": wording.names(row.by) + (f" through {wording.names(row.via)}" if row.via else ""),
        "when": _when(result, estimate.as_of) or "undated",
        "status": estimate.status,
        "of_what": result.plain(row.about),
        "basis": result.plain(row.basis),
        "derived": result.plain(row.how),
        "enemy_count": "one side's count of the other side" if estimate.enemy_count else "",
        "disagrees_with": [f"{result.written(ref)} [={ref}]" for ref in row.rivals],
        "sources": list(row.sources),
        "stands_in": [{"document": s.document, "sheets": dict(s.sheets)} for s in match.occurrences],
    }


def _statement_record(result: SearchResult, match: StatementMatch) -> dict[str, Any]:
    owner = match.owner
    levels = "" if len(match.passage.levels) > 2 else f" at level {' and '.join(match.passage.levels)}"
    return {
        "id": match.id,
        "number": match.number,
        "place": _location(match.passage.mark()).rstrip(":"),
        "what": f"the {match.passage.field} of {type(owner).__name__.lower()} '{match.id}'{levels}",
        "text": match.text,
        "quotations": [f'"{words}"' for words in match.quoted],
        "by": result.names(getattr(owner, "by", ())),
        "when": _when(result, getattr(owner, "as_of", None) or getattr(owner, "date", None)),
        "status": getattr(owner, "status", None) or "",
        "numbers": [{"id": ref, "written": result.written(ref)} for ref in match.estimates],
        "sources": list(match.sources),
        "stands_in": [{"document": s.document, "sheets": dict(s.sheets)} for s in match.occurrences],
    }


def _source_record(result: SearchResult, source: Source) -> dict[str, Any]:
    return {
        "title": source.title,
        "authors": ", ".join(source.authors),
        "publisher": f"{source.publisher}, {_when(result, source.published)}",
        "kind": f"{result.wording.strings['source_kinds'][source.kind]}, {source.country}",
        "standpoint": source.standpoint.standard,
        "read": result.wording.strings["read"][source.read] if source.read else "",
        "relays": result.names(source.relays),
        "url": source.url or "",
    }


def _when(result: SearchResult, when: PartialDate | None) -> str:
    return result.wording.when(when) if when else ""


def not_found_message(text: str, results: Iterable[SearchResult]) -> str:
    """The message if nothing was found, with the suggestions of all packs."""
    results = list(results)
    packs = ", ".join(result.pack.id for result in results)
    lines = [
        f"briefings: '{text}' does not appear in any text, number, id or title of {packs} that these documents show"
    ]
    suggestions = [suggestion for result in results for suggestion in result.suggestions]
    return "\n".join([*lines, *(["similar:"] if suggestions else []), *(f"  {each}" for each in suggestions)])


def as_json(results: Iterable[SearchResult]) -> str:
    """A list with one object per pack."""
    record = [
        {
            "pack": result.pack.id,
            "estimates": [_estimate_record(result, match) for match in result.estimates],
            "statements": [_statement_record(result, match) for match in result.statements],
            "sources": [{"id": source.id, **_source_record(result, source)} for source in result.sources],
            "near": list(result.suggestions),
            "built": result.built,
        }
        for result in results
    ]
    return json.dumps(record, ensure_ascii=False, indent=1)
