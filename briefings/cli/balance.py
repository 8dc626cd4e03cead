"""`briefings balance`: which sources and positions a pack relies on and how its sides speak, as text or JSON."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

import click

from ..composing.open_project import open_project
from ..query.balance import Balance, balance_packs
from ..visible import visible
from .common import packs_argument, project_options, say, text_or_json_option


@click.command("balance")
@packs_argument
@text_or_json_option
@project_options
def command(packs: tuple[str, ...], form: str, **options: Any) -> None:
    """Count sources by country and kind, the length of positions and the replies to them, and how each side speaks."""
    balances = balance_packs(packs, open_project(packs=packs, **options).library)
    say(*(as_json(balances) if form == "json" else "\n".join(map(visible, as_text(balances)))).rstrip().split("\n"))


def as_text(balances: Iterable[Balance]) -> Iterator[str]:
    """Lines of the tables for each pack."""
    for balance in balances:
        yield from _balance_as_text(balance)


def _balance_as_text(balance: Balance) -> Iterator[str]:
    yield f"balance of {balance.pack}"
    yield ""
    total = sum(source.cited for source in balance.sources) or 1
    for name in ("country", "kind"):
        counts: Counter[str] = Counter()
        works: Counter[str] = Counter()
        for source in balance.sources:
            counts[getattr(source, name)] += source.cited
            works[getattr(source, name)] += 1
        rows = [(key, works[key], count, f"{count * 100 / total:.0f} %") for key, count in counts.most_common()]
        yield from _table((f"sources by {name}", "works", "cited", "share"), rows)
    yield from _table(
        ("source", "cited", "kind", "country", "standpoint"),
        [(s.id, s.cited, s.kind, s.country, s.standpoint) for s in balance.sources],
    )
    if balance.positions:
        fields = ("id", "plain", "standard", "advanced", "arguments", "evidence", "replies", "title")
        yield from _table(("position", *fields[1:]), [[getattr(p, f) for f in fields] for p in balance.positions])
    yield from _table(
        ("whose words", "statements", "words", "estimates"),
        [(s.side, s.statements, s.words, s.estimates) for s in balance.sides],
    )
    yield from _voices_as_text(balance)
    yield from _replies_as_text(balance)


def _voices_as_text(balance: Balance) -> Iterator[str]:
    """A table for each level: a side may be spoken of in another way to younger readers."""
    for level in dict.fromkeys(voice.level for voice in balance.voices):
        voices = [voice for voice in balance.voices if voice.level == level]
        heads = (f"verbs for, at level {level}", *voices[0].verbs, "quoted", "silent")
        yield from _table(heads, [(v.side, *v.verbs.values(), v.quotations, v.silences) for v in voices])


def _replies_as_text(balance: Balance) -> Iterator[str]:
    if not balance.replies:
        return
    fields = ("side", "positions", "arguments", "fewest", "mean", "most")
    yield from _table(("replies to", *fields[1:]), [[getattr(side, f) for f in fields] for side in balance.replies])
    for field, head in (("unanswered", "without a reply"), ("answered_often", "with more than one reply")):
        listed = dict.fromkeys(argument for side in balance.replies for argument in getattr(side, field))
        yield f"arguments {head}: {', '.join(listed) or 'none'}"
    yield ""


def _table(heads: Sequence[str], rows: Iterable[Sequence[str | float]]) -> Iterator[str]:
    """Lines of a table with columns as wide as their content. Columns of numbers are aligned to the right."""
    rows = list(rows)
    widths = [max(len(str(row[column])) for row in (heads, *rows)) for column in range(len(heads))]
    for row in (heads, *rows):
        cells = [
            str(cell).rjust(width) if rows and isinstance(rows[0][column], int | float) else str(cell).ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
    yield ""


def as_json(balances: Iterable[Balance]) -> str:
    """A list with one object per pack."""
    return json.dumps([asdict(balance) for balance in balances], ensure_ascii=False, indent=1)
