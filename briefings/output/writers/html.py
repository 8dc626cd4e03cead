"""Page -> one HTML file that works alone: styles, fonts, images and the script are embedded in it."""

import base64
import hashlib
import mimetypes
import re
from dataclasses import dataclass, field
from pathlib import Path

from ...drawings.font_files import SUFFIXES, woff2
from ...library import Library
from ...loading.crest import picture_fault
from ...page.page import Page
from ...page.page_safety import SCRIPTS
from ...page.policy import policy, with_policy
from ...page.screen_fonts import CUTS, WHOLE, smallest_cut
from ...problems import Mark, Problem, ProblemError
from ...safe_files import read_bytes, read_text
from ..output_file import Output

ENDING, ON_SCREEN, TYPESET = ".html", True, False

# A comment, or a string, which is kept: comments are for those who read the style sheets in their folder.
_COMMENT = re.compile(
    r"""("(?:\\(?:.|\Z)|[^"\\\n])*+(?:"|(?=\n)|\Z)|'(?:\\(?:.|\Z)|[^'\\\n])*+(?:'|(?=\n)|\Z))"""
    r"|/\*.*?(?:\*/\s*|\Z)",
    re.DOTALL,
)
# The shapes in which base.html and the style sheets write references; a theme may write others, which _OUTSIDE
# refuses and the policy blocks.
_LINK = re.compile(r'<link rel="stylesheet" href="([^"]+)"(?: media="([^"]+)")?>')
_URL = re.compile(r"url\(\s*+['\"]?([^'\"()]++)['\"]?\s*\)")
_HOUSE = re.compile(r"<style data-house>\n(.*?)</style>", re.DOTALL)  # what base.html writes of the house style
_IMAGE = re.compile(r'(<img[^<>]* src=")([^":]+)(")')
# Elements that a browser fetches by themselves, with an address of another host: "https://…" or "//…".
_FETCHING = r"<(?:img|script|iframe|source|link|object|embed)\b[^>]*\s(?:src|href|data)="
_OUTSIDE = re.compile(rf"""{_FETCHING}["']?((?:\w+:)?//[^"'\s>]+)""")
_CSS_OUTSIDE = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])((?:\w+:)?//[^"')\s]+)""")
_FACE = re.compile(r"@font-face\s*\{[^{}]*\}")


def write(page: Page, library: Library) -> Output:
    """Embed everything the page refers to. Raises ProblemError for a missing file or an address of another host."""
    library = _RecordingLibrary(library.project, library.themes, house=library.house)

    sheets = {match[1]: _text(library, match[1]) for match in _LINK.finditer(page.html)}
    cut = smallest_cut(page.html, "".join(sheets.values()))

    def embedded(name: str, css: str) -> str:
        css = _COMMENT.sub(lambda m: m[1] or "", css)
        css = _FACE.sub(lambda m: _screen_face(library, name, m[0], cut), css)
        if outside := _CSS_OUTSIDE.search(css):
            raise _refused(page, library, outside[1])
        return _URL.sub(lambda m: f'url("{_data(library, _resolve_reference(name, m[1]))}")', css).strip()

    def style(match: re.Match[str]) -> str:
        media = f' media="{match[2]}"' if match[2] else ""
        return f"<style{media}>\n{embedded(match[1], sheets[match[1]])}\n</style>"

    html = _LINK.sub(style, page.html)
    html = _HOUSE.sub(lambda m: f"<style>\n{embedded('', m[1])}\n</style>", html)
    html = _IMAGE.sub(lambda m: m[1] + _data(library, m[2]) + m[3], html)
    if outside := _OUTSIDE.search(html):
        raise _refused(page, library, outside[1])
    digests: tuple[str, ...] = ()
    for tag in (tag for tag in SCRIPTS if tag in html):
        script = _code(read_text(library.shipped_templates / SCRIPTS[tag]))
        html = html.replace(tag, f"<script>{script}</script>", 1)
        digests += (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii"),)
    html = with_policy(html, policy(digests))
    return Output(f"{page.name}.html", html.encode(), used_files=dict.fromkeys(library.used_files, ""))


@dataclass(frozen=True)
class _RecordingLibrary(Library):
    """A Library that records the names of the files that were found."""

    used_files: dict[str, None] = field(default_factory=dict)

    def find(self, name: str) -> Path | None:
        path = super().find(name)
        if path:
            self.used_files[name] = None
        return path


def _code(script: str) -> str:
    """The script without lines that are only a comment, and without the white space around it."""
    # Browsers calculate the digest of the exact text between the tags, which is why it is stripped here.
    return re.sub(r"(?m)^\s*//.*\n", "", script).strip()


def _refused(page: Page, library: Library, address: str) -> ProblemError:
    hint = "put the file in the theme or in templates/, and refer to it by its name there"
    message = f"page {page.name} refers to '{address}', but pages may not fetch anything"
    return ProblemError([Problem("outside-library", message, library.mention(address), hint)])


def _screen_face(library: Library, sheet: str, face: str, cut: str) -> str:
    """A @font-face with WOFF2 in place of the TTF: the file beside it, or for a school's or theme's font, made of it.

    `cut` is the ending of the file to take; a theme's font may have only the whole one. The shipped folder has faces
    without one, which only print uses: "" for these.
    """
    match = _URL.search(face)
    if match is None:
        return face
    name = _resolve_reference(sheet, match[1])
    for ending in dict.fromkeys((cut, WHOLE)):
        if library.find(name + ending):
            return face.replace(match[1], match[1] + ending).replace("truetype", "woff2")
    path = library.find(name)
    if path is None or path.suffix.lower() not in SUFFIXES:
        return face  # its own format, or an error for a missing file
    if path.is_relative_to(library.shipped_templates):
        return ""
    content = woff2(path, CUTS.get(cut, ()))
    data = f"data:font/woff2;base64,{base64.b64encode(content).decode('ascii')}"
    return re.sub("truetype|opentype", "woff2", face.replace(match[1], data))


def _resolve_reference(name: str, reference: str) -> str:
    """The name in the Library of what a style sheet refers to: `../fonts/a.ttf` in css/fonts.css is fonts/a.ttf."""
    if reference.startswith("data:"):
        return reference
    parts: list[str] = name.split("/")[:-1]
    for part in reference.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _text(library: Library, name: str) -> str:
    path = _file(library, name)
    try:
        return read_text(path)
    except UnicodeDecodeError:
        mark = Mark(library.show(path), 1, 1)
        raise ProblemError([Problem("not-utf8", "the file is not UTF-8", mark, "save it as UTF-8")]) from None


def _data(library: Library, name: str) -> str:
    if name.startswith("data:"):
        return name
    kind = "font/woff2" if name.endswith(".woff2") else mimetypes.guess_type(name)[0] or "application/octet-stream"
    path = _file(library, name)
    if kind.startswith("image/") and (fault := picture_fault(path)):
        message = f"'{name}' cannot be shown: {fault[0]}"
        raise ProblemError([Problem("bad-picture", message, library.mention(Path(name).name), fault[1])])
    return f"data:{kind};base64,{base64.b64encode(read_bytes(path)).decode('ascii')}"


def _file(library: Library, name: str) -> Path:
    if path := library.find(name):
        return path
    hint = "put it in templates/ or a theme, or correct the name"
    mark = library.mention(Path(name).name)
    raise ProblemError([Problem("missing-file", f"there is no file '{name}'", mark, hint)])
