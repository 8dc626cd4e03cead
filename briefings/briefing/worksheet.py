"""The data classes of a worksheet: its parts, their questions, and on a paper with answers what is right and why.

On a paper without answers the fields that tell them are empty, so that no template can print one.
"""

from dataclasses import dataclass
from typing import Literal

from ..schema.classwork.worksheets import PartKind
from ..schema.dates import PartialDate
from .items import EstimateView

# How a question is answered: tick one option, number the rows, tick a column in each row, or write.
TaskForm = Literal["choice", "order", "sort", "open"]


@dataclass(frozen=True)
class OptionView:
    """An option of a choice: an estimate, a date, names, or a place. `right` only on a paper with answers."""

    letter: str
    row: EstimateView | None = None
    when: PartialDate | None = None
    names: tuple[str, ...] = ()
    right: bool = False


@dataclass(frozen=True)
class RowView:
    """What is numbered or sorted: the first sentence of a statement, or a title. `text` is Markdown with marks.

    `place` is its right place in an order, from 1, `fact` whether it is a fact; both only on a paper with answers.
    """

    letter: str
    id: str
    text: str
    place: int = 0
    fact: bool | None = None
    when: PartialDate | None = None


@dataclass(frozen=True)
class ModelView:
    """A model answer. `text` and `why` are Markdown with marks."""

    quality: str
    text: str
    marks: int
    why: str


@dataclass(frozen=True)
class MistakeView:
    """A common wrong answer in `text`, and what to say to it."""

    text: str
    say: str


@dataclass(frozen=True)
class TaskView:
    """A question of a worksheet. `worth` is how many marks it gives, `lines` how many an answer needs to be written on.

    `checks` are digests of what is right, one for each row or one for a choice: a screen compares them with those of
    what a reader chose. `evidence` is where the reader's papers answer it: (document, number or title).
    """

    id: str
    number: int
    form: TaskForm
    text: str
    worth: int
    options: tuple[OptionView, ...] = ()
    rows: tuple[RowView, ...] = ()
    checks: tuple[str, ...] = ()
    starters: tuple[str, ...] = ()
    lines: int = 0
    answer: str = ""
    about: str = ""
    marks: tuple[str, ...] = ()
    models: tuple[ModelView, ...] = ()
    mistakes: tuple[MistakeView, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PartView:
    """Questions under a title: to be done in class, on a strip to cut off, or at home."""

    title: str
    kind: PartKind
    about: str
    tasks: tuple[TaskView, ...]

    @property
    def ticked(self) -> bool:
        """Whether its questions are narrow enough to stand in two columns: no lines to write on, and no table."""
        return self.kind == "main" and all(task.form in ("choice", "order") for task in self.tasks)

    @property
    def worth(self) -> int:
        """How many marks its questions give."""
        return sum(task.worth for task in self.tasks)


@dataclass(frozen=True)
class WorksheetView:
    """A worksheet for readers of one level.

    `unseen` is evidence that neither it nor the paper beside it shows, as (question, id): a rule reports it.
    """

    id: str
    title: str
    about: str
    parts: tuple[PartView, ...]
    unseen: tuple[tuple[str, str], ...] = ()

    @property
    def tasks(self) -> tuple[TaskView, ...]:
        """All its questions."""
        return tuple(task for part in self.parts for task in part.tasks)

    @property
    def worth(self) -> int:
        """How many marks it gives, without the strip that is cut off and homework, which are marked apart."""
        return sum(part.worth for part in self.parts if part.kind == "main")
