"""Convert a marked-up text into spans of plain text, in which each number carries the id of its estimate."""

import re
from collections.abc import Sequence

from .. import markdown
from ..briefing.parts import DrawingView, EstimateView
from ..language.wording import Wording
from .scene import Span

# Private-use characters delimit a number and its estimate while the text is still one string: they cannot occur in it,
# and Markdown leaves them alone.
_NUMBER = re.compile("\ue000(.*?)\ue001(.*?)\ue002")
_SPACE_BEFORE_PUNCTUATION = re.compile(r"\s+(?=[.,;:!?]|$)")  # left over where a citation was removed


def to_spans(raw: str, picture: DrawingView, wording: Wording) -> list[Span]:
    """Convert `raw` into spans. Citations are dropped: the sources are listed below the drawing."""
    rows = {row.ref: row for row in picture.rows}

    def write(mark: markdown.ValidMark, begins: bool) -> str:
        return (
            ""
            if not isinstance(mark, markdown.NumberReference)
            else f"\ue000{mark.ref}\ue001{_estimate_text(mark, begins, rows, wording)}\ue002"
        )

    plain = _SPACE_BEFORE_PUNCTUATION.sub("", re.sub(r" {2,}", " ", markdown.render_plain(raw, write))).strip()
    out: list[Span] = []
    end = 0
    for match in _NUMBER.finditer(plain):
        out += [Span(plain[end : match.start()]), Span(match[2], match[1])]
        end = match.end()
    return [span for span in (*out, Span(plain[end:])) if span.text]


def join_spans(spans: Sequence[Span]) -> str:
    """Return the text of spans."""
    return "".join(span.text for span in spans)


def _estimate_text(
    mark: markdown.NumberReference, begins: bool, rows: dict[str, EstimateView], wording: Wording
) -> str:
    words = wording.estimate(rows[mark.ref], mark.form)
    return words[:1].upper() + words[1:] if begins else words
