"""A project's style.yaml -> its HouseStyle: validated, its files read, its colours readable. Errors -> Problem."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..drawings.design_tokens import dark_tokens, load_tokens
from ..drawings.font_files import FontFileError, FontInfo, inspect
from ..house_style import FOLDER, NO_STYLE, STYLE_FILE, HouseFace, HouseKey, HouseStyle
from ..library import Library, find_inside
from ..pack.yaml_file import YamlFile, read_yaml
from ..problems import Problem, ProblemError
from ..schema.project import StyleFile
from .crest import crest_fault
from .house_colours import Colours, house_colours
from .references import IdRegistry, check_references
from .validation_errors import validation_problems

# The family of each font key in CSS. Fixed names: a school's font may have the name of a shipped one.
_FAMILIES = {"font": "House Text", "heading_font": "House Heading", "label_font": "House Label"}
# key -> (the key of its family, weight, italic)
_FACES = {
    "font": ("font", 400, False),
    "font_italic": ("font", 400, True),
    "font_bold": ("font", 600, False),
    "heading_font": ("heading_font", 600, False),
    "label_font": ("label_font", 400, False),
    "label_font_bold": ("label_font", 600, False),
}
_NEEDS = {
    "crest_alt": "crest",
    "crest_height": "crest",
    "font_italic": "font",
    "font_bold": "font",
    "label_font_bold": "label_font",
    "accent_dark": "accent",
    "second_dark": "second",
    "both_sides": "binding_margin",
}


@dataclass
class _Reading:
    """A style file on its way to a HouseStyle: what is found in it, and its problems."""

    yaml_file: YamlFile
    said: StyleFile
    folder: Path
    project: Path
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    fonts: dict[str, FontInfo] = field(default_factory=dict)

    def report(self, code: str, key: str, message: str, hint: str = "", *, key_itself: bool = False) -> None:
        mark = self.yaml_file.mark((key,), key=key_itself)
        self.problems.append(self.yaml_file.problem(code, message, mark, hint))

    def take(self, key: str) -> str:
        """The name in the Library of the file that a key names; "" without one, or if it is missing."""
        name = getattr(self.said, key)
        if not name:
            return ""
        hint = "write its path from the folder of this file"
        path = find_inside(self.project, os.path.join(os.path.realpath(self.folder), name))
        if path is None:
            outside = os.path.isfile(self.folder / name)
            message = f"'{name}' is no file inside the project" if outside else f"there is no file '{name}'"
            self.report("missing-file", key, message, "copy it into the project" if outside else hint)
            return ""
        own = f"{FOLDER}{key.replace('_', '-')}{Path(name).suffix.lower()}"  # an address: no space, nothing twice
        self.files[own] = path
        return own


def load_house_style(library: Library, name: str = STYLE_FILE) -> HouseStyle:
    """The house style in the file `name` of the library's project; an empty one without the file.

    Raises ProblemError with all problems of the file.
    """
    path = library.project / name
    if not os.path.lexists(path):  # a project file that names it is checked before
        return NO_STYLE
    yaml_file = read_yaml(path, library.show(path), library.project)
    try:
        said = StyleFile.model_validate(yaml_file.value or {})
    except ValidationError as error:
        raise ProblemError(validation_problems(error, yaml_file, StyleFile)) from None
    if not yaml_file.value:  # nothing but comments
        return NO_STYLE
    reading = _Reading(yaml_file, said, path.parent, library.project)
    papers = IdRegistry(scoped_ids={"paper": set(library.kinds("paper"))})
    reading.problems += check_references(yaml_file, said, papers)
    _check_empty(reading)
    _check_needs(reading)
    crest = _crest(reading)
    families, faces = _fonts(reading)
    _check_letters(reading, library)
    colours = house_colours(said, load_tokens(library, "", "a4").values, dark_tokens(library))
    for key, message, hint in colours.faults:
        reading.report("contrast", key, message, hint)
    if reading.problems:
        raise ProblemError(reading.problems)
    return _house_style(reading, name, crest, families, faces, colours)


def _house_style(
    reading: _Reading,
    name: str,
    crest: str,
    families: dict[str, str],
    faces: tuple[HouseFace, ...],
    colours: Colours,
) -> HouseStyle:
    said = reading.said
    return HouseStyle(
        id=name,
        school=said.school or "",
        department=said.department or "",
        header=said.header or "",
        footer=said.footer or "",
        crest=crest,
        crest_alt=said.crest_alt or "",
        crest_height=said.crest_height or 0,
        colours=tuple(colours.light.items()),
        dark_colours=tuple(colours.dark.items()),
        families=tuple(families.items()),
        faces=faces,
        binding_margin=said.binding_margin or 0,
        both_sides=said.both_sides,
        paper=said.paper or "",
        files=tuple(reading.files.items()),
        keys=tuple(_keys(reading.yaml_file)),
        path=(reading.folder / Path(name).name).resolve(),
    )


def _keys(yaml_file: YamlFile) -> Iterator[HouseKey]:
    for key, value in (yaml_file.value or {}).items():
        yield HouseKey(str(key), _written(value), yaml_file.mark((key,)).line)


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _check_empty(reading: _Reading) -> None:
    """Keys without a value: somebody forgot it, or a # made a comment of it."""
    yaml_file = reading.yaml_file
    for key in (key for key, value in (yaml_file.value or {}).items() if value is None):
        cut = "#" in yaml_file.lines[yaml_file.mark((key,), key=True).line - 1]
        hint = (
            'write the value in quotes, since # begins a comment: "#0b4f6c"' if cut else "write a value, or delete it"
        )
        reading.report("bad-value", key, f"'{key}' is empty", hint, key_itself=True)


def _check_needs(reading: _Reading) -> None:
    """Keys that say something about another key, which has to be there too."""
    said = reading.said.model_fields_set
    for key, needed in _NEEDS.items():
        if key in said and needed not in said:
            reading.report("missing-field", key, f"'{key}' without '{needed}' says nothing", f"add '{needed}'")
    if reading.said.crest and "crest_alt" not in said:
        hint = "write in crest_alt what it shows, such as: Crest of the school, a linden tree"
        reading.report("no-alt", "crest", "the crest has no words for readers who cannot see it", hint)


def _crest(reading: _Reading) -> str:
    name = reading.take("crest")
    if fault := crest_fault(reading.files[name]) if name else None:
        reading.report("bad-crest", "crest", *fault)
    return name


def _fonts(reading: _Reading) -> tuple[dict[str, str], tuple[HouseFace, ...]]:
    """The tokens of the families, and the faces."""
    faces = []
    for key, (family, weight, italic) in _FACES.items():
        name = reading.take(key)
        if not name:
            continue
        try:
            reading.fonts[key] = inspect(reading.files[name])
        except FontFileError as error:
            reading.report("bad-font", key, f"'{getattr(reading.said, key)}': {error}", error.hint)
            continue
        faces.append(HouseFace(_FAMILIES[family], name, weight, italic))
    own = {key: f'"{_FAMILIES[key]}", ' for key in _FAMILIES if key in reading.fonts}
    text = own.get("font", "")
    found = {
        "serif": (text, '"Source Serif 4", serif'),
        "display": (own.get("heading_font", "") + text, '"Source Serif 4 Display", "Source Serif 4", serif'),
        "sans": (own.get("label_font", "") + text, '"Source Sans 3", sans-serif'),
    }
    return {token: first + others for token, (first, others) in found.items() if first}, tuple(faces)


def _check_letters(reading: _Reading, library: Library) -> None:
    """Words of the school that no font has: the typesetter would find them, and not know where they stand."""
    shipped = library.find("fonts/SourceSans3-Regular.ttf")
    fonts = [*reading.fonts.values(), *([inspect(shipped)] if shipped else [])]
    for key in ("school", "department", "header", "footer"):
        words = getattr(reading.said, key) or ""
        missing = "".join(letter for letter in words if all(font.lacks(letter) for font in fonts))
        if missing:
            hint = "write it differently, or give a label_font that has it"
            reading.report("missing-glyph", key, f"no font has '{missing[0]}' (U+{ord(missing[0]):04X})", hint)
