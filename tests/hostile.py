"""Texts that make bad patterns slow: each is a beginning, what repeats, and an end that spoils the match."""

from typing import NamedTuple


class Hostile(NamedTuple):
    """`head`, then `unit` as often as fits, then `tail`."""

    unit: str
    head: str = ""
    tail: str = ""

    def of(self, length: int) -> str:
        """The text with this many characters, or a few less."""
        times = max(1, (length - len(self.head) - len(self.tail)) // len(self.unit))
        return self.head + self.unit * times + self.tail


# What repeats: marks, links, emphasis, code, quotations, sentences, numbers, names, silences, blocks and other signs.
_UNITS = (
    '[@a](', '[@a, ', '[@a,\n', '[@diary]', '[@diary] ', '[@diary, p. 1] ', '[=a/b]', '[#a]', '[@', '](', '[',
    ']', '[]', '[^', '![', '[a](https://b.c) ', '[a](b ', '](a ', '(@a', '[@a](\n', '*a* ', '*a ', '**a ',
    '**a** ', '_a ', '_a_ ', '***', '* ', '~a~', '~a ', '^a', '`', '` ', '`a``', '\\`', '"', '“', '”', "'",
    '"a ', '“a ', "'a", '"a" ', '"a" [@diary] ', '“a”', "1'", '5" ', '. ', '. [@diary]', '. [@', '.)', 'A. ',
    'A b. ', 'Is it. No. ', '.', '? ', '."', '1', '1,', '1.', '1 ', '13 km ', 'page 1,', 'page 1 and ',
    'in 13 xx ', '1-', '1–2 ', 'May ', '5 May 2011 ', '1848 ', 'A of ', 'of ', 'Ab ', 'Ab Cd ', 'A-', 'a-', 'a',
    'a_', 'ʼ', 'ABC ', 'no ', 'nobody ', 'is here ', 'our sources, ', 'it does not ', 'he said ', 'said ',
    'Moss, ', 'by Moss ', '\n', '\n\n', ' \n', '- ', '- a\n', '> ', '>', '|', '|-', '|a|\n', '1. ', '#',
    '# a\n', '=\n', '---\n', '    a\n', ' ', '\t', '\xa0', '<', '<a ', '<!--', '</a', '&', '&#1', '&amp;', '\\',
    '$', '$=', '{{', '{%', '==', '== a', '~~', '$a=b ', 'ß', 'İ', 'ﬁ', 'é', '\u200d', '\u2060', '😀',
)  # fmt: skip
TEXTS = (
    *map(Hostile, _UNITS),
    Hostile(" ", "](a", ""),
    Hostile("a", "[@", ""),
    Hostile("1", "[@a, ", ""),
    Hostile("**a ", "", "x**"),
    Hostile("a", "", "~2"),
    Hostile("a ", "`", ""),
    Hostile("1", "page ", ",1"),
    Hostile("1,1", "thousand ", ""),
    Hostile("of the ", "A ", ""),
    Hostile(" ", "nobody is", "x"),
    Hostile(" ", "", "a"),
    Hostile("-", "a | b\n", ""),
    Hostile("|\n", "|a" * 40 + "|\n" + "|-" * 40 + "|\n"),
    Hostile("=", "$a", ""),
    Hostile("(", "term ", ""),
    Hostile(" (", "term", ""),
)
