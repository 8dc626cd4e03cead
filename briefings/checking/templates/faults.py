"""The faults that templates and styles can have, each with a hint. docs/templates.md documents them for designers."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Fault:
    """A fault at a line and column (from 1) of `file`, or of the linted text if `file` is empty.

    A fault in a rendered page has no place in a template; `search_text` is then searched for in the data instead.
    """

    code: str
    message: str
    hint: str
    line: int = 1
    column: int = 1
    file: str = ""
    search_text: str = ""

    def at(self, line: int, column: int = 1, **more: str) -> "Fault":
        """A copy of the fault at a place."""
        return replace(self, line=line, column=column, **more)

    def formatted(self, **words: object) -> "Fault":
        """A copy of the fault with the placeholders in message and hint filled in."""
        return replace(self, message=self.message.format(**words), hint=self.hint.format(**words))


FAULTS = {
    fault.code: fault
    for fault in (
        Fault(
            "opacity",
            "opacity {value}: screen readers do not get translucent content",
            "use a lighter colour, or rgb(… / {value})",
        ),
        Fault(
            "no-alt", "a picture has no text alternative", 'describe it in alt="…", or make decoration a CSS background'
        ),
        Fault("untitled-drawing", "a drawing has no title", "start it with <title>what it shows</title>"),
        Fault(
            "skipped-heading",
            "a heading of level {level} follows {before}",
            "write <h{wanted}>, and set its size with a class",
        ),
        Fault(
            "irregular-table",
            "a row has {cells} in a table of {columns} columns",
            "give every row the same number of columns, including colspan and rowspan",
        ),
        Fault(
            "wide-cell",
            "a cell spans {span} columns or rows; browsers stop at 1000",
            "span the columns that there are",
        ),
        Fault(
            "table-display",
            "display: {value} removes '{tag}' from its table",
            "lay out the content of the cells instead, or restrict the rule to @media screen",
        ),
        Fault(
            "footnote",
            "float: footnote loses notes between pages",
            "number the notes and list them at the end, as partials/notes.html does",
        ),
        Fault(
            "attachment-link",
            "a link attaches a file, which would be undated and untagged",
            "remove it; every PDF already has its statements and sources attached",
        ),
        Fault(
            "no-language",
            "the page does not declare its language",
            'write <html lang="{{{{ briefing.pack.language }}}}">',
        ),
        Fault("too-deep", "more than {most} brackets inside each other", "close each with its other half"),
        Fault("unclosed-tag", "more than {most} tags or comments are not closed", "write '>' or '-->' where each ends"),
        Fault("no-title", "the page has no title", "keep the <title> of base.html"),
    )
}
