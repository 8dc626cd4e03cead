"""`briefings why`: where a number or words come from, as text or JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from ..query.why import EstimateMatch, Occurrence, SearchResult, StatementMatch, search_packs
from ..schema.dates import PartialDate
from ..schema.topic import Source
from .common import DONE, PROBLEMS, open_library, packs_argument, project_option, text_or_json_option, theme_option


@click.command("why")
@click.argument("asked", metavar="TEXT")
@packs_argument
@click.option("--audience", "audiences", multiple=True, help="Only what this audience gets. Repeatable.")
@text_or_json_option
@theme_option
@project_option
@click.option("--out", default="build", show_default=True, type=click.Path(file_okay=False), help="Where PDFs lie.")
def command(asked: str, packs: tuple[str, ...], form: str, themes: tuple[str, ...], project: str, **how: Any) -> int:
    """Where a number or words on a page come from: estimate, statement, source, file and line, sheets."""
    answers = search_packs(asked, packs, open_library(project, themes), **how)
    click.echo(as_json(answers) if form == "json" else "\n".join(as_text(answers)).rstrip())
    if any(answers):
        return DONE
    click.echo(not_found_message(asked, answers), err=True)
    return PROBLEMS


def as_text(answers: Iterable[SearchResult]) -> Iterator[str]:
    """Lines: each estimate, each text, each source, with its place in the files and on the sheets."""
    for answer in answers:
        yield from _answer_as_text(answer)


def _answer_as_text(answer: SearchResult) -> Iterator[str]:
    for estimated in answer.estimates:
        yield from _block(f"{_location(estimated.mark)} {estimated.written}", _facts(answer, estimated))
    for stated in answer.statements:
        yield from _block(f"{_location(stated.passage.mark())} {stated.number or stated.id}", _words(answer, stated))
    for source in answer.sources:
        yield from _block(f"{_location(answer.pack.marks[source.id])} [@{source.id}]", _source(answer, source).items())
    if answer and not answer.built:
        yield "No PDF of this pack was built, so no sheets are named: run 'briefings build'."


def _block(head: str, facts: Iterable[tuple[str, Any]]) -> Iterator[str]:
    yield head
    for name, value in facts:
        for line in value if isinstance(value, list) else [value]:
            if line:
                yield f"    {name.replace('_', ' '):<14} {line}"
    yield ""


def _location(mark: Any) -> str:
    return f"{mark.file}:{mark.line}:{mark.column}:"


def _facts(answer: SearchResult, estimated: EstimateMatch) -> Iterator[tuple[str, Any]]:
    record = _estimate(answer, estimated)
    yield from ((name, record[name]) for name in record if name not in ("written", "place", "sources", "stands_in"))
    yield "sources", ", ".join(record["sources"])
    yield "stands in", list(_occurrence_lines(estimated.occurrences))


def _words(answer: SearchResult, stated: StatementMatch) -> Iterator[tuple[str, Any]]:
    record = _statement(answer, stated)
    yield from ((name, record[name]) for name in ("what", "text", "quotations", "by", "when", "status"))
    yield "numbers", [f"{e['written']} [={e['id']}]" for e in record["numbers"]]
    yield "sources", ", ".join(record["sources"])
    yield "stands in", list(_occurrence_lines(stated.occurrences))


def _occurrence_lines(stands: Iterable[Occurrence]) -> Iterator[str]:
    for one in stands:
        sheets = "; ".join(f"{pdf}, {_sheets(numbers)}" for pdf, numbers in one.sheets.items())
        yield sheets or one.document


def _sheets(numbers: Sequence[int]) -> str:
    return f"sheet{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def _estimate(answer: SearchResult, estimated: EstimateMatch) -> dict[str, Any]:
    row, wording = estimated.row, answer.wording
    estimate, kinds = row.estimate, wording.strings["figure_kinds"]
    return {
        "id": row.ref,
        "written": estimated.written,
        "place": _location(estimated.mark).rstrip(":"),
        "figure": f"{row.figure.title.standard}: {kinds[row.figure.kind].lower()}",
        "bound": "" if row.words else estimate.bound,
        "unit": row.unit.many,
        "who": wording.names(row.by) + (f" through {wording.names(row.via)}" if row.via else ""),
        "when": _when(answer, estimate.as_of) or "undated",
        "status": estimate.status,
        "of_what": answer.plain(row.about),
        "basis": answer.plain(row.basis),
        "derived": answer.plain(row.how),
        "enemy_count": "one side's count of the other side" if estimate.enemy_count else "",
        "disagrees_with": [f"{answer.written(ref)} [={ref}]" for ref in row.rivals],
        "sources": list(row.sources),
        "stands_in": [{"document": s.document, "sheets": dict(s.sheets)} for s in estimated.occurrences],
    }


def _statement(answer: SearchResult, stated: StatementMatch) -> dict[str, Any]:
    owner = stated.owner
    levels = "" if len(stated.passage.levels) > 2 else f" at level {' and '.join(stated.passage.levels)}"
    return {
        "id": stated.id,
        "number": stated.number,
        "place": _location(stated.passage.mark()).rstrip(":"),
        "what": f"the {stated.passage.field} of {type(owner).__name__.lower()} '{stated.id}'{levels}",
        "text": stated.text,
        "quotations": [f'"{words}"' for words in stated.quoted],
        "by": answer.names(getattr(owner, "by", ())),
        "when": _when(answer, getattr(owner, "as_of", None) or getattr(owner, "date", None)),
        "status": getattr(owner, "status", None) or "",
        "numbers": [{"id": ref, "written": answer.written(ref)} for ref in stated.estimates],
        "sources": list(stated.sources),
        "stands_in": [{"document": s.document, "sheets": dict(s.sheets)} for s in stated.occurrences],
    }


def _source(answer: SearchResult, source: Source) -> dict[str, Any]:
    return {
        "title": source.title,
        "authors": ", ".join(source.authors),
        "publisher": f"{source.publisher}, {_when(answer, source.published)}",
        "kind": f"{answer.wording.strings['source_kinds'][source.kind]}, {source.country}",
        "standpoint": source.standpoint.standard,
        "relays": answer.names(source.relays),
        "url": source.url or "",
    }


def _when(answer: SearchResult, when: PartialDate | None) -> str:
    return answer.wording.when(when) if when else ""


def not_found_message(asked: str, answers: Iterable[SearchResult]) -> str:
    """That nothing was found, what was searched, and what comes closest."""
    answers = list(answers)
    packs = ", ".join(answer.pack.id for answer in answers)
    lines = [f"briefings: '{asked}' stands in no text, number, id or title that these documents show of {packs}"]
    near = [near for answer in answers for near in answer.suggestions]
    return "\n".join([*lines, *(["closest are:"] if near else []), *(f"  {words}" for words in near)])


def as_json(answers: Iterable[SearchResult]) -> str:
    """All of it, a record a pack."""
    record = [
        {
            "pack": answer.pack.id,
            "estimates": [_estimate(answer, estimated) for estimated in answer.estimates],
            "statements": [_statement(answer, stated) for stated in answer.statements],
            "sources": [{"id": source.id, **_source(answer, source)} for source in answer.sources],
            "near": list(answer.suggestions),
            "built": answer.built,
        }
        for answer in answers
    ]
    return json.dumps(record, ensure_ascii=False, indent=1)
