"""The text of a style sheet: its comments, and how deep its braces are. Each pattern reads it once."""

import re

# A comment that nothing ends goes on to the end of the style sheet, as CSS says.
COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
# --reported: #336699; the last one in a block may end without a semicolon.
PROPERTY = re.compile(r"(?<![\w-])--([\w-]++)\s*+:\s*+([^;{}]++)")
FONT_FACE = re.compile(r"@font-face\s*\{([^{}]*)\}")
_OPENING, _CLOSING = "({[", ")}]"
_BRACKET = re.compile(r"[(){}\[\]]")


def without_comments(css: str) -> str:
    """The style sheet without its comments."""
    return COMMENT.sub("", css)


def blanked_comments(css: str) -> str:
    """The style sheet with spaces in place of its comments, so that every line and column stays."""
    return COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), css)


def deepest(css: str) -> tuple[int, int]:
    """How many brackets are open at once at most, and where the first so deep is."""
    depth, most, at = 0, 0, 0
    for match in _BRACKET.finditer(css):
        depth = depth + 1 if match[0] in _OPENING else max(0, depth - 1)
        if depth > most:
            most, at = depth, match.start()
    return most, at
