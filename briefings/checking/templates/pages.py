"""A rendered page -> the Problems that show only there. Apart from `run`, because it imports Jinja through `render`."""

from pathlib import Path

from ...briefing.parts import Briefing
from ...library import Library
from ...page.page import Page
from ...page.render import render
from ...problems import Problem, with_excerpt
from .markup import page_faults
from .run import to_problems


def lint_page(page: Page, briefing: Briefing, library: Library, data: Path | None = None) -> list[Problem]:
    """Check what only a rendered page shows: the order of headings, empty texts, the shape of tables.

    `page` is `briefing` rendered. If it has faults, the briefing is rendered again with the place of each tag. Faults
    without such a place are looked up in `data`, the folder of the pack.
    """
    if not list(page_faults(page.html)):
        return []
    located = render(briefing, library, located=True)
    problems: list[Problem] = []
    for fault in page_faults(located.html):
        if fault.file:
            problems += to_problems([fault], Path(fault.file), library)
        else:
            mark = library.mention(fault.search_text, (data,) if data else ()) if fault.search_text else None
            problems.append(
                with_excerpt(Problem(fault.code, f"{fault.message}, on page {page.name}", mark, fault.hint))
            )
    return problems
