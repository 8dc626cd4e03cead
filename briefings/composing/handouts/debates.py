"""Debates of lesson.yaml -> roles with their arguments, evidence and the replies that they will meet. Pure."""

from ...briefing.handouts import DebateStepView, DebateView, RoleView
from ...schema.handouts.debates import Debate, Role
from ...schema.topic import Argument, Question
from ..audience_view import AudienceView


def debates(view: AudienceView) -> tuple[DebateView, ...]:
    """The debates of a pack."""
    return tuple(_debate(view, debate) for debate in view.pack.debates)


def _debate(view: AudienceView, debate: Debate) -> DebateView:
    question = view.pack.index[debate.question]
    assert isinstance(question, Question)
    titles = {role.id: view.text(role.title, role.id) for role in debate.roles}
    return DebateView(
        debate.id,
        view.text(debate.title, debate.id),
        view.text(question.title, question.id),
        debate.minutes,
        tuple(DebateStepView(s.id, s.title, s.minutes, view.text(s.text, s.id)) for s in debate.steps),
        tuple(_role(view, role, titles[role.id], titles.get(role.swaps_with or "", "")) for role in debate.roles),
        tuple(view.text(rule, debate.id) for rule in debate.rules),
        tuple(view.text(asked, debate.id) for asked in debate.reflection),
    )


def _role(view: AudienceView, role: Role, title: str, swaps_with: str) -> RoleView:
    arguments = (view.pack.index[id_] for id_ in role.arguments)
    reasons = (view.argument(each, ("evidence", "replies")) for each in arguments if isinstance(each, Argument))
    return RoleView(role.id, title, view.text(role.task, role.id), tuple(reasons), swaps_with)
