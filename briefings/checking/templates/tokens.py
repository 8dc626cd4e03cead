"""A theme's styles -> Problems of misspelt tokens, fonts that nobody gets, and colours that nobody can read."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ...drawings.colours import contrast
from ...drawings.design_tokens import DesignTokens, load_tokens
from ...drawings.font_files import SUFFIXES, FontFileError, inspect
from ...library import Library, find_inside, readable_text, text_files
from ...problems import Hints, Mark, Problem, did_you_mean, with_excerpt
from ...safe_files import read_text
from ...style_sheets import FONT_FACE, PROPERTY, blanked_comments

_DECLARED = re.compile(r"(?<![\w-])--([\w-]+)\s*:\s*([^;}]+)")
_USED = re.compile(r"var\(\s*--([\w-]+)\s*(,)?")
_BRACE = re.compile(r"[{}]|\"[^\"\n]*\"|'[^'\n]*'")  # braces outside quotes
_FACE_FAMILY = re.compile(r"font-family\s*:\s*[\"']?([^;\"'}]+)")
_SOURCE = re.compile(r"(url|local)\(\s*[\"']?([^\"')]+)")
_FAMILIES = re.compile(r"(?:font-family|--serif|--sans|--display)\s*:\s*([^;}]+)")
# Rules for dark screens, up to two blocks inside each other.
_DARK = re.compile(
    r"@media(?=[^{}@;]*dark)[^{}@;]*+\{(?:[^{}]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+\}",
)
_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_GENERIC = ("serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "inherit", "initial", "unset")
_TEXTS, _GROUNDS, _NEEDED = ("ink", "ink-soft", "reported", "speaker"), ("paper", "tint", "speaker-tint"), 4.5


def token_problems(library: Library) -> Iterator[Problem]:
    """Warnings about the style sheets of themes and of the project's templates."""
    own = dict(_styles(library.own_template_folders))
    every = own | dict(_styles((library.shipped_templates,)))
    tokens = {name for css in every.values() for name, _ in _DECLARED.findall(css)}
    # a token that a shipped style or template reads, or that an own style declares and reads itself
    shipped = [css for path, css in every.items() if path not in own]
    known = {name for css in shipped for name, _ in _DECLARED.findall(css)}
    used = {name for css in every.values() for name, _ in _USED.findall(css)}
    families = {
        m[1].strip() for css in every.values() for face in FONT_FACE.findall(css) if (m := _FACE_FAMILY.search(face))
    }
    families |= {face.family for face in library.house.faces}
    for path, css in own.items():
        yield from _unknown_tokens(path, css, library, known, used, tokens)
        yield from _font_problems(path, css, library, families)
        yield from _contrast_problems(path, css, library)
        if path.suffix == ".css":
            yield from _unclosed(path, css, library)


def known_tokens(library: Library) -> dict[str, str]:
    """Token -> its value in css/tokens.css, in the order of that file."""
    path = library.shipped_templates / "css/tokens.css"
    return {name: " ".join(value.split()) for name, value in _DECLARED.findall(blanked_comments(read_text(path)))}


def _styles(folders: tuple[Path, ...]) -> Iterator[tuple[Path, str]]:
    """Each style sheet without its comments; places stay the same. Templates count too: their styles use tokens."""
    for folder in folders:
        for path in text_files(folder, ".css", ".html", ".svg"):
            yield path, blanked_comments(readable_text(path))  # lint reports what is too long to read


def _unclosed(path: Path, css: str, library: Library) -> Iterator[Problem]:
    """A brace without its other half: a browser guesses where a rule ends, so the next ones may not count."""
    opened: list[re.Match[str]] = []
    for match in _BRACE.finditer(css):
        if match[0] == "{":
            opened.append(match)
        elif match[0] == "}" and not opened:
            yield _warning("unclosed", "a '}' closes nothing", library, path, css, match, "delete it")
        elif match[0] == "}":
            opened.pop()
    for match in opened:
        yield _warning(
            "unclosed", "nothing closes this '{'", library, path, css, match, "write '}' where its rule ends"
        )


def _unknown_tokens(
    path: Path, css: str, library: Library, known: set[str], used: set[str], declared: set[str]
) -> Iterator[Problem]:
    hints, every = Hints(), "'briefings theme list tokens' shows all"
    for match in _DECLARED.finditer(css):
        if match[1] not in known and match[1] not in used:
            hint = hints.near(match[1], lambda: sorted(known), "did you mean '--{}'?", "declared") or every
            yield _warning("unknown-token", f"nothing reads the token '--{match[1]}'", library, path, css, match, hint)
    for match in _USED.finditer(css):
        if match[1] not in declared and not match[2]:
            hint = hints.near(match[1], lambda: sorted(declared), "did you mean '--{}'?", "used") or every
            yield _warning("unknown-token", f"nothing sets the token '--{match[1]}'", library, path, css, match, hint)


def _font_problems(path: Path, css: str, library: Library, families: set[str]) -> Iterator[Problem]:
    faces = list(FONT_FACE.finditer(css))
    starts = [face.start() for face in faces]
    for match in _FAMILIES.finditer(css):
        before = bisect_right(starts, match.start()) - 1
        if before >= 0 and match.start() < faces[before].end():
            continue  # inside an @font-face
        for family in (part.strip().strip("\"'") for part in match[1].split(",")):
            if family and family not in families and family not in _GENERIC and not family.startswith(("var(", "{")):
                message = f"no @font-face declares the font '{family}', and a PDF sees no fonts of the machine"
                hint = (
                    did_you_mean(family, families)
                    or "name its TTF as font in style.yaml, or declare it in css/theme.css"
                )
                yield _warning("unknown-font", message, library, path, css, match, hint)
    for face in faces:
        yield from _face_problems(path, css, library, face)


def _face_problems(path: Path, css: str, library: Library, face: re.Match[str]) -> Iterator[Problem]:
    """What is wrong with the files of one @font-face."""
    for kind, address in _SOURCE.findall(face[1]):
        if kind == "local":
            hint = "put its file into the theme, and write url(…)"
            yield _warning(
                "unknown-font",
                f"'{address}' is a font of the machine, which no PDF sees",
                library,
                path,
                css,
                face,
                hint,
            )
            continue
        name = address.removeprefix("../")
        file = library.find(name) or find_inside(path.parent, address)
        if file is None:
            hint = "put it into the theme, or correct the address"
            yield _warning(
                "missing-file", f"there is no font file '{address}'", library, path, css, face, hint, "error"
            )
        elif file.suffix.lower() in SUFFIXES:
            try:
                inspect(file)
            except FontFileError as error:
                yield _warning("bad-font", f"'{address}': {error}", library, path, css, face, error.hint, "error")
        elif file.suffix.lower() in (".woff", ".woff2"):
            hint = "declare the TTF: drawings measure it, and pages get its WOFF2"
            yield _warning("unknown-font", f"drawings cannot measure '{address}'", library, path, css, face, hint)


def _contrast_problems(path: Path, css: str, library: Library) -> Iterator[Problem]:
    """Colours that a style sets on paper, on the grounds of any look."""
    if path.suffix != ".css":
        return
    light = _DARK.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), css)
    tokens = load_tokens(library, "page", "a4")
    for match in _DECLARED.finditer(light):
        if match[1] not in (*_TEXTS, *_GROUNDS) or not _HEX.fullmatch(match[2].strip()):
            continue
        others = _GROUNDS if match[1] in _TEXTS else _TEXTS
        ratios = {n: contrast(match[2].strip(), v) for n in others if _HEX.fullmatch(v := _value(tokens, n))}
        worst = min(ratios, key=lambda name: ratios[name], default="")
        if worst and ratios[worst] < _NEEDED:
            message = (
                f"--{match[1]} and --{worst} have a contrast of only {ratios[worst]:.1f}:1, and texts need {_NEEDED}:1"
            )
            yield _warning("contrast", message, library, path, css, match, "choose a darker or a lighter colour")


def _value(tokens: DesignTokens, name: str) -> str:
    """The value of a token; "" if it has none that anybody can use, which `endless_tokens` reports."""
    try:
        return tokens[name]
    except LookupError:
        return ""


def endless_tokens(library: Library) -> Iterator[Problem]:
    """Tokens of a theme that refer to themselves, or whose value doubles with each that it names."""
    tokens = load_tokens(library, "page", "a4")
    for path, css in _styles(library.own_template_folders):
        for match in PROPERTY.finditer(css):
            if tokens.values.get(match[1]) == match[2].rstrip() and "var(" in match[2]:
                try:
                    tokens[match[1]]
                except LookupError as error:
                    if "no style sheet" not in str(error):
                        hint = "write the value itself"
                        yield _warning("endless-token", str(error), library, path, css, match, hint, "error")


@lru_cache(maxsize=2)  # a style sheet with a thousand faults is divided once
def _line_starts(css: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", css))]


def _warning(
    code: str,
    message: str,
    library: Library,
    path: Path,
    css: str,
    match: re.Match[str],
    hint: str,
    severity: str = "warning",
) -> Problem:
    starts, at = _line_starts(css), match.start()
    line = bisect_right(starts, at)
    mark = Mark(library.show(path), line, at - starts[line - 1] + 1)
    return with_excerpt(Problem(code, message, mark, hint, "error" if severity == "error" else "warning"))
