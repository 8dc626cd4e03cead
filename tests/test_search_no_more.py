"""What the tests do with memory: garbage of a module is freed, and what stays alive is not searched again."""

import gc
import weakref

from conftest import search_no_more


class Tree:
    """Refers to itself, as a layout does: only a search frees it."""

    def __init__(self) -> None:
        self.tree = self


def test_garbage_is_freed_and_what_stays_is_not_searched_again() -> None:
    stays, left = Tree(), weakref.ref(Tree())
    assert any(found is stays for found in gc.get_objects())

    search_no_more()

    assert left() is None
    assert not any(found is stays for found in gc.get_objects())
