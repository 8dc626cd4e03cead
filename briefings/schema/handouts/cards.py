"""Models of cards to cut out, in lesson.yaml: sources to question, and reports to sort."""

from typing import Annotated

from pydantic import Field

from ..fields import CheckedModel, EstimateRefs, Id, RefersTo, Text


class SourceCard(CheckedModel):
    """A source on half a sheet: what it says, one quotation, and what a reader asks of it.

    Publisher, kind, country, date and standpoint are those of the source. A quotation has at most 25 words.
    """

    id: Id  #: unique in the pack
    source: Annotated[Id, RefersTo("source")]  #: the id of the source
    nature: Text  #: what it is, in a few words
    purpose: Text  #: for whom and to what end it was made
    standpoint: Text | None = None  #: who made it, and what follows for the reader; default: that of the source
    text: Text  #: what it says, in our words, with numbers as marks
    quotation: Text  #: one quotation in double quotation marks, its speaker, and the source as a mark
    questions: Annotated[tuple[Text, ...], Field(min_length=1, max_length=3)]  #: what a reader asks of it


class Sorting(CheckedModel):
    """Reports to sort: which of them disagree, and which are of another day or of another thing.

    The key is computed from the reports, so that it cannot drift from them.
    """

    id: Id  #: unique in the pack
    title: Text  #: its heading
    reports: Annotated[
        EstimateRefs, Field(min_length=2, max_length=10)
    ]  #: the reports on the cards, as figure/estimate
