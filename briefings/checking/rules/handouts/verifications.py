"""Rules on exercises in verification: what is found on the paper answers each question on it."""

from collections.abc import Iterator

from ....schema.handouts.verifications import Verification, VerificationQuestion
from ...context import CheckContext
from ...rule import Finding, Rule, at_value


def finding_elsewhere(context: CheckContext) -> Iterator[Finding]:
    for located, question in context.values_of(VerificationQuestion):
        verification = located.nearest(Verification)
        assert verification
        found = {finding.id for finding in verification.findings}
        if not question.evidence:
            message = f"question '{question.id}' names no evidence"
            yield at_value(located, message, "list in 'evidence' the findings that answer it")
        for index, id_ in enumerate(question.evidence):
            if id_ not in found:
                message = f"question '{question.id}' rests on '{id_}', which is no finding of '{verification.id}'"
                hint = f"there are {', '.join(sorted(found))}"
                yield at_value(located, message, hint, "evidence", index)


RULES = (
    Rule(
        "finding-elsewhere",
        "error",
        "a question on what was found rests on nothing that stands on the same paper",
        "A pupil has this paper alone. Each question names in 'evidence' findings of the same verification.",
        "questions: [{id: ask, text: Who checked it?, answer: The paper., evidence: [other-1]}]",
        "questions: [{id: ask, text: Who checked it?, answer: The paper., evidence: [found-1]}]",
        finding_elsewhere,
    ),
)
