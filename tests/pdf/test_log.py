"""WeasyPrint's messages become Problems, at their line in a template where one mentions the cause."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from briefings.library import Library
from briefings.page.page import Page
from briefings.pdf.log import BASE_URL, WarningCollector, is_refusal, missing_file_problem, warning_problem

PAGE = Page("pupils-briefing", "T", "<p>")


@pytest.fixture
def themed(library: Library, tmp_path: Path) -> Library:
    (tmp_path / "css").mkdir()
    (tmp_path / "css/theme.css").write_text(
        "h1 { color: red }\np { colour: red; background: url(dots.png) }\n"
        ":root { --tint: #0b4f6cz } p:bright { margin: 0 }\n"
    )
    return replace(library, themes=(tmp_path,))


@pytest.mark.parametrize(
    ("message", "code", "text"),
    [
        (
            '.notdef glyph rendered for Unicode string unsupported by fonts: "蛙" (U+86D9)',
            "missing-glyph",
            "no shipped font has '蛙' (U+86D9), used on page pupils-briefing",
        ),
        (
            '.notdef glyph rendered for Unicode string unsupported by fonts: "\n" (U+000A)',
            "missing-glyph",
            "no shipped font has '\n' (U+000A), used on page pupils-briefing",
        ),
        (
            "No anchor #nowhere for internal URI reference",
            "missing-anchor",
            "a link on page pupils-briefing leads to '#nowhere', and no element has that id",
        ),
        ("Something new.", "typesetting", "Something new (page pupils-briefing)"),
    ],
)
def test_a_warning_becomes_a_problem(library: Library, message: str, code: str, text: str) -> None:
    problem = warning_problem(message, PAGE, library)
    assert (problem.code, problem.message) == (code, text)


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("Ignored `colour: red` at 1:5, unknown property.", 2),
        ("Ignored `color:red` at 1:5, invalid value.", 1),  # written with a space
        ("Ignored `background: #0b4f6cz` at 5:151, invalid value.", 3),  # the value of a token
        ("Invalid or unsupported selector 'p:bright'.", 3),
    ],
)
def test_ignored_css_is_located_by_its_quoted_text(themed: Library, message: str, line: int) -> None:
    problem = warning_problem(message, PAGE, themed)
    assert problem.code == "typesetting"
    assert problem.mark is not None
    assert str(problem.mark.file).endswith("css/theme.css")
    assert problem.mark.line == line


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("https://example.org/a.png", "outside-library"),
        ("file:/etc/passwd", "outside-library"),
        ("../README.md", "missing-file"),
        ("images/frog.png", "missing-file"),
    ],
)
def test_a_refused_request_becomes_a_problem(library: Library, name: str, code: str) -> None:
    problem = missing_file_problem(name, PAGE, library)
    assert problem.code == code
    assert f"'{name}'" in problem.message


def test_a_missing_file_is_located_by_its_last_name(themed: Library) -> None:
    problem = missing_file_problem("css/dots.png", PAGE, themed)
    assert problem.mark is not None
    assert problem.mark.line == 2


def test_only_warnings_inside_the_block_are_collected() -> None:
    logger, log = logging.getLogger("weasyprint"), WarningCollector()
    logger.warning("before")
    with log.capture():
        logger.info("progress")
        logger.warning("Ignored %s", "'a'")
    logger.warning("after")
    assert log.messages == ["Ignored 'a'"]
    assert log not in logger.handlers


def test_the_collector_is_removed_after_an_error() -> None:
    log = WarningCollector()
    with pytest.raises(ValueError, match="x"), log.capture():
        raise ValueError("x")
    assert log not in logging.getLogger("weasyprint").handlers


def test_a_refused_file_is_left_to_the_fetcher() -> None:
    """WeasyPrint also logs what the fetcher refuses; the fetcher's own record has a better location."""
    message = f"Failed to load image at '{BASE_URL}images/frog.png': no file"
    assert is_refusal(message, ["images/frog.png"])
    assert not is_refusal(message, ["images/toad.png"])
    assert not is_refusal("No anchor #images/frog.png for internal URI reference", ["images/frog.png"])


def test_a_picture_that_is_there_and_cannot_be_read_is_a_problem(themed: Library) -> None:
    problem = warning_problem(f"Failed to load image at '{BASE_URL}css/dots.png': cannot identify", PAGE, themed)
    assert problem.code == "bad-picture"
    assert problem.message == "the picture 'css/dots.png' on page pupils-briefing cannot be read: cannot identify"
    assert problem.mark is not None
    assert problem.mark.line == 2
