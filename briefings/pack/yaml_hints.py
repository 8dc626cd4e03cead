"""libyaml's message, the lines of the file and where it stopped -> the place of the mistake, and what to write."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ..limits import MAX_LINE

# What a program or a web page leaves in a text and nobody sees. A name says what it is.
_INVISIBLE = {
    "\u00a0": "no-break space",
    "\u00ad": "soft hyphen",
    "\u200b": "zero-width space",
    "\u200c": "zero-width non-joiner",
    "\u200d": "zero-width joiner",
    "\u2028": "line separator",
    "\u2029": "paragraph separator",
    "\u202f": "narrow no-break space",
    "\u2060": "word joiner",
    "\u3000": "ideographic space",
    "\ufeff": "byte order mark",
}
# Where YAML needs a space: in an indentation, and after "-" and "key:".
_INDENTATION = re.compile(r"^[ \t]*(?:-[ \t]+)*(?:[\w-]+:|-)?(?P<sign>[^\S \t\n]|[\u200b-\u200d\u2060\ufeff])")
# The value of a key, or of an item of a list: "text: …", "- text: …", "- …", "{id: x, text: …".
_VALUE = re.compile(r"(?:^\s*(?:-\s+)*(?:[\w-]+:\s+)?|[{,]\s*[\w-]+:\s+)(?P<value>\S.*)$")


@dataclass(frozen=True)
class YamlHint:
    """What to write instead; the line (from 1) and column of the mistake if it is not where libyaml stopped."""

    hint: str
    line: int = 0
    column: int = 0
    message: str = ""


def name_invisible(text: str) -> str:
    """The names of the characters in a text that cannot be seen: "a no-break space (U+00A0)"; "" without any."""
    found = dict.fromkeys(char for char in text if char in _INVISIBLE or unicodedata.category(char) in ("Cc", "Cf"))
    names = (
        f"a {_INVISIBLE.get(char) or unicodedata.name(char, 'sign').lower()} (U+{ord(char):04X})" for char in found
    )
    return " and ".join(names)


def explain(message: str, lines: Sequence[str], line: int) -> YamlHint:
    """The most likely fix, guessed from libyaml's message and the lines up to `line`: libyaml only knows where it
    stopped."""
    lines = [each[:MAX_LINE] for each in lines]
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    if "tab character" in message or ("cannot start any token" in message and text.startswith("\t")):
        return YamlHint("indent with spaces, not tabs")
    for number in (line, line - 1):
        if 0 < number <= len(lines) and (match := _INDENTATION.match(lines[number - 1])):
            name = name_invisible(match["sign"])
            hint = "replace it by a space: it looks the same"
            return YamlHint(hint, number, match.start("sign") + 1, f"{name} where a space is needed")
    return (
        _by_value(text) or _by_hidden_end(lines, line) or _by_colon(lines, line) or YamlHint(_by_message(message, text))
    )


def _by_value(text: str) -> YamlHint | None:
    """What is wrong with the value on a line, which YAML takes for something else."""
    quote = _closed_quote(text)
    if quote:
        other = "'" if quote == '"' else '"'
        return YamlHint(f"the text ends with its second {quote}: put {other} around the whole text")
    if "{" in text and re.search(r"\[[@=#]", _unquoted(text)):
        return YamlHint('put the text in quotes: inside { } a "[" ends it, and a citation begins with one')
    match = _VALUE.search(text)
    value = match["value"] if match else ""
    if re.match(r"[“”„«‘’]", value) or re.search(r":\s+[“”„«]", text):
        return YamlHint('these quotation marks are not those of YAML: put the text between straight ones (")')
    if re.match(r"\[[@=#]", value):
        return YamlHint('put the text in quotes: it begins with "[", which YAML takes for a list')
    if re.match(r"\*", value):
        return YamlHint("put the text in quotes: it cannot begin with *")
    if re.match(r"[@`%&!]", value):
        return YamlHint(f"put the text in quotes: it cannot begin with {value[0]}")
    return None


def _by_hidden_end(lines: Sequence[str], line: int) -> YamlHint | None:
    """A comment that hides the end of what { began: it is noticed only on a later line."""
    before = [number for number in range(1, min(line, len(lines)) + 1) if lines[number - 1].strip()]
    for number in before[-2:]:
        comment = re.search(r"\s(#.*\}.*)", lines[number - 1])
        shown = _unquoted(lines[number - 1][: comment.start()]) if comment else ""
        if comment and shown.count("{") > shown.count("}"):
            hint = "put the text in quotes: after a space '#' begins a comment, which hides the closing }"
            return YamlHint(hint, number, comment.start(1) + 1)
    return None


def _by_colon(lines: Sequence[str], line: int) -> YamlHint | None:
    """A key without a space after its colon, on this line or the one before: kind:person."""
    for number in (line, line - 1):
        text = lines[number - 1] if 0 < number <= len(lines) else ""
        if match := re.match(r"\s*(?:-\s+)?(?P<key>[a-z_]+):(?P<value>[^\s/:][^\s]*)$", text):
            hint = f"write a space after the colon: {match['key']}: {match['value']}"
            return YamlHint(hint, number, match.start("key") + 1)
    return None


def _by_message(message: str, text: str) -> str:
    if "cannot start any token" in message:
        return "put the text in quotes: it cannot begin with @, % or `"
    if "mapping values are not allowed" in message:
        return "put the text in quotes if it contains a colon and a space, or fix the indentation"
    if "{" in text:
        return "close the { with }, and put a text in quotes if it has a comma, a bracket or a colon"
    return "check indentation, colons and quotes here and above"


def _closed_quote(text: str) -> str:
    """The kind of quotation mark with which a value begins and which ends before the value does; else ""."""
    match = re.match(r"""\s*(?:-\s+)*(?:[\w-]+:\s+)?(?P<quote>["'])(?P<words>[^"']*)(?P=quote)\s*[^\s,}\]#:]""", text)
    return match["quote"] if match else ""


def _unquoted(text: str) -> str:
    return re.sub(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", "", text)
