"""The structure trees of ten documents, in the order in which a screen reader reads them, match their golden files.

`pytest tests/pdf/test_tags.py --update` rewrites the files: review the diff. pdfinfo prints every text fragment; here
each block is one line, shortened, with links in brackets, so that order and headings are easy to read.
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
TEN = (  # every kind of document and of part; pdfinfo takes a minute for the longest
    *("kursk/pupils-briefing", "kursk/policy-briefing", "kursk/pupils-map-sheet", "kursk/pupils-slides"),
    *("kursk/secondary-poster", "pond/pupils-briefing", "pond/secondary-briefing", "pond/public-briefing"),
    *("pond/teachers-briefing", "pond/university-briefing"),
)
INLINE = ("Span", "NonStruct", "Link", "Lbl")  # roles inside a line of their block
MAX_LINE = 96


@dataclass
class Node:
    """A structure element, with its texts and elements in order."""

    role: str
    kids: list["Node | str"] = field(default_factory=list)

    def words(self) -> str:
        """The text in one line, links in brackets."""
        words = "".join(kid if isinstance(kid, str) else kid.words() for kid in self.kids)
        return f"[{words}]" if self.role == "Link" else words

    def is_inline(self) -> bool:
        return self.role in INLINE and all(isinstance(kid, str) or kid.is_inline() for kid in self.kids)

    def blocks(self) -> list["Node"]:
        """The label and body of a list item, as inline elements."""
        return [Node("Span", kid.kids) for kid in self.kids if isinstance(kid, Node)]

    def lines(self, depth: int = 0) -> Iterator[str]:
        """A line for each block, followed by its inner blocks, indented."""
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
    return line if len(line) <= MAX_LINE else f"{line[:MAX_LINE].rstrip()}…"


def tree(pdf: Path) -> Node:
    """Parse the output of `pdfinfo -struct-text`: indentation shows depth, and texts are in quotes."""
    done = subprocess.run(["pdfinfo", "-struct-text", pdf], check=True, capture_output=True, text=True)
    root = Node("")
    open_at: list[tuple[int, Node]] = [(-1, root)]
    for line in done.stdout.splitlines():
        indent, entry = len(line) - len(line.lstrip()), line.strip()
        while open_at[-1][0] >= indent:
            open_at.pop()
        if match := re.fullmatch(r'"(.*)"', entry):
            open_at[-1][1].kids.append(match[1])
        elif match := re.match(r"([A-Z]\w*)(?: <[^>]*>)?(?: \((?:block|inline)\))?:?$", entry):
            node = Node(match[1])
            open_at[-1][1].kids.append(node)
            open_at.append((indent, node))
    (document,) = (kid for kid in root.kids if isinstance(kid, Node))
    for figure, alternative in zip(
        figures(document), alternatives(PdfReader(pdf).trailer["/Root"]["/StructTreeRoot"]), strict=True
    ):
        figure.kids = [alternative]
    return document


def figures(node: Node) -> Iterator[Node]:
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from [kid] if kid.role == "Figure" else figures(kid)


def alternatives(element: Any) -> Iterator[str]:
    """The alternative text of each figure, which pdfinfo does not print."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid.get_object()
        if isinstance(inner, dict) and inner.get("/S") == "/Figure":
            yield str(inner["/Alt"])
        elif isinstance(inner, dict):
            yield from alternatives(inner)


def test_golden_files_are_those_of_the_ten_documents(request: pytest.FixtureRequest) -> None:
    assert len(TEN) == len(set(TEN)) == 10
    assert request.config.getoption("update") or {
        path.relative_to(GOLDEN).with_suffix("").as_posix() for path in GOLDEN.rglob("*.txt")
    } == set(TEN)


@pytest.mark.parametrize("name", TEN)
def test_the_reading_order_matches_the_golden_file(built: Path, name: str, request: pytest.FixtureRequest) -> None:
    printed = "\n".join(tree(built / f"{name}.pdf").lines()) + "\n"
    golden = GOLDEN / f"{name}.txt"
    if request.config.getoption("update"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(printed)
    assert printed == golden.read_text()
