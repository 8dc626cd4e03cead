"""Blocks of a text end the paragraph of the template, which begins again only if something follows."""

import re

import pytest

from briefings.library import shipped
from briefings.page.blocks import lift_blocks

LIST = "<x-block><ul><li>a</li></ul></x-block>"


@pytest.mark.parametrize(
    ("html", "lifted"),
    [
        ("<p>one</p>", "<p>one</p>"),
        (f'<p class="said" id="s">one{LIST}</p>', '<p class="said" id="s">one</p><ul><li>a</li></ul>'),
        (
            f'<p class="said" id="s">one{LIST} two</p>',
            '<p class="said" id="s">one</p><ul><li>a</li></ul><p class="more said"> two</p>',
        ),
        (f"<p>one{LIST}{LIST}</p>", "<p>one</p><ul><li>a</li></ul><ul><li>a</li></ul>"),
        (f"<p>one{LIST}<b>two</b></p>", '<p>one</p><ul><li>a</li></ul><p class="more"><b>two</b></p>'),
        (
            f'<p>one <span class="x">two{LIST}</span> three</p>',
            '<p>one <span class="x">two</span></p><ul><li>a</li></ul><p class="more"> three</p>',
        ),
        (f"<td>one{LIST}</td>", "<td>one<ul><li>a</li></ul></td>"),
        (f"<td><p>one{LIST}</p></td>", "<td><p>one</p><ul><li>a</li></ul></td>"),
        (f"<p>a<br>b{LIST}<img src='x'></p>", "<p>a<br>b</p><ul><li>a</li></ul><p class=\"more\"><img src='x'></p>"),
    ],
)
def test_a_block_ends_its_paragraph(html: str, lifted: str) -> None:
    assert lift_blocks(html) == lifted


def test_the_classes_of_blocks_mean_nothing_else_in_templates() -> None:
    """The style of a quotation once drew its line beside every sheet of a layout that used the same name."""
    templates = shipped() / "templates"
    own = templates / "partials/blocks.css"
    classes = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"/\*.*?\*/", "", own.read_text(), flags=re.DOTALL)))
    assert "quoted" in classes
    for path in templates.rglob("*"):
        if path.suffix in (".css", ".html") and path != own:
            text = re.sub(r"\{%.*?%\}|\{#.*?#\}|/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
            used = {*re.findall(r"\.([a-z][\w-]*)", text)} if path.suffix == ".css" else set()
            for names in re.findall(r'class="([^"]*(?:\{\{[^}]*\}\}[^"]*)*)"', text):
                used |= set(re.findall(r"[a-z][\w-]*", names))
            assert classes & used == set(), path.name
