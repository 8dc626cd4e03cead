"""A theme's styles -> misspelt tokens, fonts that nobody gets, colours that nobody can read."""

import shutil
from pathlib import Path

import pytest
from conftest import POND
from fontTools.ttLib import TTFont

from briefings.checking.templates.tokens import known_tokens, token_problems
from briefings.library import Library, shipped

FONT = shipped() / "templates/fonts/SourceSans3-Bold.ttf"


def found(theme: Path, css: str) -> list[str]:
    (theme / "css").mkdir(exist_ok=True)
    (theme / "css/theme.css").write_text(css)
    problems = token_problems(Library(POND, (theme,)))
    return [f"{p.mark.line}:{p.mark.column} {p.code}: {p.message}; {p.hint}" for p in problems if p.mark]


def root(css: str) -> str:
    return f"/* --acent: a comment */\n@layer theme {{ :root {{ {css} }} }}"


def test_a_misspelt_token_is_found(tmp_path: Path) -> None:
    assert found(tmp_path, root("--reportd: #0b4f6c;")) == [
        "2:24 unknown-token: nothing reads the token '--reportd'; did you mean '--reported'?"
    ]
    assert found(tmp_path, "p { color: var(--repoted); }") == [
        "1:12 unknown-token: nothing sets the token '--repoted'; did you mean '--reported'?"
    ]


@pytest.mark.parametrize(
    "css",
    [
        root("--reported: #0b4f6c; --title: 24pt;"),
        root("--mine: 3mm;") + " p { margin: var(--mine); }",
        "p { margin: var(--nowhere, 3mm); }",  # it says itself what to do
        root('--serif: "Source Sans 3", sans-serif;'),
        ".slide { --u: 1.1pt; }",
        "@media screen and (prefers-color-scheme: dark) { @layer theme { :root { --reported: #7cc4e4; } } }",
    ],
)
def test_styles_without_a_fault(tmp_path: Path, css: str) -> None:
    assert found(tmp_path, css) == []


def test_a_brace_without_its_other_half_is_found(tmp_path: Path) -> None:
    assert found(tmp_path, "@layer theme { p { margin: 0 }\nh1 { margin: 0 }") == [
        "1:14 unclosed: nothing closes this '{'; write '}' where its rule ends"
    ]
    assert found(tmp_path, 'p::before { content: "{" }\n}') == ["2:1 unclosed: a '}' closes nothing; delete it"]


def test_a_font_of_the_machine_is_found(tmp_path: Path) -> None:
    (one,) = found(tmp_path, root('--sans: Arial, "Source Sans 3", sans-serif;'))
    assert one.startswith("2:24 unknown-font: no @font-face declares the font 'Arial', and a PDF sees no fonts of")
    (one,) = found(tmp_path, root('--serif: "Source Serif 5", serif;'))
    assert one.endswith("did you mean 'Source Serif 4'?")
    (one,) = found(tmp_path, '@font-face { font-family: "Own"; src: local("Arial"); }')
    assert "'Arial' is a font of the machine, which no PDF sees" in one


def test_the_file_of_a_face(tmp_path: Path) -> None:
    face = '@font-face {{ font-family: "Own"; src: url("{}"); }}'
    (one,) = found(tmp_path, face.format("../own.ttf"))
    assert one.startswith("1:1 missing-file: there is no font file '../own.ttf'")
    shutil.copy(FONT, tmp_path / "own.ttf")
    assert found(tmp_path, face.format("../own.ttf")) == []
    font = TTFont(FONT)
    font["OS/2"].fsType = 2
    font.save(tmp_path / "own.ttf")
    assert "bad-font: '../own.ttf': this font forbids embedding" in found(tmp_path, face.format("../own.ttf"))[0]
    (tmp_path / "own.woff2").write_bytes(b"")
    assert "drawings cannot measure" in found(tmp_path, face.format("../own.woff2"))[0]


def test_a_colour_that_nobody_can_read_is_found(tmp_path: Path) -> None:
    (one,) = found(tmp_path, root("--reported: #f0e442;"))
    assert one.startswith("2:24 contrast: --reported and --speaker-tint have a contrast of only 1.")
    (one,) = found(tmp_path, root("--tint: #333333;"))
    assert "--tint and --speaker have a contrast of only 1." in one


def test_all_tokens_are_listed_with_their_values() -> None:
    tokens = known_tokens(Library(POND))
    assert tokens["reported"].startswith("#9b1c16")
    assert len(tokens) > 60
