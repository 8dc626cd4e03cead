"""Samples of several rounds -> docs/benchmarks.md and docs/benchmarks.svg: ratios within a round, never across."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from statistics import mean, median

Round = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Found:
    """What was measured, and on what. A round holds the samples of each key, in seconds or MiB."""

    machine: Mapping[str, str]
    documents: int  # PDFs of the shipped pack
    rounds: Sequence[Round]


@dataclass(frozen=True)
class Row:
    """A line of the table: what it is, its value in one round, and the most it should be (None: only to compare)."""

    what: str
    value: Callable[[Round], float]
    unit: str
    most: float | None = None


def rows(documents: int) -> list[Row]:
    """The table. W is the naive script's mean for a document, p is `python -c pass`, both of the same round."""

    def naive(key: str, share: int = 1) -> Callable[[Round], float]:
        return lambda found: mean(found[key]) / mean(found["naive"]) / share

    def growth(found: Round) -> float:
        """MiB a worker between 20 and 200 documents; there are two."""
        return (found["200 documents: memory"][0] - found["20 documents: memory"][0]) / 2

    def linear(found: Round) -> float:
        """200 documents against what 20 and 50 say of 200."""
        few, more = found["20 documents"][0], found["50 documents"][0]
        return found["200 documents"][0] / (more + (more - few) / 30 * 150)

    return [
        Row("naive script: a process a document", naive("naive"), "W"),
        Row(f"all PDFs of the pack ({documents}), cold, a PDF", naive("all PDFs", documents), "W", 0.30),
        Row("one estimate changed that one document shows, cold", naive("one estimate"), "W", 1.0),
        Row("`serve`: edit to reloaded page", naive("serve, edit to html"), "W", 0.15),
        Row("`serve`: edit to new PDF", naive("serve, edit to pdf"), "W", 0.55),
        Row("HTML of all documents, cold", naive("all HTML"), "W", 0.30),
        Row("`check`, one estimate changed", naive("check"), "W", 0.25),
        Row("`check`, nothing changed", naive("check, nothing changed"), "W", 0.25),
        Row("nothing changed", lambda found: mean(found["nothing changed"]) / mean(found["pass"]), "p", 3),
        Row("memory of the tree, all PDFs, two workers", lambda found: found["all PDFs: memory"][0], "MiB", 220),
        Row("growth from document 20 to 200, a worker", growth, "MiB", 15),
        Row("200 documents, against linear", linear, "×", 1.15),
        Row("Chromium's print, a process a document", naive("Chromium, cold"), "W"),
        Row("Chromium's print, kept warm, a document", naive("Chromium, kept"), "W"),
        Row("mkdocs, nothing new (12 pages)", naive("mkdocs, nothing new"), "W"),
    ]


def write(found: Found, folder: Path) -> None:
    """Write the table and the drawing."""
    table = [row for row in rows(found.documents) if any(_measured(row, one) for one in found.rounds)]
    (folder / "benchmarks.md").write_text(_page(found, table), "utf-8")
    (folder / "benchmarks.svg").write_text(_drawing(found, [row for row in table if row.unit == "W"]), "utf-8")


def _measured(row: Row, found: Round) -> bool:
    try:
        row.value(found)
    except (KeyError, IndexError):
        return False
    return True


def _values(row: Row, found: Found) -> list[float]:
    """The row in each round that measured it."""
    return [row.value(one) for one in found.rounds if _measured(row, one)]


def _page(found: Found, table: Sequence[Row]) -> str:
    naive = [mean(one["naive"]) for one in found.rounds]
    passed = [mean(one["pass"]) for one in found.rounds]
    lines = [
        "# Benchmarks",
        "",
        "Made by `make bench`: whole processes, interleaved in one run, ratios within a round, for machines are noisy.",
        f"W, the naive script's mean for one of our documents, was {_spread(naive, 's')};",
        f"p, `python -c pass`, was {_spread([1000 * s for s in passed], 'ms')}.",
        f"A figure is the median of {len(found.rounds)} rounds, with the least and the most.",
        "",
        "![The same, drawn](benchmarks.svg)",
        "",
        "| what | measured | at most | |",
        "| --- | --- | --- | --- |",
    ]
    for row in table:
        values = _values(row, found)
        most = "" if row.most is None else f"{row.most:g} {row.unit}"
        verdict = "" if row.most is None else "held" if median(values) <= row.most else "missed"
        lines.append(f"| {row.what} | {_spread(values, row.unit)} | {most} | {verdict} |")
    lines += ["", "## Growth", "", "| what | seconds | memory of the tree |", "| --- | --- | --- |"]
    for key in dict.fromkeys(k for one in found.rounds for k in one if k.endswith(("statements", "documents"))):
        seconds = _spread([one[key][0] for one in found.rounds if key in one], "s")
        memory = [one[f"{key}: memory"][0] for one in found.rounds if f"{key}: memory" in one]
        lines.append(f"| {key} | {seconds} | {_spread(memory, 'MiB') if memory else ''} |")
    lines += ["", (Path(__file__).parent / "tried.md").read_text("utf-8").rstrip()]
    lines += ["", "## Machine", "", *(f"- {name}: {value}" for name, value in found.machine.items()), ""]
    return "\n".join(lines)


def _spread(values: Sequence[float], unit: str) -> str:
    least, middle, most = (f"{v:.0f}" if v >= 20 else f"{v:.3g}" for v in (min(values), median(values), max(values)))
    return f"{middle} {unit}" if least == most else f"{middle} {unit} ({least} to {most})"


def _drawing(found: Found, table: Sequence[Row]) -> str:
    """Bars from zero, the spread as a line on each, and a tick where the most allowed is."""
    left, width, step = 330, 420, 26
    longest = max(max(_values(row, found)) for row in table)
    scale = width / max(1.0, longest)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 60} {step * len(table) + 34}" '
        'font-family="\'Source Sans 3\', sans-serif" font-size="13" fill="#1c1a17">',
        "<title>Time of each task in units of the naive script's time for one document</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
    ]
    for place, row in enumerate(table):
        values = _values(row, found)
        y = 10 + place * step
        low, middle, high = (left + v * scale for v in (min(values), median(values), max(values)))
        label = escape(row.what.replace("`", ""))
        out += [
            f'<text x="{left - 10}" y="{y + 13}" text-anchor="end">{label}</text>',
            f'<rect x="{left}" y="{y + 2}" width="{middle - left:.1f}" height="14" fill="#9b1c16"/>',
            f'<path d="M{low:.1f} {y + 9}H{high:.1f}" stroke="#1c1a17" stroke-width="2"/>',
            f'<text x="{high + 8:.1f}" y="{y + 13}">{median(values):.2g}</text>',
        ]
        if row.most is not None:
            x = left + row.most * scale
            out.append(f'<path d="M{x:.1f} {y - 2}v22" stroke="#1c1a17" stroke-width="1.5" stroke-dasharray="3 2"/>')
    foot = "1 = the naive script's time for one document; dashed: the most it should be; thin line: from least to most"
    out += [f'<text x="{left}" y="{step * len(table) + 26}" fill="#45423c">{escape(foot)}</text>', "</svg>", ""]
    return "\n".join(out)
