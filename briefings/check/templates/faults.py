"""What can be wrong, each with what to write instead. FAULTS is the list; docs/templates.md tells it to designers."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Fault:
    """One of them, at a line and column (from 1) of `file` or of the text looked at; `search_text` is looked for in
    the data."""

    code: str
    message: str
    hint: str
    line: int = 1
    column: int = 1
    file: str = ""
    search_text: str = ""

    def at(self, line: int, column: int = 1, **more: str) -> "Fault":
        return replace(self, line=line, column=column, **more)

    def formatted(self, **words: object) -> "Fault":
        """With its words filled in."""
        return replace(self, message=self.message.format(**words), hint=self.hint.format(**words))


FAULTS = {
    fault.code: fault
    for fault in (
        Fault(
            "opacity",
            "opacity {value}: what is half seen is lost to whoever listens",
            "write the colour itself lighter, or as rgb(… / {value})",
        ),
        Fault("no-alt", "a picture without words", 'say in alt="…" what it shows; make decoration a CSS background'),
        Fault("untitled-drawing", "a drawing without a title", "begin it with <title>what it shows</title>"),
        Fault(
            "skipped-heading",
            "a heading of level {level} after {before}",
            "write <h{wanted}>, and give it its size by a class",
        ),
        Fault(
            "irregular-table",
            "a row of {cells} in a table of {columns} columns",
            "give every row the same columns, with colspan and rowspan counted",
        ),
        Fault(
            "table-display",
            "display: {value} takes '{tag}' out of its table",
            "lay out what stands inside the cells, or say it for screens in @media screen",
        ),
        Fault(
            "footnote",
            "float: footnote loses notes between pages",
            "number the notes and list them at the end, as partials/notes.html does",
        ),
        Fault(
            "attachment-link",
            "a link that attaches a file: it would be undated and untagged",
            "remove it; every PDF carries its statements and sources already",
        ),
        Fault(
            "no-language", "the page does not say its language", 'write <html lang="{{{{ briefing.pack.language }}}}">'
        ),
        Fault("no-title", "the page has no title", "keep the <title> of base.html"),
    )
}
