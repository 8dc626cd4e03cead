"""The marks in a text of a pack: `[@source]`, `[=figure/estimate]` and `[#paragraph]`, or something meant as one."""

import re
from dataclasses import dataclass

FORMS = ("number", "value", "short")

# The alternatives, in order:
#   [@diary]  [@diary, p. 12] a citation, unless "(" follows, which would make it a link; a locator has a digit
#   [=frogs/april|short]      a number, with or without a form
#   [#est-1]                  a reference to a paragraph, a figure, a drawing …
#   [@A; @b]  [=x]  [@a](url)  anything else that begins like a mark, up to its "]" or the end of the line: invalid
# What is looked for behind a mark has a length, so that a text of unfinished marks takes no time with its square.
MARK_PATTERN = re.compile(
    r"\[@(?P<source>[a-z][a-z0-9-]*)"
    r"(?:,[ \n]+(?P<locator>(?![a-z][a-z0-9-]*\])(?=[^\]]{0,200}\d)[^\]\[@;]{1,200}))?\](?!\()"
    r"|\[=(?P<number>[a-z][a-z0-9-]*/[a-z][a-z0-9-]*)(?:\|(?P<form>number|value|short))?\](?!\()"
    r"|\[#(?P<target>[a-z][a-z0-9-]*)\](?!\()"
    r"|\[(?:[@=]|#[a-zA-Z])[^\]\n]*\]?(?:\([^)\n]{0,500}\))?"
)


# With the space before it, which would stand before a full stop or at the end if a citation is left out.
_CITATION = re.compile(r"(?<!\s)\s*\[@[^\]]{0,300}\]")


def without_citations(text: str) -> str:
    """The text without its citations."""
    return _CITATION.sub("", text)


@dataclass(frozen=True)
class Citation:
    """`[@source-id]`, or `[@source-id, p. 12]` with the place in the source."""

    source: str
    raw: str
    locator: str = ""


@dataclass(frozen=True)
class NumberReference:
    """`[=figure-id/estimate-id|form]`; `form` is "" for the full form."""

    ref: str
    form: str
    raw: str


@dataclass(frozen=True)
class Reference:
    """`[#id]`: the number of a paragraph or exercise, or the title of a figure, a drawing, a section …"""

    target: str
    raw: str


@dataclass(frozen=True)
class InvalidMark:
    """A mark or link that an author must fix: as written, what is wrong with it, and what to write instead."""

    raw: str
    message: str
    hint: str


ValidMark = Citation | NumberReference | Reference
TextMark = ValidMark | InvalidMark


def read_mark(match: re.Match[str]) -> TextMark:
    """The mark that MARK_PATTERN found."""
    if match["source"]:
        return Citation(match["source"], match[0], " ".join((match["locator"] or "").split()))
    if match["number"]:
        return NumberReference(match["number"], match["form"] or "", match[0])
    if match["target"]:
        return Reference(match["target"], match[0])
    shown = match[0] if len(match[0]) <= _MOST_SHOWN else f"{match[0][: _MOST_SHOWN - 1]}…"
    return InvalidMark(match[0], f"'{shown}' is not a mark", _advice(match[0]))


_MOST_SHOWN = 80


def _advice(raw: str) -> str:
    if "(" in raw:
        return "a mark is not a link: write a space or nothing after its ']'"
    if ";" in raw or raw.count("@") > 1:
        return "write one mark for each id: [@first] [@second]"
    if "," in raw:
        return "write one mark for each id: [@first] [@second]; a place in a source has a digit: [@first, p. 12]"
    if not raw.endswith("]"):
        return "close it with ']' on the same line"
    if raw.startswith("[="):
        return f"write [=figure-id/estimate-id], optionally with |{', |'.join(FORMS)} before the ']'"
    if raw.startswith("[#"):
        return "write [#id], the id in lower-case letters, digits and hyphens"
    return "write [@source-id], the id in lower-case letters, digits and hyphens"
