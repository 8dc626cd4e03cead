"""What stands behind a number is on the number: every document, every number, by its own id."""

import pytest
from looks import Numbers

from briefings.briefing import Briefing
from briefings.library import Library
from briefings.pack import Pack
from briefings.render import render, render_index, strings

AUDIENCES = ("pupils", "secondary", "university", "public", "policy", "teachers")


@pytest.fixture(scope="module")
def documents(briefings: dict[str, Briefing], kursk_briefings: dict[str, Briefing]) -> dict[str, dict[str, Briefing]]:
    return {"pond": briefings, "kursk": kursk_briefings}


@pytest.fixture(scope="module")
def packs(pond: Pack, kursk: Pack) -> dict[str, Pack]:
    return {"pond": pond, "kursk": kursk}


@pytest.mark.parametrize("pack", ["pond", "kursk"])
@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("screen", [False, True], ids=["paper", "screen"])
def test_every_number_carries_the_id_of_what_stands_behind_it(
    documents: dict[str, dict[str, Briefing]],
    packs: dict[str, Pack],
    library: Library,
    pack: str,
    audience: str,
    screen: bool,
) -> None:
    briefing = documents[pack][audience]
    words = strings(library, "en")["number_words"]
    found = Numbers(render(briefing, library, screen=screen).html, words).found
    bare = [number for number in found if not number.is_aside() and number.stands_behind() is None]
    assert [(n.text, n.tag, n.attributes) for n in bare] == []
    there = {"data-estimate": set(briefing.rows), "data-audience": {audience}}
    there["data-source"] = {note.source.id for note in briefing.notes}
    there["data-statement"] = {*packs[pack].index, pack, *(section.id for section in packs[pack].info.sections)}
    assert [behind for n in found if (behind := n.stands_behind()) and behind[1] not in there[behind[0]]] == []
    assert {"data-estimate"} <= {behind[0] for n in found if (behind := n.stands_behind())}


def test_the_index_carries_them_too(kursk_briefings: dict[str, Briefing], library: Library) -> None:
    entries = [{"briefing": briefing, "files": {"html": "x.html"}} for briefing in kursk_briefings.values()]
    html = render_index(entries, "en", library)
    found = Numbers(html, strings(library, "en")["number_words"]).found
    assert [n.text for n in found if not n.is_aside() and n.stands_behind() is None] == []
    assert ("data-audience", "pupils") in {n.stands_behind() for n in found}


@pytest.mark.parametrize(
    ("html", "bare"),
    [
        (
            '<p data-statement="est-1">It took 1,200. <sup class="cite"><a href="#note-1">1</a></sup></p>',
            True,
        ),
        ('<p>took <span class="number" data-estimate="a/b">1,200</span></p>', False),
        ('<p>took <span class="number" data-estimate="">1,200</span></p>', True),
        ('<p>took <span class="number"><b>1,200</b></span></p>', True),
        ('<p>took <a href="#est-1">1,200</a></p>', True),
        ('<p>see <a href="#est-1">1.2</a>, <a href="#q">Q3</a>, <b class="num">2.3</b></p>', False),
        ("<p>in <time>1200</time></p>", True),
        ("<p>nearly two-thirds</p>", True),
        ('<svg><g data-estimate="a/b"><text>1,200</text></g></svg>', False),
        ('<svg><g class="tick"><text class="tick">500</text></g><title>1,200</title></svg>', True),
    ],
)
def test_what_the_test_calls_bare(html: str, bare: bool) -> None:
    found = Numbers(html, ["two-thirds"]).found
    assert any(not n.is_aside() and n.stands_behind() is None for n in found) is bare
