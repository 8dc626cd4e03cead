"""A drawing's view -> its SVG at each size that a page needs, for draw(), draw_area() and draw_share() of templates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from ..briefing.parts import Briefing, DrawingView, EstimateView, SharesView
from ..drawings.design_tokens import DesignTokens, ScreenTokens, load_tokens
from ..drawings.fonts import TextMeasure
from ..drawings.layout import layout_area_for_slide, layout_for_slide, layout_scenes, layout_share_for_slide
from ..drawings.scene import Scene
from ..drawings.svg_path import hatch, path, points, px
from ..language.wording import Wording
from ..library import Library
from ..problems import ProblemError
from .screen_links import ScreenLinks

Fill = Callable[[str, Mapping[str, Any]], str]  # (template, values) -> the filled template
LEADS = "leads"
_SVG = {"px": px, "points": points, "path": path, "hatch": hatch}  # functions for the templates of drawings


@dataclass(frozen=True)
class DrawingVariant:
    """A drawing at one size. `name` is print, wide or phone; `svg` is "" if it would be higher than a sheet."""

    name: str
    svg: str
    scene: Scene


def drawing_template(library: Library, kind: str) -> str:
    """The template of a kind of drawing: its own, or the one that charts share."""
    own = f"drawings/{kind}.svg"
    return own if library.find(own) else "drawings/chart.svg"


def draw(
    briefing: Briefing,
    wording: Wording,
    screen: ScreenLinks | None,
    library: Library,
    fill: Fill,
    picture: DrawingView,
    frame: str = "",
) -> list[DrawingVariant]:
    """The template function draw(): a drawing at each of its sizes, or for a frame of a slide.

    With the frame LEADS, a map is as wide and low as the head of a screen page. Raises ProblemError if its labels do
    not fit.
    """
    drawn = partial(_drawn, briefing, wording, screen, library, fill, picture, frame)
    if not library.house.faces:
        return drawn(library)
    # A school's font may be wider than the one that drawings are made for: a drawing without room keeps that one.
    shipped_fonts = replace(library, house=replace(library.house, families=()))
    try:
        variants = drawn(library)
    except ProblemError:
        return drawn(shipped_fonts)
    return variants if all(variant.svg for variant in variants) else drawn(shipped_fonts)


def _drawn(
    briefing: Briefing,
    wording: Wording,
    screen: ScreenLinks | None,
    library: Library,
    fill: Fill,
    picture: DrawingView,
    frame: str,
    fonts: Library,
) -> list[DrawingVariant]:
    """`draw()` with labels in the fonts of a Library."""
    leads = frame == LEADS
    frame = "" if leads else frame
    tokens = load_tokens(fonts, briefing.choice.look, briefing.paper, slide=bool(frame))
    measure = TextMeasure(fonts, tokens, wording.typography)
    # a slide is as light on a screen as on a wall
    colours = ScreenTokens(tokens.values) if screen and not frame else tokens
    context = {"token": colours, "family": tokens.family} | _SVG
    template = drawing_template(library, picture.kind)
    if frame:
        laid_out = iter([layout_for_slide(picture, wording, measure, tokens, frame)])
    else:
        above = tokens.px("head-height") * _head(briefing)
        laid_out = layout_scenes(picture, wording, measure, tokens, on_screen=bool(screen), above=above, leads=leads)
    variants = []
    for size, scene in laid_out:
        svg = ""
        if frame or scene.height <= size.max_height:
            # on a screen, a drawing's text size is written once: a page of the whole pack has a thousand labels
            text_size = size.text_size if screen and not frame else None
            values = {"scene": scene, "picture": picture, "text_size": text_size, **context}
            values |= {"on_screen": bool(screen)}
            svg = fill(template, values)
        variants.append(DrawingVariant(size.name, svg, scene))
    return variants


def _head(briefing: Briefing) -> float:
    """How much of the head of a poster there is: without a map beside it, its title takes half."""
    if briefing.choice.document != "poster":
        return 0.0
    drawings = (drawing for chapter in briefing.chapters for drawing in chapter.drawings)
    return 1.0 if any(drawing.choice.width == "head" for drawing in drawings) else 0.5


def draw_area(
    briefing: Briefing, wording: Wording, library: Library, fill: Fill, picture: DrawingView, row: EstimateView
) -> str:
    """The template function draw_area(): an area as a square on the main region of a map."""
    tokens = load_tokens(library, briefing.choice.look, briefing.paper, slide=True)
    scene = layout_area_for_slide(picture, row, wording, TextMeasure(library, tokens, wording.typography), tokens)
    return fill("drawings/area.svg", {"scene": scene, **_on_slide(tokens)})


def draw_share(
    briefing: Briefing,
    wording: Wording,
    library: Library,
    fill: Fill,
    shares: SharesView,
    row: EstimateView,
    frame: str,
) -> str:
    """The template function draw_share(): a share as tiles, with its words below."""
    tokens = load_tokens(library, briefing.choice.look, briefing.paper, slide=True)
    measure = TextMeasure(library, tokens, wording.typography)
    scene = layout_share_for_slide(shares, row, wording, measure, tokens, frame)
    return fill("drawings/tiles.svg", {"scene": scene, "picture": shares, **_on_slide(tokens)})


def _on_slide(tokens: DesignTokens) -> dict[str, Any]:
    """What the template of a drawing needs that is part of a slide."""
    return {"token": tokens, "family": tokens.family, "on_screen": False, "text_size": None} | _SVG
