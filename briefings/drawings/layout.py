"""A Picture, at a size -> its Scene: where every line, mark and word stands. One module a kind; all pure."""

from collections.abc import Iterator

from ..briefing.parts import DrawingView
from ..language.wording import Wording
from ..problems import Problem, ProblemError, with_excerpt
from .design_tokens import DesignTokens
from .fonts import TextMeasure
from .kind import find_kind
from .scene import DrawingSize, NoRoomError, Scene

RESERVED_LINES = 7  # lines of text: title, sources and what stands between, on the sheet that a drawing has for itself


def layout_scenes(
    picture: DrawingView, wording: Wording, measure: TextMeasure, tokens: DesignTokens, *, on_screen: bool
) -> Iterator[tuple[DrawingSize, Scene]]:
    """The drawing at every size it is made at. Raises ProblemError, at the line of what has no room."""
    if on_screen or "picture" not in tokens.values:
        for form in drawing_sizes(picture, tokens, on_screen=on_screen):
            yield form, _scene(picture, wording, measure, form)
        return
    tried, problems = [], list[Problem]()
    for form in drawing_sizes(picture, tokens, on_screen=False):
        try:
            tried.append((form, _scene(picture, wording, measure, form)))
        except ProblemError as error:
            problems += error.problems
    if not tried:
        raise ProblemError(problems)
    across, high = _content_width(tokens), tokens.px("picture")

    def scale(made: tuple[DrawingSize, Scene]) -> float:
        _, scene = made
        return min(high / scene.height, across / scene.width) if scene.height else 0.0  # a timeline down the sheet

    yield max(tried, key=scale)


def _scene(picture: DrawingView, wording: Wording, measure: TextMeasure, form: DrawingSize) -> Scene:
    try:
        return find_kind(picture.kind).layout(picture, wording, measure, form)
    except NoRoomError as error:
        marks = dict(picture.marks)
        message = f"in drawing '{picture.id}', {form.width:g} px wide, '{error.words}' fits nowhere"
        hint = "shorten it, show less, or have the drawing as wide as the sheet"
        problem = Problem("no-room", message, marks.get(error.owner) or marks[picture.id], hint)
        raise ProblemError([with_excerpt(problem)]) from None


def drawing_sizes(picture: DrawingView, tokens: DesignTokens, *, on_screen: bool) -> tuple[DrawingSize, ...]:
    """The sizes a drawing is made at: on paper as wide as the audience asks; on a screen for a desktop and a phone. A
    style that brings every drawing to one height (`--picture`) has the choice: that with the largest words is taken."""
    if on_screen:
        return DrawingSize("wide", 608, 13), DrawingSize("phone", 340, 13)
    across = _content_width(tokens)
    column = min(across, tokens.px("drawing-column"))
    text = round(tokens.px("small"), 2)
    least = round(min(text, tokens.px("tiny")), 2)
    if "picture" in tokens.values:
        beside = tokens.px("key-beside") if picture.kind == "map" and "key-beside" in tokens.values else 0.0
        widths = (column + beside,) if beside else (column, across)
        return tuple(
            DrawingSize("print", round(width, 1), text, min_text_size=least, key_width=round(beside, 1))
            for width in widths
        )
    width = across if picture.choice.width == "sheet" else column
    height = tokens.px("height") - tokens.px("margin-top") - tokens.px("margin-bottom") - RESERVED_LINES * text
    return (DrawingSize("print", round(width, 1), text, round(height, 1), least),)


def _content_width(tokens: DesignTokens) -> float:
    """How wide the sheet is between its margins, in px."""
    return tokens.px("width") - 2 * tokens.px("margin-side")
