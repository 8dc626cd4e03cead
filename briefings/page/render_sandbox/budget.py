"""What one page may cost: steps of its templates, and the size of each value that they make.

A template is a program from a stranger. Steps are counted and not timed, so that a page which can be made on one
machine can be made on all. The longest shipped page, of 1 MB, takes an eighth of STEPS; others a fortieth.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

STEPS = 3_000_000  # of one page: 3 to 20 s
MAX_TEXT = 4_000_000  # characters of one text; the longest page has a million
MAX_PAGE = 8_000_000
MAX_ITEMS = 20_000  # of one list
MAX_NUMBER = 10**18
MAX_WIDTH = 1_000  # of a number in a format, such as "%8d"
# Steps, by what they take: of a macro or block that is called, of a template that is included, and of a drawing
CALLED, FILLED, DRAWN = 24, 64, 2_000
PER_STEP = 64  # characters that cost as much as a step
ITEMS_PER_STEP = 8


class TemplateLimitError(Exception):
    """A template takes more steps, or makes a larger value, than a page may."""


class _State(threading.local):
    left = -1  # steps that the page which this thread makes has left; -1 outside of any page


_STATE = _State()


@contextmanager
def budget(steps: int = STEPS) -> Iterator[None]:
    """Give the page that is made inside `steps`; a template filled for another one shares those of that."""
    if _STATE.left >= 0:
        yield
        return
    _STATE.left = steps
    try:
        yield
    finally:
        _STATE.left = -1


def spend(steps: int) -> bool:
    """Take steps from the page's budget. Raises TemplateLimitError when none are left. Always true, for conditions."""
    left = _STATE.left
    if left >= 0:
        if left < steps:
            _STATE.left = 0
            raise TemplateLimitError("the page takes too many steps: a loop, an include or a macro repeats too often")
        _STATE.left = left - steps
    return True


def spent() -> int:
    """How many steps the present page has left; for measurements."""
    return STEPS - _STATE.left


def check_text(length: int) -> None:
    """Refuse a text before it is made, and count it."""
    if length > MAX_TEXT:
        raise TemplateLimitError(f"a text of {length:,} characters; at most {MAX_TEXT:,} are allowed")
    spend(length // PER_STEP)


def check_page(html: str) -> str:
    """Return a filled template, unless it is too long to set, to show or to typeset."""
    if len(html) > MAX_PAGE:
        raise TemplateLimitError(f"a page of {len(html):,} characters; at most {MAX_PAGE:,} are allowed")
    return html


def check_items(count: int) -> None:
    """Refuse a list before it is made, and count it."""
    if count > MAX_ITEMS:
        raise TemplateLimitError(f"a list of {count:,} values; at most {MAX_ITEMS:,} are allowed")
    spend(count // ITEMS_PER_STEP)


def check_number(value: Any) -> Any:
    """Return a number, unless it has more digits than any figure needs: its next power would not end."""
    if isinstance(value, int) and not -MAX_NUMBER <= value <= MAX_NUMBER:
        raise TemplateLimitError("a number with more than 18 digits")
    return value


def count_items(values: Iterator[Any]) -> Iterator[Any]:
    """The values of an iterator, each counted when it is taken."""
    for count, value in enumerate(values):
        if count > MAX_ITEMS:
            check_items(count)
        spend(1)
        yield value
