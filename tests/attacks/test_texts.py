"""Texts, numbers and names of strangers: too much is an error at its line, and no text takes long to check."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import TEXTS, Hostile
from in_time import in_time
from lake import context_of, statement, write_lake

from briefings import markdown
from briefings.checking.run_rules import applicable_rules, check_result, run_rules
from briefings.limits import MAX_TEXT
from briefings.loading.load import load
from briefings.pack.yaml_file import parse_yaml, read_yaml
from briefings.problems import ProblemError, grouped
from briefings.schema.fields import as_amount

SEVERAL = 2  # hostile texts of the largest size in one pack: what is found in one must not be sought in the next


def checked(folder: Path, additions: str) -> str:
    """What a check says of the lake with additions, in time."""
    with in_time():
        try:
            context = context_of(folder, additions)
        except ProblemError as error:
            return "\n".join(grouped(error.problems))
        ran = applicable_rules(context)
        return "\n".join(grouped(check_result(context, run_rules(context, ran), ran).problems))


# Each of these hung a check, or took over twenty seconds, with as many repetitions as here.
WHOLE = {
    "combining marks": "a" + "\u0301" * 20_000,
    "good links": "[a](https://b.c) " * 40_000,
    "citations": "[@diary]" * 100_000,
    "quotation marks": '"' * 400_000,
    "marks that are links": "[@a](" * 190_000,
    "numbers by hand": "in 13 xx " * 90_000,
    "capitals": "".join(f"b Xq{n} " for n in range(100_000)),
    "lines": "word 13 x\n" * 60_000,
    "sentences without an end": ". [@diary]" * 90_000,
    "links without an end": "](" * 450_000,
    "digits": "page " + "1" * 480_000 + ",1",
    "quotations without an end": "“" * 320_000,
    "citations in a row": "[@diary] " * 90_000,
    "spaces": " " * 900_000 + "a",
    "emphasis": "*a* " * 20_000,
    "more emphasis": "*a* " * 200_000,
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_text_of_any_length_is_an_error_at_its_line(name: str, tmp_path: Path) -> None:
    said = checked(tmp_path, statement(f"It was full. {WHOLE[name]} [@diary]"))
    assert "error[too-large]" in said or "error[bad-value]: more than 30 combining marks" in said
    assert "lake/history.yaml:" in said


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text.unit))
def test_a_text_of_the_largest_length_is_checked_in_time(text: Hostile, tmp_path: Path) -> None:
    raw = f"It was full. {text.of(MAX_TEXT - 60)} [@diary]"
    fields = [f"      - {{id: b-{n}, text: {json.dumps(raw, ensure_ascii=False)}}}" for n in range(SEVERAL)]
    head = "# history.yaml\nparts:\n  - id: before\n    title: Before\n    paragraphs:\n"
    assert "too-large" not in checked(tmp_path, head + "\n".join(fields) + "\n")


def test_levels_with_thousands_of_numbers_are_compared_in_time(tmp_path: Path) -> None:
    starts = {"plain": 13, "standard": 3000}
    levels = {level: f"{' '.join(map(str, range(start, start + 1500)))}. [@diary]" for level, start in starts.items()}
    said = checked(tmp_path, statement(levels))
    assert "level plain says '13', but no other level of this text does" in said


@pytest.mark.parametrize("term", ["spawn" + " (" * 4_900, "spawn (" + "a" * 9_900, "(" * 9_900, "a (b) " * 1_600])
def test_a_term_of_many_brackets(term: str, tmp_path: Path) -> None:
    entry = f"# glossary.yaml\n  - {{id: spawn, term: {json.dumps(term)}, text: Eggs.}}\n"
    assert "error" not in checked(tmp_path, entry)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("a `b\n\n[x](javascript:y) c` d", "javascript:y"),
        ("a `b\n\n[x](ftp://evil) c` d", "ftp://evil"),
        ("a `b\n\n[@nobody] c` d", "nobody"),
        ("a `b\n \n[@nobody] c` d", "nobody"),
        ("- a `b\n- [@nobody] c` d", "nobody"),
        ("> a `b\n\n[@nobody] c` d", "nobody"),
        ("a ``b\n\n[@nobody] c`` d", "nobody"),
        ("| a `b |\n|--|\n| [@nobody] c` |", "nobody"),
    ],
)
def test_backticks_in_two_paragraphs_hide_nothing(text: str, hidden: str) -> None:
    """What is found is what a page shows: both divide a text in one way."""
    shown: list[str] = []

    def note(mark: markdown.ValidMark, _: bool) -> str:
        shown.append(mark.raw)
        return ""

    html = markdown.render_html(text, note)
    found = [mark.raw for mark in markdown.find_marks(text) if not isinstance(mark, markdown.InvalidMark)]
    assert found == shown
    links = [mark.raw for mark in markdown.find_marks(text) if isinstance(mark, markdown.InvalidMark)]
    assert 'href="' not in html or links
    assert any(hidden in raw for raw in (*found, *links))


BAD_NUMBERS = (
    *("1e999999999", "1e-999999999", "-1e99999999", "1E+999999999", "1e9_9_9_9_9_9", "1e0999999999", "1_0e9_99"),
    *("9" * 200, "1/" + "9" * 200, "0." + "0" * 200 + "1", "1e100", "٩e٩٩٩٩٩٩", "1000000000000000", "1/0", "1e99/3"),
)


@pytest.mark.parametrize("written", BAD_NUMBERS, ids=lambda written: ascii(written)[:20])
def test_a_number_has_a_range(written: str, tmp_path: Path) -> None:
    with in_time(1.0), pytest.raises(ValueError, match=r"is too large for a page|is not a number"):
        as_amount(written)
    for value in (written, json.dumps(written, ensure_ascii=False)):
        rest = "as_of: 2024-03, by: [moss], basis: x, sources: [diary]"
        estimate = f"{{id: e, value: {value}, {rest}}}"
        figure = f"# figures.yaml\n  - {{id: f, title: F, kind: series, unit: fish, estimates: [{estimate}]}}\n"
        assert "error[bad-value]: 'value': '" in checked(tmp_path / str(value == written), figure)


def derived(count: int, of: str, operation: str = "plus", first: str = "5", upwards: bool = True) -> str:
    """Numbers that are each calculated from the one before. `upwards` is the order in the file."""
    rows = [f"{{id: e0, value: {first}, as_of: 2024-03, by: [moss], basis: x, sources: [diary]}}"]
    for n in range(1, count):
        terms = of.replace("#P", f"f/e{n - 1}")
        rows.append(f"{{id: e{n}, derived: {{of: [{terms}], operation: {operation}, how: so}}}}")
    rows = rows if upwards else rows[::-1]
    return f"# figures.yaml\n  - {{id: f, title: F, kind: series, unit: fish, estimates: [{', '.join(rows)}]}}\n"


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (derived(3000, "#P"), "error[too-large]"),
        (derived(190, "#P", upwards=False), "it is derived over more than 20 steps"),
        (derived(190, "#P", first="1"), ""),  # in the order of the file, each is known when the next one needs it
        (derived(39, "#P, #P"), ""),
        (derived(190, "#P, #P"), "it is too large for a page"),
        (derived(19, "#P, #P", upwards=False), ""),
        (derived(30, ", ".join(["#P"] * 20), first="1/7"), "it is too large for a page"),
        (derived(19, ", ".join(["#P"] * 21)), "there may be 20 at most"),
        (derived(100, "trout-caught/june, #P", operation="less"), ""),
        (derived(2, ", ".join(["#P"] * 12)), ""),
        (derived(190, "#P, #P, #P", operation="less"), ""),
    ],
)
def test_derived_numbers_have_limits(figures: str, said: str, tmp_path: Path) -> None:
    found = checked(tmp_path, figures)
    assert said in found if said else "error[unsound]" not in found and "too-large" not in found


def test_a_derivation_whose_digits_double_has_a_limit(tmp_path: Path) -> None:
    share = "{id: e0, value: 0.4999999999, as_of: 2024-03, by: [moss], basis: x, sources: [diary]}"
    rows = [share] + [
        f"{{id: e{n}, derived: {{of: [f/e{n - 1}, f/e{n - 1}], operation: less-share, how: so}}}}" for n in range(1, 60)
    ]
    figures = f"# figures.yaml\n  - {{id: f, title: F, kind: series, unit: share, estimates: [{', '.join(rows)}]}}\n"
    assert "it has more digits than anybody can check" in checked(tmp_path, figures)


def test_twelve_inputs_are_not_tried_in_every_order(tmp_path: Path) -> None:
    """12! orders would be half a billion."""
    inputs = ", ".join(["area/spring"] * 12)
    row = f"{{id: e, value: 10800, derived: {{of: [{inputs}], how: the sum}}, sources: [diary]}}"
    figures = f"# figures.yaml\n  - {{id: f, title: F, kind: series, unit: km2, estimates: [{row}]}}\n"
    assert "derived-wrong" not in checked(tmp_path, figures)
    assert "derived-wrong" in checked(tmp_path / "wrong", figures.replace("10800", "10801"))


FILES: dict[str, tuple[str, str]] = {
    "mappings in mappings": ("{a: " * 240_000, "more than 20 levels deep"),
    "lists in lists": ("[" * 900_000, "not YAML: "),
    "dashes": ("- " * 400_000 + "a", "more than 20 levels deep"),
    "keys of keys": ("? " * 400_000, "more than 20 levels deep"),
    "indented": ("".join(f"{' ' * n}a:\n" for n in range(1200)), "more than 20 levels deep"),
    "one long line of texts": ("terms: [" + "a, " * 300_000 + "]", "more than 1,000 entries"),
    "many keys": ("".join(f"a{n}: 1\n" for n in range(2_000)), "more than 1,000 entries"),
    "many values": (("- [" + "1, " * 99 + "1]\n") * 600, "more than 50,000 values"),
    "quotes": ("terms: " + "'" * 900_001, "not YAML"),
    "double quotes": ('terms: "' + '\\"' * 400_000, "not YAML"),
    "a key without an end": ("a" * 900_000, "a text of 900,000 characters"),
    "commas": ("terms: {" + ", " * 400_000, "not YAML"),
    "signs": ("terms: @" + "[@a" * 200_000, "not YAML"),
    "colons": ("terms: a: " + "b: " * 200_000, "not YAML"),
    "comments": ("terms: {a: b\n" + "# }\n" * 200_000, "not YAML"),
    "tabs": ("\t" * 900_000 + "a: b", "not YAML"),
    "anchors": ("".join(f"- &a{n} x\n" for n in range(900)), "an anchor (&a0)"),
    "aliases": ("a: &a [1]\n" + "".join(f"b{n}: *a\n" for n in range(900)), "an alias (*a)"),
    "tags": ("".join(f"- !!python/object:os.system x{n}\n" for n in range(900)), "a tag ("),
    "combining marks of two kinds": ("a: b" + "\u0327\u0301" * 150_000, "combining marks on one letter"),
    "combining marks after many letters": ("a: " + "я" * 400 + "\u0301" * 40, "combining marks on one letter"),
    "a cut-off text in a long line": ("a: [" + "b c #d, " * 20_000 + "]", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_any_shape_is_read_in_time(name: str) -> None:
    text, said = FILES[name]
    with in_time(), pytest.raises(ProblemError) as caught:
        parse_yaml(text, "f.yaml")
    found = "\n".join(grouped(caught.value.problems))
    assert said in found
    assert "f.yaml:" in found


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: 1\n# " + "ü" * 200 + "\nb: x\x07", 3, 5),
        ("a: 1\rb: 2\rc: \x07", 3, 4),
        ("a: 1\r\nb: 2\r\nc: \x07", 3, 4),
        ("a: 1\u2028b: \x07", 2, 4),
        ("a: \U0001f600\x00", 1, 5),
        ("a: \ud800", 1, 4),
        ("\ufeffa: \x1b", 1, 5),
    ],
)
def test_a_control_character_is_reported_where_it_is(text: str, line: int, column: int) -> None:
    with pytest.raises(ProblemError) as caught:
        parse_yaml(text, "f.yaml")
    (problem,) = caught.value.problems
    assert problem.mark is not None
    assert (problem.mark.line, problem.mark.column) == (line, column)


def test_eight_sources_with_endless_ids_are_no_hint(tmp_path: Path) -> None:
    ids = "".join(f"  - {{id: {chr(97 + n) * 90_000}, title: T}}\n" for n in range(8))
    said = checked(tmp_path, f"# sources.yaml\n{ids}")
    assert "error[too-large]" in said
    assert len(said) < 5_000


def test_ids_of_a_hundred_letters_are_the_longest(tmp_path: Path) -> None:
    person = "# people.yaml\n  - {id: %s, name: Eve Reed, role: keeper, side: The council}\n"
    assert "has 101 characters, and 100 have room" in checked(tmp_path, person % ("a" * 101))
    assert "bad-id" not in checked(tmp_path / "good", person % ("a" * 100))


UNKNOWN: dict[str, Callable[[int], str]] = {
    "sources": lambda n: f"It was. [@diari-{n}]",
    "targets": lambda n: f"See [#est-{n}x]. [@diary]",
    "numbers": lambda n: f"It was [=area/spring-{n}]. [@diary]",
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_thousands_of_unknown_names_are_counted_in_time(name: str, tmp_path: Path) -> None:
    parts = []
    for part in range(5):
        rows = [f"{{id: b-{part}-{n}, text: {json.dumps(UNKNOWN[name](n + part * 900))}}}" for n in range(900)]
        parts.append(f"  - {{id: part-{part}, title: Before, paragraphs: [{', '.join(rows)}]}}\n")
    said = checked(tmp_path, "# history.yaml\nparts:\n" + "".join(parts))
    counts = [int(count) for count in re.findall(r"and (\d+) more", said)]
    assert max(counts) > 4_000


def test_a_file_with_a_thousand_problems_is_read_once(tmp_path: Path) -> None:
    """The excerpt of each problem is its whole line, and this one is long."""
    folder = write_lake(tmp_path, "# people.yaml\n" + "  - {id: moss, name: A, role: x, side: y}\n" * 800)
    with in_time(), pytest.raises(ProblemError) as caught:
        load(folder, "lake")
    assert len(caught.value.problems) == 800
    assert read_yaml(folder / "people.yaml", "people.yaml").lines
