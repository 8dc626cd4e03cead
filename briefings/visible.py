"""A text of a stranger -> one line in which no sign moves the cursor, hides or turns a part of it. Imports nothing.

A value, a name of a file or the message of an exception may hold anything: sequences that a terminal obeys, line breaks
that fake a line of ours, signs that turn the direction of writing. They are written out as JSON writes them, so that
JSON stays JSON.
"""

_written: dict[int, str] = {}  # filled when a text needs it: a run with nothing to do has no such text


def _signs() -> dict[int, str]:
    """Every sign that is not shown, and how it is written out."""
    hidden = (
        *range(0x20),
        *range(0x7F, 0xA0),
        *(0x061C, 0x200B, 0x200E, 0x200F),
        *range(0x2028, 0x202F),  # separators of lines, and what turns the direction
        *range(0x2060, 0x2070),
        0xFEFF,
        *range(0xFFF9, 0xFFFC),
    )
    written = {code: f"\\u{code:04x}" for code in hidden} | {0x0A: "\\n", 0x09: "\\t", 0x0D: "\\r"}
    # Letters that nobody sees, of which names of languages were made once; JSON writes each as a pair.
    return written | {0xE0000 + code: f"\\udb40\\u{0xDC00 + code:04x}" for code in range(0x80)}


def visible(text: str) -> str:
    """The text as one line, with every sign written out that a terminal obeys, or that nobody sees."""
    if text.isascii() and text.isprintable():
        return text
    if not _written:
        _written.update(_signs())
    return text.translate(_written).encode("utf-8", "backslashreplace").decode()  # lone surrogates too


def is_visible(text: str) -> bool:
    """Whether a text of one line holds no such sign."""
    return visible(text) == text
