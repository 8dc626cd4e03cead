"""A text -> the stretches of it that are in double quotation marks, straight or curly."""

import re
from collections.abc import Iterator

_CLOSING = {'"': '"', "“": "”"}
_OPENING = re.compile('["“*]')
_ITALICS = re.compile(r"(?<![*])[*][^*]+[*](?![*])")


def quoted(
    text: str, *, empty: bool = False, italics: bool = False, lengths: bool = False
) -> Iterator[tuple[int, int]]:
    """(start, end) of each quotation with its marks; with `empty` also those of nothing, with `italics` also titles.

    With `lengths`, a straight mark after a digit begins none: 12" is a length.
    A regular expression would look for the end of every mark that has none through the rest of the text.
    """
    end = 0
    unclosed: set[str] = set()
    for match in _OPENING.finditer(text):
        start, mark = match.start(), match[0]
        if start < end or mark in unclosed:
            continue
        if lengths and mark == '"' and text[start - 1 : start].isdecimal():
            continue
        if mark == "*":
            found = _ITALICS.match(text, start) if italics else None
            end = found.end() if found else end
        else:
            close = text.find(_CLOSING[mark], start + 1)
            if close < 0:
                unclosed.add(mark)
                continue
            end = close + 1 if empty or close > start + 1 else end
        if end > start:
            yield start, end


def without_quoted(text: str, *, empty: bool = False, italics: bool = False, of: str = "") -> str:
    """The text with spaces in place of what is quoted; with `of`, another text of the same length is taken instead."""
    out, end = list[str](), 0
    for start, stop in quoted(of or text, empty=empty, italics=italics):
        out += [text[end:start], " " * (stop - start)]
        end = stop
    return "".join([*out, text[end:]])
