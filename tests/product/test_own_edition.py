"""Every paper says of itself who made it, under which terms, and which edition it is."""

import re

import packs
import pytest

from briefings.library import Library, shipped
from briefings.page.render import render

LIBRARY = Library(shipped())


@pytest.mark.parametrize("pack", [pytest.param("kursk", marks=pytest.mark.slow), "smallpox", "pond", "brook", "lake"])
def test_every_paper_carries_its_edition_and_its_licence(pack: str) -> None:
    lacking = []
    for name, briefing in packs.composed(pack).items():
        html = render(briefing, LIBRARY, attached=False).html
        words = re.sub("<[^>]*>", "", html.partition("</head>")[2]).replace("\N{NO-BREAK SPACE}", " ")
        assert briefing.edition
        # slides are projected: the last has the edition, and their notes the terms
        asked = [briefing.edition.digest] + [briefing.pack.licence] * (briefing.choice.document != "slides")
        lacking += [(name, word) for word in asked if word not in words]
    assert not lacking


@pytest.mark.parametrize("name", ["pupils-briefing", "pupils-briefing-large-print", "secondary-briefing"])
def test_a_class_reads_the_story_before_what_an_edition_changed(name: str) -> None:
    briefing = packs.composed("kursk")[name]
    html = render(briefing, LIBRARY, attached=False).html
    assert briefing.edition
    assert briefing.edition.changes
    chapters = max(html.index(f'id="{chapter.id}"') for chapter in briefing.chapters)
    assert html.index('id="changed"') > chapters
    assert html.index(briefing.edition.digest) > chapters
