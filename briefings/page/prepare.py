"""What all pages need, loaded before processes are forked that share it."""

from collections.abc import Iterable

from ..briefing.parts import Briefing
from ..drawings.kind import find_kind
from ..library import Library
from ..markdown_parser import text_parser
from .draw import drawing_template
from .render import compile_shipped


def prepare(briefings: Iterable[Briefing], library: Library, *, screen: bool) -> None:
    """Load what the pages of these briefings and the index need. Everything is loaded where it is used, too.

    Without it, each of two processes does this work, and the one that starts them again for the index.
    """
    text_parser()
    documents = {"index.html": None}
    for briefing in briefings:
        documents[f"documents/{briefing.choice.document}.html"] = None
        documents[f"layouts/{'flow' if screen else briefing.choice.layout}.html"] = None
        for chapter in briefing.chapters:
            documents[f"sections/{chapter.holds or 'text'}.html"] = None
            for picture in chapter.drawings:
                find_kind(picture.kind).layout.load()
                documents[drawing_template(library, picture.kind)] = None
    compile_shipped(library, documents)
