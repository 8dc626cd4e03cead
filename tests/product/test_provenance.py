"""Every number in every document carries the id of its estimate, statement or source."""

import re
import shutil
from dataclasses import replace
from html import unescape

import pytest
from conftest import PACKS, quick_first
from looks import Numbers

from briefings.briefing.parts import Briefing
from briefings.composing.project import compose_all
from briefings.language.strings import load_strings
from briefings.language.wording import Wording
from briefings.library import Library, shipped
from briefings.loading.load import load
from briefings.pack.pack import Pack
from briefings.page.page import Page
from briefings.page.render import render, render_index
from briefings.schema.figures import Estimate

AUDIENCES = ("pupils", "secondary", "university", "public", "policy", "teachers")


@pytest.fixture(scope="module")
def packs(pond: Pack, kursk: Pack) -> dict[str, Pack]:
    return {"pond": pond, "kursk": kursk}


@pytest.fixture(scope="module")
def documents(packs: dict[str, Pack], library: Library) -> dict[str, tuple[Briefing, ...]]:
    """Every document of every audience: briefings, large print, slides and their notes, sheets, posters."""
    return {name: compose_all(pack, Library(PACKS[name])) for name, pack in packs.items()}


@pytest.mark.slow
@pytest.mark.parametrize("pack", quick_first(["pond", "kursk"]))
@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("screen", [False, True], ids=["paper", "screen"])
def test_every_number_carries_an_id_that_exists(
    documents: dict[str, tuple[Briefing, ...]],
    packs: dict[str, Pack],
    library: Library,
    pack: str,
    audience: str,
    screen: bool,
) -> None:
    words = load_strings(library, "en")["number_words"]
    # A paper that lists those of other audiences has the number of their sheets, and names these audiences.
    listed = {i for each in documents[pack] if each.audience.id == audience for i in each.choice.companions}
    known = {"data-audience": {audience, *listed}}
    known["data-statement"] = {*packs[pack].index, pack, *(section.id for section in packs[pack].info.sections)}
    known["data-source"] = {source.id for source in packs[pack].sources}
    known["data-estimate"] = {ref for ref, value in packs[pack].index.items() if isinstance(value, Estimate)}
    behind: list[tuple[str, str] | None] = []
    made = [each for each in documents[pack] if each.audience.id == audience]
    for briefing in [each for each in made if not screen or "html" in each.choice.formats]:
        numbers = Numbers(render(briefing, library, screen=screen).html, words).found
        bare = [number for number in numbers if not number.is_aside() and number.stands_behind() is None]
        assert [(briefing.name, n.text, n.tag, n.attributes) for n in bare] == []
        behind += [number.stands_behind() for number in numbers]
    assert [named for named in behind if named and named[1] not in known[named[0]]] == []
    assert "data-estimate" in {named[0] for named in behind if named}


def test_numbers_in_the_index_carry_ids(kursk_briefings: dict[str, Briefing], library: Library) -> None:
    entries = [{"briefing": briefing, "files": {"html": "x.html"}} for briefing in kursk_briefings.values()]
    html = render_index(entries, "en", library)
    found = Numbers(html, load_strings(library, "en")["number_words"]).found
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
def test_which_numbers_count_as_bare(html: str, bare: bool) -> None:
    found = Numbers(html, ["two-thirds"]).found
    assert any(not n.is_aside() and n.stands_behind() is None for n in found) is bare


# -- a number that changes ---------------------------------------------------------------------------------

CHANGED = "land-taken/zelensky-august"


@pytest.fixture(scope="module")
def before_and_after(
    kursk: Pack, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, Page], dict[str, Page]]:
    """Every page of the shipped pack for paper and screen: unchanged, and with 1,350 instead of Zelensky's 1,250."""
    folder = tmp_path_factory.mktemp("changed") / "data" / "kursk"
    shutil.copytree(shipped() / "data" / "kursk", folder)
    figures = folder / "figures.yaml"
    yaml = figures.read_text("utf-8")
    place = yaml.index("id: zelensky-august")
    figures.write_text(yaml[:place] + yaml[place:].replace("value: 1250", "value: 1350", 1), "utf-8")
    changed = load(folder, "data/kursk")
    assert (str(kursk.estimate(CHANGED)[1].value), str(changed.estimate(CHANGED)[1].value)) == ("1250", "1350")
    return pages(kursk, library), pages(changed, library)


def pages(pack: Pack, library: Library) -> dict[str, Page]:
    out = {}
    for briefing in compose_all(pack, library):
        out[f"{briefing.name} on paper"] = render(briefing, library)
        out[f"{briefing.name} on a screen"] = render(briefing, library, screen=True)
    return out


def shown(page: Page, number: str) -> list[str]:
    """The text of an estimate wherever a page shows it, without tags."""
    elements = re.findall(rf'<(\w+)[^>]* data-estimate="{number}"[^>]*>(.*?)</\1>', page.html, re.DOTALL)
    return [re.sub(r"<[^>]*>", "", inner) for _, inner in elements]


@pytest.mark.slow
def test_a_changed_number_changes_every_document_that_shows_it(
    before_and_after: tuple[dict[str, Page], dict[str, Page]],
) -> None:
    before, after = before_and_after
    showing = {name for name, page in before.items() if any("1,250" in words for words in shown(page, CHANGED))}
    assert len(showing) >= 10  # as a key figure or in a table
    assert {name for name, page in after.items() if page.html != before[name].html} == showing
    for name in showing:
        was, now = shown(before[name], CHANGED), shown(after[name], CHANGED)
        # only the number: a chart may set the speaker on other lines beside a wider or narrower one
        assert [re.findall("1,.50", words.replace("1,250", "1,350")) for words in was] == [
            re.findall("1,.50", words) for words in now
        ]


@pytest.mark.slow
def test_no_page_keeps_the_old_number(kursk: Pack, before_and_after: tuple[dict[str, Page], dict[str, Page]]) -> None:
    """No 1,250 is left in text, alternative texts, attributes or attachments, except for another estimate of 1,250."""
    others = {ref for ref, value in kursk.index.items() if isinstance(value, Estimate) and value.value == 1250}
    assert others == {CHANGED}
    for name, page in before_and_after[1].items():
        assert page.attachment or "screen" in name
        text = page.attachment.text if page.attachment else ""
        for ref in others - {CHANGED}:
            page = replace(page, html=re.sub(rf'<span class="number" data-estimate="{ref}">.*?</span>', "", page.html))
            text = re.sub(rf'"id": "{ref}",\s*"value": 1250\b', "", text)
        everything = re.sub(r'url\("data:[^"]*"\)', "", f"{replace(page, attachment=None)} {text}")
        everything = re.sub(r' d="[^"]*"', "", everything)  # SVG paths contain coordinates only
        assert re.findall(r".{60}\b1[,.\u00a0\u202f ]?250\b.{20}", everything) == [], name


# -- who says what, and which source -------------------------------------------------------------------------


def breakable(html: str) -> str:
    """A page with the spaces that its texts have in the data."""
    return html.replace("\u00a0", " ")


@pytest.mark.slow
@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("screen", [False, True], ids=["paper", "screen"])
def test_the_list_of_sources_describes_each_source(
    kursk_briefings: dict[str, Briefing], library: Library, audience: str, screen: bool
) -> None:
    """Always its kind and date, which a note shortens; in full its standpoint and where it is cited.

    On screen also what was taken from it.
    """
    briefing, words = kursk_briefings[audience], load_strings(library, "en")
    full = screen or briefing.choice.notes == "full"
    _, _, html = breakable(render(briefing, library, screen=screen).html).partition('id="notes"')
    items = [re.sub(r"<[^>]*>|\u2060", "", item) for item in re.findall(r'<li id="note-.*?</li>', html, re.DOTALL)]
    wording = Wording("en", words)
    for note, item in zip(briefing.notes, items, strict=True):
        assert f"({words['source_kinds'][note.source.kind]}" in item
        short = briefing.choice.layout in ("note", "feature", "picture", "glance") and not screen
        assert f", {wording.when(note.source.published, short=short)}." in item
        assert (note.source.country in item) or not screen
        item = unescape(item)
        places = ", ".join(place for _, place in note.cited_in)
        assert (f"Cited in {places}." in item) is (full and bool(places))
        numbers = breakable("; ".join(wording.estimate(row, "short") for row in note.rows))
        assert (f"Figures: {numbers}." in item) is (screen and bool(numbers))
        assert (note.standpoint.replace("'", "’") in item) is full


@pytest.mark.slow
@pytest.mark.parametrize("document", ["briefing", "map-sheet", "poster", "slide-notes"])
@pytest.mark.parametrize("screen", [False, True], ids=["paper", "screen"])
def test_the_list_of_sources_says_how_much_of_a_source_was_read(
    documents: dict[str, tuple[Briefing, ...]], library: Library, document: str, screen: bool
) -> None:
    """In words after the source's kind, with one line that explains them, and nothing if no source says it."""
    words = load_strings(library, "en")
    for briefing in [each for each in documents["kursk"] if each.choice.document == document]:
        reads = dict(zip((note.number for note in briefing.notes), (*words["read"], None) * 30, strict=False))
        notes = [replace(n, source=n.source.model_copy(update={"read": reads[n.number]})) for n in briefing.notes]
        short = briefing.choice.layout in ("note", "feature", "picture", "glance") and not screen
        short |= document == "slide-notes"  # which end as a briefing does
        ways = "read_short" if short else "read"
        html = breakable(render(replace(briefing, notes=tuple(notes)), library, screen=screen).html)
        for note in notes:
            run_in = document in ("poster", "map-sheet")  # all sources in one line
            tag = "span" if run_in else "li"
            end = " · " if run_in else "</li>"
            item = html.partition(f'<{tag} id="note-{note.number}"')[2].partition(end)[0]
            kind = item.partition(f"({words['source_kinds'][note.source.kind]}")[2].partition(")")[0]
            told = [way for way, said in words[ways].items() if kind.endswith(f", {said}")]
            assert told == ([note.source.read] if note.source.read else [])
            assert (any(said in kind for said in words[ways].values())) is bool(told)
        assert html.count(words[f"{ways}_means"]) == 1
        unread = [replace(note, source=note.source.model_copy(update={"read": None})) for note in notes]
        without = breakable(render(replace(briefing, notes=tuple(unread)), library, screen=screen).html)
        assert words[f"{ways}_means"] not in without


def test_a_note_lists_the_estimates_taken_from_its_source(kursk_briefings: dict[str, Briefing]) -> None:
    notes = {note.source.id: note for note in kursk_briefings["university"].notes}
    taken = {row.ref for row in notes["afp-2025"].rows}
    assert {"land-taken/afp-days", "towns-taken/afp-days", "share-lost/afp-february", "land-left/isw-april"} <= taken
    assert "control-april/russia" not in taken  # in words only: a paragraph has it
    assert "land-left/derived-october" not in {row.ref for row in notes["army-tech-2024"].rows}  # our own calculation


def test_claims_and_denials_are_labelled_in_one_table(kursk_briefings: dict[str, Briefing], library: Library) -> None:
    html = render(kursk_briefings["secondary"], library).html
    block = html[html.index('id="control-april"') :].partition("</section>")[0]
    rows = [
        re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", row)) for row in re.findall(r"<tr class.*?</tr>", block, re.DOTALL)
    ]
    assert [re.findall(r"(Assessed|Claimed|Denial) by", row) for row in rows] == [["Assessed"], ["Claimed"], ["Denial"]]
    assert not re.search(r"\d+ (square|km)", " ".join(rows))


@pytest.mark.slow
def test_a_figure_with_several_reports_explains_its_kind(
    kursk_briefings: dict[str, Briefing], library: Library
) -> None:
    means = load_strings(library, "en")["figure_kinds_mean"]
    on_screen = breakable(render(kursk_briefings["university"], library, screen=True).html)
    chapter = next(c for c in kursk_briefings["university"].chapters if c.holds == "figures")
    for piece in chapter.pieces:
        head = on_screen[on_screen.index(f'id="{piece.id}"') :].partition("</div>")[0]
        assert (means[piece.kind] in head) == (len(piece.rows) > 1)  # a single report compares with nothing
    assert {len(piece.rows) > 1 for piece in chapter.pieces} == {True, False}
    secondary = kursk_briefings["secondary"]
    full = replace(secondary, choice=secondary.choice.model_copy(update={"layout": "flow", "notes": "full"}))
    on_paper = breakable(render(full, library).html)
    assert {kind: on_paper.count(line) for kind, line in means.items()} == dict.fromkeys(means, 1)
