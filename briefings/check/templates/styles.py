"""A style sheet -> the faults in what it says of printed sheets."""

from collections.abc import Iterator
from typing import Any

import tinycss2

from .faults import FAULTS, Fault

_PARTS = ("table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption")
_KEEPS = ("none", "inherit", "initial", "revert", "unset", "revert-layer")


def style_sheet_faults(css: str) -> Iterator[Fault]:
    """Every fault that reaches a PDF; what is said for screens only is passed over."""
    yield from _rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def style_attribute_faults(style: str, tag: str) -> Iterator[Fault]:
    """The faults of a style attribute."""
    yield from _declarations(tinycss2.parse_blocks_contents(style), {tag})


def _rules(rules: list[Any]) -> Iterator[Fault]:
    for rule in rules:
        if rule.type == "at-rule" and rule.content is not None and not _for_screens(rule):
            if rule.lower_at_keyword in ("media", "layer", "supports"):
                yield from _rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
        elif rule.type == "qualified-rule":
            yield from _declarations(tinycss2.parse_blocks_contents(rule.content), set(_subjects(rule.prelude)))


def _for_screens(rule: Any) -> bool:
    words = {token.lower_value for token in rule.prelude if token.type == "ident"}
    return rule.lower_at_keyword == "media" and "screen" in words and not words & {"print", "all", "not"}


def _subjects(prelude: list[Any]) -> Iterator[str]:
    """The element each selector of a list is about; "" where it names none. `.a > td.b:hover` is about td."""
    last, fresh = "", True
    for token in prelude:
        if token.type == "whitespace" or (token.type == "literal" and token.value in ">+~"):
            fresh = True
        elif token.type == "literal" and token.value == ",":
            yield last
            last, fresh = "", True
        else:
            if fresh:
                last = token.lower_value if token.type == "ident" else ""
            fresh = False
    yield last


def _declarations(content: list[Any], tags: set[str]) -> Iterator[Fault]:
    for item in content:
        if item.type == "declaration":
            if fault := _fault(item.lower_name, item.value, tags):
                yield fault.at(item.source_line, item.source_column)
        elif item.type == "qualified-rule":  # nested
            yield from _declarations(tinycss2.parse_blocks_contents(item.content), set(_subjects(item.prelude)))
        elif item.type == "at-rule" and item.content is not None and not _for_screens(item):
            yield from _declarations(tinycss2.parse_blocks_contents(item.content), tags)


def _fault(name: str, value: list[Any], tags: set[str]) -> Fault | None:
    words = tinycss2.serialize(value).strip().lower()
    if not words.strip("x"):  # Jinja, blanked
        return None
    if name == "opacity" and words not in ("1", "1.0", "100%", *_KEEPS[1:]):
        return FAULTS["opacity"].formatted(value=words)
    if name == "float" and words == "footnote":
        return FAULTS["footnote"]
    if name == "display" and words not in _KEEPS and not words.startswith(("table", "inline-table")):
        taken = sorted(tags & set(_PARTS))
        return FAULTS["table-display"].formatted(value=words, tag=taken[0]) if taken else None
    return None
