"""Models of judgements.yaml: what the evidence carries, each with the verdict that it bears out."""

from typing import Annotated, Literal

from .fields import AnyIds, CheckedModel, Depth, Id, RefersTo, Text

Verdict = Literal["settled", "disputed", "thin", "conditional", "not-known"]


class Judgement(CheckedModel):
    """How far the evidence carries on one point. `evidence` are the ids that bear the verdict out.

    settled: no report contradicts it; disputed: reports contradict each other; thin: all rests on one independent
    origin; conditional: it depends on something that somebody names; not-known: no report answers it.
    """

    id: Id  #: unique in the pack
    verdict: Verdict  #: what the evidence carries
    text: Text  #: the judgement, with its citations
    #: ids of what bears it out
    evidence: Annotated[AnyIds, RefersTo("paragraph", "statement", "estimate", "figure", "position", "argument")] = ()
    depth: Depth = "core"  #: how important it is
