"""The rules by which a language sets a text: quotation marks, and the spaces at which no line may break.

Every rule replaces one character by one other, so a text keeps its length, and the pieces between its tags can be cut
out of it again: see page/typesetting.py, through which all that a reader sees passes. Drawings set their labels before
they measure and wrap them. The rules are under `typography` in strings/<language>.yaml.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any

NBSP, JOINER = "\u00a0", "\u2060"

# The signs of minutes and feet, of seconds and inches: after a digit, and not at the end of a quotation.
_PRIME = {"'": re.compile(r"'(?=\d|[NSEW]\b|\s?\d)"), '"': re.compile(r'"')}
_OPENING = re.compile(rf"[\s{NBSP}(\[{{–—/“‘«„-]")


@dataclass(frozen=True)
class Typography:
    """The rules of one language. `rules` is `typography` in its strings file; without any, only quotes are set."""

    language: str = "en"
    rules: Mapping[str, Any] = field(default_factory=dict)
    months: Sequence[str] = ()
    numbers: Sequence[str] = ()

    def text(self, words: str) -> str:
        """Set a text without markup. It keeps its length."""
        return self._join(self._quote(words))

    def texts(self, parts: Sequence[str], *, joined: bool = True) -> list[str]:
        """Set a text that is in several pieces. Without `joined`, it may be broken at every space."""
        whole = self._quote("".join(parts))
        return cut(self._join(whole) if joined else whole, parts)

    def _quote(self, words: str) -> str:
        """Replace typewriter quotes and apostrophes."""
        if "'" not in words and '"' not in words:
            return words
        quotes: Mapping[str, Sequence[str]] = self.rules.get("quotes", {})
        double, single = quotes.get("double", "“”"), quotes.get("single", "‘’")
        out: list[str] = []
        elided = {str(word) for word in self.rules.get("elided", ())}
        quoted = quoted_twice = False  # within single, or double, quotation marks
        before = ""  # the character in front, as it will be set; joiners do not count
        for index, char in enumerate(words):
            if char in "'\"":
                opens = not before or bool(_OPENING.match(before))
                after = words[index + 1 : index + 2]
                if before.isdigit() and _PRIME[char].match(words, index) and not (char == '"' and quoted_twice):
                    char = "′" if char == "'" else "″"  # 5'10", 51°30'N
                elif char == "'":
                    # '90s is short for 1990s
                    opens = opens and bool(after.strip()) and not re.match(r"\d\ds?\b", words[index + 1 : index + 5])
                    opens = opens and _word_at(words, index + 1) not in elided  # 'tis, rock 'n' roll
                    closes = quoted and not after.isalnum()
                    char = single[0] if opens else single[1] if closes else "’"
                    quoted = opens or (quoted and not closes)
                else:
                    quoted_twice = opens and bool(after.strip())
                    char = double[0 if quoted_twice else 1]
            out.append(char)
            if char != JOINER:
                before = char
        return "".join(out)

    def _join(self, words: str) -> str:
        """Replace the spaces at which a line must not be broken."""
        for pattern in self._unbroken:
            words = pattern.sub(_with_hard_spaces, words)
        return words

    @cached_property
    def after_dashes(self) -> re.Pattern[str]:
        """The places after a hyphen in a date and a dash in a range: mid-August, 26–27 April, 15–40%, US$80–US$90."""
        month = _any_of(self.months)
        return re.compile(rf"(?<=\w-)(?={month}(?!\w))|(?<=[\d%′]–)(?=(?:[A-Z]{{0,3}}[$€£¥])?\d)")

    @cached_property
    def _unbroken(self) -> tuple[re.Pattern[str], ...]:
        """What must stay on one line. Their spaces become non-breaking."""
        month, number = _any_of(self.months), _any_of(self.numbers)
        before_number = _any_of(self.rules.get("before_number", ()))
        before_name = _any_of(self.rules.get("before_name", ()))
        between = _any_of(self.rules.get("between_numbers", ()))
        unit = _any_of(self.rules.get("after_number", ()))
        before_date = _any_of(self.rules.get("before_date", ()))
        short = _any_of(month for month in self.months if len(month) <= 4)
        return tuple(
            re.compile(pattern)
            for pattern in (
                rf"\b\d{{1,2}}\.?[ \n](?={month}(?!\w))",  # 6 August
                rf"\b{month}\.?[ \n](?=\d)",  # August 2024
                rf"(?:\d|\b{number})[ \n]{unit}(?!\w)",  # 40 per cent, 1,200 km²
                # ages 11 to 14: larger numbers would make a word too long for a narrow column
                rf"(?<![\w.,])\d{{1,3}}[ \n]{between}[ \n](?=\d{{1,3}}(?![\w.,]?\d))",
                rf"(?<!\w){before_number}[ \n](?=\d)",  # c. 1900
                rf"(?<!\w){before_name}[ \n](?=\w)",  # Dr Moss
                r"(?<!\w)[A-ZÀ-ÞЀ-Я]\.[ \n](?=[A-ZÀ-ÞЀ-Я])",  # J. S. Bach
                r"[≠≈±×]:?[ \n](?=\S)",  # also in a legend, "≠: these reports disagree"
                rf"(?<!\w){before_date}[ \n](?={short}\.?[ \n{NBSP}]\d)",  # by Dec 2024; a long month would leave a gap
            )
            if "(?!)" not in pattern
        )


def _word_at(text: str, index: int) -> str:
    found = re.compile(r"\w*").match(text, index)
    return found[0].lower() if found else ""


def _with_hard_spaces(match: re.Match[str]) -> str:
    return match[0].replace(" ", NBSP).replace("\n", NBSP)


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of these words, the longest first; their own spaces may be line ends. `(?!)` without words."""
    found = sorted({str(word) for word in words}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace("\\ ", "[ \\n]") for word in found) + ")" if found else "(?!)"


def cut(whole: str, parts: Sequence[str]) -> list[str]:
    """Cut a text into pieces as long as `parts`."""
    ends = list(accumulate(map(len, parts)))
    return [whole[end - len(part) : end] for part, end in zip(parts, ends, strict=True)]
