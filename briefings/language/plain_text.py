"""A text with marks -> the words that a reader sees, with its numbers written out and without markup."""

import re
from collections.abc import Mapping

from .. import markdown
from ..briefing.parts import EstimateView
from ..pack.pack import Pack
from .wording import Wording


def plain_text(raw: str, rows: Mapping[str, EstimateView], wording: Wording, pack: Pack, cited: bool = False) -> str:
    """The words of a text. Citations are left out, or with `cited` given as marks."""

    def write(mark: markdown.ValidMark, _: bool) -> str:
        if isinstance(mark, markdown.Reference):
            return pack.numbers.get(mark.target, "")
        if isinstance(mark, markdown.NumberReference):
            return wording.estimate(rows[mark.ref], mark.form) if mark.ref in rows else mark.raw
        return mark.raw if cited else ""

    words = re.sub(r"[ \n]+", " ", markdown.render_plain(raw, write))
    return re.sub(r" (?=[.,;:!?])", "", words).strip()
