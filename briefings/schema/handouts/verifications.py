"""Models of an exercise in verification, in lesson.yaml: how to check something, and how it was exposed."""

from typing import Annotated

from pydantic import Field

from ..fields import CheckedModel, Id, Ids, Line, RefersTo, Text
from ..statements import Statement


class VerificationStep(CheckedModel):
    """A way to check: what to do and to look for, before the class reads what others found."""

    id: Id  #: unique in the pack
    title: Line  #: what to do, in a few words
    text: Text  #: what to ask and to look for
    answer: Text  #: what a good answer says, for the teacher


class VerificationQuestion(CheckedModel):
    """A question on what was found, which the findings on the same paper answer."""

    id: Id  #: unique in the pack
    text: Text  #: the question
    answer: Text  #: for the teacher
    evidence: Annotated[Ids, RefersTo("statement")] = ()  #: ids of the findings that answer it


class Verification(CheckedModel):
    """Something that went round and was checked: how to check it, then how it was exposed. For 15 and older."""

    id: Id  #: unique in the pack
    title: Text  #: its heading
    ages: Line  #: for whom it is
    text: Text  #: what went round, without showing it, with citations
    steps: Annotated[tuple[VerificationStep, ...], Field(min_length=2, max_length=6)]  #: ways to check, in order
    findings: Annotated[tuple[Statement, ...], Field(min_length=1, max_length=8)]  #: how it was exposed, with citations
    questions: Annotated[tuple[VerificationQuestion, ...], Field(min_length=1, max_length=6)]  #: on what was found
