"""Briefing and wording -> the functions that a template may call; docs/templates.md documents them."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup, escape

from .. import markdown
from ..briefing.parts import Briefing, EstimateView, LeftOut, Note
from ..briefing.voices import disagreeing
from ..language import segmentation
from ..language.wording import Wording
from ..markdown_marks import MARK_PATTERN, without_citations
from ..schema.audience import Audience
from ..schema.date_parts import read_part
from ..schema.dates import PartialDate
from ..schema.topic import Source
from .blocks import OPEN
from .quiz import option_words
from .render_sandbox.values import printable
from .screen_links import ScreenLinks

# The space before a citation, or the place where there is none: authors write "2023. [@diary]", print sets the note
# close to the word. The replacement is a word joiner, so that no line begins with a note.
_SPACE = re.compile(r'(?<!\s)\s*(?=<sup class="cite">)')
# A space before a number or date. WeasyPrint 70 sometimes breaks a line after one word if the space is in front of an
# inline element, so _merge_citations() moves it inside: "the <span>3</span>" becomes "the<span> 3</span>".
_BEFORE_NUMBER = re.compile(r' (<(?:span class="(?:number|dates)"|time)(?: [^<>]*)?>)')
# Adjacent citations, which become one list: "1, 2".
_JOIN = re.compile(r'</sup>\s*<sup class="cite">')
_DATE = '<time datetime="{iso}">{}</time>'
_SPAN = '<span class="dates">{}</span>'


def template_functions(
    briefing: Briefing | None, wording: Wording, screen: ScreenLinks | None = None
) -> dict[str, Any]:
    """Return the functions by the names that docs/templates.md documents.

    They are context, not globals of the environment that all pages share. `briefing` is None for the index: no notes.
    """
    cite = partial(_cite, {n.source.id: n.number for n in briefing.notes} if briefing else {}, screen)
    number = partial(_number, wording, screen)

    def inline(
        raw: str,
        sources: Sequence[str] = (),
        owner: object = None,
        linked: bool = True,
        calls: bool = True,
        within: str = "",
        named: bool = True,
    ) -> Markup:
        write_number = number if named else partial(_number_of_owner, wording, owner)
        write_mark = partial(_write_mark, briefing, partial(cite, within=within), write_number, linked)
        more = cite(_uncited(raw, sources), within)  # before the text is rendered: the first link to a note has an id
        link, render_text = _link_attributes(owner), partial(_traced, wording, owner=owner)
        written = raw if calls else without_citations(raw)
        html = markdown.render_html(written, write_mark, inline=True, render_text=render_text, link=link)
        return _with_calls(html, more)

    return {
        "inline": inline,
        "traced": lambda words, owner: _merge_citations(_traced(wording, str(printable(words)), owner)),
        "cite": cite,
        "cited": partial(_cited, {n.source.id: n for n in briefing.notes} if briefing else {}),
        "disagreeing": lambda row: list(disagreeing(row, briefing.rows)) if briefing else [],
        "css": css_string,
        "qr_code": qr_code,
        "number": number,
        "plain": markdown.plain_words,
        **{name: partial(write, wording) for name, write in _IN_WORDS.items()},
        "language": lambda code: wording.language_name(str(printable(code))),
        "lead": markdown.first_sentence,
        "words": markdown.count_words,
    }


def _uncited(raw: str, sources: Sequence[str]) -> list[str]:
    """The sources that a text does not cite itself."""
    cited = {mark.source for mark in markdown.find_marks(raw) if isinstance(mark, markdown.Citation)}
    return [source for source in sources if source not in cited]


def _write_mark(
    briefing: Briefing | None,
    cite: Callable[[Sequence[str]], Markup],
    number: Callable[[EstimateView, str, bool, bool], Markup],
    linked: bool,
    mark: markdown.ValidMark,
    begins: bool,
) -> str:
    """Return what a page prints for a mark; `begins` says whether it begins a sentence."""
    if isinstance(mark, markdown.Citation):
        return _located_citation(cite([mark.source]), mark)
    if briefing is None:
        raise ValueError(f"'{mark.raw}' means nothing on a page of no briefing; write words, or |striptags")
    if isinstance(mark, markdown.Reference):
        return _reference(briefing, mark.target, linked)
    return str(number(briefing.rows[mark.ref], mark.form, begins, linked))


def _with_calls(html: str, more: str) -> Markup:
    """Add calls to the words in front of a list or table, to which they belong."""
    words, block, rest = html.partition(OPEN)
    return _merge_citations(f"{words}{more}{block}{rest}")


def _merge_citations(html: str) -> Markup:
    """Join adjacent citations, attach them to the preceding word, and move spaces into the numbers that follow them."""
    return Markup(_BEFORE_NUMBER.sub(r"\1 ", _SPACE.sub("\u2060", _JOIN.sub(", ", html))))


def _traced(wording: Wording, words: str, owner: object = None) -> Markup:
    """Escape words; with an owner, also mark up their dates and add the owner's id to their numbers.

    This is how numbers written by hand, outside of marks, can be traced to a statement.
    """
    if owner is None:
        return escape(words)
    attribute, owner_id = _data_attribute(owner)
    number = f'<span class="number" {attribute}="{escape(owner_id)}">{{}}</span>'
    parts = []
    for segment in segmentation.split_dates_and_numbers(words, wording.month_numbers, wording.strings["number_words"]):
        html = str(escape(segment.text))
        if segment.kind != "words":
            element = number if segment.kind == "number" else _DATE if segment.iso else _SPAN
            html = element.format(html, iso=segment.iso)
        parts.append(html)
    return Markup("".join(parts))


def _link_attributes(owner: object) -> dict[str, str]:
    """Return the owner's attribute for a link itself, since no element may be nested in it."""
    return {} if owner is None else dict([_data_attribute(owner)])


def _data_attribute(owner: object) -> tuple[str, str]:
    """Return the (attribute, id) that trace a text to its owner: ("data-estimate", "frogs/april").

    Any owner that is no estimate, source or audience is traced as a statement.
    """
    if isinstance(owner, EstimateView):
        return "data-estimate", owner.ref
    kind = "source" if isinstance(owner, Source) else "audience" if isinstance(owner, Audience) else "statement"
    return f"data-{kind}", str(printable(getattr(owner, "section" if isinstance(owner, LeftOut) else "id")))


def _when(
    wording: Wording, when: PartialDate, short: bool = False, plain: bool = False, year: bool = True
) -> Markup | str:
    """Return a date in words, as <time>, or a span for a period; without an element if `plain`.

    Without `year` it is left out, where it stands nearby; a year alone stays.
    """
    words = wording.when(when, short=short)
    words = words if year else re.sub(r"(?<=\w)\s+\d{4}$", "", words)
    if plain:
        return words
    part = read_part(when.parts[0])
    if len(when.parts) > 1 or part.decade or part.century or part.bc:
        return Markup(_SPAN).format(words)
    # HTML has no form for seasons, so "2023-spring" is its year.
    iso = f"{part.year:04}" if part.season or not part.month else when.parts[0]
    return Markup(_DATE).format(words, iso=iso)


def _reported_when(wording: Wording, row: EstimateView, short: bool = True) -> Markup | str:
    """Return when an estimate was said, or of when it is if its source was published later; "" if it is undated."""
    when = row.estimate.as_of
    return Markup(wording.dated(row, date=str(escape(_when(wording, when, short=short))))) if when else ""


def _period(wording: Wording, start: PartialDate, end: PartialDate | None = None) -> Markup:
    """Return the time from one date to another: short if that takes two dates, "since June 2023" without an end."""
    pattern = wording.period_pattern(start, end)
    short = "{last}" in pattern
    last = _when(wording, end, short=short) if end and short else ""
    return Markup(escape(pattern)).format(first=_when(wording, start, short=short), last=last)


def _plural(wording: Wording, word: Mapping[str, str], number: int) -> str:
    """Return a number with the right form of a word."""
    return wording.plural({form: str(printable(word[form])) for form in ("one", "many")}, printable(number))


def _names(wording: Wording, names: Sequence[str], inside: bool = False) -> Markup:
    """Return "A, B and C". A name with a digit ("Class 7b") is marked up, so that nobody takes it for a number.

    With `inside` the list stands inside a sentence, so that its first name too begins with a small article.
    """
    told = wording.in_sentence(names, all_of_them=inside)
    tagged = [f'<span class="name">{escape(n)}</span>' if re.search(r"\d", n) else str(escape(n)) for n in told]
    return Markup(wording.names(tagged))


def _cite(numbers: Mapping[str, int], screen: ScreenLinks | None, sources: Sequence[str], within: str = "") -> Markup:
    """Return numbered links to the notes. On a screen the first link to a note has an id, for the link back.

    `within` is the id of the element to link back to instead.
    """
    links = []
    for number in (numbers[source] for source in sources):
        own = screen.record_call(number, within) if screen else ""
        links.append(f'<a href="#note-{number}"{f" id={chr(34)}{escape(own)}{chr(34)}" if own else ""}>{number}</a>')
    return Markup(f'<sup class="cite">{", ".join(links)}</sup>') if links else Markup("")


def _cited(notes: Mapping[str, Note], raw: str, sources: Sequence[str] = ()) -> list[Note]:
    """The notes that a text cites, and then those of `sources`, each once."""
    marks = [mark.source for mark in markdown.find_marks(raw) if isinstance(mark, markdown.Citation)]
    return [notes[source] for source in dict.fromkeys((*marks, *sources))]


def _located_citation(call: Markup, mark: markdown.Citation) -> str:
    """A link to a note, with the place in the source: "1: p. 12"."""
    if not mark.locator:
        return str(call)
    place = Markup('<span class="number" data-source="{}">{}</span>').format(mark.source, mark.locator)
    return str(call).removesuffix("</sup>") + f": {place}</sup>"


def _reference(briefing: Briefing, target: str, linked: bool) -> str:
    """The number of a paragraph or exercise, as a link if this document shows it; or a title."""
    label = briefing.references[target]
    if not label[:1].isdigit() and not re.fullmatch(r"Q\d+", label):
        return str(Markup("<cite>{}</cite>").format(label))
    element = '<a class="num" href="#{0}" data-statement="{0}">{1}</a>'
    if not linked or target not in briefing.places:
        element = '<span class="num" data-statement="{0}">{1}</span>'
    return str(Markup(element).format(target, label))


def css_string(words: str) -> Markup:
    """Return words as a quoted CSS string.

    Every character but letters, digits, "_" and the space becomes an escape such as "\\22 ", whose space ends it. So no
    quote ends the string, and no "</style>" ends the style sheet.
    """
    return Markup('"{}"').format(Markup(re.sub(r"[^\w ]", lambda m: f"\\{ord(m[0]):x} ", words)))


def _number_of_owner(wording: Wording, owner: object, row: EstimateView, form: str, begins: bool, _: bool) -> Markup:
    """Return an estimate in words, traced to the text that it stands in: its own id may say whose it is."""
    words = wording.estimate(row, form)
    return _traced(wording, words[:1].upper() + words[1:] if begins else words, owner)


def _number(
    wording: Wording,
    screen: ScreenLinks | None,
    row: EstimateView,
    form: str = "",
    begins: bool = False,
    linked: bool = True,
    beside: str = "",
) -> Markup:
    """Return an estimate in words with its ref; on a screen as a link if its figure has several reports.

    `begins` capitalises the first letter. `linked` is False in the tables that a link would lead to. `beside` is the
    text that follows the number there: a unit that it names is not said twice.
    """
    if form not in ("", *markdown.FORMS):
        raise ValueError(f"there is no number form '{form}'; use one of {', '.join(markdown.FORMS)}")
    words = wording.estimate(row, form, MARK_PATTERN.sub("", beside))
    words = escape(words[:1].upper() + words[1:] if begins else words)
    if anchor := screen.report_anchor(row) if screen and linked else "":
        words = Markup('<a href="#{}">{}</a>').format(anchor, words)
    return Markup('<span class="number" data-estimate="{}">{}</span>').format(row.ref, words)


def qr_code(text: str, title: str, owner: object) -> Markup:
    """A QR code as SVG, with one of its modules free around it. `title` is its alternative text, and `owner` what
    stands behind the numbers in that."""
    import segno  # here: no page for a screen has one

    code = segno.make(text, micro=False, error="m", boost_error=False)
    svg = code.svg_inline(border=1, title=title, svgclass=None, lineclass=None, omitsize=True)
    attribute, owner_id = _data_attribute(owner)
    return Markup(svg.replace("<title>", f'<title {attribute}="{escape(owner_id)}">', 1))


# What writes a value in the words of a language.
_IN_WORDS: Mapping[str, Callable[..., object]] = {
    "option_words": option_words,
    "when": _when,
    "reported_when": _reported_when,
    "period": _period,
    "names": _names,
    "plural": _plural,
}
