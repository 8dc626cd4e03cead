"""A template -> the same with the place of each tag as an attribute, for rules that report faults at their line."""

import html
import re

from jinja2.ext import Extension

# The start of a tag, which a rule may report. Jinja's expressions, statements and comments match first, so that a
# "<a" inside one of them is left alone.
_TAG = re.compile(
    r"\{\{.*?(?:\}\}|\Z)|\{%.*?(?:%\}|\Z)|\{#.*?(?:#\}|\Z)|<(?P<tag>[a-zA-Z][\w:-]*)(?=[\s/>])", re.DOTALL
)


class TagLocations(Extension):
    """Adds `data-at="file:line:column"` to tags in the source of a template, before Jinja compiles it.

    A fault in the rendered page can then be reported at the tag in the template that wrote it.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        def add_location(match: re.Match[str]) -> str:
            if not match["tag"]:
                return match[0]
            line, line_break = source.count("\n", 0, match.start()) + 1, source.rfind("\n", 0, match.start())
            return f'{match[0]} data-at="{html.escape(str(filename))}:{line}:{match.start() - line_break}"'

        return _TAG.sub(add_location, source)
