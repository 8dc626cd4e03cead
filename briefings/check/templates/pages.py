"""A filled page -> what only shows there, as Problems at their line. Knows Jinja by `render`, which `lint` need not."""

from pathlib import Path

from ...briefing.parts import Briefing
from ...library import Library
from ...page.page import Page
from ...page.render import render
from ...problems import Problem, with_excerpt
from .markup import page_faults
from .run import to_problems


def lint_page(page: Page, briefing: Briefing, library: Library, data: Path | None = None) -> list[Problem]:
    """What only shows when a page is filled: the order of headings, texts that came out empty, the shape of tables.

    `page` is what `render` made of `briefing`; only where it is faulty is it rendered anew, with the place of each tag.
    """
    if not list(page_faults(page.html)):
        return []
    located = render(briefing, library, located=True)
    found: list[Problem] = []
    for fault in page_faults(located.html):
        if fault.file:
            found += to_problems([fault], Path(fault.file), library)
        else:
            mark = library.mention(fault.search_text, (data,) if data else ()) if fault.search_text else None
            found.append(with_excerpt(Problem(fault.code, f"{fault.message}, on page {page.name}", mark, fault.hint)))
    return found
