"""The style sheets' custom properties -> their values, for what CSS does not reach: the inside of a drawing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..library import Library

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# a look's print rules and a screen's dark colours are for CSS to choose among
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_ROOT = re.compile(r":root\s*\{([^}]*)\}")
_PROPERTY = re.compile(r"--([\w-]+)\s*:\s*([^;]+);")
_VAR = re.compile(r"var\(--([\w-]+)\)")
_PX = {"px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


@dataclass(frozen=True)
class DesignTokens:
    """Every `--name: value` of `:root` in tokens.css, the look, the paper and theme.css; the last one wins."""

    values: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """A value with what it refers to put in its place. Raises LookupError, in a designer's words."""
        try:
            value = self.values[name]
        except KeyError:
            raise LookupError(f"no style sheet gives --{name}; see css/tokens.css") from None
        return _VAR.sub(lambda m: self[m[1]], value).strip()

    def px(self, name: str) -> float:
        """A length in px. Raises ValueError where it is none of an absolute unit."""
        value = self[name]
        match = re.fullmatch(r"([\d.]+)(px|pt|mm|cm|in)", value)
        if not match:
            raise ValueError(f"--{name} is '{value}'; a drawing needs a length in px, pt, mm, cm or in")
        return float(match[1]) * _PX[match[2]]

    def families(self, name: str) -> list[str]:
        """The names of a list of families, best first."""
        return [family.strip().strip("\"'") for family in self[name].split(",")]

    def family(self, name: str) -> str:
        """The best of a list of families, as an SVG's font-family takes it."""
        return self.families(name)[0]


def load_tokens(library: Library, look: str, paper: str) -> DesignTokens:
    """What a page in this look on this paper goes by."""
    values: dict[str, str] = {}
    for name in ("css/tokens.css", f"css/looks/{look}.css", f"css/paper/{paper}.css", "css/theme.css"):
        path = library.find(name)
        css = _COMMENT.sub("", path.read_text("utf-8")) if path else ""
        for block in _ROOT.finditer(_MEDIA.sub("", css)):
            values |= dict(_PROPERTY.findall(block[1]))
    return DesignTokens(values)
