"""Problems: how one is printed, how many are sorted, and the hints for misspelt names."""

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from briefings.problems import Mark, Problem, ProblemError, did_you_mean, grouped, with_excerpt


def test_a_problem_is_printed_with_its_line_and_a_caret() -> None:
    problem = Problem("code", "what is wrong", Mark("f.yaml", 3, 7), "what to do", excerpt="text: Eggs")
    assert str(problem).splitlines() == [
        "f.yaml:3:7: error[code]: what is wrong; what to do",
        "    3 | text: Eggs",
        "      |       ^",
    ]
    assert str(Problem("code", "beware", severity="warning")) == "warning[code]: beware"


def test_a_long_line_is_cut_to_the_part_around_the_column() -> None:
    problem = Problem("code", "here", Mark("f.yaml", 1, 5_001), excerpt="-" * 5_000 + "!" + "-" * 5_000)
    _, excerpt, caret = str(problem).splitlines()
    assert len(excerpt) < 220
    assert excerpt[caret.index("^")] == "!"


FIRST = Problem("b", "one", Mark("a.yaml", 2, 1))
SECOND = Problem("a", "two", Mark("a.yaml", 10, 1))
NOWHERE = Problem("c", "three")


def test_an_error_sorts_its_problems_by_position() -> None:
    error = ProblemError([SECOND, FIRST, NOWHERE])
    assert error.problems == (NOWHERE, FIRST, SECOND)
    assert str(error).splitlines() == ["error[c]: three", "a.yaml:2:1: error[b]: one", "a.yaml:10:1: error[a]: two"]


def test_an_error_keeps_its_problems_when_pickled() -> None:
    assert pickle.loads(pickle.dumps(ProblemError([FIRST, SECOND]))).problems == (FIRST, SECOND)


def test_the_excerpt_is_read_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.css"
    path.write_text("p {}\nb { color: rde }\n")
    assert with_excerpt(Problem("x", "x", Mark(str(path), 2, 12))).excerpt == "b { color: rde }"


@pytest.mark.parametrize("mark", [None, Mark("no-such-file", 1, 1), Mark(__file__, 100_000, 1)])
def test_a_problem_without_a_line_to_read_is_unchanged(mark: Mark | None) -> None:
    problem = Problem("x", "x", mark)
    assert with_excerpt(problem) == problem


@pytest.mark.parametrize(
    ("name", "hint"), [("keper", "did you mean 'keeper'?"), ("frog", "did you mean 'frogs'?"), ("pupils", "")]
)
def test_the_closest_known_name_is_suggested(name: str, hint: str) -> None:
    assert did_you_mean(name, ["keeper", "frogs"]) == hint


def test_the_suggestion_can_be_worded_otherwise() -> None:
    assert did_you_mean("phase", ["phases"], "did you mean '{}.yaml'?") == "did you mean 'phases.yaml'?"


def unlisted(name: str, line: int, file: str = "pack.yaml") -> Problem:
    return Problem("name", f"'{name}' is not listed", Mark(file, line, 5), "list it", "warning")


def test_a_repeated_finding_names_its_first_place_and_the_others() -> None:
    problems = [unlisted("East", 4), *(unlisted("East", line, "phases.yaml") for line in range(1, 30))]
    (text,) = grouped(problems)
    places = ", ".join(f"phases.yaml:{line}:5" for line in range(1, 30))
    assert text == f"pack.yaml:4:5: warning[name]: 'East' is not listed; list it\n  and 29 more: {places}"


def test_findings_that_differ_in_a_name_are_grouped_if_there_are_many() -> None:
    names = [unlisted("East", 4), unlisted("Asia", 5), unlisted("East", 6), unlisted("Asia", 7)]
    assert list(grouped(names)) == [f"{names[0]}\n  and 3 more: pack.yaml:6:5, 'Asia' (pack.yaml:5:5, pack.yaml:7:5)"]
    assert list(grouped(names[:2])) == [*map(str, names[:2])]


def test_what_differs_in_more_than_a_name_is_not_grouped() -> None:
    one = unlisted("East", 4)
    others = [
        replace(one, hint="did you mean 'Easter'?"),
        replace(one, severity="error"),
        replace(one, code="other"),
        replace(one, message="'East' is written twice"),
    ]
    assert list(grouped([one, *others])) == [*map(str, [one, *others])]
    without = [Problem("code", f"'{name}' failed") for name in "abc"]
    assert list(grouped(without)) == [*map(str, without)]


def test_a_fault_of_a_template_names_the_pages_that_have_it() -> None:
    pages = ("pupils-briefing", "public-briefing")
    problems = [Problem("outside", f"page {name} refers to 'x'", Mark("a.html", 1, 2), "put it here") for name in pages]
    assert list(grouped(problems)) == [f"{problems[0]}\n  and 1 more: page public-briefing"]


def test_signs_that_no_font_has_are_grouped() -> None:
    places = enumerate("abc", 1)
    signs = [
        Problem("glyph", f"no font has '{s}' (U+006{n})", Mark("a.yaml", 1, n), "write another") for n, s in places
    ]
    assert list(grouped(signs)) == [f"{signs[0]}\n  and 2 more: 'b' (U+0062) (a.yaml:1:2), 'c' (U+0063) (a.yaml:1:3)"]


def test_a_very_long_list_of_places_is_cut() -> None:
    (text,) = grouped(unlisted("East", line) for line in range(1, 60))
    assert "and 58 more: pack.yaml:2:5, " in text
    assert text.endswith("pack.yaml:41:5, …")
