"""Verifications of lesson.yaml -> an exercise, with answers if the document has them. Pure."""

from ...briefing.handouts import AskedView, VerificationView
from ...schema.handouts.verifications import Verification, VerificationQuestion, VerificationStep
from ..audience_view import AudienceView


def verifications(view: AudienceView) -> tuple[VerificationView, ...]:
    """The verifications of a pack."""
    return tuple(_verification(view, verification) for verification in view.pack.verifications)


def _verification(view: AudienceView, verification: Verification) -> VerificationView:
    numbers = {finding.id: number for number, finding in enumerate(verification.findings, 1)}
    return VerificationView(
        verification.id,
        view.text(verification.title, verification.id),
        verification.ages,
        view.text(verification.text, verification.id),
        tuple(_asked(view, step, numbers) for step in verification.steps),
        tuple(map(view.statement, verification.findings)),
        tuple(_asked(view, question, numbers) for question in verification.questions),
    )


def _asked(view: AudienceView, asked: VerificationStep | VerificationQuestion, numbers: dict[str, int]) -> AskedView:
    evidence = asked.evidence if isinstance(asked, VerificationQuestion) else ()
    return AskedView(
        asked.id,
        getattr(asked, "title", ""),
        view.text(asked.text, asked.id),
        view.text(asked.answer, asked.id) if view.answers else "",
        tuple(numbers[id_] for id_ in evidence if id_ in numbers),
    )
