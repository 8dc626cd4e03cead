"""What a screen reader goes through, in its order: structure trees of ten documents, as files whose diff is the review.

`pytest tests/test_structure.py --update` rewrites them. pdfinfo prints each piece of a text; here a block is one line,
cut where it is long, links in brackets, so that order and headings can be read.
"""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from conftest import HERE
from pypdf import PdfReader

pytestmark = [pytest.mark.slow, pytest.mark.tool("pdfinfo")]

GOLDEN = HERE / "golden/structure"
TEN = (  # every kind of document, and every kind of part; pdfinfo takes a minute over the longest
    *("kursk/pupils-briefing", "kursk/policy-briefing", "kursk/pupils-map-sheet", "kursk/pupils-slides"),
    *("kursk/secondary-poster", "pond/pupils-briefing", "pond/secondary-briefing", "pond/public-briefing"),
    *("pond/teachers-briefing", "pond/university-briefing"),
)
INLINE = ("Span", "NonStruct", "Link", "Lbl")  # what stands in a line of its block
LONGEST = 96


@dataclass
class Node:
    """A structure element, with its texts and elements in order."""

    role: str
    kids: list["Node | str"] = field(default_factory=list)

    def words(self) -> str:
        """Its text in one line, links in brackets."""
        words = "".join(kid if isinstance(kid, str) else kid.words() for kid in self.kids)
        return f"[{words}]" if self.role == "Link" else words

    def is_inline(self) -> bool:
        return self.role in INLINE and all(isinstance(kid, str) or kid.is_inline() for kid in self.kids)

    def blocks(self) -> list["Node"]:
        """The label and body of an item, inline where nothing but text stands in them."""
        return [Node("Span", kid.kids) for kid in self.kids if isinstance(kid, Node)]

    def lines(self, depth: int = 0) -> Iterator[str]:
        """Each block on a line, what stands in it below."""
        run = ""
        head, inner = f"{'  ' * depth}{self.role}", list[str]()
        if self.role == "LI" and all(kid.is_inline() for kid in self.blocks()):
            yield cut(f"{head} {' '.join(kid.words().strip() for kid in self.blocks())}")
            return
        for kid in self.kids:
            if isinstance(kid, str) or kid.is_inline():
                run += kid if isinstance(kid, str) else kid.words()
            else:
                inner += [*text(run, depth + 1), *kid.lines(depth + 1)]
                run = ""
        if inner:
            yield from (head, *inner, *text(run, depth + 1))
        else:
            yield cut(f"{head} {run}".rstrip())


def text(run: str, depth: int) -> list[str]:
    return [cut(f"{'  ' * depth}“{run.strip()}”")] if run.strip() else []


def cut(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rstrip()}…"


def tree(pdf: Path) -> Node:
    """The structure tree as pdfinfo prints it: by indentation, texts in quotes, attributes after a slash."""
    done = subprocess.run(["pdfinfo", "-struct-text", pdf], check=True, capture_output=True, text=True)
    root = Node("")
    open_at: list[tuple[int, Node]] = [(-1, root)]
    for line in done.stdout.splitlines():
        indent, said = len(line) - len(line.lstrip()), line.strip()
        while open_at[-1][0] >= indent:
            open_at.pop()
        if match := re.fullmatch(r'"(.*)"', said):
            open_at[-1][1].kids.append(match[1])
        elif match := re.match(r"([A-Z]\w*)(?: <[^>]*>)?(?: \((?:block|inline)\))?:?$", said):
            node = Node(match[1])
            open_at[-1][1].kids.append(node)
            open_at.append((indent, node))
    (document,) = (kid for kid in root.kids if isinstance(kid, Node))
    for figure, said in zip(
        figures(document), alternatives(PdfReader(pdf).trailer["/Root"]["/StructTreeRoot"]), strict=True
    ):
        figure.kids = [said]
    return document


def figures(node: Node) -> Iterator[Node]:
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from [kid] if kid.role == "Figure" else figures(kid)


def alternatives(element: Any) -> Iterator[str]:
    """What is read aloud in place of each figure, which pdfinfo leaves out."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid.get_object()
        if isinstance(inner, dict) and inner.get("/S") == "/Figure":
            yield str(inner["/Alt"])
        elif isinstance(inner, dict):
            yield from alternatives(inner)


def test_ten_are_reviewed(request: pytest.FixtureRequest) -> None:
    assert len(TEN) == len(set(TEN)) == 10
    assert request.config.getoption("update") or {
        path.relative_to(GOLDEN).with_suffix("").as_posix() for path in GOLDEN.rglob("*.txt")
    } == set(TEN)


@pytest.mark.parametrize("name", TEN)
def test_the_order_of_reading(built: Path, name: str, request: pytest.FixtureRequest) -> None:
    said = "\n".join(tree(built / f"{name}.pdf").lines()) + "\n"
    golden = GOLDEN / f"{name}.txt"
    if request.config.getoption("update"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(said)
    assert said == golden.read_text()
