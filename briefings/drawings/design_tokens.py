"""Read the custom properties of the style sheets.

Drawings need their values as numbers and strings: the layout is computed before CSS applies.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..library import Library, readable_text
from ..limits import MAX_NESTING, MAX_TOKEN
from ..style_sheets import PROPERTY, without_comments
from .house_tokens import house_tokens

# An @media block with rules nested one level deep. These blocks are removed: a drawing has one set of values, and only
# CSS can choose between print rules and the dark colours of a screen.
_MEDIA = re.compile(r"@media[^{}@;]*+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_ROOT = re.compile(r":root(?:\.look-(?P<look>[\w-]+))?\s*\{(?P<block>[^{}]*)\}")  # of all looks, or of one
_DARK = re.compile(r"@media \(prefers-color-scheme: dark\)\s*\{\s*:root\s*\{([^{}]*)\}")
_SLIDE = re.compile(r"\.slide(?P<look>)\s*\{(?P<block>[^{}]*)\}")  # a slide has sizes of its own on all sheets
_VAR = re.compile(r"var\(--([\w-]+)\)")
_SLIDES = ("partials/slide.css", "css/theme.css")
_COLOUR = re.compile(r"#|(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(")
_PX = {"px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


@dataclass(frozen=True)
class DesignTokens:
    """Every `--name: value` in `:root` of tokens.css, the look, the paper and theme.css; later ones override."""

    values: Mapping[str, str] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict, repr=False, compare=False)  # with every var() replaced

    def __getitem__(self, name: str) -> str:
        """Return a value with every var() replaced.

        Raises LookupError if a name is not defined, or if its value refers to itself or is too long for any use.
        """
        return self._replaced(name, ())

    def _replaced(self, name: str, within: tuple[str, ...]) -> str:
        """The value of a name; `within` are those whose values it stands in."""
        if name in self._known:
            return self._known[name]
        if name not in self.values:
            raise LookupError(f"no style sheet defines --{name}; see css/tokens.css")
        if name in within:
            raise LookupError(f"--{name} refers to itself")
        value = self.values[name]
        if len(value) <= MAX_TOKEN and len(within) <= MAX_NESTING:
            value = _VAR.sub(lambda m: self._replaced(m[1], (*within, name)), value).strip()
        if len(value) > MAX_TOKEN:
            raise LookupError(f"--{name} has more than {MAX_TOKEN:,} characters, with the values that it names")
        self._known[name] = value
        return value

    def px(self, name: str) -> float:
        """Return a length in px. Raises ValueError if the value is not a length in an absolute unit."""
        value = self[name]
        match = re.fullmatch(r"(?:calc\(([\d.]+) \* )?([\d.]+)(px|pt|mm|cm|in)\)?", value)
        if not match:
            raise ValueError(f"--{name} is '{value}'; a drawing needs a length in px, pt, mm, cm or in")
        return float(match[1] or 1) * float(match[2]) * _PX[match[3]]

    def families(self, name: str) -> list[str]:
        """Return a font-family list as names without quotes, the preferred one first."""
        return [family.strip().strip("\"'") for family in self[name].split(",")]

    def family(self, name: str) -> str:
        """Return the preferred family, for the font-family attribute in SVG."""
        return self.families(name)[0]


@dataclass(frozen=True)
class ScreenTokens(DesignTokens):
    """The tokens of a drawing on a screen: each colour is `var(--name)`, so that it follows the page into the dark.

    On paper a drawing keeps its exact colours: the typesetter does not apply the page's styles inside it.
    """

    def __getitem__(self, name: str) -> str:
        value = DesignTokens(self.values)[name]  # which also follows references, to a value and not to another var()
        return f"var(--{name})" if _COLOUR.match(value) else value


def dark_tokens(library: Library) -> dict[str, str]:
    """The colours that css/screen.css sets for a reader whose system is dark."""
    path = library.find("css/screen.css")
    block = _DARK.search(without_comments(readable_text(path))) if path else None
    return _properties(block[1]) if block else {}


def load_tokens(library: Library, look: str, paper: str, *, slide: bool = False) -> DesignTokens:
    """Load the tokens of a look on a paper size, with `slide` those of a slide too. A missing file adds nothing.

    Those of the house style come before those of a theme.
    """
    values: dict[str, str] = {}
    own = library.house
    names = ("css/tokens.css", f"css/looks/{look}.css", f"css/paper/{paper}.css", "css/theme.css")
    for name, blocks in (*((name, _ROOT) for name in names), *((name, _SLIDE) for name in _SLIDES if slide)):
        if name == "css/theme.css" and own:  # a theme has the last word
            values |= house_tokens(own, values, DesignTokens(values).px, look)
        path = library.find(name)
        css = without_comments(readable_text(path)) if path else ""
        for block in blocks.finditer(_MEDIA.sub("", css)):
            if block["look"] in (None, "", look):
                values |= _properties(block["block"])
    return DesignTokens(values)


def _properties(block: str) -> dict[str, str]:
    return {name: value.rstrip() for name, value in PROPERTY.findall(block)}
