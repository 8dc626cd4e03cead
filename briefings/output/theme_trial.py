"""A project -> what is wrong with its style and theme: read, and tried on the specimen and on real papers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path

from ..checking.templates.overrides import override_problems
from ..checking.templates.tokens import token_problems
from ..composing.project import Request
from ..composing.specimen import SPECIMEN
from ..drawings.font_files import inspect
from ..house_style import HouseStyle
from ..library import Library
from ..problems import Mark, Problem, ProblemError, with_excerpt
from ..safe_files import is_plain_file, read_text
from .build import execute_plan
from .plan import BuildOptions, Plan, make_plan
from .previews import words_outside

_SHOWN = 10  # letters that a message names
_TAG = re.compile(r"<(style|script|svg)\b.*?(?:</\1>|\Z)|<[^>]*(?:>|\Z)", re.DOTALL)
_FALLBACKS = {"font_bold": ("bold words", 600, False), "font_italic": ("slanted words", 400, True)}


@dataclass(frozen=True)
class Trial:
    """The papers that were made, and the problems found."""

    papers: tuple[str, ...]
    problems: tuple[Problem, ...]


def try_theme(library: Library, out: Path, packs: tuple[str, ...] = ()) -> Trial:
    """Check the style and the theme of a project, and build the specimen, the shortest and the longest paper in `out`.

    Raises ProblemError for a pack that cannot be read, and UsageError.
    """
    problems = [*override_problems(library), *token_problems(library), *_missing_faces(library)]
    plan = make_plan(library, Request(packs=packs), out)
    printed = sorted({t.briefing.name: t.briefing for t in plan.targets if t.format == "pdf"}.values(), key=_length)
    chosen = {each.name for each in (printed[0], printed[-1])}
    looks = tuple(dict.fromkeys(each.choice.look for each in (printed[0], printed[-1])))
    specimens = make_plan(library, Request(packs=packs, documents=(SPECIMEN,), looks=looks), out)
    papers = [replace(plan, targets=tuple(t for t in plan.targets if t.briefing.name in chosen)), specimens]
    for each in papers:
        problems += _build(each, library)
    files = [target.path for each in papers for target in each.targets]
    problems += _outside(path for path in files if path.suffix == ".pdf" and is_plain_file(path))
    problems += _missing_letters(library, [path for path in files if path.suffix == ".html" and is_plain_file(path)])
    return Trial(tuple(dict.fromkeys(path.stem for path in files)), tuple(dict.fromkeys(problems)))


def _length(briefing: object) -> int:
    return int(getattr(briefing, "words", 0))


def _build(plan: Plan, library: Library) -> Iterable[Problem]:
    try:
        return execute_plan(plan, library, BuildOptions(again=True)).warnings
    except ProblemError as error:
        return error.problems


def _outside(paths: Iterable[Path]) -> Iterator[Problem]:
    """Words that leave their sheet."""
    for path in paths:
        first: dict[int, str] = {}
        for sheet, words in words_outside(path):
            first.setdefault(sheet, words)  # one line of a sheet tells where to look
        for sheet, words in first.items():
            message = f"on sheet {sheet} of {path.name}, '{words[:60]}' leaves the sheet"
            yield Problem("overflow", message, None, "set less text there, smaller type or another width", "warning")


def _missing_faces(library: Library) -> Iterator[Problem]:
    """A font without bold or italic: in a PDF these words look like the others."""
    house = library.house
    own = {(face.weight, face.italic) for face in house.faces if face.name.startswith("house/font")}
    for key, (words, weight, italic) in _FALLBACKS.items():
        if own and (weight, italic) not in own:
            message = f"the font has no file for {words}, which look like the others in a PDF"
            yield _at(library, house, "font", "missing-face", message, f"give one as {key}")


def _missing_letters(library: Library, pages: list[Path]) -> Iterator[Problem]:
    """Letters on the pages that were made which a font of the school does not have."""
    texts = [unescape(_TAG.sub(" ", read_text(path))) for path in pages]
    for face in library.house.faces:
        file = library.find(face.name)
        missing = inspect(file).lacks(texts) if file else ""
        if missing:
            key = Path(face.name).stem.replace("-", "_")
            more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
            letters = " ".join(missing[:_SHOWN])
            message = f"the font lacks {letters}{more}, which come from the shipped fonts"
            yield _at(library, library.house, key, "missing-glyph", message, "give a font that has them, or leave it")


def _at(library: Library, house: HouseStyle, key: str, code: str, message: str, hint: str) -> Problem:
    line = next((each.line for each in house.keys if each.name == key), 1)
    mark = Mark(library.show(library.project / house.id), line, 1)
    return with_excerpt(Problem(code, message, mark, hint, "warning"))
