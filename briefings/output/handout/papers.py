"""The briefings of a pack -> the papers that a teacher hands out, in print order, each with its copies. Pure.

In: briefings with their companions. Out: shelves, one for each folder: the teacher's, what is shown, each level's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ...briefing.lessons import LessonView, PaperUse
from ...briefing.parts import Briefing
from ...schema.lessons import Share
from ..formats import FORMATS, file_name, formats_of

# What pupils may get. A quiz file has the answers, and a page for the screen is no paper.
PUPILS_FORMATS = ("pdf", "fillable")
_SHOWN_FORMATS = ("pdf", "html")
_SIZE: dict[Share, int] = {"pupil": 1, "pair": 2, "four": 4}


@dataclass(frozen=True)
class Copies:
    """How many copies a lesson needs of a paper; `number` is 0 for one or a few, to lay out for the class."""

    lesson: LessonView
    number: int
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """A paper with the names of its files in the build folder. `copies` is empty for one that no lesson needs."""

    briefing: Briefing
    files: tuple[str, ...]
    copies: tuple[Copies, ...] = ()


@dataclass(frozen=True)
class Shelf:
    """A folder of the handout. `audience` is empty for the teacher's and for what is shown."""

    name: str
    kind: str  # "teacher", "show" or "pupils"
    papers: tuple[Paper, ...]
    audience: object = field(default=None)


def shelves(briefings: Sequence[Briefing], pupils: int) -> tuple[Shelf, ...]:
    """The folders of a handout with their papers, without empty ones; none if no document lists `companions`."""
    leading = [briefing for briefing in briefings if briefing.choice.companions]
    teachers = {briefing.audience.id for briefing in leading}
    readers = dict.fromkeys(i for briefing in leading for i in briefing.choice.companions if i not in teachers)
    lessons = list({lesson.id: lesson for briefing in leading for lesson in briefing.lessons}.values())
    own = [b for b in briefings if b.audience.id in teachers]
    theirs = [b for reader in readers for b in briefings if b.audience.id == reader]
    keys = [b for b in theirs if b.choice.answers]
    shown = [b for b in theirs if b not in keys and {"project", "hang-up"} & {*b.choice.uses}]
    found = [
        Shelf("teacher", "teacher", _papers(sorted(own, key=_teaching_order) + keys, (), pupils, _of_teacher())),
        Shelf("to-show", "show", _papers(shown, lessons, pupils, _SHOWN_FORMATS)),
    ]
    for reader in readers:
        level = [b for b in theirs if b.audience.id == reader and b not in keys and b not in shown]
        papers = _papers(_in_lesson_order(level, lessons), lessons, pupils, PUPILS_FORMATS)
        found.append(Shelf(reader, "pupils", papers, level[0].audience if level else None))
    filled = [shelf for shelf in found if shelf.papers]
    return tuple(Shelf(f"{n}-{each.name}", each.kind, each.papers, each.audience) for n, each in enumerate(filled, 1))


def _of_teacher() -> tuple[str, ...]:
    return tuple(name for name in FORMATS if name != "html")


def _teaching_order(briefing: Briefing) -> int:
    """The plan first, then what to read before the lesson, then the rest in the order of the audience."""
    shows = briefing.choice.shows
    return 0 if "plans" in shows else 1 if "letters" in shows else 2


def _in_lesson_order(briefings: Iterable[Briefing], lessons: Sequence[LessonView]) -> list[Briefing]:
    """The papers in the order in which lessons need them, large print after its like, then those that none needs."""
    needed = [use.companion.ref for lesson in lessons for use in lesson.papers]

    def place(briefing: Briefing) -> tuple[int, bool]:
        ref = _ref(briefing)
        return needed.index(ref) if ref in needed else len(needed), briefing.choice.look == "large-print"

    return sorted(briefings, key=place)


def _papers(
    briefings: Iterable[Briefing], lessons: Sequence[LessonView], pupils: int, formats: Sequence[str]
) -> tuple[Paper, ...]:
    papers = []
    for briefing in briefings:
        files = tuple(file_name(briefing.name, name) for name in formats_of(briefing) if name in formats)
        uses = [(lesson, use) for lesson in lessons for use in lesson.papers if use.companion.ref == _ref(briefing)]
        large = briefing.choice.look == "large-print"  # for those who need it, not for a class
        if files:
            copies = () if large else tuple(_copies(lesson, use, pupils) for lesson, use in uses)
            papers.append(Paper(briefing, files, copies))
    return tuple(papers)


def _copies(lesson: LessonView, use: PaperUse, pupils: int) -> Copies:
    size = _SIZE.get(use.share, 0)
    return Copies(lesson, -(-pupils // size) if size else 0, use.steps)


def _ref(briefing: Briefing) -> str:
    return f"{briefing.audience.id}/{briefing.choice.document}"
