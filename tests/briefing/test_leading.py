"""The drawing at the head of a screen page."""

from dataclasses import replace

from drawn import pictures

from briefings.briefing.leading import leading, take_lead
from briefings.briefing.parts import Briefing, Chapter, StatementView
from briefings.schema.drawings import MapDrawing

KURSK = tuple(pictures("kursk", "standard", "full"))
MAP = next(drawing for drawing in KURSK if isinstance(drawing.thing, MapDrawing))
CHART = next(drawing for drawing in KURSK if not isinstance(drawing.thing, MapDrawing))


def test_the_first_map_leads_else_the_first_drawing() -> None:
    assert leading((CHART, MAP)) is MAP
    assert leading((CHART, replace(CHART, id="other"))) is CHART
    assert leading(()) is None


def test_the_lead_leaves_its_chapter_and_a_chapter_of_nothing_else_goes_with_it() -> None:
    text = Chapter("text", 1, "Text", "", intro=(StatementView("said", "Text"),), drawings=(CHART,))
    only = Chapter("only", 2, "Map", "", drawings=(MAP,))
    last = Chapter("last", 3, "Last", "", intro=(StatementView("end", "End"),))
    lead = take_lead((text, only, last))
    assert lead
    assert (lead.picture, lead.chapter, lead.chapters) == (MAP, "only", (text, last))
    lead = take_lead((text, last))
    assert lead
    assert (lead.picture, lead.chapter, lead.chapters) == (CHART, "text", (replace(text, drawings=()), last))


def test_nothing_leads_without_a_drawing() -> None:
    assert take_lead((Chapter("text", 1, "Text", ""),)) is None


def test_a_page_keeps_every_drawing_and_every_text(kursk_briefings: dict[str, Briefing]) -> None:
    for briefing in kursk_briefings.values():
        lead = take_lead(briefing.chapters)
        assert lead
        left = [drawing.id for chapter in lead.chapters for drawing in chapter.drawings]
        assert sorted((lead.picture.id, *left)) == sorted(d.id for c in briefing.chapters for d in c.drawings)
        assert [c.intro for c in lead.chapters if c.intro] == [c.intro for c in briefing.chapters if c.intro]
