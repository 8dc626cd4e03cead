"""A page -> the same page without links to style sheets of parts that are not on it.

Each partial, section and drawing has a style sheet, and base.html links them all. A sheet that needs classes which are
not on the page styles nothing there, but a browser loads it and the typesetter tries each of its rules.
"""

import re
from functools import lru_cache
from pathlib import Path

from ..library import Library, readable_text
from ..style_sheets import without_comments

_LINK = re.compile(r'<link rel="stylesheet" href="((?:partials|sections|drawings)/[^"]+)">\n?')
_CLASSES = re.compile(r'\bclass="([^"]*)"')
_SCRIPT = re.compile(r'<script src="([^"]+)"')
_WORD = re.compile(r"[\w-]+")
_PRELUDE = re.compile(r"(?:^|(?<=[{};]))([^{};]+)\{")  # what stands before a block
_INSIDE = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
_CLASS = re.compile(r"\.([A-Za-z][\w-]*)")


def link_used_styles(html: str, library: Library) -> str:
    """Keep a link if all classes of any selector of its sheet are on the page or in its scripts."""
    present = {name for names in _CLASSES.findall(html) for name in names.split()}
    for script in _SCRIPT.findall(html):
        if path := library.find(script):
            present |= set(_WORD.findall(readable_text(path)))  # a script may add classes

    def kept(link: re.Match[str]) -> str:
        path = library.find(link[1])
        needed = _needed_classes(path, path.stat().st_mtime_ns) if path else ()
        return "" if needed and not any(classes <= present for classes in needed) else link[0]

    return _LINK.sub(kept, html)


@lru_cache(maxsize=512)
def _needed_classes(path: Path, mtime_ns: int) -> tuple[frozenset[str], ...]:
    """The classes that each selector of a style sheet needs; those inside parentheses, as in `:not()`, do not count."""
    css = without_comments(readable_text(path))
    preludes = (prelude.strip() for prelude in _PRELUDE.findall(css))
    selectors = (_INSIDE.sub("", prelude).split(",") for prelude in preludes if not prelude.startswith("@"))
    return tuple({frozenset(_CLASS.findall(selector)) for several in selectors for selector in several})
