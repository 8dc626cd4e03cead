"""Models of worksheet.yaml: closed questions whose answers are data of the pack, and worksheets made of questions."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ..fields import AnyId, AnyIds, CheckedModel, Id, Level, Line, RefersTo, Text

# What a closed question asks for. number: an estimate. date: when something happened or was said. speaker: whose word
# something is. place: where an event of a story map happened, or which place lies farthest in a direction. status:
# which statements are established, and which are somebody's claim. order: what came first.
TaskKind = Literal["number", "date", "speaker", "place", "status", "order"]
Direction = Literal["north", "south", "east", "west"]
PartKind = Literal["main", "exit", "homework"]
_LISTED = ("status", "order")  # the kinds that ask about several things


class Task(CheckedModel):
    """A closed question. Its right answer and its wrong options come from the pack, by reference; none is typed.

    Wrong options are rival and other reports, dates of other events, other speakers and other places: only those that
    are certainly wrong. `others` names some that are wanted, `never` some that could be right too.
    """

    id: Id  #: unique in the pack; a reader of the page's source sees it, so let it not tell the answer
    kind: TaskKind  #: what it asks for
    text: Text  #: the question
    #: the id of what it asks about: an estimate (number), what has the date, the speaker or the place
    answer: Annotated[AnyId | None, RefersTo("id")] = None
    #: several ids instead: statements to sort (status), phases or events to order, places to compare
    items: Annotated[AnyIds, RefersTo("id")] = ()
    farthest: Direction | None = None  #: which of the places in items is asked for
    others: Annotated[
        AnyIds, RefersTo("id")
    ] = ()  #: ids of what makes the wrong options; others follow if they are few
    never: Annotated[AnyIds, RefersTo("id")] = ()  #: ids of what never makes a wrong option, since it may be right too
    #: ids of what answers it on the reader's papers; default: what it asks about
    evidence: Annotated[AnyIds, RefersTo("id")] = ()
    about: Text | None = None  #: for the teacher: why the other options are wrong, what to say to whoever chose them

    @model_validator(mode="after")
    def _asks_about_something(self) -> Self:
        if self.kind in _LISTED or self.farthest:
            if self.answer or len(self.items) < 2:
                raise ValueError(
                    f"a question of kind '{self.kind}' like this one needs two or more 'items', no 'answer'"
                )
        elif self.items or not self.answer:
            raise ValueError(f"a question of kind '{self.kind}' needs an 'answer': the id of what it asks about")
        if self.farthest and self.kind != "place":
            raise ValueError("only a question of kind 'place' has 'farthest'; delete it")
        return self

    @property
    def asked(self) -> tuple[str, ...]:
        """The ids of what it asks about."""
        return (self.answer,) if self.answer else self.items


class WorksheetPart(CheckedModel):
    """Some questions of a worksheet under a title. `about` tells pupils what to do."""

    title: Line  #: its heading
    #: `exit` is a strip to cut off and hand in, so it comes last; `homework` is taken home
    kind: PartKind = "main"
    about: Line | None = None  #: what to do, for pupils
    #: ids of closed questions and of exercises, in order
    tasks: Annotated[AnyIds, RefersTo("task", "exercise"), Field(min_length=1)]


class Worksheet(CheckedModel):
    """Questions to write on, for readers of one level. Its questions are numbered through."""

    id: Id  #: unique in the pack
    title: Line  #: its heading
    level: Level  #: for audiences of which level it is; there is one at most for each
    about: Line | None = None  #: a line under the title: how to work
    parts: Annotated[tuple[WorksheetPart, ...], Field(min_length=1)]  #: its parts, in order
