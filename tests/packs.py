"""The packs of the tests and their documents: each is loaded and composed once in a process, and only if a test asks.

Collecting the tests needs the names of documents as parameters. `document_names` finds them without composing, which
would take every run and every worker seconds, also those that deselect all these tests.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from briefings.briefing.parts import Briefing
from briefings.composing.project import Request, compose_all, requested_documents
from briefings.library import Library, shipped
from briefings.loading.load import load
from briefings.pack.pack import Pack
from briefings.schema.audience import Audience, DocumentChoice

HERE = Path(__file__).parent
FOLDERS = {
    "kursk": shipped() / "data/kursk",
    "smallpox": shipped() / "data/smallpox",
    "pond": HERE / "pond/data/pond",
    "brook": HERE / "brook/data/brook",  # has every kind of chart
    "lake": HERE / "rules/lake",
}


@cache
def pack(name: str) -> Pack:
    return load(FOLDERS[name], f"data/{name}")


@cache
def composed(name: str) -> dict[str, Briefing]:
    """File name -> briefing, for every document of a pack, as the shipped audiences get it."""
    return {briefing.name: briefing for briefing in compose_all(pack(name), Library(shipped()))}


@cache
def composed_on_every_paper(name: str, project: Path) -> dict[str, Briefing]:
    """File name -> briefing, for every document of a pack on every paper, in a project."""
    library = Library(project)
    requests = [Request(paper=paper) for paper in library.kinds("paper")]
    return {briefing.name: briefing for request in requests for briefing in compose_all(pack(name), library, request)}


def choices(name: str, paper: str = "") -> Iterator[tuple[Audience, DocumentChoice, str]]:
    """(audience, choice, paper) of each document of a pack that the shipped audiences get, also of empty ones."""
    yield from requested_documents(pack(name), Library(shipped()), Request(paper=paper), [])


@cache
def names_on_every_paper(name: str) -> dict[str, tuple[DocumentChoice, str]]:
    """File name -> (choice, paper), as `composed_on_every_paper` has them in the shipped project, without composing."""
    papers = Library(shipped()).kinds("paper")
    return {
        choice.file_name(audience.id, paper): (choice, paper)
        for asked in papers
        for audience, choice, paper in choices(name, asked)
    }
