"""The reader's page: every text at every level in the HTML, each with one switch that names what it switches."""

import re
from collections import Counter

import pytest
from conftest import HERE
from looks import Tags

from briefings.briefing.parts import Briefing, EntryView, StatementView
from briefings.briefing.walk import all_parts
from briefings.composing.project import compose_all
from briefings.library import Library, shipped
from briefings.loading.load import load
from briefings.output.writers.html import write
from briefings.pack.pack import Pack
from briefings.page.render import render

LIBRARY = Library(shipped())


def reader(pack: Pack) -> Briefing:
    return next(briefing for briefing in compose_all(pack, LIBRARY) if briefing.choice.every_level)


@pytest.fixture(scope="module")
def briefing(kursk: Pack) -> Briefing:
    return reader(kursk)


@pytest.fixture(scope="module")
def html(briefing: Briefing) -> str:
    return render(briefing, LIBRARY, screen=True).html


@pytest.mark.slow
def test_every_level_of_every_text_is_in_the_page(briefing: Briefing, html: str) -> None:
    levels = [
        part.levels for part in all_parts((briefing.judgements, briefing.chapters)) if getattr(part, "levels", ())
    ]
    written = re.findall(r'<p class="level ([a-z ]+)">', html)
    assert len(levels) > 300
    assert Counter(written) == Counter(" ".join(level.levels) for several in levels for level in several)


@pytest.mark.slow
def test_ids_are_unique_and_links_have_targets(html: str) -> None:
    ids = Tags(html).values("id")
    assert [i for i, count in Counter(ids).items() if count > 1] == []
    assert set(Tags(html).anchors()) <= set(ids)


def test_each_switch_is_one_group_with_a_name_and_an_option_for_each_text(briefing: Briefing, html: str) -> None:
    told = [part for part in all_parts((briefing.judgements, briefing.chapters)) if getattr(part, "levels", ())]
    switched = {f"_{part.id}": len(part.levels) for part in told if not isinstance(part, EntryView)}
    assert Counter(re.findall(r'<input type="radio" name="(_[a-z][^"]*)">', html)) == switched
    names = re.findall(r'<fieldset class="choose screen" aria-label="([^"]+)">', html)
    assert len(names) == len(switched)
    assert {f"Level of {part.number}" for part in told if isinstance(part, StatementView) and part.number} <= {*names}


@pytest.mark.slow
@pytest.mark.parametrize("pack", sorted(path.parent.name for path in (HERE.parent / "data").glob("*/pack.yaml")))
def test_each_reader_page_is_small_enough(pack: str) -> None:
    made = reader(load(HERE.parent / "data" / pack, f"data/{pack}"))
    assert len(write(render(made, LIBRARY, screen=True), LIBRARY).content) <= 1_200_000


@pytest.mark.slow
def test_the_page_runs_only_its_two_scripts(briefing: Briefing) -> None:
    made = write(render(briefing, LIBRARY, screen=True), LIBRARY).content
    policy = re.search(rb"script-src ([^;\"]*)", made)
    assert policy
    assert policy[1].count(b"sha256-") == made.count(b"<script>") == 2


@pytest.mark.slow
def test_a_pack_of_one_level_has_no_switch() -> None:
    brook = reader(load(HERE / "brook/data/brook", "data/brook"))
    page = render(brook, LIBRARY, screen=True).html
    assert brook.levels == ()
    assert not re.search("<fieldset|<input|reader.js|_levels|<p class=.level", page)
