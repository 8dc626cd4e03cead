"""The text of a page -> whether the small font files have all its characters.

Beside each `.woff2` is a `.basic.woff2` with the letters of Western Europe and the marks that we set: a fifth of the
size. A page with any other letter gets the whole files, so that no word is set in two faces. `tools/vendor-fonts`
makes the small files.
"""

import re
from html import unescape

WHOLE, SMALL = ".woff2", ".basic.woff2"
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
_OTHER = re.compile(f"[^\\s{''.join(f'{chr(92)}u{first:04x}-{chr(92)}u{last:04x}' for first, last in BASIC)}]")
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{2,6})")  # in a style sheet: "\\2022 "


def has_other_letters(html: str, styles: str) -> bool:
    """Whether a page, or what its style sheets write on it, has a character that the small files lack."""
    written = _ESCAPE.sub(lambda match: chr(min(int(match[1], 16), 0x10FFFF)), styles)
    return bool(_OTHER.search(unescape(html)) or _OTHER.search(written))
