"""A drawing and the sizes it is made at -> a Scene for each: the place of every line, mark and label."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import inf

from ..briefing.parts import DrawingView, EstimateView, ItemView, SharesView
from ..language.wording import Wording
from ..markdown import plain_words
from ..problems import Problem, ProblemError, with_excerpt
from ..schema.drawings import MapDrawing
from .design_tokens import DesignTokens
from .fonts import Face, TextMeasure
from .kind import find_kind
from .scene import DrawingSize, NoRoomError, Scene, Span
from .text_layout import TextStyle, layout_text

RESERVED_LINES = 7  # lines of text kept free for the title and the sources, on a sheet with nothing but a drawing
_HEAD = DrawingSize("wide", 760, 13, height=430)  # of a map beside the title of a page: half of a desktop's window
_BELOW = 6  # for the sources alone
TITLES = 3.8  # em of its text: what the titles of a chapter and of a drawing take over it
NOTE_LEADING = 1.34  # as partials/drawing.css sets notes
NARROWER = (0.97, 0.94, 0.9, 0.86)  # shares of a map's width that are tried


def layout_scenes(
    picture: DrawingView,
    wording: Wording,
    measure: TextMeasure,
    tokens: DesignTokens,
    *,
    on_screen: bool,
    above: float = 0.0,
    leads: bool = False,
) -> Iterator[tuple[DrawingSize, Scene]]:
    """Lay out the drawing at each of its sizes. Raises ProblemError at the line of the label that has no room.

    `above` is the height in px of what stands over it on its sheet, besides its title. On a desktop, a map that `leads`
    fills the head of its page, if it has room there.
    """
    forms: Sequence[DrawingSize] = drawing_sizes(picture, tokens, on_screen=on_screen, above=above)
    if picture.choice.width == "head" and not on_screen:
        yield _first_with_room(picture, wording, measure, forms)
        return
    if leads and on_screen and isinstance(picture.thing, MapDrawing):
        wide, *forms = forms
        yield _first_with_room(picture, wording, measure, (_HEAD, wide))
    if on_screen or "picture" not in tokens.values:
        for form in forms:
            yield _beside_its_notes(picture, wording, measure, tokens, form)
        return
    tried, problems = [], list[Problem]()
    for form in forms:
        try:
            tried.append((form, _scene(picture, wording, measure, form)))
        except ProblemError as error:
            problems += error.problems
    if not tried:
        raise ProblemError(problems)
    across, high = _content_width(tokens), tokens.px("picture")

    def scale(made: tuple[DrawingSize, Scene]) -> float:
        """How much a scene is enlarged to fill the height, or the width where that comes first."""
        _, scene = made
        # a timeline laid out as a list has no height
        return min(high / scene.height, across / scene.width) if scene.height else 0.0

    yield max(tried, key=scale)


def _beside_its_notes(
    picture: DrawingView, wording: Wording, measure: TextMeasure, tokens: DesignTokens, form: DrawingSize
) -> tuple[DrawingSize, Scene]:
    """The drawing; a map a little narrower where a sheet has not the height for it, its titles and its notes.

    A sheet would have the title of its chapter alone. A map whose labels then have no room keeps its width.
    """
    scene = _scene(picture, wording, measure, form)
    if form.name != "print" or form.height or not isinstance(picture.thing, MapDrawing):
        return form, scene
    room = _content_height(tokens) - TITLES * form.text_size
    if scene.height < room / 2:
        return form, scene
    face = Face(tokens.px("tiny"))
    cited = "\u00a0[" + ", ".join(["00"] * len(picture.sources)) + "]"
    notes = " ".join((*scene.notes, plain_words(picture.note), wording.strings["sources"], cited))
    lines = layout_text(measure, [([Span(notes)], TextStyle(face))], form.width).lines
    room -= NOTE_LEADING * face.size * len(lines)
    for share in NARROWER:
        if scene.height <= room:
            break
        narrower = replace(form, width=round(form.width * share, 1))
        try:
            scene = _scene(picture, wording, measure, narrower)
        except ProblemError:
            break
        form = narrower
    return form, scene


def _first_with_room(
    picture: DrawingView, wording: Wording, measure: TextMeasure, forms: Iterable[DrawingSize]
) -> tuple[DrawingSize, Scene]:
    """The drawing at the first size at which all its labels have room."""
    problems = list[Problem]()
    for form in forms:
        try:
            return form, _scene(picture, wording, measure, form)
        except ProblemError as error:
            problems += error.problems
    raise ProblemError(problems[-1:])


# A drawing on a slide is laid out at several widths, as shares of its frame's: the largest text is chosen.
_SHARES = (1.0, 0.94, 0.88, 0.82, 0.76, 0.66, 0.56)
LEGIBLE = 18 * 96 / 72  # px: the smallest text that the last row of a room reads


def layout_for_slide(
    picture: DrawingView, wording: Wording, measure: TextMeasure, tokens: DesignTokens, frame: str
) -> tuple[DrawingSize, Scene]:
    """Lay out the drawing for a frame of a slide: "opening", "picture", or "high" under a headline of one line.

    Of layouts whose text is about as large, the widest is taken; in the opening, the widest of all, where the names of
    a map have the most room. Raises ProblemError if it fits nowhere with legible text.
    """
    if frame == "opening":
        across, high = tokens.px("opening-width"), tokens.px("opening-height")
    else:
        across, high = (
            tokens.px("picture-width"),
            tokens.px("picture-high") if frame == "high" else tokens.px("picture-low"),
        )
    text = tokens.px("drawn")
    tried = list[tuple[float, float, DrawingSize, Scene]]()
    problems, smallest, lowest = list[Problem](), 0.0, inf
    whole = DrawingSize("print", across, text, round(high, 1), min_text_size=text, to_fit=True)
    sizes = [(share, replace(whole, width=round(across * share, 1))) for share in _SHARES]
    if frame == "opening":
        # a map fills the frame, so that none of its names is cut off; one without room for its areas has them below
        sizes = [(share, replace(size, height=round(high * share, 1))) for share, size in sizes] + sizes
    for share, size in sizes:
        try:
            scene = _scene(picture, wording, measure, size)
        except ProblemError as error:
            problems += error.problems
            if tried:
                break  # a narrower one has no more room
            continue
        # a timeline laid out as a list has no height
        scale = min(high / scene.height, across / scene.width) if scene.height else 0.0
        least = scale * min((line.face.size for label in scene.labels for line in label.lines), default=text)
        smallest = max(smallest, least)
        if least >= LEGIBLE:
            tried.append((round(scale, 1), share, size, scene))
        if tried and (frame == "opening" or scene.height >= max(high, lowest)):
            break  # the widest is found; or a narrower one still fills the frame, or has grown out of it
        lowest = min(lowest, scene.height or inf)
    if not tried:
        raise ProblemError([_too_small(picture, smallest)] if smallest or not problems else problems[:1])
    _, _, size, scene = max(tried, key=lambda made: (made[0], made[1]))
    return size, scene


def _too_small(picture: DrawingView, smallest: float) -> Problem:
    """What is wrong with a drawing that fills more than a slide."""
    points = f"its text would have {smallest * 0.75:.0f}pt, and 18pt is the least" if smallest else "it is a list"
    message = f"drawing '{picture.id}' has no room on a slide: {points}"
    hint = "show fewer figures or estimates in it, or leave it out of the slides of the audience"
    return with_excerpt(Problem("no-room", message, dict(picture.marks)[picture.id], hint))


def layout_area_for_slide(
    picture: DrawingView, row: EstimateView, wording: Wording, measure: TextMeasure, tokens: DesignTokens
) -> Scene:
    """Lay out an area on a map's main region, as wide as half a slide."""
    from .maps.area import layout_area  # here, as every layout of a kind: most pages draw no area

    size = DrawingSize("print", tokens.px("half"), tokens.px("plain"))
    return layout_area(picture, row, wording, measure, size)


def layout_share_for_slide(
    shares: SharesView, row: EstimateView, wording: Wording, measure: TextMeasure, tokens: DesignTokens, frame: str
) -> Scene:
    """Lay out a share as tiles with its words: in the "strip" of periods, or on a "card"."""
    from .charts.tiles_chart import layout_share

    size = DrawingSize("print", tokens.px(f"tiles-{frame}"), tokens.px("drawn"), tokens.px("tiles-high"))
    try:
        return layout_share(shares, row, wording, measure, size)
    except NoRoomError as error:
        raise _no_room(error, shares, size, "shorten what the drawing has 'stated', or the unit") from None


def _scene(picture: DrawingView, wording: Wording, measure: TextMeasure, form: DrawingSize) -> Scene:
    picture = replace(picture, title=plain_words(picture.title), pieces=tuple(map(_with_plain_titles, picture.pieces)))
    try:
        return find_kind(picture.kind).layout(picture, wording, measure, form)
    except NoRoomError as error:
        hint = "shorten it, show less, or set the drawing's width to sheet"
        raise _no_room(error, picture, form, hint) from None


def _no_room(error: NoRoomError, shown: DrawingView | SharesView, form: DrawingSize, hint: str) -> ProblemError:
    """The error at the line of a label that has no room."""
    marks = dict(shown.marks)
    message = f"in drawing '{shown.id}', {form.width:g} px wide, there is no room for '{error.words}'"
    problem = Problem("no-room", message, marks.get(error.owner) or marks[shown.id], hint)
    return ProblemError([with_excerpt(problem)])


def _with_plain_titles(piece: ItemView) -> ItemView:
    """A drawing sets its titles in one face, so it shows them without their *italics*."""
    return replace(piece, title=plain_words(piece.title), pieces=tuple(map(_with_plain_titles, piece.pieces)))


def drawing_sizes(
    picture: DrawingView, tokens: DesignTokens, *, on_screen: bool, above: float = 0.0
) -> tuple[DrawingSize, ...]:
    """The sizes a drawing is laid out at: for a desktop and a phone on screen, else as wide as the audience asks.

    A style that scales every drawing to one height (the token `--picture`, on slides) gets several sizes, of which
    `layout_scenes` takes the one with the largest text. So does a map beside the title of a poster: the first that has
    room for its names is taken, and the last does without some. `above` is taken from the height of the others.
    """
    if on_screen:
        # px: the width of the text column on a desktop, and on a phone
        return DrawingSize("wide", 608, 13), DrawingSize("phone", 340, 13)
    across = _content_width(tokens)
    column = min(across, tokens.px("drawing-column"))
    text = round(tokens.px("drawing-text"), 2)
    least = round(min(text, tokens.px("tiny")), 2)
    if "picture" in tokens.values:
        return tuple(DrawingSize("print", round(w, 1), text, min_text_size=least) for w in (column, across))
    if picture.choice.width == "front":
        width, height = round(tokens.px("width"), 1), round(tokens.px("front-height"), 1)
        clear, across = round(tokens.px("front-title"), 1), round(tokens.px("front-title-width"), 1)
        return (DrawingSize("print", width, text, inf, least, height, clear, across, cards=True),)
    if picture.choice.width == "head":
        from .maps.framing import small_map  # here, as every layout of a kind

        small = small_map(picture, tokens.px("head-width"), tokens.px("head-height"), text)
        return small, replace(small, text_size=least), replace(small, text_size=least, may_drop=True)
    width = across if picture.choice.width == "sheet" else column
    low = round(tokens.px("brief-map"), 1) if picture.choice.brief and "brief-map" in tokens.values else 0.0
    reserved = above + (_BELOW if above else RESERVED_LINES) * text
    height = _content_height(tokens) - reserved
    return (DrawingSize("print", round(width, 1), text, round(height, 1), least, low, cards=True),)


def _content_height(tokens: DesignTokens) -> float:
    """The height of the sheet between its margins, in px."""
    return tokens.px("height") - tokens.px("margin-top") - tokens.px("margin-bottom")


def _content_width(tokens: DesignTokens) -> float:
    """The width of the sheet between its margins, in px."""
    return tokens.px("width") - 2 * tokens.px("margin-side")
