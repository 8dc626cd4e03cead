"""Markdown -> what it asks for and no page can show, or none at this place: HTML, headings, footnotes and so on."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

WHERE_BLOCKS = (
    "in the 'text' of a paragraph, in 'text' and 'answer' of an exercise, and in 'teacher' of a step of a lesson"
)


@dataclass(frozen=True)
class MarkdownFault:
    """What an author must change: the characters where it begins, what is wrong, and what to write instead."""

    raw: str
    message: str
    hint: str


# What no text may have. A pattern finds the characters that would be printed as they are.
_NOWHERE = tuple(
    (re.compile(pattern, re.M), message, hint)
    for pattern, message, hint in (
        (
            r"<!--|</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>",
            "HTML ('{}')",
            "write **bold**, *italics*, ~subscript~ or ^superscript^; for the sign itself, write \\<",
        ),
        (
            r"^ {0,3}#{1,6}(?=\s\S)[^\n]*",
            "a heading ('{}')",
            "make it the title of an item or of a section, or write **bold**",
        ),
        (
            r"(?<=\S\n) {0,3}(?:=+|-+)[ \t]*$",
            "a heading: the line '{}' underlines the line before it",
            "make it the title of an item or of a section, or leave an empty line before it",
        ),
        (r"^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$", "a line across ('{}')", "delete it"),
        (r"\[\^[^\]\n]{0,300}\]", "a footnote mark ('{}')", "cite a source with [@source-id], or say it in the text"),
        (
            r"\$\$|\\[(\[](?=\S)|\$(?=[^\s$])(?=[^$\n=^_\\{}]*[=^_\\{}])[^$\n]*(?<=\S)\$(?!\d)",
            "a formula ('{}')",
            "write it in words and signs, such as E = mc^2^ or H~2~O",
        ),
        (
            r"!\[[^\]\n]{0,300}\](?=\()",
            "a picture ('{}')",
            "pictures are drawings, in drawings.yaml",
        ),
        (
            r"\{\{[^\n]{0,300}?\}\}|\{%[^\n]{0,300}?%\}",
            "a command of a template ('{}')",
            "write it in a template, or delete it",
        ),
        (r"\A\s*(?:\[@[^\]\n]*\]\s*)+\Z", "only citations ('{}')", "say what the source bears out"),
        (r"\(@[a-z][a-z0-9-]*\)", "a citation in round brackets ('{}')", "write square ones: [@source-id]"),
        (r"~~", "struck out text ('{}')", "delete it; what an edition corrects belongs into corrections.yaml"),
        (r"(?<![=\w])==(?=[^\s=])[^=\n]+==(?!=)", "highlighted text ('{}')", "write **bold** or *italics*"),
        (r"^ {0,3}(?:```|~~~)", "a block of code ('{}')", "write it in a paragraph, or `in one line`"),
        (r"^[ \t]*[-*+] \[[ xX]\] ", "a list of tasks ('{}')", "write a list without boxes: - one, - two"),
        (r"^ {0,3}\[[^\]\n@=#^]+\]:\s*\S+", "the address of a link apart from it ('{}')", "write [words](address)"),
        (
            r"\]\(\s*(?!<)[^\s()]+[ \t][^()\n\"']*\)",
            "a link whose address has a space ('{}')",
            "write %20 for the space",
        ),
        (
            r"(?<=[:.]) - [^\n]{1,200}? - (?=\S)",
            "a list in one line ('{}')",
            "write each point on a line of its own, in a text that begins with | (not with > or in quotes)",
        ),
    )
)
_BLOCKS = tuple(
    (re.compile(pattern, re.M), message)
    for pattern, message in (
        (r"^ {0,3}[-*+][ \t]+\S[^\n]*", "a list ('{}')"),
        (r"^ {0,3}\d{1,9}[.)][ \t]+\S[^\n]*", "a list ('{}')"),
        (r"^ {0,3}>[^\n]*", "a quotation set apart ('{}')"),
        (r"^[^\n|]*\|[^\n]*\n[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*\|[^\n]*", "a table ('{}')"),
        (r"(?<=\S)[ \t]*\n[ \t]*\n\s*(?=\S)", "a second paragraph"),
    )
)
# Where bold may begin, where it may end, and what it cannot go across.
_BOLD = re.compile(r"(?:^|(?<=[\s(\[“‘\"']))\*\*(?=[^\s*])", re.M)
_BOLD_ENDS = re.compile(r"(?=\S\*\*)")
_NEW_PARAGRAPH = re.compile(r"\n\s*\n")
# Nothing is looked for where none of these stands: most texts have none.
_SUSPECT = re.compile(r"[<#$~=^!]|\*\*|\{[{%]|\(@|\A\s*\[@|\]\(|\]:|\\[(\[]|`{3}|\n|^\s*(?:[-*+>_]|\d+[.)])| - ")
_CODE = re.compile(r"(?P<ticks>`+)|\\[<>#$~=!^\[*_-]|\n")


@cache
def find_faults(markdown: str, *, blocks: bool) -> tuple[MarkdownFault, ...]:
    """Everything in a text that would be printed as typed. Without `blocks`, it may only have one paragraph."""
    if not _SUSPECT.search(markdown):
        return ()
    return tuple(_find(_blank(markdown), blocks))


def _find(text: str, blocks: bool) -> Iterator[MarkdownFault]:
    for pattern, message, hint in _NOWHERE:
        if match := pattern.search(text):
            raw = match[0].strip()
            yield MarkdownFault(raw, f"{message.format(_short(raw))}, which no page can show", hint)
    if raw := _open_bold(text):
        message = f"bold that does not end ('{_short(raw)}'), which no page can show"
        yield MarkdownFault(raw, message, "write ** after its last word too")
    if blocks:
        return
    for pattern, message in _BLOCKS:
        if match := pattern.search(text):
            raw = match[0].strip() or text[match.end() :].split("\n")[0]
            yield MarkdownFault(
                raw.split("\n")[0], f"{message.format(_short(raw))} cannot stand here", f"it can {WHERE_BLOCKS}"
            )
            return


def _open_bold(text: str) -> str:
    """The first ** that begins bold and that no other ends in its paragraph, with what follows; "" if none does."""
    if "**" not in text:
        return ""
    ends = [match.start() for match in _BOLD_ENDS.finditer(text)]
    limits = [match.start() for match in _NEW_PARAGRAPH.finditer(text)]
    for match in _BOLD.finditer(text):
        end, limit = bisect_left(ends, match.end()), bisect_left(limits, match.end())
        if end == len(ends) or (limit < len(limits) and limits[limit] < ends[end]):
            return text[match.start() : match.end() + 20].split("\n")[0].strip()
    return ""


def _blank(markdown: str) -> str:
    """The text with code and escapes blanked out.

    Code is what stands between two equally long runs of backticks on one line.
    """
    if "`" not in markdown and "\\" not in markdown:
        return markdown
    found = list(_CODE.finditer(markdown))
    runs: dict[tuple[int, int], list[int]] = {}  # (line, length of a run) -> the places in `found` of such runs
    line = 0
    lines = list[int]()
    for place, match in enumerate(found):
        line += match[0] == "\n"
        lines.append(line)
        if match["ticks"]:
            runs.setdefault((line, len(match[0])), []).append(place)
    out, end = list[str](), 0
    for place, match in enumerate(found):
        if match.start() < end or match[0] == "\n":
            continue
        last = match.end()
        if match["ticks"]:
            alike = runs[lines[place], len(match[0])]
            after = bisect_right(alike, place)
            if after == len(alike):
                continue
            last = found[alike[after]].end()
        out += [markdown[end : match.start()], "\ue000" * (last - match.start())]
        end = last
    return "".join([*out, markdown[end:]])


def _short(raw: str) -> str:
    first = raw.split("\n")[0]
    return first if len(first) <= 40 else f"{first[:37]}…"
