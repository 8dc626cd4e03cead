"""A theme's fixed texts -> those that nothing reads."""

from pathlib import Path

import pytest
from conftest import POND

from briefings.checking.templates.texts import text_problems
from briefings.library import Library


def found(theme: Path, strings: str, language: str = "en") -> list[str]:
    (theme / "strings").mkdir(exist_ok=True)
    (theme / f"strings/{language}.yaml").write_text(strings)
    problems = text_problems(Library(POND, (theme,)))
    return [f"{p.severity} {p.mark.line}:{p.mark.column} {p.message}; {p.hint}" for p in problems if p.mark]


def test_a_misspelt_text_is_found_at_its_line(tmp_path: Path) -> None:
    assert found(tmp_path, "page: sheet\npaeg_of: of\ndates:\n  sinse: from {first}\n  nonsense: x\n") == [
        "warning 2:1 nothing reads the text 'paeg_of'; did you mean 'page_of'?",
        "warning 4:3 nothing reads the text 'sinse'; did you mean 'since'?",
        "warning 5:3 nothing reads the text 'nonsense'; write one of those of strings/en.yaml, or delete it",
    ]


@pytest.mark.parametrize(
    ("strings", "language"),
    [
        ("page: sheet\n", "en"),
        ("minutes: {one: минута, few: минуты, many: минут, other: минуты}\n", "ru"),  # forms that English lacks
        ('fractions: {"1/5": ein Fünftel}\n', "de"),
        ("documents: {poster: Plakat}\n", "de"),
        ("- not a mapping\n", "en"),  # an error elsewhere
        ("page: [\n", "en"),
    ],
)
def test_texts_without_a_fault(tmp_path: Path, strings: str, language: str) -> None:
    assert found(tmp_path, strings, language) == []


def test_texts_of_own_templates_are_read(tmp_path: Path) -> None:
    assert found(tmp_path, "ticket: Exit ticket\ndocuments: {exit-ticket: Exit ticket}\n") != []
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/exit-ticket.html").write_text("<h1>{{ strings.ticket }}</h1>")
    assert found(tmp_path, "ticket: Exit ticket\ndocuments: {exit-ticket: Exit ticket}\n") == []
