"""Briefing -> Page: the HTML, its links relative to the templates' folder. The only module that knows Jinja."""

import html as markup
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, lru_cache, partial
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any

import jinja2
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..briefing.parts import Briefing, DrawingView
from ..drawings.design_tokens import load_tokens
from ..drawings.fonts import TextMeasure
from ..drawings.layout import layout_scenes
from ..drawings.scene import Scene
from ..drawings.svg_path import hatch, path, points, px
from ..language.strings import load_strings
from ..language.wording import Wording
from ..library import Library, find_inside
from ..problems import Mark, Problem, ProblemError, with_excerpt
from ..schema.fields import YamlModel
from .attachment import attachment_json
from .page import Attachment, Page
from .screen_links import ScreenLinks
from .template_functions import template_functions


@dataclass(frozen=True)
class DrawingVariant:
    """A drawing at one size: `name` is print, wide or phone; no `svg` where it would be higher than a sheet."""

    name: str
    svg: str
    scene: Scene


def render(
    briefing: Briefing, library: Library, *, screen: bool = False, located: bool = False, attached: bool = True
) -> Page:
    """The page of a briefing, for paper or for a screen. Raises ProblemError with the template and line that failed.

    `located`, for looking for what is wrong, writes into each tag that may be faulty where it stands, as `data-at`.
    Without `attached` the page brings no record of its data, which the looking does not need.
    """
    wording = Wording(briefing.pack.language, load_strings(library, briefing.pack.language))
    styles = library.styles(briefing.choice.document)
    shown = ScreenLinks.for_briefing(briefing) if screen else None
    context = {"briefing": briefing, "strings": wording.strings, "styles": styles, "screen": shown}
    context |= template_functions(briefing, wording, shown) | {
        "draw": partial(_draw, briefing, wording, shown, library, located)
    }
    html = _render_template(library, f"documents/{briefing.choice.document}.html", context, located)
    title = f"{briefing.title} – {briefing.audience.title}"
    date = briefing.pack.edition.date.first.isoformat()
    if screen or not attached:
        return Page(briefing.name, title, html, date)
    record = Attachment(f"{briefing.name}.json", wording.strings.get("attached", ""), attachment_json(briefing))
    return Page(briefing.name, title, html, date, record)


def render_index(entries: Sequence[Mapping[str, Any]], language: str, library: Library) -> str:
    """index.html for a pack's output folder; each entry has `briefing` and `files` (format -> name)."""
    wording = Wording(language, load_strings(library, language))
    context = {
        "entries": entries,
        "strings": wording.strings,
        "screen": ScreenLinks(),
        **template_functions(None, wording),
    }
    return _render_template(library, "index.html", context)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's, and of our own values only their fields: pydantic's methods would read files and run pickles.

    `recheck_files` has it look again, once a page, whether a file was saved or an override appeared.
    """

    recheck_files: Callable[[], None]

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, YamlModel):
            return attr in type(obj).model_fields
        if is_dataclass(obj):
            return attr in _public_attributes(obj.__class__)
        if isinstance(obj, partial | FunctionType | MethodType):
            return False
        return bool(super().is_safe_attribute(obj, attr, value))


@cache
def _public_attributes(kind: Any) -> frozenset[str]:
    """The fields and properties of a dataclass."""
    return frozenset({f.name for f in fields(kind)} | {n for n in dir(kind) if isinstance(getattr(kind, n), property)})


_TEMPLATE_ERRORS = (
    jinja2.TemplateError,
    *(ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError),
)


_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<(?P<tag>html|h[1-6]|img|svg|tr|a|link)\b", re.DOTALL)


@lru_cache(maxsize=8)
def _environment(library: Library, located: bool = False) -> "_Sandbox":
    looked: dict[tuple[str, int], bool] = {}

    def find(name: str) -> Path | None:
        return find_inside(library.shipped_templates, name[8:]) if name.startswith("shipped:") else library.find(name)

    def source(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        path = find(name)
        if path is None:
            return None
        read_at = path.stat().st_mtime_ns

        def unchanged() -> bool:
            if (name, read_at) not in looked:
                looked[name, read_at] = find(name) == path and path.stat().st_mtime_ns == read_at
            return looked[name, read_at]

        return path.read_text("utf-8"), str(path), unchanged

    sandbox = _Sandbox(
        loader=jinja2.FunctionLoader(source),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[_TagLocations] if located else [],
    )
    sandbox.recheck_files = looked.clear
    return sandbox


class _TagLocations(Extension):
    """Writes into the tags that a template holds, and that may be faulty, the file, line and column they stand at."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        def place(match: re.Match[str]) -> str:
            if not match["tag"]:
                return match[0]
            line, begins = source.count("\n", 0, match.start()) + 1, source.rfind("\n", 0, match.start())
            return f'{match[0]} data-at="{markup.escape(str(filename))}:{line}:{match.start() - begins}"'

        return _TAG.sub(place, source)


def _render_template(library: Library, name: str, context: Mapping[str, Any], located: bool = False) -> str:
    environment = _environment(library, located)
    environment.recheck_files()
    try:
        return environment.get_template(name).render(context)
    except jinja2.TemplateSyntaxError as error:
        mark = _mark(library, error.filename or name, error.lineno)
        raise ProblemError([_problem("template-syntax", _plain(error.message), mark)]) from None
    except jinja2.TemplateNotFound as error:
        mark = _failed_at(library, error, name)
        problem = _problem(
            "missing-template",
            f"there is no template '{error.name}'",
            mark,
            "look at the name, or run 'briefings list'",
        )
        raise ProblemError([problem]) from None
    except jinja2.UndefinedError as error:
        hint = "docs/templates.md lists what a template may use"
        raise ProblemError(
            [_problem("undefined", _plain(error.message), _failed_at(library, error, name), hint)]
        ) from None
    except (
        jinja2.TemplateError,
        ArithmeticError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        mark = _failed_at(library, error, name)
        if not mark.file.endswith((".html", ".svg")):
            raise  # ours, not the template's
        raise ProblemError([_problem("template-error", f"{type(error).__name__}: {error}", mark)]) from None


def _plain(message: str | None) -> str:
    """Jinja's message without the module paths of our classes, which mean nothing to the author of a template."""
    return re.sub(r"\bbriefings(\.\w+)*\.(?=\w+ object)", "", (message or "not a template").strip()).rstrip(".")


def _problem(code: str, message: str, mark: Mark, hint: str = "") -> Problem:
    return with_excerpt(Problem(code, message, mark, hint))


def _drawing_template(library: Library, kind: str) -> str:
    """The template of a kind of drawing: its own, or the one that charts share."""
    own = f"drawings/{kind}.svg"
    return own if library.find(own) else "drawings/chart.svg"


def _failed_at(library: Library, error: BaseException, name: str) -> Mark:
    """The innermost template line the error passed through: Jinja puts them in the traceback."""
    found = Mark(name, 1, 1)
    trace = error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith((".html", ".svg")):
            found = _mark(library, file, trace.tb_lineno)
        trace = trace.tb_next
    return found


def _mark(library: Library, file: str, line: int) -> Mark:
    return Mark(library.show(Path(file)) if Path(file).is_absolute() else file, line, 1)


def _draw(
    briefing: Briefing,
    wording: Wording,
    screen: ScreenLinks | None,
    library: Library,
    located: bool,
    picture: DrawingView,
) -> list[DrawingVariant]:
    """A drawing at every size it is made at. Raises ProblemError, at its line, where its words have no room."""
    look = load_tokens(library, briefing.choice.look, briefing.paper)
    given = {"token": look, "family": look.family, "px": px, "points": points, "path": path, "hatch": hatch}
    template = _drawing_template(library, picture.kind)
    drawn = []
    for form, scene in layout_scenes(picture, wording, TextMeasure(library, look), look, on_screen=bool(screen)):
        svg = ""
        if scene.height <= form.max_height:
            svg = _render_template(library, template, {"scene": scene, "picture": picture, **given}, located)
        drawn.append(DrawingVariant(form.name, svg, scene))
    return drawn
