"""The text of a YAML file -> the first character in it that YAML does not allow, or that no font can set."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from ..limits import MAX_MARKS_ON_A_LETTER

# What YAML 1.1 takes for the end of a line. str.splitlines() knows more of them, none of which YAML allows.
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_FORBIDDEN = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A run long enough to have too many combining marks: none of them is below U+0300, as letters of most texts are.
_RUN = re.compile(f"[^\x00-\u02ff]{{{MAX_MARKS_ON_A_LETTER + 1},}}")


@dataclass(frozen=True)
class BadCharacter:
    """What is wrong with a character: (code, message), (line, column) and what to do."""

    problem: tuple[str, str]
    place: tuple[int, int]
    hint: str


def forbidden_character(text: str) -> BadCharacter | None:
    """The first character that YAML does not allow, such as a control character or half of a pair of UTF-16."""
    match = _FORBIDDEN.search(text)
    if match is None:
        return None
    message = "a control character, which YAML does not allow"
    return BadCharacter(("yaml-syntax", message), _place(text, match.start()), "delete it")


def crowded_letter(text: str) -> BadCharacter | None:
    """The first letter with more combining marks than any script needs.

    Normalizing and setting such a letter takes time with the square of their number.
    """
    for run in _RUN.finditer(text):
        marks = 0
        for index in range(run.start(), run.end()):
            marks = marks + 1 if unicodedata.combining(text[index]) else 0
            if marks > MAX_MARKS_ON_A_LETTER:
                message = f"more than {MAX_MARKS_ON_A_LETTER} combining marks on one letter"
                return BadCharacter(("bad-value", message), _place(text, index), "delete them")
    return None


def _place(text: str, offset: int) -> tuple[int, int]:
    """The line and column of a character, from 1."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(text, 0, offset))]
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1
