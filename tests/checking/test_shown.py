"""Nothing of a pack vanishes from all papers, and no title stands alone."""

from briefings.checking.context import CheckContext
from briefings.checking.rules.shown import never_shown
from briefings.composing.project import Request, compose_all
from briefings.library import Library, shipped
from briefings.pack.pack import Pack


def messages(pack: Pack, audience: str) -> list[str]:
    made = compose_all(pack, Library(shipped()), Request())
    mine = [briefing for briefing in made if briefing.audience.id == audience]
    return [finding.message for finding in never_shown(CheckContext(pack, mine))]


def test_arguments_that_no_paper_shows_are_found(pond: Pack) -> None:
    """Pupils get the case of a position, and no argument."""
    assert "no document shows an argument of position 'pos-fence'" in messages(pond, "pupils")
    assert not any("pos-fence" in message for message in messages(pond, "university"))


def test_an_aspect_that_no_paper_shows_is_found(pond: Pack) -> None:
    found = messages(pond, "pupils")
    assert "no document shows the aspect 'elsewhere' of section 'phases' (1 of its paragraphs)" in found
    assert not any("'happened'" in message for message in found)
