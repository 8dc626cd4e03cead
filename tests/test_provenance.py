"""What stands behind a number is on the number: every document, every number, by its own id."""

import re
import shutil
from dataclasses import replace

import pytest
from looks import Numbers

from briefings.briefing import Briefing
from briefings.library import Library, shipped
from briefings.load import load
from briefings.model import Estimate
from briefings.pack import Pack
from briefings.page import Page
from briefings.plan import compose_all
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


# -- a number that changes ---------------------------------------------------------------------------------

CHANGED = "land-taken/afp-days"


@pytest.fixture(scope="module")
def before_and_after(
    kursk: Pack, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, Page], dict[str, Page]]:
    """Every page of the shipped pack, of paper and screen, as it is, and with 1,300 for AFP's 1,200."""
    folder = tmp_path_factory.mktemp("changed") / "data" / "kursk"
    shutil.copytree(shipped() / "data" / "kursk", folder)
    figures = folder / "figures.yaml"
    yaml = figures.read_text("utf-8")
    place = yaml.index("id: afp-days")
    figures.write_text(yaml[:place] + yaml[place:].replace("value: 1200", "value: 1300", 1), "utf-8")
    changed = load(folder, "data/kursk")
    assert (str(kursk.estimate(CHANGED)[1].value), str(changed.estimate(CHANGED)[1].value)) == ("1200", "1300")
    return pages(kursk, library), pages(changed, library)


def pages(pack: Pack, library: Library) -> dict[str, Page]:
    out = {}
    for briefing in compose_all(pack, library):
        out[f"{briefing.name} on paper"] = render(briefing, library)
        out[f"{briefing.name} on a screen"] = render(briefing, library, screen=True)
    return out


def shown(page: Page, number: str) -> list[str]:
    """How a page writes an estimate, everywhere it does, tags left out."""
    elements = re.findall(rf'<(\w+)[^>]* data-estimate="{number}"[^>]*>(.*?)</\1>', page.html, re.DOTALL)
    return [re.sub(r"<[^>]*>", "", inner) for _, inner in elements]


def test_a_changed_number_changes_every_document_that_shows_it(
    before_and_after: tuple[dict[str, Page], dict[str, Page]],
) -> None:
    before, after = before_and_after
    showing = {name for name, page in before.items() if any("1,200" in words for words in shown(page, CHANGED))}
    assert len(showing) >= 10  # it is a key figure, or stands in the table
    assert {name for name, page in after.items() if page.html != before[name].html} == showing
    for name in showing:
        was, now = shown(before[name], CHANGED), shown(after[name], CHANGED)
        assert [words.replace("1,200", "1,300") for words in was] == now


def test_nothing_stale_survives(kursk: Pack, before_and_after: tuple[dict[str, Page], dict[str, Page]]) -> None:
    """No 1,200 in words, alternative texts, attributes or what is attached, but where another report says the same."""
    others = {ref for ref, value in kursk.index.items() if isinstance(value, Estimate) and value.value == 1200}
    assert others == {CHANGED, "prokhorovka-vehicles/soviet-accounts"}
    for name, page in before_and_after[1].items():
        assert page.attached or "screen" in name
        text = page.attached.text if page.attached else ""
        for ref in others - {CHANGED}:
            page = replace(page, html=re.sub(rf'<span class="number" data-estimate="{ref}">.*?</span>', "", page.html))
            text = re.sub(rf'"id": "{ref}",\s*"value": 1200\b', "", text)
        everything = re.sub(r'url\("data:[^"]*"\)', "", f"{replace(page, attached=None)} {text}")
        assert re.findall(r".{60}\b1[,.\u00a0\u202f ]?200\b.{20}", everything) == [], name
