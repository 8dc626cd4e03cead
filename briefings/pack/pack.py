"""Pack: one topic, validated and indexed. `loading` makes it and everything after that reads it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..problems import Mark
from ..schema.classroom import Exercise
from ..schema.classwork.worksheets import Task, Worksheet
from ..schema.corrections import Correction
from ..schema.drawings import Drawing
from ..schema.fields import YamlModel
from ..schema.figures import Estimate, Figure, Unit
from ..schema.files import HELD_KEYS
from ..schema.handouts.cards import Sorting, SourceCard
from ..schema.handouts.debates import Debate
from ..schema.handouts.verifications import Verification
from ..schema.judgements import Judgement
from ..schema.lessons import Lesson, LessonCheck, Letter, Misunderstanding
from ..schema.statements import Item, Paragraph
from ..schema.topic import (
    Objective,
    Option,
    Origin,
    PackInfo,
    Person,
    Phase,
    Place,
    Question,
    Section,
    Source,
    Term,
)
from .edition import Edition
from .geojson import Ground
from .yaml_file import YamlFile


@dataclass(frozen=True)
class Pack:
    """One topic's folder of YAML, validated.

    `extra` has the items of files that have no field here, by their key. `index` finds a value by its id (an estimate
    by "figure/estimate"), `marks` the place of an id in the YAML, `numbers` the number of a paragraph or exercise.
    `files` are the YAML files with their values, `grounds` the maps' grounds by file name; `spare_grounds` are the
    names of those that no map has.
    """

    info: PackInfo
    sources: tuple[Source, ...] = ()
    origins: tuple[Origin, ...] = ()
    people: tuple[Person, ...] = ()
    places: tuple[Place, ...] = ()
    units: Mapping[str, Unit] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    objectives: tuple[Objective, ...] = ()
    phases: tuple[Phase, ...] = ()
    questions: tuple[Question, ...] = ()
    options: tuple[Option, ...] = ()
    parts: tuple[Item, ...] = ()
    terms: tuple[Term, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    guidance: tuple[Item, ...] = ()
    index: Mapping[str, YamlModel] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    files: tuple[tuple[YamlFile, YamlModel], ...] = ()
    grounds: Mapping[str, Ground] = field(default_factory=dict)
    spare_grounds: tuple[str, ...] = ()
    extra: Mapping[str, tuple[YamlModel, ...]] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    checks: tuple[LessonCheck, ...] = ()
    tasks: tuple[Task, ...] = ()
    worksheets: tuple[Worksheet, ...] = ()
    source_cards: tuple[SourceCard, ...] = ()
    sortings: tuple[Sorting, ...] = ()
    debates: tuple[Debate, ...] = ()
    verifications: tuple[Verification, ...] = ()
    misunderstandings: tuple[Misunderstanding, ...] = ()
    before: tuple[Item, ...] = ()
    letters: tuple[Letter, ...] = ()
    editions: tuple[Edition, ...] = ()  # those that were closed, in order

    @property
    def id(self) -> str:
        """The pack's id, which is its folder's name."""
        return self.info.id

    def items(self, section: Section) -> tuple[Item, ...]:
        """The titled items a section holds; none where it holds entries (people, terms, exercises)."""
        key = HELD_KEYS.get(section.holds or "", "")
        values = self.extra[key] if key in self.extra else getattr(self, key, ()) if key else ()
        return tuple(value for value in values if isinstance(value, Item))

    def estimate(self, ref: str) -> tuple[Figure, Estimate]:
        """The estimate "figure/estimate" and the figure it belongs to."""
        figure, estimate = self.index[ref.partition("/")[0]], self.index[ref]
        assert isinstance(figure, Figure)
        assert isinstance(estimate, Estimate)
        return figure, estimate

    def unit_of(self, figure: Figure, estimate: Estimate) -> Unit:
        """The unit of an estimate: its own, or else the figure's."""
        return self.units[estimate.unit or figure.unit]


def paragraphs(pack: Pack, section: Section) -> Iterator[Paragraph]:
    """Every numbered paragraph of a section, in the order that gives the numbers."""
    yield from section.paragraphs
    for item in pack.items(section):
        yield from item.paragraphs
        for position in getattr(item, "positions", ()):
            yield from position.paragraphs


def assign_numbers(pack: Pack) -> dict[str, str]:
    """The number of each paragraph (section.paragraph) and exercise (Q and its place), by id."""
    out = {exercise.id: f"Q{place}" for place, exercise in enumerate(pack.exercises, 1)}
    for chapter, section in enumerate(pack.info.sections, 1):
        for place, paragraph in enumerate(paragraphs(pack, section), 1):
            out[paragraph.id] = f"{chapter}.{place}"
    return out
