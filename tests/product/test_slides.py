"""The slides of every pack as laid out: filled frames, few words, large type, few slides, nothing over an edge."""

import re
from html import unescape
from typing import NamedTuple

import pytest
from layout import Layout, Piece, layout
from packs import FOLDERS, choices, composed

from briefings.briefing.parts import Briefing
from briefings.composing.slides.groups import MAX_WORDS
from briefings.library import Library, shipped
from briefings.page.page import Page
from briefings.page.render import render

pytestmark = pytest.mark.slow
MOST = {"pupils": 12, "secondary": 16}
LIBRARY = Library(shipped())
POINT = 96 / 72  # px
LOOKED_UP = {"foot": 2, "chip": 2, "who": 3}  # lines of a foot, and of who says so: on a card, in a column of a strip
LEGIBLE = 18  # points: the smallest text of a drawing, at the size it has on its slide
ASIDE = {"foot", "page", "chip", "who", "under", "part", "kind"}  # who says so, the foot: 14pt and more
EMPTY = 2 / 3  # of the height: content reaches at least so far down


DECKS = {  # (pack, file name)
    f"{name}-{audience.id}": (name, choice.file_name(audience.id, paper))
    for name in FOLDERS
    for audience, choice, paper in choices(name)
    if choice.document == "slides"
}


def briefing_of(deck: str) -> Briefing:
    name, file_name = DECKS[deck]
    return composed(name)[file_name]


class Deck(NamedTuple):
    """The slides of an audience: what they say, their page, and how that is laid out."""

    briefing: Briefing
    page: Page
    layout: Layout


@pytest.fixture(scope="module", params=DECKS)
def deck(request: pytest.FixtureRequest) -> Deck:
    briefing = briefing_of(request.param)
    page = render(briefing, LIBRARY)
    return Deck(briefing, page, layout(page, LIBRARY))


def test_all_packs_have_slides() -> None:
    assert {name for name, _ in DECKS.values()} == set(FOLDERS)
    made = [(n, b.name) for n in FOLDERS for b in composed(n).values() if b.choice.document == "slides"]
    assert made == [*DECKS.values()]


def test_there_are_few_slides_and_each_is_one_sheet(deck: Deck) -> None:
    briefing, _, found = deck
    assert len(found.areas) == len(briefing.slides) <= MOST[briefing.audience.id]


def test_each_card_is_on_its_slide(deck: Deck) -> None:
    """A row of cards that has no room would stand above the next slide, where nobody sees it."""
    _, page, found = deck
    _, *slides = re.split(r'<div class="slide ', page.html)
    titles = [len(re.findall(r'<p class="title[ "]', slide)) for slide in slides]
    laid_out = [
        p for p in found.lines() if "title" in p.classes or (p.tag == "p" and p.element.get("class") == "title")
    ]
    places = {(p.sheet, id(p.element)): (p.top, p.bottom) for p in laid_out}
    shown = [sum(sheet == n and low >= 0 for (sheet, _), (_, low) in places.items()) for n in range(len(slides))]
    assert shown == titles


def test_no_slide_has_an_empty_lower_third(deck: Deck) -> None:
    briefing, _, found = deck
    assert [briefing.slides[n].kind for n in range(len(found.areas)) if reach(found, n) < EMPTY] == []


def reach(found: Layout, sheet: int) -> float:
    """How far down the content of a slide reaches, its foot left out, from 0 to 1."""
    top, bottom = found.areas[sheet]
    shown = [p for p in found.pieces if p.sheet == sheet and (p.kind in ("line", "picture") or p.classes & {"card"})]
    aside = [p for p in found.pieces if p.sheet == sheet and p.classes & {"foot", "page"}]
    content = [p for p in shown if not any(inside(p, other) for other in aside)]
    return (max(max(p.bottom, p.edge) for p in content) - top) / (bottom - top)


def inside(piece: Piece, other: Piece) -> bool:
    near = 1.0
    return piece.top >= other.top - near and piece.bottom <= other.bottom + near and piece.left >= other.left - near


def test_nothing_leaves_its_card_or_its_slide(deck: Deck) -> None:
    assert overflowing(deck.layout) == []


def overflowing(found: Layout) -> list[str]:
    """Lines below the card they stand in, over the foot, or outside their slide."""
    faults = []
    frames = [p for p in found.pieces if p.kind == "block" and p.classes & {"card", "body", "panel"}]
    for line in found.lines():
        words = "".join(line.element.itertext())[:40] if line.element is not None else ""
        top, bottom = found.areas[line.sheet]
        if line.bottom > bottom or line.top < top:
            faults.append(f"slide {line.sheet + 1}, outside: {words}")
        for frame in frames:
            within = frame.sheet == line.sheet and frame.left <= line.left < frame.right
            if within and frame.top <= line.top < frame.edge - 1 and line.bottom > frame.edge + 1:
                faults.append(f"slide {line.sheet + 1}, below its frame: {words}")
    return faults


def test_no_headline_reaches_what_is_under_it(deck: Deck) -> None:
    assert low_headlines(deck.layout) == []


def low_headlines(found: Layout) -> list[int]:
    """The slides whose headline has more lines than there is room for over the cards or the picture."""
    tops = {p.sheet: p.top for p in found.pieces if p.kind == "block" and p.classes & {"body"}}
    heads = [p for p in found.pieces if p.kind == "block" and p.classes & {"head"} and not p.classes & {"asked"}]
    opening = {p.sheet for p in found.pieces if p.classes & {"slide-opening"}}
    return [p.sheet + 1 for p in heads if p.sheet not in opening and p.bottom > tops.get(p.sheet, p.bottom) + 1]


def test_text_is_large(deck: Deck) -> None:
    assert small_text(deck.layout) == []


def small_text(found: Layout) -> list[str]:
    faults = []
    for line in found.lines():
        if line.kind != "line":
            continue
        size = line.size / POINT
        least = 14 if line.classes & ASIDE or _is_aside(found, line) else 18
        if size < least - 0.01:
            faults.append(f"slide {line.sheet + 1}, {size:.1f}pt: {''.join(line.element.itertext())[:40]}")
    return faults


def _is_aside(found: Layout, line: Piece) -> bool:
    return any(p.sheet == line.sheet and p.classes & ASIDE and inside(line, p) for p in found.pieces)


def words_of(page: Page) -> list[int]:
    """The words of each slide, drawings, who says so and the foot left out."""
    html = re.sub(r"<svg.*?</svg>", "", page.html, flags=re.DOTALL)
    aside = r'<(p|span) class="(?:foot|page|chip|who|over|kind|date(?: year| later)?)">.*?</\1>'
    html = re.sub(aside, "", html, flags=re.DOTALL)
    found = re.findall(r'<section class="leaf".*?</section>', html, re.DOTALL)
    return [len(re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", slide))).split()) for slide in found]


def test_no_slide_has_many_words(deck: Deck) -> None:
    briefing, page, _ = deck
    counts = words_of(page)
    assert len(counts) == len(briefing.slides)
    assert [n for n in counts if n > MAX_WORDS] == []
    assert [slide.words for slide in briefing.slides if slide.words > MAX_WORDS] == []


def test_what_does_not_count_is_short(deck: Deck) -> None:
    """Who says so and the foot are there to be looked up, not read out: so they do not count, but have two lines."""
    assert long_asides(deck.layout) == []


def long_asides(found: Layout) -> list[str]:
    faults = []
    for aside in (p for p in found.pieces if p.kind == "block" and p.classes & {*LOOKED_UP}):
        lines = [line for line in found.lines(aside.sheet) if line.kind == "line" and inside(line, aside)]
        most = max(LOOKED_UP.get(name, 0) for name in aside.classes)
        if len({round(line.top) for line in lines if line.right <= aside.right + 1}) > most:
            faults.append(f"slide {aside.sheet + 1}: {''.join(aside.element.itertext())[:40]}")
    return faults


def test_text_in_drawings_is_large(deck: Deck) -> None:
    html, found = deck.page.html, deck.layout
    assert small_labels(html, found) == []
    assert any("picture" in p.kind for p in found.pieces) == ("<svg" in html)


def small_labels(html: str, found: Layout) -> list[str]:
    """The smallest text of each drawing, in points of the slide: its size in the SVG, and how much that is scaled."""
    faults = []
    pictures = [p for p in found.pieces if p.kind == "picture"]
    drawings = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert len(pictures) == len(drawings)
    for picture, svg in zip(pictures, drawings, strict=True):
        box = re.search(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', svg)
        assert box
        across = (picture.right - picture.left) / float(box[1])
        down = (picture.bottom - picture.top) / float(box[2])
        size = min(map(float, re.findall(r'font-size="([\d.]+)"', svg))) * min(across, down) / POINT
        if size < LEGIBLE - 0.01:
            faults.append(f"slide {picture.sheet + 1}, {size:.1f}pt in a drawing")
    return faults


def test_each_slide_names_its_sources_at_its_foot(deck: Deck) -> None:
    briefing, html = deck.briefing, deck.page.html
    found = re.findall(r'<section class="leaf".*?</section>', html, re.DOTALL)
    for slide, written in zip(briefing.slides, found, strict=True):
        if slide.kind != "opening":
            assert set(re.findall(r'data-source="([^"]+)"', written)) <= {source.id for source in slide.cited}
            assert all(source.publisher.split()[0] in unescape(written) for source in slide.cited)
    assert '<sup class="cite">' not in html


# -- each guard fails on a slide that is wrong -------------------------------------------------------


def laid_out(page: Page, change: tuple[str, str]) -> Layout:
    html = page.html.replace(*change)
    assert html != page.html
    return layout(Page(page.name, page.title, html, page.date), LIBRARY)


@pytest.fixture(scope="module")
def page() -> Page:
    return render(briefing_of("kursk-secondary"), LIBRARY)


STYLE = "</head>", "<style>{}</style></head>"


def test_an_empty_lower_third_is_found(page: Page) -> None:
    top = STYLE[1].format(
        "@layer theme { .slide .thoughts { align-content: start } .slide .thought { font-size: 20pt } }"
    )
    found = laid_out(page, (STYLE[0], top))
    kinds = [slide.kind for slide in briefing_of("kursk-secondary").slides]
    assert reach(found, kinds.index("thought")) < EMPTY


def test_an_overflow_is_found(page: Page) -> None:
    large = STYLE[1].format("@layer theme { .slide .cards .title { font-size: 70pt !important } }")
    assert overflowing(laid_out(page, (STYLE[0], large)))


def test_a_headline_over_its_cards_is_found(page: Page) -> None:
    large = STYLE[1].format("@layer theme { .slide .head { font-size: 64pt !important } }")
    assert low_headlines(laid_out(page, (STYLE[0], large)))


def test_a_long_column_of_a_strip_is_found(page: Page) -> None:
    narrow = STYLE[1].format("@layer theme { .slide .who { font-size: 20pt !important; width: 30pt } }")
    assert long_asides(laid_out(page, (STYLE[0], narrow)))


def test_small_text_is_found(page: Page) -> None:
    small = STYLE[1].format("@layer theme { .slide .card .title { font-size: 17pt !important } }")
    assert small_text(laid_out(page, (STYLE[0], small)))
    tiny = STYLE[1].format("@layer theme { .slide .foot { font-size: 13pt } }")
    assert small_text(laid_out(page, (STYLE[0], tiny)))


def test_small_text_in_a_drawing_is_found(page: Page) -> None:
    low = STYLE[1].format("@layer theme { .slide .form svg { height: 300pt !important } }")
    assert small_labels(page.html, laid_out(page, (STYLE[0], low)))
    small = re.sub(r'font-size="[\d.]+"', 'font-size="12"', page.html)
    assert small_labels(small, layout(page, LIBRARY))


def test_a_long_foot_is_found(page: Page) -> None:
    narrow = STYLE[1].format("@layer theme { .slide .foot { right: 400pt } }")
    assert long_asides(laid_out(page, (STYLE[0], narrow)))
