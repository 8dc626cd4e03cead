"""The colours of a style.yaml -> tokens for paper and for dark screens, and what nobody could read. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..drawings.colours import least_contrast, mixed, readable
from ..schema.project import StyleFile

_HEX = re.compile(r"^#[0-9a-f]{6}$")
_TEXT = 4.5  # WCAG 2.2 AA
_SOFT = 0.2  # how much lighter than ink soft ink is
_TINTED = 0.87  # how much paper is in the ground under who says so
# The grounds that a colour stands on, by the names of their tokens.
_GROUNDS = {
    "accent": ("paper", "tint", "speaker-tint"),
    "second": ("paper", "tint", "speaker-tint"),
    "ink": ("paper", "tint", "speaker-tint", "land", "land-other", "land-tinted", "sea"),
}
_IN_THE_DARK = ("paper", "tint", "raised", "speaker-tint")
_TOKENS = {"accent": "reported", "second": "speaker", "ink": "ink"}


@dataclass
class Colours:
    """Token -> colour, on paper and on dark screens; and per fault the key, what is wrong and what to do."""

    light: dict[str, str] = field(default_factory=dict)
    dark: dict[str, str] = field(default_factory=dict)
    faults: list[tuple[str, str, str]] = field(default_factory=list)


def house_colours(said: StyleFile, tokens: Mapping[str, str], dark: Mapping[str, str]) -> Colours:
    """`tokens` are the shipped colours on paper, `dark` the grounds on a dark screen."""
    out = Colours()
    if said.tint:
        out.light["tint"] = said.tint
    if said.second:
        out.light["speaker-tint"] = mixed(said.second, "#ffffff", _TINTED)
    # a theme may write a colour in another way, which its own test has to check
    now = {name: value for name, value in tokens.items() if _HEX.match(value)} | out.light
    grounds = tuple(dark[name] for name in _IN_THE_DARK if _HEX.match(dark.get(name, "")))
    for key, token in _TOKENS.items():
        colour = getattr(said, key)
        if colour:
            out.light[token] = colour
            _check(out, key, colour, _of(now, _GROUNDS[key]))
            if key != "ink":
                _set_dark(out, said, key, grounds)
    if said.ink:
        soft = mixed(said.ink, "#ffffff", _SOFT)
        out.light["ink-soft"] = readable(soft, _of(now, _GROUNDS["ink"]), _TEXT)
    if said.tint:
        for name in ("ink", "ink-soft", "reported", "speaker"):
            if not out.faults and least_contrast((now | out.light)[name], (said.tint,)) < _TEXT:
                message = f"{said.tint} is too dark: --{name} on it has less than {_TEXT}:1"
                out.faults.append(("tint", message, "choose a lighter one"))
    return out


def _of(colours: Mapping[str, str], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(colours[name] for name in names if name in colours)


def _set_dark(out: Colours, said: StyleFile, key: str, grounds: tuple[str, ...]) -> None:
    """The colour on a dark screen: as given, which has to be readable, or made from that on paper."""
    given = getattr(said, f"{key}_dark")
    out.dark[_TOKENS[key]] = given or readable(getattr(said, key), grounds, _TEXT)
    if given:
        _check(out, f"{key}_dark", given, grounds)


def _check(out: Colours, key: str, colour: str, grounds: tuple[str, ...]) -> None:
    ratio = least_contrast(colour, grounds)
    if ratio < _TEXT:
        ground = min(grounds, key=lambda each: least_contrast(colour, (each,)))
        message = f"{colour} has a contrast of only {ratio:.1f}:1 on {ground}, and texts need {_TEXT}:1"
        out.faults.append((key, message, f'the nearest that can be read is "{readable(colour, grounds, _TEXT)}"'))
