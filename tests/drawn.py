"""The drawings of the test packs, as every audience gets them, and the sizes at which they are laid out."""

from collections.abc import Iterator
from functools import cache

from packs import FOLDERS, pack

from briefings.briefing.parts import DrawingView
from briefings.composing.audience_view import AudienceView
from briefings.composing.drawing_views import drawing_view
from briefings.drawings.design_tokens import load_tokens
from briefings.drawings.fonts import TextMeasure
from briefings.drawings.layout import drawing_sizes
from briefings.drawings.scene import DrawingSize
from briefings.language.strings import load_strings
from briefings.language.wording import Wording
from briefings.library import Library, shipped
from briefings.loading.load import load_audience
from briefings.schema.audience import Audience
from briefings.schema.drawings import DrawingChoice

LIBRARY = Library(shipped())
LOOKS = LIBRARY.names("css/looks", ".css")
PACKS = {name: FOLDERS[name] for name in ("pond", "brook", "kursk")}
SMALLPOX = {"smallpox": FOLDERS["smallpox"]}  # for single tests: it adds no kind of drawing
LEVELS = {"plain": "pupils", "standard": "secondary", "advanced": "university"}


@cache
def audience(level: str, name: str) -> Audience:
    path = LIBRARY.audience_files()[LEVELS[level]]
    return load_audience(path, path.name, pack(name), LIBRARY)


def pictures(name: str, level: str, depth: str, width: str = "column") -> Iterator[DrawingView]:
    """Yield every drawing of a pack, at the level of a reader."""
    view = AudienceView(pack(name), audience(level, name))
    for drawing in pack(name).drawings:
        choice = DrawingChoice.model_validate({"kind": drawing.kind, "width": width})
        yield drawing_view(view, drawing, choice, depth)
    assert view.problems == []


def measure(look: str = "page") -> TextMeasure:
    return TextMeasure(LIBRARY, load_tokens(LIBRARY, look, "a4"), WORDING.typography)


WORDING = Wording("en", load_strings(LIBRARY, "en"))


def sizes(shown: DrawingView) -> dict[str, tuple[TextMeasure, DrawingSize]]:
    """Return every size of a drawing by name: in every look, and on a screen."""
    out = {}
    for look in LOOKS:
        style = load_tokens(LIBRARY, look, "wide" if look == "projected" else "a4")
        out |= {
            f"{look} {form.width:g}": (measure(look), form) for form in drawing_sizes(shown, style, on_screen=False)
        }
    return out | {
        form.name: (measure(), form)
        for form in drawing_sizes(shown, load_tokens(LIBRARY, "page", "a4"), on_screen=True)
    }
