"""The shipped pack has the contents that it was specified to have, and its briefings keep to their limits."""

import re
from pathlib import Path

import pytest
from conftest import briefing_for
from looks import SIZES, Tags, pdf_fonts, pdf_info, said

from briefings.briefing.parts import Briefing
from briefings.library import Library, shipped
from briefings.pack.pack import Pack
from briefings.page.render import render
from briefings.schema.figures import Estimate

FIVE = {"afp-2025", "army-tech-2024", "kyiv-ind-2024", "up-2024", "watling-2024"}
SHEETS = {
    "pupils": (1, 4),
    "secondary": (1, 6),
    "university": (1, 10),
    "public": (1, 3),
    "policy": (2, 2),
    "teachers": (1, 8),
}
# A line for each figure: its kind, and each estimate with its bound and number.
FIGURES: dict[str, tuple[str, dict[str, str]]] = {}
for line in """\
land-taken series: syrskyi-week about 1000, carnegie-week about 800, afp-days more-than 1200, \
zelensky-august more-than 1250, reuters-august about 1300, staff-max at-most 1376, \
army-tech-original exactly 900
towns-taken series: afp-days exactly 92, zelensky-august exactly 92
share-lost series: army-tech-october exactly 1/3, reuters-november more-than 40, bloomberg-december about 1/2, \
afp-february nearly 2/3, rudskoi-february about 64
land-left series: derived-october exactly 600, staff-november about 800, syrskyi-february about 500, \
afp-february more-than 400, isw-april in words
land-retaken series: rudskoi-february more-than 800
control-april rival: russia in words, ukraine in words, isw-eve in words
north-korean-soldiers different: army-tech exactly 8000-10000, reuters-arrived about 11000, kyiv-fighting about 12000, \
intelligence-sent more-than 10000, zelensky-involved more-than 12000, forecast-spring about 8000
north-korean-losses different: kirby-week more-than 1000, zelensky-total more-than 3000
russian-force different: army-tech-all about 50000, army-tech-derived about 40000-42000, staff-russians about 59000, \
kyiv-ind-stationed nearly 60000
people-displaced different: kursk-evacuating nearly 200000, kursk-left more-than 122000, \
kursk-january more-than 150000, sumy-moved nearly 22000, sumy-planned exactly 45000
civilians-held series: ukraine-january about 2000
missing different: russia-list about 500, ukraine-residents about 3000
sumy-march series: artiukh exactly 543
sumy-attacks series: artiukh-august more-than 2200
us-aid different: since-2021 exactly 61, since-invasion exactly 302/5
tanks-1943 rival: afp about 6000, history-com about 6000, britannica about 6000, realclear exactly 8000, \
tass more-than 10000
soldiers-1943 rival: history-com exactly 2000000, britannica exactly 2000000, realclear nearly 3000000, \
ency-ww2 about 3500000, tass exactly 4000000
losses-1943 different: soviet-citadel exactly 177847, german-citadel exactly 56827, soviet-battle about 800000, \
german-battle about 200000
aircraft-1943 rival: britannica about 4000, history-com exactly 5000, realclear nearly 5000, tass exactly 11000
divisions-1943 rival: history-com exactly 38, britannica nearly 50
""".splitlines():
    head, _, reports = line.partition(": ")
    FIGURES[head.split()[0]] = head.split()[1], dict(report.split(" ", 1) for report in reports.split(", "))
RIVALS = {  # estimates that disagree although their figure is a series or different
    "land-taken/army-tech-original": {"land-taken/staff-max", "land-taken/zelensky-august"},
    "land-left/derived-october": {"land-left/staff-november"},
}


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(shipped())


@pytest.fixture(scope="module")
def audience_briefings(kursk: Pack, library: Library) -> dict[str, Briefing]:
    return {name: briefing_for(path, kursk, library) for name, path in library.audience_files().items()}


def written(estimate: Estimate) -> str:
    if estimate.words:
        return "in words"
    number = estimate.value if estimate.low is None else f"{estimate.low}-{estimate.high}"
    return f"{estimate.bound} {number}"


# -- figures -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FIGURES)
def test_each_figure_has_all_its_estimates(kursk: Pack, name: str) -> None:
    kind, reports = FIGURES[name]
    figure = next(figure for figure in kursk.figures if figure.id == name)
    assert (figure.kind, {estimate.id: written(estimate) for estimate in figure.estimates}) == (kind, reports)


@pytest.mark.parametrize("name", FIGURES)
def test_the_university_briefing_shows_every_estimate_by_date(
    audience_briefings: dict[str, Briefing], name: str
) -> None:
    (chapter,) = [chapter for chapter in audience_briefings["university"].chapters if chapter.id == "figures"]
    (piece,) = [piece for piece in chapter.pieces if piece.id == name]
    assert {row.ref for row in piece.rows} == {f"{name}/{estimate}" for estimate in FIGURES[name][1]}
    dates = [row.estimate.as_of for row in piece.rows]
    dated = [(date.first, date.last) for date in dates if date]
    assert dated == sorted(dated)
    assert None not in dates[: len(dated)]  # undated last


@pytest.mark.parametrize("ref", RIVALS)
def test_estimates_that_disagree_are_rivals(kursk: Pack, ref: str) -> None:
    figure, estimate = kursk.estimate(ref)
    assert RIVALS[ref] <= {f"{figure.id}/{rival}" for rival in estimate.rival_of}


def test_derived_estimates_name_their_inputs(kursk: Pack) -> None:
    derived = {f"{f.id}/{e.id}": e.derived.of for f in kursk.figures for e in f.estimates if e.derived}
    assert derived == {
        "land-left/derived-october": ("land-taken/army-tech-original", "share-lost/army-tech-october"),
        "russian-force/army-tech-derived": ("russian-force/army-tech-all", "north-korean-soldiers/army-tech"),
    }


def test_counts_of_enemy_losses_and_forecasts_are_marked(kursk: Pack) -> None:
    assert kursk.estimate("north-korean-losses/zelensky-total")[1].enemy_count
    assert kursk.estimate("north-korean-soldiers/forecast-spring")[1].status == "forecast"


# -- sources ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["secondary", "university", "policy", "teachers"])
def test_all_five_main_sources_are_cited(audience_briefings: dict[str, Briefing], name: str) -> None:
    assert {note.source.id for note in audience_briefings[name].notes} >= FIVE


@pytest.mark.parametrize("name", ["pupils", "public"])
def test_at_least_three_of_the_five_are_cited(audience_briefings: dict[str, Briefing], name: str) -> None:
    assert len(FIVE & {note.source.id for note in audience_briefings[name].notes}) >= 3


def test_every_source_is_cited_somewhere(kursk: Pack, audience_briefings: dict[str, Briefing]) -> None:
    cited = {note.source.id for briefing in audience_briefings.values() for note in briefing.notes}
    assert {source.id for source in kursk.sources} == cited


def test_two_sites_that_relay_one_report_name_it(kursk: Pack) -> None:
    relays = {source.id: source.relays for source in kursk.sources}
    assert "bloomberg-2024-12" in relays["up-2024"]
    assert "bloomberg-2024-12" in relays["kyiv-ind-2024"]


def test_no_date_is_later_than_the_packs(kursk: Pack) -> None:
    assert str(kursk.info.as_of) == "2025-04-27"
    late = [i for i, value in kursk.index.items() for name in ("as_of", "date", "published", "start", "end")
            if (when := getattr(value, name, None)) and when.first > kursk.info.as_of.last]  # fmt: skip
    assert late == []


# -- contents ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "at_least"),
    [
        ("objectives", 9),
        ("phases", 6),
        ("figures", 15),
        ("options", 4),
        ("parts", 4),
        ("people", 20),
        ("places", 15),
        ("terms", 15),
        ("exercises", 10),
        ("guidance", 1),
        ("drawings", 1),
    ],
)
def test_the_pack_has_at_least_this_many(kursk: Pack, kind: str, at_least: int) -> None:
    assert len(getattr(kursk, kind)) >= at_least


def test_each_position_has_speakers_sources_and_arguments(kursk: Pack) -> None:
    (question,) = kursk.questions
    assert len(question.positions) >= 8
    for position in question.positions:
        assert position.by, position.id
        assert position.sources, position.id
        assert position.arguments, position.id
        assert all(argument.evidence or argument.replies for argument in position.arguments), position.id


def test_every_briefing_begins_with_what_is_established(audience_briefings: dict[str, Briefing]) -> None:
    for name, briefing in audience_briefings.items():
        if briefing.judgements:  # these stand before the chapters
            assert briefing.judgements[0].verdict == "settled", name
            continue
        first = next(chapter.id for chapter in briefing.chapters if chapter.id != "guidance")
        assert first == "established", name


@pytest.mark.slow
@pytest.mark.parametrize("name", SHEETS)
def test_pages_carry_the_ids_of_statements_and_notes(
    audience_briefings: dict[str, Briefing], library: Library, name: str
) -> None:
    tags = Tags(render(audience_briefings[name], library).html)
    ids = tags.values("id")
    assert len(ids) == len(set(ids))
    assert set(tags.anchors()) <= set(ids)
    assert {f"note-{note.number}" for note in audience_briefings[name].notes} <= set(tags.anchors())
    assert set(tags.values("data-statement")) >= {s.id for s in said(audience_briefings[name].chapters) if s.number}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "screen", "leads"),
    [("university", False, False), ("teachers", True, True), ("pupils", True, True), ("pupils", False, True)],
)
def test_a_map_follows_the_first_phase_on_paper_unless_it_comes_first(
    audience_briefings: dict[str, Briefing], library: Library, name: str, screen: bool, leads: bool
) -> None:
    html = render(audience_briefings[name], library, screen=screen).html
    (chapter,) = [chapter for chapter in audience_briefings[name].chapters if chapter.holds == "phases"]
    first, second = (html.index(f'id="{piece.id}"') for piece in chapter.pieces[:2])
    drawn = html.index(f'id="{chapter.drawings[0].id}"')
    assert (drawn < first) == leads
    assert drawn < second


# -- sheets --------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("screen", [False, True], ids=["paper", "screen"])
def test_no_figure_has_only_a_heading(audience_briefings: dict[str, Briefing], library: Library, screen: bool) -> None:
    """A drawing that replaces its figure's table has a title of its own, and the figure needs no other heading."""
    for name, briefing in audience_briefings.items():
        html = render(briefing, library, screen=screen).html
        heads = re.findall(r'<div class="figure-head">\s*<h3>(.*?)</h3>(.*?)</section>', html, re.DOTALL)
        one_table = not screen and briefing.choice.layout in ("note", "seminar")  # its rows stand under their figure
        assert heads or name in ("pupils", "public") or one_table
        assert [title for title, rest in heads if not rest.partition("</div>")[2].strip()] == [], name


@pytest.mark.slow
@pytest.mark.tool("pdfinfo")
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_pdfs_are_tagged_titled_and_within_their_sheet_limits(
    audience_briefings: dict[str, Briefing], built: Path, paper: str
) -> None:
    """Of the documents that are made for both papers. `built` is built without a warning."""
    on_letter = sorted((built / "kursk").glob("*-letter.pdf"))
    paths = on_letter if paper == "letter" else [p.with_name(p.name.replace("-letter", "")) for p in on_letter]
    counts = {}
    for path in paths:
        info, name = pdf_info(path), path.name.partition("-")[0]
        if re.fullmatch(rf"{name}-briefing(-letter)?\.pdf", path.name):  # SHEETS limits only briefings
            counts[name] = int(info["Pages"])
        assert info["Tagged"] == "yes"
        assert info["Title"] == f"{audience_briefings[name].title} – {audience_briefings[name].audience.title}"
        assert info["Page size"] == SIZES[paper]
        assert pdf_fonts(path) <= {"Source-Serif-4", "Source-Sans-3"}
    outside = {n: (counts.get(n), span) for n, span in SHEETS.items() if not span[0] <= counts.get(n, 0) <= span[1]}
    assert outside == {}
