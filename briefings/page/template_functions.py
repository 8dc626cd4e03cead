"""Briefing and wording -> the functions a template may use; docs/templates.md lists them."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup, escape

from .. import markdown
from ..briefing.parts import Briefing, EstimateView, ItemView, LeftOut
from ..language import segmentation
from ..language.wording import Wording
from ..schema.audience import Audience
from ..schema.dates import PartialDate
from ..schema.topic import Source
from .screen_links import ScreenLinks

# Authors write a space before a mark; a note has none, and never begins a line.
_SPACE = re.compile(r'\s+(?=<sup class="cite">)|(?<!\s)(?=<sup class="cite">)')
# WeasyPrint 70 now and then breaks a line after one word when a space stands before an inline element, not in it.
_BEFORE_NUMBER = re.compile(r' (<(?:span class="(?:number|dates)"|time)(?: [^>]*)?>)')
_JOIN = re.compile(r'</sup>\s*<sup class="cite">')
_DATE = '<time datetime="{iso}">{}</time>'
_SPAN = '<span class="dates">{}</span>'


def template_functions(
    briefing: Briefing | None, wording: Wording, screen: ScreenLinks | None = None
) -> dict[str, Any]:
    """What docs/templates.md lists as functions. Given with the context, since they know the briefing."""
    cite = partial(_cite, {n.source.id: n.number for n in briefing.notes} if briefing else {}, screen)
    number = partial(_number, wording, screen)

    def inline(raw: str, sources: Sequence[str] = (), owner: object = None, linked: bool = True) -> Markup:
        def write(mark: markdown.Citation | markdown.NumberReference, begins: bool) -> str:
            if isinstance(mark, markdown.Citation):
                return str(cite([mark.source]))
            assert briefing is not None
            return str(number(briefing.rows[mark.ref], mark.form, begins, linked))

        cited = {mark.source for mark in markdown.find_marks(raw) if isinstance(mark, markdown.Citation)}
        more = cite([source for source in sources if source not in cited])
        words, link = partial(_traced, wording, owner=owner), {} if owner is None else dict([_data_attribute(owner)])
        html = markdown.render_html(raw, write, inline=True, render_text=words, link=link)
        return _merge_citations(html + str(more))

    return {
        "inline": inline,
        "traced": lambda words, owner: _merge_citations(_traced(wording, str(words), owner)),
        "cite": cite,
        "css": _css,
        "number": number,
        "when": partial(_when, wording),
        "names": partial(_names, wording),
        "plural": wording.plural,
        "lead": markdown.first_sentence,
        "words": markdown.count_words,
        "packed": _packed,
    }


def _packed(pieces: Iterable[ItemView], most: int) -> list[list[ItemView]]:
    """Pieces in as few groups as the words of their titles allow, and those as even as they can be."""
    pieces = list(pieces)
    groups = _group_greedily(pieces, most)
    size = math.ceil(len(pieces) / len(groups)) if groups else 1
    even = [pieces[i : i + size] for i in range(0, len(pieces), size)]
    return even if all(len(_group_greedily(group, most)) == 1 for group in even) else groups


def _group_greedily(pieces: Iterable[ItemView], most: int) -> list[list[ItemView]]:
    groups: list[list[ItemView]] = []
    room = 0
    for piece in pieces:
        count = markdown.count_words(piece.title)
        if not groups or count > room:
            groups.append([])
            room = most
        groups[-1].append(piece)
        room -= count
    return groups


def _merge_citations(html: str) -> Markup:
    """Notes side by side are one note, at the word they follow; a line breaks before a number, not after it."""
    return Markup(_BEFORE_NUMBER.sub(r"\1 ", _SPACE.sub("\u2060", _JOIN.sub(", ", html))))


def _traced(wording: Wording, words: str, owner: object = None) -> Markup:
    """Words with their dates marked, and each number carrying the id of what says it; only escaped without an owner."""
    if owner is None:
        return escape(words)
    attribute, behind = _data_attribute(owner)
    number = f'<span class="number" {attribute}="{escape(behind)}">{{}}</span>'
    out = []
    for run in segmentation.split_dates_and_numbers(words, wording.month_numbers, wording.strings["number_words"]):
        shown = str(escape(run.text))
        if run.kind != "words":
            shown = (number if run.kind == "number" else _DATE if run.iso else _SPAN).format(shown, iso=run.iso)
        out.append(shown)
    return Markup("".join(out))


def _data_attribute(owner: object) -> tuple[str, str]:
    """The attribute and id that say what stands behind a text: an estimate, a source, an audience; else a statement."""
    if isinstance(owner, EstimateView):
        return "data-estimate", owner.ref
    kind = "source" if isinstance(owner, Source) else "audience" if isinstance(owner, Audience) else "statement"
    return f"data-{kind}", str(getattr(owner, "section" if isinstance(owner, LeftOut) else "id"))


def _when(wording: Wording, when: PartialDate, short: bool = False, plain: bool = False) -> Markup | str:
    """A date in words; `plain` where no element may stand."""
    words = wording.when(when, short=short)
    if plain:
        return words
    part = when.parts[0]
    iso = part if re.fullmatch(r"[\d-]+", part) else part[:4]  # a season has no form of its own
    return Markup(_DATE if len(when.parts) == 1 else _SPAN).format(words, iso=iso)


def _names(wording: Wording, names: Sequence[str]) -> Markup:
    """Names in words. A digit in a name is no number."""
    tagged = [f'<span class="name">{escape(n)}</span>' if re.search(r"\d", n) else str(escape(n)) for n in names]
    return Markup(wording.names(tagged))


def _cite(numbers: Mapping[str, int], screen: ScreenLinks | None, sources: Sequence[str]) -> Markup:
    """Numbered links to the notes of these sources; on a screen the first call of each can be come back to."""
    links = []
    for number in (numbers[source] for source in sources):
        first = f' id="_call-{number}"' if screen and screen.record_call(number) else ""
        links.append(f'<a href="#note-{number}"{first}>{number}</a>')
    return Markup(f'<sup class="cite">{", ".join(links)}</sup>') if links else Markup("")


def _css(words: str) -> Markup:
    """Words as a CSS string, whatever quotes they hold."""
    return Markup('"{}"').format(Markup(re.sub(r"[^\w ]", lambda m: f"\\{ord(m[0]):x} ", words)))


def _number(
    wording: Wording,
    screen: ScreenLinks | None,
    row: EstimateView,
    form: str = "",
    begins: bool = False,
    linked: bool = True,
) -> Markup:
    """An estimate in words, carrying its id; on a screen a link to the figure's reports where there are several."""
    if form not in ("", *markdown.FORMS):
        raise ValueError(f"a number has no form '{form}'; there are {', '.join(markdown.FORMS)}")
    words = wording.estimate(row, form)
    words = escape(words[:1].upper() + words[1:] if begins else words)
    if address := screen.report_anchor(row) if screen and linked else "":
        words = Markup('<a href="#{}">{}</a>').format(address, words)
    return Markup(f'<span class="number" data-estimate="{row.ref}">{words}</span>')
