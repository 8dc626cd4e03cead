"""The text of a page -> the smallest font files that have all its characters.

Beside each `.woff2` is a `.basic.woff2` with the letters of Western Europe and the marks that we set, a fifth of the
size, and a `.latin.woff2` with those of Central Europe and Turkey too, a quarter of it. A page with any other letter
gets the whole files, so that no word is set in two faces. `tools/vendor-fonts` makes the smaller files.
"""

import re
from html import unescape

WHOLE = ".woff2"
# Latin without the rarer letters, punctuation, raised and lowered digits, fractions, arrows, signs: first and last
BASIC = (
    (0x20, 0x7E),
    (0xA0, 0xFF),
    (0x152, 0x153),
    (0x2010, 0x2027),
    (0x202F, 0x203A),
    (0x2044, 0x2044),
    (0x2060, 0x2060),
    (0x2070, 0x208E),
    (0x20AC, 0x20AC),
    (0x2122, 0x2122),
    (0x2150, 0x215E),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2248, 0x2248),
    (0x2260, 0x2265),
)
# File ending -> the characters in these files, the smallest first.
CUTS = {".basic.woff2": BASIC, ".latin.woff2": (*BASIC, (0x100, 0x17F), (0x218, 0x21B))}
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{2,6})")  # in a style sheet: "\\2022 "


def smallest_cut(html: str, styles: str) -> str:
    """The ending of the smallest files with all characters of a page, and of what its style sheets write on it."""
    written = _ESCAPE.sub(lambda match: chr(min(int(match[1], 16), 0x10FFFF)), styles)
    characters = {ord(character) for character in {*unescape(html), *written} if not character.isspace()}
    for ending, ranges in CUTS.items():
        if all(any(first <= code <= last for first, last in ranges) for code in characters):
            return ending
    return WHOLE
