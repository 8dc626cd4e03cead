"""Set the marks and spaces of a whole page as a compositor would, and mark up the words that no hyphen may split.

Everything that a reader sees passes through here once, when the page is filled: the pack's texts, the fixed strings,
the words of templates and drawings. Only a whole page shows what stands before a quotation mark or after a number,
since markup comes in between: "<time>6 August</time> 2024".
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from ..language.typography import JOINER, NBSP, Typography, cut

if TYPE_CHECKING:
    from pyphen import Pyphen

LAST_LINE = 6  # letters: a paragraph's last line has at least as many
LONGEST_CALL = 4  # numbers: the sources of a whole drawing are a list, which may go on on the next line
LONGEST_JOIN = 24  # letters and spaces: words that would be longer together stay apart, or narrow columns overflow
# letters of the shortest word that a hyphen may split, and of its parts: `hyphenate-limit-chars` in css/base.css
HYPHENATED, PART = 8, 4

# What nothing ends goes on to the end of the page.
_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)"
    r"|<(?P<raw>script|style|pre|code|textarea)\b.*?(?:</(?P=raw)>|\Z)"
    r"|<(?P<end>/?)(?P<tag>[\w:-]+)(?P<rest>[^>]*)(?:>|\Z)|<[^>]*(?:>|\Z)",
    re.DOTALL,
)
# Elements inside a line: a text goes on before and after them. All others begin or end a text.
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "cite",
        "data",
        "dfn",
        "em",
        "i",
        "kbd",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
    }
    | {"sup", "time", "tspan", "u", "var"}
)
# Elements that look the same with a space at their beginning. If of a text in front of another element only the last
# space finds no room, Pango breaks the line after the first word, so the space goes inside. Where it would be seen, in
# a link, a space that must not break gets a joiner after it.
_TAKES_SPACE = re.compile(r'<(?:time|em|i|b|strong|data|span class="(?:number|dates)")(?![\w-])')
# Elements whose last line must not be a few letters.
_PARAGRAPHS = frozenset({"p", "li", "dd", "dt", "h1", "h2", "h3", "h4", "figcaption", "summary", "blockquote"})
_READ = re.compile(r'(?<=\s)(alt|title|aria-label|content)="([^"]*)"')  # attributes that are read out or shown
_ENTITY = re.compile(r"&(?:#39|#x27|apos|#34|#x22|quot|nbsp|#160);")
_CHARACTERS = {"&quot;": '"', "&#34;": '"', "&#x22;": '"', "&nbsp;": NBSP, "&#160;": NBSP}
_CALL = re.compile(r'class="cite"')
_LONG_WORD = re.compile(rf"(?P<space> ?)(?<![\w&#-])(?P<word>\w[\w’]{{{HYPHENATED - 1},}})")
# A long piece of an address, after a sign at which a line may break. WeasyPrint 70 does not break a word that has
# several texts, such as a number in it, or that follows such a sign, unless it is an element of its own.
_LONG_PIECE = re.compile(r"(?<=[^\s\w<>&;])[^\s<>&;/?=]{28,}")
_SPACES = " \n"


def set_page(html: str, typography: Typography, *, hyphenated: str = "") -> str:
    """Set all that can be read in an HTML document.

    In paragraphs of the class `hyphenated`, lines may be broken inside words. There, names and the last word of a
    paragraph are marked up with the class "whole", which forbids it. No line breaks after the hyphen of a date or the
    dash of a range.
    """
    return _Page(typography, hyphenated).set(html)


def splits(word: str, language: str) -> bool:
    """Whether a hyphen may split a word. Marking up others would only cost time."""
    # WeasyPrint 70 counts the joiner before a call as a letter of the word
    return any(place < len(word) for place in _dictionary(language).positions(word + JOINER))


@cache
def _dictionary(language: str) -> "Pyphen":
    """The dictionary that WeasyPrint splits words with."""
    import pyphen  # here, not above: only paper needs it

    return pyphen.Pyphen(lang=pyphen.language_fallback(language) or "en", left=PART, right=PART)


@dataclass
class _Page:
    """A document while it is set: its tags and texts, and the text that has begun and not yet ended."""

    typography: Typography
    hyphenated: str
    out: list[str] = field(default_factory=list)
    block: str = ""  # the element that the open text is in
    splits: bool = False  # whether words may be split in it
    places: list[int] = field(default_factory=list)  # of the pieces of the open text, in `out`
    plain: list[bool] = field(default_factory=list)  # of each piece: neither in a link nor in a call
    calls: list[bool] = field(default_factory=list)  # of each piece: in a call
    link: bool = False
    call: bool = False
    commas: list[int] = field(default_factory=list)  # of the commas of the open call, in `out`
    space: str = ""  # taken from the end of the last piece: the next piece begins with it

    def set(self, html: str) -> str:
        """Return the document with its texts set."""
        end = 0
        for token in _TOKEN.finditer(html):
            self._add_text(html[end : token.start()])
            end = token.end()
            tag = (token["tag"] or "").lower()
            if tag in _INLINE:
                self._add_inline(tag, token)
            else:
                self._end_text()
                # after a nested block has ended, a text that follows it is only a remnant
                self.block = "" if token["end"] else tag
                self.splits = bool(self.hyphenated) and _has_class(token["rest"] or "", self.hyphenated)
                self.out.append(self._set_attributes(token[0]) if tag else token[0])
        self._add_text(html[end:])
        self._end_text()
        return "".join(self.out)

    def _add_text(self, text: str) -> None:
        if text:
            text, self.space = self.space + text, ""
            self.places.append(len(self.out))
            self.plain.append(not (self.link or self.call))
            self.calls.append(self.call)
            if self.call and text == ", ":
                self.commas.append(len(self.out))
            self.out.append(_ENTITY.sub(lambda match: _CHARACTERS.get(match[0], "'"), text) if "&" in text else text)

    def _add_inline(self, tag: str, token: re.Match[str]) -> None:
        if tag == "a":
            self.link = not token["end"]
        elif tag == "sup" and (self.call or _CALL.search(token["rest"])):
            self.call = not token["end"]
            if self.call:
                self._attach_call()
            else:
                for comma in self.commas if len(self.commas) < LONGEST_CALL else ():
                    self.out[comma] = f",{NBSP}"
                self.commas = []
        if self.hyphenated and _TAKES_SPACE.match(token[0]):
            self._take_space()
        self.out.append(self._set_attributes(token[0]))

    def _take_space(self) -> None:
        """Keep the space that the open text ends with for the text that follows."""
        before = self.out[self.places[-1]] if self.places else ""
        words = before.rstrip(_SPACES)
        if words and words != before:
            self.out[self.places[-1]], self.space = words, " "

    def _attach_call(self) -> None:
        """Keep a call on the line of the word before it, with the space that a template wrote between them."""
        before = self.out[self.places[-1]] if self.places else ""
        if before.endswith(tuple(_SPACES)) and before.strip():
            self.out[self.places[-1]] = before.rstrip(_SPACES) + NBSP
        elif before.strip() and not before.endswith(JOINER):
            self._add_text(JOINER)

    def _set_attributes(self, tag: str) -> str:
        return _READ.sub(self._set_attribute, tag) if "=" in tag else tag

    def _set_attribute(self, match: re.Match[str]) -> str:
        words = _ENTITY.sub(lambda entity: _CHARACTERS.get(entity[0], "'"), match[2])
        return f'{match[1]}="{self.typography.text(words)}"'

    def _end_text(self) -> None:
        """Set the text that ends here, and cut it into its pieces again."""
        if self.places:
            parts = [self.out[place] for place in self.places]
            # a window's title is never broken into lines, and is read out, copied and searched for
            titled = self.block == "title"
            whole = "".join(self.typography.texts(parts, joined=not titled))
            if self.block in _PARAGRAPHS:
                # what a call says is no part of the last line: it is small and hangs on a word
                shown = "".join(
                    JOINER * len(part) if call else text
                    for part, call, text in zip(parts, self.calls, cut(whole, parts), strict=True)
                )
                whole = _fill_last_line(shown, whole)
                last = len(shown.rstrip(f"{_SPACES}{JOINER}"))
            else:
                last = 0
            joints = [found.start() for found in self.typography.after_dashes.finditer("" if titled else whole)]
            pieces = self._long_pieces(whole, parts)
            begin = 0
            for place, part, plain in zip(self.places, parts, self.plain, strict=True):
                text = whole[begin : begin + len(part)]
                if self.hyphenated:  # see _TAKES_SPACE
                    if place == self.places[-1]:  # white space alone may stand between blocks that are set in one line
                        text = text.rstrip(_SPACES) or text
                    elif text.endswith(NBSP):
                        text += JOINER
                inserts = [(at - begin, JOINER) for at in joints if begin <= at < begin + len(part)]
                # from the last, so that the places of the others stay as they are
                for at, sign in sorted([*inserts, *pieces.get(place, ())], reverse=True):
                    text = text[:at] + sign + text[at:]
                if self.splits and plain and place not in pieces:
                    text = self._mark_whole_words(text, begin, last)
                self.out[place] = text
                begin += len(part)
        self.places, self.plain, self.calls, self.space = [], [], [], ""

    def _long_pieces(self, whole: str, parts: list[str]) -> dict[int, list[tuple[int, str]]]:
        """The tags that make an element of each long piece of an address: by place in `out`, where in its text."""
        found: dict[int, list[tuple[int, str]]] = {}
        ends = list(accumulate(len(part) for part in parts))
        for match in _LONG_PIECE.finditer(whole):
            # the pieces that have the character before it, and the one after it
            first = bisect_left(ends, match.start())
            last = min(bisect_right(ends, match.end()), len(parts) - 1)
            between = "".join(self.out[self.places[first] + 1 : self.places[last]])
            if all(self.plain[first : last + 1]) and _is_nested(between):
                for at, index, tag in ((match.start(), first, '<span class="whole">'), (match.end(), last, "</span>")):
                    found.setdefault(self.places[index], []).append((at - ends[index] + len(parts[index]), tag))
        return found

    def _mark_whole_words(self, text: str, begin: int, last: int) -> str:
        """Mark up the words of a piece that no hyphen may split. `last` is where the paragraph's last word ends."""
        capitals = self.typography.rules.get("names_are_capitalised", False)

        def mark(match: re.Match[str]) -> str:
            name = capitals and match["word"][0].isupper()
            ends = abs(last - (begin + match.end())) <= 2  # a full stop, a quotation mark, a joiner after a dash
            # the space goes inside: see _BEFORE_NUMBER in template_functions.py
            whole = (name or ends) and splits(match["word"], self.typography.language)
            held = JOINER if text[: match.start()].endswith(NBSP) else ""  # see _TAKES_SPACE
            return f'{held}<span class="whole">{match[0]}</span>' if whole else match[0]

        return _LONG_WORD.sub(mark, text)


def _is_nested(html: str) -> bool:
    """Whether every element that begins or ends in a part of a page does both."""
    depth = 0
    for tag in re.finditer("<(/?)", html):
        depth += -1 if tag[1] else 1
        if depth < 0:
            return False
    return depth == 0


def _has_class(attributes: str, name: str) -> bool:
    found = re.search(r'\bclass="([^"]*)"', attributes)
    return found is not None and name in found[1].split()


def _fill_last_line(shown: str, whole: str) -> str:
    """Join the last words of a paragraph until they have LAST_LINE letters. `shown` is `whole` without its calls."""
    end = begin = len(shown.rstrip(f"{_SPACES}{JOINER}"))
    joined: list[int] = []
    while True:
        begin = max(shown.rfind(space, 0, begin) for space in _SPACES)
        if begin < 0 or end - begin - 1 > LONGEST_JOIN:
            break
        if sum(char.isalnum() for char in shown[begin:end]) >= LAST_LINE:
            # a text of a few words is a label or a cell: it must be able to wrap
            if len(shown[:begin].split()) >= 3:
                for at in joined:
                    whole = whole[:at] + NBSP + whole[at + 1 :]
            break
        joined.append(begin)
    return whole
