"""What WeasyPrint does several times with the same result, done once. The bytes of a PDF are the same without this.

The functions replace private functions and values of WeasyPrint and pydyf, so their major versions are pinned.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from .tags import Pdf

MOST_LINES = 20_000  # that are kept of a page; one of ours splits 9,000


@contextmanager
def laid_out_once(weasyprint: Any) -> Iterator[Any]:
    """While a page is laid out, keep lines that were split and shorthands that were expanded."""
    with shorthands_expanded_once(weasyprint), lines_split_once(weasyprint):
        yield weasyprint


@contextmanager
def shorthands_expanded_once(weasyprint: Any) -> Iterator[None]:
    """While a page is laid out, expand each shorthand with a custom property, such as `font: 600 var(--text)`, once.

    WeasyPrint expands it for each of its properties on each element.
    """
    pending = weasyprint.css.validation.expanders.PendingExpander
    validate = pending.validate
    kept: dict[tuple[int, ...], tuple[dict[str, Any], Any]] = {}

    def expanded(self: Any, tokens: Sequence[Any], wanted: str, base_url: Any) -> Any:
        key = id(self), *map(id, tokens)
        if key not in kept:
            try:
                pairs = [*self.validator(tokens)]
            except Exception:  # what is wrong with it is reported
                return validate(self, tokens, wanted, base_url)
            values = {f"{self.name}{name}" if name[:1] == "-" else name: value for name, value in reversed(pairs)}
            kept[key] = values, (self, tokens)  # kept too, so that nothing else gets their ids
        return kept[key][0][wanted]

    pending.validate = expanded
    try:
        yield
    finally:
        pending.validate = validate


@contextmanager
def lines_split_once(weasyprint: Any) -> Iterator[None]:
    """While a page is laid out, split each text into lines once.

    Columns are laid out until they are equally high, up to twenty times, and words in tables and grids are measured
    before. In a briefing half of the calls ask for a line that was split before, in the same style and width.
    """
    users = weasyprint.layout.inline, weasyprint.layout.preferred
    split = users[0].split_first_line
    kept = _keeping(split)
    try:
        for user in users:
            user.split_first_line = kept
        yield
    finally:
        for user in users:
            user.split_first_line = split


def _keeping(split: Callable[..., Any]) -> Callable[..., Any]:
    """`split_first_line`, which keeps what it returned. Its result depends on its arguments without the context."""
    kept: dict[tuple[Any, ...], tuple[Any, Any]] = {}

    def split_first_line(
        text: str, style: Any, context: Any, width: Any, spacing: Any, is_line_start: bool = True, minimum: bool = False
    ) -> Any:
        key = text, id(style), width, spacing, is_line_start, minimum
        if known := kept.get(key):
            return known[0]
        if len(kept) >= MOST_LINES:
            kept.clear()
        line = split(text, style, context, width, spacing, is_line_start, minimum)
        kept[key] = line, style  # the style too, so that no other gets its id
        return line

    return split_first_line


def objects_written_once(pdf: Pdf) -> None:
    """Write each object of a complete PDF once: pydyf asks for its bytes to make the file's identifier, and again to
    write the file. Half of this time compresses streams."""
    import pydyf

    class Written(pydyf.Object):  # type: ignore[misc]
        """An object with its bytes."""

        data, compressible = b"", False

        def __init__(self, item: Any) -> None:
            super().__init__()
            self.number, self.generation, self.free = item.number, item.generation, item.free
            self.data, self.compressible = item.data, item.compressible

    pdf.objects[:] = [item if item.free == "f" else Written(item) for item in pdf.objects]
