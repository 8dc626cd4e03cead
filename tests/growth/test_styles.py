"""Whatever reads a style sheet or a template takes time with its length. `-s` prints what took longest."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import POND
from growing import grows, growth, row
from hostile import Hostile

from briefings.checking.templates import markup, overrides, styles, tokens
from briefings.checking.templates.imports import import_problems
from briefings.checking.templates.run import lint
from briefings.drawings import design_tokens, fonts
from briefings.drawings.design_tokens import DesignTokens, load_tokens
from briefings.library import Library
from briefings.output.writers import html
from briefings.page import used_styles
from briefings.style_sheets import PROPERTY, blanked_comments, deepest, without_comments

SIZE = 2_500  # characters
_UNITS = (
    '/*', '*/', '/*/', '/**/', '"', "'", '\\"', '"\\', '{', '}', '{}', '(', '()', '(a', '[', ':', ';', '--',
    '-', '--a:', '--a: b;', 'var(', 'var(--a)', 'var(--a', 'url(', 'url( ', 'url()', 'url(a)', "url('",
    '@media', '@media{', '@media dark{', '@media dark{}', '@media{a{}', '@font-face', '@font-face{',
    '@font-face{}', '@import ', '@import "a";', ':root', ':root{', ':root{--a:b;', '.slide{', 'a', 'a ', 'a{',
    'a{}', 'a,', '.a', '<', '>', '<!', '<!--', '<!-->', '<!-- -->', '<a ', '<a>', '<a b=', '<img ',
    '<img src="', '<link ', '<link href="', '<svg>', '</svg>', '<style>', '</style>', '<table><tr><td>', '{{',
    '{{ ', '{%', '{% block a %}', '{% extends ', '{#', ' ', '\n', '\\', '\\2022 ', 'font-family:',
    'font-family: a,', 'dark', '#', 'é',
)  # fmt: skip
TEXTS = (
    *map(Hostile, _UNITS),
    Hostile("-", ":root{", ""),
    Hostile(" ", "a{b:url(", ""),
    Hostile(" ", "--a:", ""),
    Hostile(" ", "{% extends ", ""),
    Hostile("a{}", "@media dark{", ""),
    Hostile("a{b{}}", "@media dark{", ""),
    Hostile("dark ", "@media ", ""),
    Hostile("a=a ", "<a ", ""),
    Hostile("a ", '<a b="', ""),
    Hostile("<a>", "<!--", ""),
    Hostile("<a ", "", ">"),
)
FUNCTIONS: dict[str, Callable[[str], object]] = {
    "style_sheets.without_comments": without_comments,
    "style_sheets.blanked_comments": blanked_comments,
    "style_sheets.PROPERTY": PROPERTY.findall,
    "style_sheets.deepest": deepest,
    "design_tokens: rules of @media": lambda css: design_tokens._MEDIA.sub("", css),
    "design_tokens: :root": design_tokens._ROOT.findall,
    "design_tokens: dark": design_tokens._DARK.findall,
    "design_tokens: .slide": design_tokens._SLIDE.findall,
    "fonts: @font-face": lambda css: [fonts._FILE.search(face) for face in fonts.FONT_FACE.findall(css)],
    "used_styles: selectors": lambda css: [
        used_styles._CLASS.findall(used_styles._INSIDE.sub("", each)) for each in used_styles._PRELUDE.findall(css)
    ],
    "html: comments": lambda css: html._COMMENT.sub(lambda match: match[1] or "", css),
    "html: faces": html._FACE.findall,
    "html: addresses": html._URL.findall,
    "html: addresses outside": html._CSS_OUTSIDE.search,
    "tokens: declared": lambda css: [*tokens._DECLARED.findall(css), *tokens._USED.findall(css)],
    "tokens: families": lambda css: [*tokens._FAMILIES.findall(css), *tokens._SOURCE.findall(css)],
    "tokens: dark": lambda css: tokens._DARK.sub("", css),
    "tokens: braces": tokens._BRACE.findall,
    "styles.style_sheet_faults": lambda css: list(styles.style_sheet_faults(css)),
    "markup.template_faults": lambda text: list(markup.template_faults(text)),
    "markup.page_faults": lambda text: list(markup.page_faults(text)),
    "markup.linked_style_sheets": lambda text: list(markup.linked_style_sheets(text)),
    "overrides: blocks": lambda text: [*overrides._BLOCK.findall(text), *overrides._EXTENDS.findall(text)],
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_time_grows_with_the_length_of_a_style_sheet(name: str) -> None:
    found = growth(FUNCTIONS[name], {ascii(tuple(text)): text.of for text in TEXTS}, SIZE)
    print(f"\n{row(name, found)}", end="")
    assert {text: measured for text, measured in found.items() if grows(measured)} == {}
    assert max(four for _, _, four in found.values()) < 0.5


def theme(folder: Path, **sheets: str) -> Library:
    for name, css in sheets.items():
        path = folder / "css" / f"{name}.css"
        path.parent.mkdir(exist_ok=True)
        path.write_text(css)
    return Library(POND, (folder,))


def doubling(times: int) -> str:
    """A token that is as long as 2^times others."""
    steps = "".join(f"--a{step}: var(--a{step - 1}) var(--a{step - 1});" for step in range(1, times + 1))
    return f":root {{ --a0: #123456; {steps} --ink: var(--a{times}); }}"


@pytest.mark.parametrize(
    ("css", "message"),
    [
        (doubling(30), "--a7 has more than 1,000 characters, with the values that it names"),
        (":root { --ink: var(--b); --b: var(--ink); }", "--ink refers to itself"),
        (":root { --ink: var(--ink); }", "--ink refers to itself"),
        (f":root {{ --ink: {'a' * 2000}; }}", "--ink has more than 1,000 characters"),
    ],
)
def test_a_token_that_has_no_end_is_an_error(css: str, message: str, tmp_path: Path) -> None:
    library = theme(tmp_path, theme=css)
    with pytest.raises(LookupError, match=re.escape(message.partition(" ")[2][:20])):
        load_tokens(library, "page", "a4")["ink"]
    if "var(" in css:
        assert message in {problem.message for problem in lint(library) if problem.code == "endless-token"}


def test_a_token_that_stands_in_many_values_is_read_once() -> None:
    chain = {f"a{step}": f"var(--a{step - 1})" for step in range(1, 40)} | {"a0": "3mm"}
    assert DesignTokens(chain).px("a39") == pytest.approx(11.34, abs=0.01)


@pytest.mark.parametrize(
    "sheets",
    [
        {"theme": '@import "more.css"; @import "more.css";', "more": '@import "theme.css"; @import "theme.css";'},
        {"theme": '@import "theme.css";'},
        {"theme": '@import "a1.css";'}
        | {f"a{n}": f'@import "a{n + 1}.css"; @import "a{n + 1}.css";' for n in range(1, 26)},
        {"theme": '@import "a.css";' * 60, "a": ""},
        {"theme": "@import url(../css/./theme.css);"},
    ],
)  # fmt: skip
def test_style_sheets_that_import_each_other_are_an_error(sheets: dict[str, str], tmp_path: Path) -> None:
    found = [problem for problem in lint(theme(tmp_path, **sheets)) if problem.code == "too-many-imports"]
    assert found[0].mark is not None
    assert found[0].mark.line == 1


def test_a_few_imports_are_none(tmp_path: Path) -> None:
    library = theme(
        tmp_path, theme='/* @import "theme.css" */ @import "a.css"; @import "a.css";', a='@import "b.css";', b=""
    )
    sources = {path: path.read_text() for path in tmp_path.rglob("*.css")}
    assert list(import_problems(sources, library)) == []


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("css/theme.css", "{" * 300_000, "too-deep"),
        ("css/theme.css", "a{b:" + "(" * 300_000, "too-deep"),
        ("css/theme.css", "a" * 600_000, "too-large"),
        ("partials/x.html", "<!" * 100_000, "unclosed-tag"),
        ("partials/x.html", "<a " * 100_000, "unclosed-tag"),
        ("partials/x.html", "<!-- <b> " * 30_000, "unclosed-tag"),
        ("partials/x.html", f'<p style="{"(" * 100_000}">', "too-deep"),
        ("partials/x.html", f"<style>{'[' * 100_000}</style>", "too-deep"),
    ],
)
def test_a_template_too_large_or_too_deep_is_an_error(name: str, text: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir()
    path.write_text(text)
    assert code in {problem.code for problem in lint(Library(POND, (tmp_path,)))}
