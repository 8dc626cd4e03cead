"""A Picture, at a size -> its Scene: where every line, mark and word stands. One module a kind; all pure."""

from collections.abc import Callable, Iterator, Mapping

from ..briefing.parts import DrawingView
from ..language.wording import Wording
from ..problems import Problem, ProblemError, with_excerpt
from .argument_map import argument_map
from .charts.bars import bars
from .charts.estimates import estimates
from .charts.lines import lines
from .charts.over_time import over_time
from .charts.timeline import timeline
from .fonts import Measure
from .maps.map import locator_map
from .scene import Form, Scene, Unplaced
from .tokens import Tokens

# kind -> (picture, wording, measure, form) -> scene; templates/drawings/<kind>.svg draws what it returns
DRAW: Mapping[str, Callable[[DrawingView, Wording, Measure, Form], Scene]] = {
    "map": locator_map,
    "argument-map": argument_map,
    "timeline": timeline,
    "over-time": over_time,
    "estimates": estimates,
    "bars": bars,
    "lines": lines,
}

ROUND_IT = 7  # lines of text: title, sources and what stands between, on the sheet that a drawing has for itself


def scenes(
    picture: DrawingView, wording: Wording, measure: Measure, tokens: Tokens, *, on_screen: bool
) -> Iterator[tuple[Form, Scene]]:
    """The drawing at every size it is made at. Raises ProblemError, at the line of what has no room."""
    if on_screen or "picture" not in tokens.values:
        for form in forms(picture, tokens, on_screen=on_screen):
            yield form, _scene(picture, wording, measure, form)
        return
    tried, problems = [], list[Problem]()
    for form in forms(picture, tokens, on_screen=False):
        try:
            tried.append((form, _scene(picture, wording, measure, form)))
        except ProblemError as error:
            problems += error.problems
    if not tried:
        raise ProblemError(problems)
    across, high = _across(tokens), tokens.px("picture")

    def scale(made: tuple[Form, Scene]) -> float:
        _, scene = made
        return min(high / scene.height, across / scene.width) if scene.height else 0.0  # a timeline down the sheet

    yield max(tried, key=scale)


def _scene(picture: DrawingView, wording: Wording, measure: Measure, form: Form) -> Scene:
    try:
        return DRAW[picture.kind](picture, wording, measure, form)
    except Unplaced as error:
        marks = dict(picture.marks)
        message = f"in drawing '{picture.id}', {form.width:g} px wide, '{error.words}' fits nowhere"
        hint = "shorten it, show less, or have the drawing as wide as the sheet"
        problem = Problem("no-room", message, marks.get(error.owner) or marks[picture.id], hint)
        raise ProblemError([with_excerpt(problem)]) from None


def forms(picture: DrawingView, tokens: Tokens, *, on_screen: bool) -> tuple[Form, ...]:
    """The sizes a drawing is made at: on paper as wide as the audience asks; on a screen for a desktop and a phone. A
    style that brings every drawing to one height (`--picture`) has the choice: that with the largest words is taken."""
    if on_screen:
        return Form("wide", 608, 13), Form("phone", 340, 13)
    across = _across(tokens)
    column = min(across, tokens.px("drawing-column"))
    text = round(tokens.px("small"), 2)
    least = round(min(text, tokens.px("tiny")), 2)
    if "picture" in tokens.values:
        beside = tokens.px("key-beside") if picture.kind == "map" and "key-beside" in tokens.values else 0.0
        widths = (column + beside,) if beside else (column, across)
        return tuple(Form("print", round(width, 1), text, least=least, beside=round(beside, 1)) for width in widths)
    width = across if picture.choice.width == "sheet" else column
    height = tokens.px("height") - tokens.px("margin-top") - tokens.px("margin-bottom") - ROUND_IT * text
    return (Form("print", round(width, 1), text, round(height, 1), least),)


def _across(tokens: Tokens) -> float:
    """How wide the sheet is between its margins, in px."""
    return tokens.px("width") - 2 * tokens.px("margin-side")
