"""A pack with each answer replaced by a word of its own, so that one that leaks is found wherever it stands."""

import io
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

from briefings.briefing.parts import Briefing
from briefings.pack.pack import Pack
from briefings.schema.classroom import Exercise, MarkPoint, Mistake, ModelAnswer
from briefings.schema.classwork.worksheets import Task
from briefings.schema.fields import LEVELS, LevelText, YamlModel
from briefings.schema.handouts.verifications import VerificationQuestion, VerificationStep
from briefings.schema.lessons import LessonCheck, LessonStep, Misunderstanding

# The texts that only a teacher gets.
SECRET: dict[type[YamlModel], tuple[str, ...]] = {
    Exercise: ("answer",),
    MarkPoint: ("point",),
    ModelAnswer: ("text", "why"),
    Mistake: ("answer", "say"),
    Task: ("about",),
    VerificationStep: ("answer",),
    VerificationQuestion: ("answer",),
    LessonStep: ("teacher", "pupils", "listen_for"),
    LessonCheck: ("text",),
    Misunderstanding: ("says", "text"),
}


class Secrets:
    """The words that stand for answers, and the pack with them. Each word maps to what it stands for."""

    def __init__(self, pack: Pack) -> None:
        self.words: dict[str, str] = {}
        self._done: dict[int, tuple[object, Any]] = {}  # with the value itself, so that no other gets its number
        held = ((each.name, getattr(pack, each.name)) for each in fields(pack) if each.name != "files")
        new = {name: self._marked(value, name) for name, value in held if isinstance(value, tuple)}
        self.pack = replace(pack, **new, index={key: self._marked(value, key) for key, value in pack.index.items()})

    def found(self, text: str) -> dict[str, str]:
        """The answers in a text."""
        return {word: what for word, what in self.words.items() if word in text}

    def _marked(self, value: Any, owner: str) -> Any:
        if id(value) not in self._done:
            self._done[id(value)] = value, self._changed(value, owner)
        return self._done[id(value)][1]

    def _changed(self, value: Any, owner: str) -> Any:
        if isinstance(value, YamlModel):
            owner = str(getattr(value, "id", owner))
            secret = SECRET.get(type(value), ())
            new = {
                name: self._word(f"{owner}: {type(value).__name__}.{name}")
                if name in secret
                else self._marked(v, owner)
                for name, v in vars(value).items()
                if v is not None
            }
            return value.model_copy(update={name: v for name, v in new.items() if v is not vars(value)[name]})
        if isinstance(value, tuple):
            inside = tuple(self._marked(each, owner) for each in value)
            return value if all(one is other for one, other in zip(inside, value, strict=True)) else inside
        return value

    def _word(self, what: str) -> LevelText:
        digits = "".join("abcdefghij"[int(digit)] for digit in str(len(self.words)))
        word = f"Zq{digits}zq"  # of letters alone: a number would get elements of its own
        self.words[word] = what
        return LevelText(**dict.fromkeys(LEVELS, word))


def for_pupils(briefings: tuple[Briefing, ...]) -> list[Briefing]:
    """The documents of the audiences that a teacher's papers name, without those that print answers."""
    audiences = {each for briefing in briefings for each in briefing.choice.companions}
    return [each for each in briefings if each.audience.id in audiences and not each.choice.answers]


def everything_in(pdf: bytes | Path) -> str:
    """All that somebody can find in a PDF: its text, and every name, string and stream but fonts and pictures."""
    reader = pypdf.PdfReader(io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf)
    found = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    for number in range(1, int(str(reader.trailer["/Size"]))):
        found += _strings(reader.get_object(IndirectObject(number, 0, reader)))
    return "\n".join(found)


def _strings(value: Any) -> Iterator[str]:
    is_font = isinstance(value, StreamObject) and value.get("/Subtype") in ("/CIDFontType0C", "/OpenType")
    if isinstance(value, StreamObject) and not is_font and not {"/Length1", "/Width"} & value.keys():
        yield value.get_data().decode("utf-8", "replace")
    if isinstance(value, DictionaryObject):
        for name, inside in value.items():
            yield str(name)
            yield from _strings(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _strings(inside)
    elif isinstance(value, str | bytes):
        yield value if isinstance(value, str) else value.decode("utf-8", "replace")
