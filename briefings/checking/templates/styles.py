"""CSS -> the faults in it that would reach a PDF."""

from collections.abc import Iterator
from typing import Any

import tinycss2

from ...limits import MAX_NESTING
from ...style_sheets import deepest
from .faults import FAULTS, Fault

PARSER = f"tinycss2 {tinycss2.__version__}"
_TABLE_TAGS = ("table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption")
# Values of `display` that leave a table as it is. All but "none" are CSS-wide keywords, also valid for `opacity`.
_NEUTRAL = ("none", "inherit", "initial", "revert", "unset", "revert-layer")


def style_sheet_faults(css: str) -> Iterator[Fault]:
    """The faults of a style sheet, without the rules for screens only."""
    depth, at = deepest(css)
    if depth > MAX_NESTING:
        line = css.count("\n", 0, at) + 1
        yield FAULTS["too-deep"].formatted(most=MAX_NESTING).at(line, at - css.rfind("\n", 0, at))
        return
    yield from _rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def style_attribute_faults(style: str, tag: str) -> Iterator[Fault]:
    """The faults of a style attribute."""
    if deepest(style)[0] > MAX_NESTING:
        yield FAULTS["too-deep"].formatted(most=MAX_NESTING)
        return
    yield from _declarations(tinycss2.parse_blocks_contents(style), {tag})


def _rules(rules: list[Any]) -> Iterator[Fault]:
    for rule in rules:
        if rule.type == "at-rule" and rule.content is not None and not _for_screens(rule):
            if rule.lower_at_keyword in ("media", "layer", "supports"):
                yield from _rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
        elif rule.type == "qualified-rule":
            yield from _declarations(tinycss2.parse_blocks_contents(rule.content), set(_subjects(rule.prelude)))


def _for_screens(rule: Any) -> bool:
    """Whether a rule is an `@media screen` that does not also apply to print."""
    words = {token.lower_value for token in rule.prelude if token.type == "ident"}
    return rule.lower_at_keyword == "media" and "screen" in words and not words & {"print", "all", "not"}


def _subjects(prelude: list[Any]) -> Iterator[str]:
    """The subject of each selector in a list, "" if it names no element: td for `.a > td.b:hover`."""
    last, at_start = "", True  # of a compound selector, only the first token can be an element name
    for token in prelude:
        if token.type == "whitespace" or (token.type == "literal" and token.value in ">+~"):
            at_start = True
        elif token.type == "literal" and token.value == ",":
            yield last
            last, at_start = "", True
        else:
            if at_start:
                last = token.lower_value if token.type == "ident" else ""
            at_start = False
    yield last


def _declarations(content: list[Any], tags: set[str]) -> Iterator[Fault]:
    for item in content:
        if item.type == "declaration":
            if fault := _fault(item.lower_name, item.value, tags):
                yield fault.at(item.source_line, item.source_column)
        elif item.type == "qualified-rule":  # CSS nesting
            yield from _declarations(tinycss2.parse_blocks_contents(item.content), set(_subjects(item.prelude)))
        elif item.type == "at-rule" and item.content is not None and not _for_screens(item):
            yield from _declarations(tinycss2.parse_blocks_contents(item.content), tags)


def _fault(name: str, value: list[Any], tags: set[str]) -> Fault | None:
    words = tinycss2.serialize(value).strip().lower()
    if not words.strip("x"):  # Jinja in a style attribute, blanked out by markup._blank: the value is unknown
        return None
    if name == "opacity" and words not in ("1", "1.0", "100%", *_NEUTRAL[1:]):
        return FAULTS["opacity"].formatted(value=words)
    if name == "float" and words == "footnote":
        return FAULTS["footnote"]
    if name == "display" and words not in _NEUTRAL and not words.startswith(("table", "inline-table")):
        table_tags = sorted(tags & set(_TABLE_TAGS))
        return FAULTS["table-display"].formatted(value=words, tag=table_tags[0]) if table_tags else None
    return None
