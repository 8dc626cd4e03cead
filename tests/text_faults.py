"""Layout -> what a compositor would not let pass: overprinted, overflowing, badly broken and badly set text."""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import pairwise

from layout import Layout, Paragraph, Words

from briefings.page.typesetting import LAST_LINE, LONGEST_CALL, LONGEST_JOIN, PART

EDGE = 8  # px, 2 mm
NEAR = 0.6  # px
EARLY, MARGIN = 0.45, 1.3  # of a column: more room than a long word needs; how far the width of a word is estimated
# elements whose last line must not be a stub, if they have room: words in a row, and the px of a column
RUNNING = {"p", "li", "h1", "h2", "h3", "h4", "dd", "figcaption"}
_READ = {"alt", "title", "aria-label", "content"}


def text_faults(found: Layout, months: Iterable[str]) -> list[str]:
    """Every fault in the text of a document."""
    return [
        *overprints(found),
        *outside(found),
        *split_words(found),
        *torn_dates(found, months),
        *stray_calls(found),
        *stubs(found),
        *early_breaks(found),
        *wrong_feet(found),
    ]


def _inked(found: Layout) -> list[Words]:
    return [words for part in found.paragraphs for line in part.lines for words in line if words.text.strip()]


def overprints(found: Layout) -> Iterator[str]:
    """Words whose ink lies over the ink of others."""
    by_sheet: dict[int, list[Words]] = {}
    for words in _inked(found):
        by_sheet.setdefault(words.sheet, []).append(words)
    for sheet, all_words in by_sheet.items():
        all_words.sort(key=lambda words: words.top)
        for index, one in enumerate(all_words):
            for other in all_words[index + 1 :]:
                if other.top >= one.bottom - NEAR:
                    break
                if one.left + NEAR < other.right - NEAR and other.left + NEAR < one.right - NEAR:
                    yield f"overprint on sheet {sheet + 1}: {one.text[:30]!r} and {other.text[:30]!r}"


def outside(found: Layout) -> Iterator[str]:
    """Words that leave their column, or that come too near to the edge of the sheet."""
    for words in _inked(found):
        width, height = found.sheets[words.sheet]
        where = f"on sheet {words.sheet + 1}: {words.text[:40]!r}"
        # spaces at a line's end take no room
        right = words.right if words.text == words.text.rstrip() else words.left
        # nor does the space after a box to tick, about as wide as a letter
        spaces = len(words.text) - len(words.text.lstrip())
        left = words.left + (words.right - words.left) * spaces / max(len(words.text), 1)
        if right > words.column[1] + NEAR or left < words.column[0] - NEAR:
            yield f"text leaves its column {where}"
        if words.left < EDGE or right > width - EDGE or words.top < EDGE or words.bottom > height - EDGE:
            yield f"text at the edge of the sheet {where}"


def split_words(found: Layout) -> Iterator[str]:
    """Names and addresses that a hyphen splits, and words with a part of a few letters."""
    for part in _with_continuations(found):
        for address in re.findall(r"(?:https?:|www\.)[^\s\u2010]*(?:\n[^\s\u2010]*)*\u2010\n", part.text):
            yield f"address split by a hyphen on sheet {part.sheet + 1}: {address!r}"
        for before, after in re.findall(r"(\w+)\u2010\n(\w+)", part.text):
            # a joiner before a call counts as a letter
            if before[0].isupper() or len(before) < PART or len(after) < PART - 1:
                yield f"split on sheet {part.sheet + 1}: {before}-{after}"


def torn_dates(found: Layout, months: Iterable[str]) -> Iterator[str]:
    """Dates on two lines."""
    month = "|".join(sorted(map(re.escape, months)))
    torn = re.compile(
        rf"\b\d{{1,2}}\n(?:{month})\b|\b(?:{month})\n\d{{1,4}}\b|\w-\n(?:{month})\b|\d–\n\d{{1,2}}\s(?:{month})\b"
    )
    for part in _with_continuations(found):
        for date in torn.finditer(part.text):
            yield f"torn date on sheet {part.sheet + 1}: {date[0]!r}"


def stray_calls(found: Layout) -> Iterator[str]:
    """Calls that begin a line, or that are on two lines, unless they are a list of sources."""
    for part in _with_continuations(found):
        for before, line in pairwise(filter(None, part.lines)):
            calls = [words.text for words in (*before, *line) if words.call]
            is_list = len(re.findall(r"\d+", "".join(calls))) > LONGEST_CALL and before[-1].call
            if line[0].call and not is_list:
                yield f"call at the start of a line on sheet {part.sheet + 1}: {part.text[:40]!r}"


def stubs(found: Layout) -> Iterator[str]:
    """Last lines of a few letters, where words could have been joined."""
    last = {id(part.element): part for part in found.paragraphs}
    for part in last.values():
        if part.tag in RUNNING and len(part.lines) > 1:
            lines = ["".join(words.text for words in line if not words.call) for line in part.lines]
            stub = lines[-1].strip()
            joined = f"{lines[-2].split()[-1] if lines[-2].split() else ''} {stub}"
            if (
                0 < sum(map(str.isalnum, stub)) < LAST_LINE
                and len(joined) < LONGEST_JOIN
                and len(" ".join(lines).split()) > LAST_LINE
            ):
                yield f"stub on sheet {part.sheet + 1}: {stub!r} after {lines[-2][-30:]!r}"


def early_breaks(found: Layout) -> Iterator[str]:
    """Lines that leave half of their column empty though the next word would fit."""
    for part in found.paragraphs:
        for line, following in pairwise(part.lines):
            shown = [words for words in line if words.text.strip()]
            if shown and "".join(words.text for words in following).strip():
                begin, end = shown[-1].column
                room, needed = end - shown[-1].right, _width_of_first_word(following)
                if room > EARLY * (end - begin) and room > MARGIN * needed + EDGE:
                    text = ["".join(words.text for words in each).strip() for each in (line, following)]
                    yield f"broken early on sheet {part.sheet + 1}: {text[0][-30:]!r} and {text[1][:30]!r}"


def _width_of_first_word(line: Iterable[Words]) -> float:
    """About how wide the letters up to the first space are, in px."""
    width = 0.0
    for words in line:
        first, space, _ = words.text.lstrip(" ").partition(" ")
        width += (words.right - words.left) * len(first) / len(words.text)
        if space:
            break
    return width


def wrong_feet(found: Layout) -> Iterator[str]:
    """Sheets whose foot names a chapter that they do not begin in."""
    chapter = ""
    for sheet, (_, bottom) in enumerate(found.areas):
        parts = [part for part in found.paragraphs if part.sheet == sheet and part.lines[0]]
        feet = [part for part in parts if part.lines[0][0].top > bottom]
        shown = [part for part in parts if part not in feet and part.tag]
        chapters = [" ".join(part.text.split()) for part in shown if part.tag == "h2"]
        if shown and shown[0].tag == "h2":
            chapter = chapters[0]
        # the number of the sheet is the last; documents without chapters have nothing else
        for foot in (" ".join(part.text.split()) for part in feet[:-1]):
            if foot != chapter:
                yield f"the foot of sheet {sheet + 1} says {foot!r} and not {chapter!r}"
        chapter = chapters[-1] if chapters else chapter


def _with_continuations(found: Layout) -> Iterator[Paragraph]:
    """The paragraphs, those that a column or sheet divides as one."""
    open_part: Paragraph | None = None
    for part in found.paragraphs:
        if open_part is not None and open_part.element is part.element is not None and part.tag == open_part.tag == "p":
            open_part = Paragraph(open_part.sheet, part.tag, open_part.lines + part.lines, part.element)
            continue
        if open_part is not None:
            yield open_part
        open_part = part
    if open_part is not None:
        yield open_part


class _Reader(HTMLParser):
    """Collects what can be read in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("style", "script")
        self.texts += [value for name, value in attrs if name in _READ and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.texts.append(data)


def typewriter_marks(html: str) -> list[str]:
    """The texts and the read attributes of a page that have a straight quotation mark or apostrophe."""
    reader = _Reader()
    reader.feed(html)
    return [text for text in reader.texts if re.search("['\"]", text) and not text.startswith("width=")]
