"""lesson.yaml -> papers for a class: source cards, reports to sort, debates and verifications, at one level. Pure."""

from collections.abc import Collection

from ...briefing.handouts import Handouts
from ...schema.lessons import LessonPart
from ..audience_view import AudienceView
from .cards import sortings, source_cards
from .debates import debates
from .verifications import verifications


def handouts(view: AudienceView, shows: Collection[LessonPart]) -> Handouts:
    """What a document `shows` of them. A text that is missing at this level is missing only where it is asked for."""
    return Handouts(
        source_cards(view) if "source-cards" in shows else (),
        sortings(view) if "sortings" in shows else (),
        debates(view) if "debates" in shows else (),
        verifications(view) if "verifications" in shows else (),
    )
