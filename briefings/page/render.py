"""Briefing -> Page: fill templates in a sandbox. With render_sandbox, the only module that imports Jinja."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import jinja2

from .. import markdown
from ..briefing.parts import Briefing, DrawingView
from ..language.strings import load_strings
from ..language.wording import Wording
from ..library import Library, find_inside
from ..limits import MAX_TEMPLATE
from ..problems import Mark, Problem, ProblemError, with_excerpt
from ..safe_files import is_below, read_text
from .attachment import attachment_json
from .blocks import lift_blocks
from .draw import draw, draw_area, draw_share
from .house_css import house_css
from .page import Attachment, Page
from .page_safety import check_safe
from .quiz import quiz_of
from .render_sandbox.budget import TemplateLimitError, budget, check_page
from .render_sandbox.compiled import CompiledTemplates
from .render_sandbox.environment import Sandbox
from .render_sandbox.tag_locations import TagLocations
from .render_sandbox.values import NotPrintableError
from .screen_links import ScreenLinks
from .template_functions import template_functions
from .typesetting import set_page
from .used_styles import link_used_styles


def render(
    briefing: Briefing, library: Library, *, screen: bool = False, located: bool = False, attached: bool = True
) -> Page:
    """Render a briefing for print, or for a screen with `screen`.

    `located` adds the place of a tag in its template as `data-at="file:line:column"` to each tag that the lint rules
    check. `attached=False` skips the data file, which rules do not need; a screen page never has one.
    Raises ProblemError with the template and line that failed.
    """
    wording = Wording(briefing.pack.language, load_strings(library, briefing.pack.language))
    html = _filled(briefing, library, wording, screen, located)
    if not located:
        check_safe(html, briefing.name, library, lambda: _filled(briefing, library, wording, screen, located=True))
    title = "".join(
        wording.typography.texts([markdown.plain_words(briefing.title), " – ", briefing.audience.title], joined=False)
    )
    date, quiz = briefing.pack.edition.date.first.isoformat(), quiz_of(briefing, wording)
    if screen or not attached:
        return Page(briefing.name, title, html, date, quiz=quiz)
    about = wording.typography.text(wording.strings.get("attached", ""))
    attachment = Attachment(f"{briefing.name}.json", about, attachment_json(briefing))
    return Page(briefing.name, title, html, date, attachment, quiz)


def _filled(briefing: Briefing, library: Library, wording: Wording, screen: bool, located: bool) -> str:
    """The HTML of a briefing."""
    layout = "flow" if screen else briefing.choice.layout
    styles = library.styles(briefing.choice.document, layout)
    links = ScreenLinks.for_briefing(briefing) if screen else None
    fill = partial(_render_template, library, located=located)
    context = {"briefing": briefing, "strings": wording.strings, "styles": styles, "screen": links, "layout": layout}
    context |= template_functions(briefing, wording, links) | {
        "draw": partial(draw, briefing, wording, links, library, fill),
        "draw_area": partial(draw_area, briefing, wording, library, fill),
        "draw_share": partial(draw_share, briefing, wording, library, fill),
    }
    context |= _house(library, briefing.choice.look, briefing.paper, screen)
    html = _render_template(library, f"documents/{briefing.choice.document}.html", context, located)
    html = link_used_styles(lift_blocks(html), library)
    return set_page(html, wording.typography, hyphenated="" if screen else "said")  # as the style sheets say


def render_index(
    entries: Sequence[Mapping[str, Any]],
    language: str,
    library: Library,
    leading: tuple[Briefing, DrawingView] | None = None,
) -> str:
    """Render index.html for a pack's output folder.

    Each entry has `briefing` and `files` (format -> name), and where they are known `sheets` (their number) and
    `pictures` (addresses of pictures of the first sheets). `leading` is the drawing at the top, with its briefing.
    """
    wording = Wording(language, load_strings(library, language))
    context = {
        "entries": [{"sheets": 0, "pictures": (), **entry} for entry in entries],
        "leading": [leading] if leading else [],
        "strings": wording.strings,
        "screen": ScreenLinks(),
        **template_functions(None, wording),
        **_house(library, "", "a4", True),
    }
    if leading:
        fill = partial(_render_template, library)
        context["draw"] = partial(draw, leading[0], wording, ScreenLinks(), library, fill)
        context["told"] = template_functions(leading[0], wording)["inline"]  # for texts of the drawing at the top
    return _set_safely(library, "index", context, wording)


def render_handout(
    shelves: Sequence[Any], sheets: Mapping[str, int], pupils: int, briefing: Briefing, library: Library
) -> str:
    """Render the sheet that a teacher reads first: what is in a folder to hand out, in order, and how many copies.

    `shelves` are those of output/handout/papers.py, `sheets` the number of sheets by file name. `briefing` is
    any of the pack.
    """
    wording = Wording(briefing.pack.language, load_strings(library, briefing.pack.language))
    context = {
        "briefing": briefing,
        "shelves": shelves,
        "sheets": sheets,
        "pupils": pupils,
        "strings": wording.strings,
        "screen": ScreenLinks(),
        **template_functions(briefing, wording),
        **_house(library, "", briefing.paper, True),
    }
    return _set_safely(library, "handout", context, wording)


def render_page(name: str, values: Mapping[str, Any], language: str, library: Library) -> str:
    """Render a template that is a page of its own and of no document: `values` are what it shows."""
    wording = Wording(language, load_strings(library, language))
    context = {**values, "strings": wording.strings, "screen": ScreenLinks(), **template_functions(None, wording)}
    return _set_safely(library, name, {**context, **_house(library, "", "a4", True)}, wording)


def _set_safely(library: Library, name: str, context: Mapping[str, Any], wording: Wording) -> str:
    """Fill a template that is a page of its own."""
    html = set_page(_render_template(library, f"{name}.html", context), wording.typography)
    check_safe(html, name, library, lambda: _render_template(library, f"{name}.html", context, located=True))
    return html


def _house(library: Library, look: str, paper: str, screen: bool) -> dict[str, Any]:
    """What templates know of the house style: `house`, which is false without one, and `house_css()`."""
    return {"house": library.house, "house_css": partial(house_css, library, look, paper, screen=screen)}


_LONGEST_MESSAGE = 200


@lru_cache(maxsize=8)
def _environment(library: Library, located: bool) -> "Sandbox":
    """Return the environment of a library, which keeps compiled templates from page to page."""
    # (template name, time of modification) -> whether the template is up to date. Jinja asks for each include, many
    # times per page; one answer is valid until recheck_files().
    up_to_date: dict[tuple[str, int], bool] = {}

    def find(name: str) -> Path | None:
        # Both lookups resolve links and "..", and return only files inside a template folder.
        if name.startswith("shipped:"):
            return find_inside(library.shipped_templates, name.removeprefix("shipped:"))
        return library.find(name)

    def load_source(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        path = find(name)
        if path is None:
            return None
        modified = path.stat().st_mtime_ns

        def is_up_to_date() -> bool:
            # Finding the name again notices an override that was added or removed, which changes no file's time.
            if (name, modified) not in up_to_date:
                up_to_date[name, modified] = find(name) == path and path.stat().st_mtime_ns == modified
            return up_to_date[name, modified]

        return read_text(path, limit=MAX_TEMPLATE), str(path), is_up_to_date

    sandbox = Sandbox(
        loader=jinja2.FunctionLoader(load_source),
        autoescape=True,  # texts of a pack are data: markup in them must not become part of the page
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[TagLocations] if located else [],
        # what is compiled with locations differs, and only a fault asks for it
        bytecode_cache=None if located else CompiledTemplates(library.shipped_templates),
    )
    sandbox.recheck_files = up_to_date.clear
    return sandbox


def compile_shipped(library: Library, names: Iterable[str]) -> None:
    """Compile templates and those that they name, for processes that are forked later: it takes half of a first page's
    time. Templates of a theme or project are left out: the processes have limits for those. A template whose bytecode
    was kept names no others: these load as fast where they are needed."""
    environment, waiting = _environment(library, False), list(names)
    for name in waiting:  # which grows
        path = library.find(name)
        if path and is_below(str(path), str(library.shipped_templates)):
            with suppress(jinja2.TemplateError):  # which the page that needs it reports
                environment.get_template(name)
        waiting += environment.named_by.pop(name, ())


def _render_template(library: Library, name: str, context: Mapping[str, Any], located: bool = False) -> str:
    """Fill a template. Errors that its author can fix are raised as ProblemError with file and line."""
    environment = _environment(library, located)
    environment.recheck_files()
    try:
        with budget():
            return check_page(environment.get_template(name).render(context))
    except ProblemError:  # of a drawing without room for its labels
        raise
    # Whatever else a template raises is an error that its author can mend: `1 / 0`, a filter on the wrong type, a
    # function with the wrong arguments, a template that is nested too deeply for Python.
    except Exception as error:
        raise ProblemError([_template_problem(library, name, error)]) from None


def _template_problem(library: Library, name: str, error: Exception) -> Problem:
    """What a template raised, at its line."""
    names, may = (
        "see docs/templates.md for the names that a template may use",
        "see docs/templates.md for what a template may do",
    )
    if isinstance(error, jinja2.TemplateSyntaxError):
        mark = _mark(library, error.filename or name, error.lineno)
        hint = "correct the tag; docs/templates.md has examples, and lists the filters"
        return _problem("template-syntax", _plain(error.message), mark, hint)
    mark = _failed_at(library, error, name)
    if isinstance(error, jinja2.TemplateNotFound):
        hint = "correct the name; 'briefings list' shows where templates are found"
        return _problem("missing-template", f"there is no template '{_short(str(error.name))}'", mark, hint)
    if isinstance(error, jinja2.UndefinedError):
        return _problem("undefined", _plain(error.message), mark, names)
    if isinstance(error, NotPrintableError):
        return _problem("template-error", str(error), mark, may)
    if isinstance(error, TemplateLimitError):
        return _problem("template-limit", str(error), mark, "repeat less, or make less of it")
    if isinstance(error, RecursionError):
        hint = "to build on the shipped file, write shipped: before its name"
        return _problem("template-error", "the template extends or includes itself", mark, hint)
    if isinstance(error, SyntaxError | MemoryError):
        return _problem("template-syntax", "the template is nested too deeply", mark, "divide it into several")
    return _problem("template-error", _plain(f"{type(error).__name__}: {error}"), mark, may)


# What Python prints of a value that is no text: "<function _cite at 0x7f…>", "Briefing(pack=Pack(…".
_INSIDE = re.compile(r"<[\w.]+ .*|\b(?:functools|jinja2|[A-Z]\w+\().*", re.DOTALL)


def _plain(message: str | None) -> str:
    """Return a message of Jinja or Python without the insides of our objects, which mean nothing to template authors.

    "'briefings.briefing.parts.Briefing object' has ..." becomes "'Briefing object' has ...".
    """
    message = re.sub(r"\bbriefings(\.\w+)*\.(?=\w+ object)", "", (message or "invalid template").strip()).rstrip(".")
    return _short(_INSIDE.sub("…", message))


def _short(message: str) -> str:
    return message if len(message) <= _LONGEST_MESSAGE else f"{message[:_LONGEST_MESSAGE]}…"


def _problem(code: str, message: str, mark: Mark, hint: str = "") -> Problem:
    return with_excerpt(Problem(code, message, mark, hint))


def _failed_at(library: Library, error: BaseException, name: str) -> Mark:
    """Return the innermost template line in the error's traceback.

    Jinja rewrites tracebacks so that frames of compiled templates have the template's file name and line.
    """
    mark = Mark(name, 1, 1)
    traceback = error.__traceback__
    while traceback:
        file = traceback.tb_frame.f_code.co_filename
        if file.endswith((".html", ".svg")):
            mark = _mark(library, file, traceback.tb_lineno)
        traceback = traceback.tb_next
    return mark


def _mark(library: Library, file: str, line: int) -> Mark:
    return Mark(library.show(Path(file)) if Path(file).is_absolute() else file, line, 1)
