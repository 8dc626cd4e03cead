"""The YAML files of a pack -> the fields of each, and what a section may hold of them.

A new kind of data is a module of this folder and a row of FILES. Its items are read, validated, indexed and checked
like all others, Pack.extra has them, and a section that holds them shows them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class DataFile:
    """A YAML file next to pack.yaml.

    `fields`: key -> "module.Class" of this folder, or "folder.module.Class"; a class stands for a list of its items.
    `holds`: the word in a section's `holds` -> the key whose items that section shows.
    """

    name: str
    fields: Mapping[str, str]
    holds: Mapping[str, str] = field(default_factory=dict)
    required: bool = False

    def types(self) -> dict[str, Any]:
        """The type of each field, as pydantic takes it."""
        found = {}
        for key, name in self.fields.items():
            module, _, attribute = name.rpartition(".")
            kind: Any = getattr(import_module(f".{module}", __package__), attribute)
            several: Any = tuple
            found[key] = several[kind, ...] if isinstance(kind, type) else kind
        return found


FILES = (
    DataFile("sources.yaml", {"sources": "topic.Source", "origins": "topic.Origin"}, required=True),
    DataFile("people.yaml", {"people": "topic.Person"}, {"people": "people"}),
    DataFile("places.yaml", {"places": "topic.Place"}, {"places": "places"}),
    DataFile("figures.yaml", {"units": "figures.Units", "figures": "figures.Figure"}, {"figures": "figures"}),
    DataFile("objectives.yaml", {"objectives": "topic.Objective"}, {"objectives": "objectives"}),
    DataFile("phases.yaml", {"phases": "topic.Phase"}, {"phases": "phases"}),
    DataFile("debate.yaml", {"questions": "topic.Question"}, {"debate": "questions"}),
    DataFile("options.yaml", {"options": "topic.Option"}, {"options": "options"}),
    DataFile("history.yaml", {"parts": "statements.Item"}, {"history": "parts"}),
    DataFile("glossary.yaml", {"terms": "topic.Term"}, {"glossary": "terms"}),
    DataFile("drawings.yaml", {"drawings": "drawings.Drawing"}),  # loading narrows it to the kinds there are
    DataFile("judgements.yaml", {"judgements": "judgements.Judgement"}),
    DataFile("corrections.yaml", {"corrections": "corrections.Correction"}),
    DataFile(
        "classroom.yaml",
        {"exercises": "classroom.Exercise", "guidance": "statements.Item"},
        {"exercises": "exercises", "guidance": "guidance"},
    ),
    DataFile(
        "lesson.yaml",
        {
            "lessons": "lessons.Lesson",
            "checks": "lessons.LessonCheck",
            "misunderstandings": "lessons.Misunderstanding",
            "before": "statements.Item",
            "letters": "lessons.Letter",
            "source_cards": "handouts.cards.SourceCard",
            "sortings": "handouts.cards.Sorting",
            "debates": "handouts.debates.Debate",
            "verifications": "handouts.verifications.Verification",
        },
        {"before": "before"},
    ),
    DataFile("worksheet.yaml", {"tasks": "classwork.worksheets.Task", "worksheets": "classwork.worksheets.Worksheet"}),
)

HELD_KEYS: dict[str, str] = {word: key for file in FILES for word, key in file.holds.items()}
