"""What is done once changes no byte of a PDF."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from briefings.briefing.parts import Briefing
from briefings.library import Library
from briefings.page.render import render
from briefings.pdf import once, typeset

COLUMNS = (
    '<html lang="en"><title>x</title><link rel="stylesheet" href="css/fonts.css"><style>html { font: 10pt "Source '
    "Serif 4\" } .columns { columns: 3; hyphens: auto; text-align: justify }</style><div class='columns'>{}</div>"
    "<table><tr><td>{}<td>{}</table></html>"
)


@contextmanager
def untouched(weasyprint: Any) -> Iterator[Any]:
    yield weasyprint


@pytest.mark.slow
@pytest.mark.parametrize("which", ["public", "pupils", "columns"])
def test_a_pdf_has_the_same_bytes_without(
    which: str, briefings: dict[str, Briefing], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = render(briefings["public" if which == "columns" else which], library)
    if which == "columns":
        text = "<p>Every word of the measurements is repeated, and repeated again, in narrow columns.</p>" * 9
        page = typeset.replace(page, html=COLUMNS.replace("{}", text))
    made = typeset.typeset(page, library)
    monkeypatch.setattr(typeset, "laid_out_once", untouched)
    monkeypatch.setattr(typeset, "objects_written_once", lambda _: None)
    assert typeset.typeset(page, library) == made


class Module(SimpleNamespace):
    """Stands for WeasyPrint: `split_first_line` counts how often it is called with which text."""

    def __init__(self) -> None:
        self.calls = Counter[str]()
        super().__init__(layout=SimpleNamespace(inline=SimpleNamespace(), preferred=SimpleNamespace()))
        self.layout.inline.split_first_line = self.layout.preferred.split_first_line = self.split

    def split(self, text: str, style: object, *rest: object) -> tuple[object, ...]:
        self.calls[text] += 1
        return text, id(style), *rest[1:]  # the first of the rest is the context


def test_a_line_is_split_once() -> None:
    module, style, other = Module(), {"a": 1}, {"a": 1}
    split = module.layout.inline.split_first_line
    with once.lines_split_once(module):
        inline, preferred = module.layout.inline.split_first_line, module.layout.preferred.split_first_line
        calls = [
            ("a", style, None, 10.0, 0),
            ("a", style, None, 11.0, 0),
            ("a", style, None, None, 0),
            ("a", style, None, 10.0, 1),
            ("a", other, None, 10.0, 0),
            ("a", style, None, 10.0, 0, False),
            ("a", style, None, 10.0, 0, False, True),
            ("b", style, None, 10.0, 0),
        ]
        first = [inline(*call) for call in calls]
        assert len(set(first)) == len(calls), "each argument counts"
        assert [preferred(*call) for call in calls] == first
    assert module.calls == {"a": 7, "b": 1}
    assert module.layout.inline.split_first_line == split


def test_what_is_kept_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "MOST_LINES", 3)
    module, style = Module(), object()
    with once.lines_split_once(module):
        for text in "abcdabcd":
            module.layout.inline.split_first_line(text, style, None, 1.0, 0)
    assert max(module.calls.values()) == 2


def test_each_object_is_written_once(
    briefings: dict[str, Briefing], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pydyf

    written, kept = Counter[int](), list[Any]()
    data = pydyf.Stream.data.fget

    def counted(stream: Any) -> bytes:
        kept.append(stream)  # so that no other stream gets its id
        written[id(stream)] += 1
        content: bytes = data(stream)
        return content

    monkeypatch.setattr(pydyf.Stream, "data", property(counted))
    typeset.typeset(render(briefings["public"], library), library)
    assert len(written) > 5
    again = {stream.extra.get("Type") for stream in kept if written[id(stream)] > 1}
    assert again == {"/ObjStm"}, "pydyf makes this one while it writes"


def test_a_shorthand_is_expanded_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    weasyprint = typeset._weasyprint()
    pending = weasyprint.css.validation.expanders.PendingExpander
    expanded = Counter[str]()

    def validator(tokens: list[str]) -> Iterator[tuple[str, str]]:
        expanded[" ".join(tokens)] += 1
        if tokens == ["bad"]:
            raise ValueError("no size")
        yield "-size", tokens[0]
        yield "line-height", tokens[1]

    self = SimpleNamespace(name="font", validator=validator)
    small, large = ["8pt", "1"], ["9pt", "2"]
    with once.shorthands_expanded_once(weasyprint):
        for tokens in (small, large, small):
            assert pending.validate(self, tokens, "font-size", None) == tokens[0]
            assert pending.validate(self, tokens, "line-height", None) == tokens[1]
        with pytest.raises(KeyError):
            pending.validate(self, small, "font-weight", None)
        self.validator.keywords = {"name": "font"}  # type: ignore[attr-defined]
        with pytest.raises(ValueError, match="no size"):
            pending.validate(self, ["bad"], "font-size", None)
    assert expanded == {"8pt 1": 1, "9pt 2": 1, "bad": 2}
