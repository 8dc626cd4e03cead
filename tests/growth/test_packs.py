"""Loading a pack and running its rules take time with the number of what it has. `-s` prints the times."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from growing import grows, growth, row
from lake import write_lake

from briefings.checking.context import CheckContext
from briefings.checking.run_rules import applicable_rules, check_result, run_rules
from briefings.language.mentions import SearchText, longer_names
from briefings.loading.load import load
from briefings.problems import Hints, Mark, Problem, ProblemError, did_you_mean, grouped
from briefings.query.voices import count_voices

SIZE = 40  # of each thing; four times as many are in a pack
SOURCE = "publisher: The Gazette, published: 2023-03, kind: news, country: Nowhere, standpoint: None., read: part"


def each(line: str) -> Callable[[int], str]:
    """The line for each number, with the number, the one before it, and a letter-only name in it."""

    def make(number: int) -> str:
        return "".join(
            line.replace("#N", str(n)).replace("#B", str(n - 1)).replace("#A", letters(n)) + "\n" for n in range(number)
        )

    return make


def letters(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in f"{number:04}")


def statements(text: Callable[[int], str]) -> Callable[[int], str]:
    """Background with one statement for each number."""

    def make(number: int) -> str:
        lines = "".join(
            f"      - {{id: before-{n}, text: {json.dumps(text(n), ensure_ascii=False)}}}\n" for n in range(number)
        )
        return f"# history.yaml\nparts:\n  - id: before\n    title: Before\n    paragraphs:\n{lines}"

    return make


def figure(line: str, kind: str = "series") -> Callable[[int], str]:
    """Figures of ten estimates each."""

    def make(number: int) -> str:
        head = "  - {{id: f{0}, title: A figure, kind: " + kind + ", unit: fish, estimates: ["
        rows = [line.replace("#N", str(n)).replace("#F", str(n // 10)) for n in range(number)]
        tens = [rows[start : start + 10] for start in range(0, number, 10)]
        return "# figures.yaml\n" + "".join(
            head.format(place) + ", ".join(ten) + "]}\n" for place, ten in enumerate(tens)
        )

    return make


def chain(of: str) -> Callable[[int], str]:
    """Numbers that are each derived from the one before, without an operation."""
    given = "{id: e#N, value: 1, as_of: 2024-03, by: [moss], basis: x, sources: [diary]}"

    def make(number: int) -> str:
        rows = [
            given.replace("#N", "0") if n == 0 else f"{{id: e{n}, value: 1, derived: {{of: [{of}], how: so}}}}"
            for n in range(number)
        ]
        rows = [
            text.replace("#P", f"f{(n - 1) // 100}/e{n - 1}").replace("#S", f"f{n // 100}/e{n}")
            for n, text in enumerate(rows)
        ]
        hundreds = [rows[start : start + 100] for start in range(0, number, 100)]
        head = "  - {{id: f{0}, title: A figure, kind: series, unit: fish, estimates: ["
        return "# figures.yaml\n" + "".join(
            head.format(place) + ", ".join(some) + "]}\n" for place, some in enumerate(hundreds)
        )

    return make


def file(name: str, line: str) -> Callable[[int], str]:
    make = each(line)
    return lambda number: f"# {name}.yaml\n{make(number)}"


def both(*makers: Callable[[int], str]) -> Callable[[int], str]:
    return lambda number: "".join(make(number) for make in makers)


PERSON = (
    "  - {id: p-#N, name: Ada Person#A, also: [Keeper#A], variants: [Persson#A], role: a keeper, side: The council}"
)
PLACE = "  - {id: pl-#N, name: Lake#A, kind: village, country: Nowhere, text: Beside Lake#A and Ada Person#A.}"
TERM = "  - {id: t-#N, term: word#A (of its own), also: [words#A], text: A word.}"
MANY_TERMS = "  - {id: t-#N, term: dam of dams #A, also: [dam of dams #A of dams], text: A word.}"
ESTIMATE = "{id: e#N, value: #N, as_of: 2024-03, by: [moss], basis: her survey, sources: [diary]}"
RIVAL = "{id: e#N, value: #N, as_of: 2024-03, by: [moss], basis: her survey, sources: [diary], rival_of: [area/june]}"
JUDGEMENT = '  - {id: j-#N, verdict: disputed, evidence: [area, est-1, area/june], text: "It is. [@diary]"}'

PACKS: dict[str, Callable[[int], str]] = {
    "people": file("people", PERSON),
    "people that texts name": both(file("people", PERSON), statements(lambda n: f"Ada Person{letters(n)} came.")),
    "people of many sides": file("people", PERSON.replace("The council", "Side #A")),
    "places": file("places", PLACE),
    "terms": file("glossary", TERM),
    "terms in each other": file("glossary", MANY_TERMS),
    "sources": file("sources", f"  - {{id: s-#N, title: A paper #A, authors: [Ann Author#A], {SOURCE}}}"),
    "sources that relay each other": file("sources", f"  - {{id: s-#N, title: P #A, relays: [gazette], {SOURCE}}}"),
    "statements": statements(lambda n: f"It was built in {1700 + n % 250}. [@diary]"),
    "unknown sources": statements(lambda n: f"It was. [@nobody-{n}]"),
    "unknown numbers": statements(lambda n: f"It was [=area/nothing-{n}]. [@diary]"),
    "unknown targets": statements(lambda n: f"It was: see [#nothing-{n}]. [@diary]"),
    "marks that are none": statements(lambda n: f"It was [@A{n}; @b]. [@diary]"),
    "HTML": statements(lambda n: f"It was <b>{n}</b>. [@diary]"),
    "names in no list": statements(lambda n: f"It was in Xy{letters(n)} and Zw{letters(n)}. [@diary]"),
    "numbers by hand": statements(lambda n: f"It had {1000 + n} rooms and {3000 + n} doors. [@diary]"),
    "quotations": statements(lambda n: f'It was "so {letters(n)}". [@diary]'),
    "silences": statements(lambda n: f"Nobody here counts it, and The Gazette does not say {letters(n)}. [@gazette]"),
    "variants in texts": both(file("people", PERSON), statements(lambda n: f"Persson{letters(n)} came. [@diary]")),
    "estimates": figure(ESTIMATE),
    "estimates of one number": figure(ESTIMATE.replace("value: #N", "value: 7")),
    "rivals": figure(RIVAL, "rival"),
    "figures of rivals without a rival": figure(ESTIMATE, "rival"),
    "numbers derived in a chain": chain("#P"),
    "numbers derived twice from each": chain("#P, #P"),
    "numbers derived from themselves": chain("#P, #S"),
    "judgements": lambda n: "# judgements.yaml\njudgements:\n" + each(JUDGEMENT)(n),
    "ids used twice": file("people", PERSON.replace("p-#N", "moss")),
    "unknown fields": file("people", PERSON.replace("role:", "rol#A: x, role:")),
    "unknown words": file("places", PLACE.replace("kind: village", "kind: villag#A")),
    "ids that are none": file("people", PERSON.replace("p-#N", "P_#N")),
    "empty lists": figure(ESTIMATE.replace("sources: [diary]", "sources: [], derived: {of: [], how: x}")),
    "rules accepted that are none": file("people", PERSON.replace("side: The", "accept: {rul#A: x}, side: The")),
    "rules accepted for nothing": file("people", PERSON.replace("side: The", "accept: {uncited: x}, side: The")),
}  # fmt: skip


def check(folder: Path) -> object:
    """Load a pack, run its rules, and write what they find."""
    try:
        context = CheckContext(load(folder, "lake"))
    except ProblemError as error:
        return list(grouped(error.problems))
    ran = applicable_rules(context)
    return list(grouped(check_result(context, run_rules(context, ran), ran).problems))


@pytest.mark.parametrize("name", PACKS)
def test_time_grows_with_the_size_of_a_pack(name: str, tmp_path: Path) -> None:
    folders: dict[int, Path] = {}

    def pack(size: int) -> Path:
        if size not in folders:
            folders[size] = write_lake(tmp_path / str(size), PACKS[name](size))
        return folders[size]

    found = growth(check, {"": pack}, SIZE)
    print(f"\n{row(name, found)}", end="")
    assert {text: measured for text, measured in found.items() if grows(measured)} == {}
    assert max(four for _, _, four in found.values()) < 5


def near(names: list[str], known: list[str]) -> list[str]:
    hints = Hints()
    return [hints.near(name, lambda: known) for name in names]


NAMES: dict[str, Callable[[int], object]] = {
    "names in each other": lambda n: longer_names({str(k): ["a " * k, f"b {k} a"] for k in range(1, int(n**0.5))}),
    "forms of one word": lambda n: longer_names({str(k): [f"dam {letters(k)}"] for k in range(n)}),
    "words of a text": lambda n: SearchText.of("a b c " * n).words,
    "hints for many names": lambda n: [
        hints.near(f"name-{k}", lambda: [f"nane-{j}" for j in range(n // 8)])
        for hints in [Hints()]
        for k in range(n // 8)
    ],
    "a hint among many": lambda n: did_you_mean("a" * 60, ["a" * 59 + letters(k) for k in range(n)]),
    "problems": lambda n: list(
        grouped(Problem("code", f"there is no '{letters(k)}'", Mark("f", k, 1), "", "error", "x" * n) for k in range(n))
    ),
    "problems of many kinds": lambda n: list(
        grouped(Problem(f"c{k}", f"{letters(k)} 'a'", Mark("f", k, 1), "", "error", "x" * n) for k in range(n))
    ),
}


@pytest.mark.parametrize("name", NAMES)
def test_time_grows_with_the_number_of_names(name: str) -> None:
    found = growth(NAMES[name], {"": lambda size: size}, 400)
    print(f"\n{row(name, found)}", end="")
    assert {text: measured for text, measured in found.items() if grows(measured)} == {}
    assert max(four for _, _, four in found.values()) < 5


def test_counting_voices_takes_time_with_the_texts(tmp_path: Path) -> None:
    make = statements(lambda n: f'Ada Moss said that it was "{letters(n)}" and denied it. [@diary]')
    packs = {size: load(write_lake(tmp_path / str(size), make(size)), "lake") for size in (SIZE, 2 * SIZE, 4 * SIZE)}
    found = growth(lambda pack: list(count_voices(pack)), {"": packs.__getitem__}, SIZE)
    print(f"\n{row('voices', found)}", end="")
    assert not grows(found[""])
