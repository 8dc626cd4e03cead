"""The functions that templates call: the HTML that each writes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from briefings.briefing.parts import Briefing, StatementView
from briefings.language.strings import load_strings
from briefings.language.wording import Wording
from briefings.library import Library
from briefings.page.screen_links import ScreenLinks
from briefings.page.template_functions import template_functions
from briefings.schema.dates import PartialDate

Functions = dict[str, Callable[..., Any]]


@pytest.fixture(scope="module")
def wording(library: Library) -> Wording:
    return Wording("en", load_strings(library, "en"))


@pytest.fixture(scope="module")
def functions(briefings: dict[str, Briefing], wording: Wording) -> Functions:
    return template_functions(briefings["secondary"], wording)


@pytest.fixture
def screen_functions(briefings: dict[str, Briefing], wording: Wording) -> Functions:
    briefing = briefings["secondary"]
    return template_functions(briefing, wording, ScreenLinks.for_briefing(briefing))


OWNER = StatementView("est-1", "Text")


def test_inline_moves_a_citation_to_the_word_before_it(functions: Functions) -> None:
    note = '<sup class="cite"><a href="#note-1">1</a></sup>'
    assert functions["inline"]("Dug. [@diary]") == f"Dug.\u2060{note}"
    assert functions["inline"]("Dug.[@diary]") == f"Dug.\u2060{note}"


def test_inline_joins_adjacent_citations(functions: Functions) -> None:
    html = functions["inline"]("Dug. [@diary] [@newsletter]")
    assert html.count("<sup") == 1
    assert '<a href="#note-1">1</a>, <a href="#note-2">2</a>' in html


def test_inline_appends_only_the_sources_that_the_text_does_not_cite(functions: Functions) -> None:
    html = functions["inline"]("Dug. [@diary] Yes.", ["diary", "newsletter"])
    assert html.count("#note-1") == html.count("#note-2") == 1
    assert html.endswith('Yes.\u2060<sup class="cite"><a href="#note-2">2</a></sup>')


def test_inline_adds_the_owner_to_numbers_and_links(functions: Functions) -> None:
    assert functions["inline"]("It has 3 frogs.", owner=OWNER) == (
        'It has<span class="number" data-statement="est-1"> 3</span> frogs.'
    )
    link = functions["inline"]("See [page 3](https://example.org/).", owner=OWNER)
    assert 'data-statement="est-1"' in link
    assert "<span" not in link


def test_inline_escapes_markup(functions: Functions) -> None:
    assert functions["inline"]("a < b & c") == "a &lt; b &amp; c"


def test_traced_marks_up_dates_and_numbers(functions: Functions) -> None:
    assert functions["traced"]("On 2 March 2023, 5 frogs", OWNER) == (
        'On<time datetime="2023-03-02"> 2 March 2023</time>,<span class="number" data-statement="est-1"> 5</span> frogs'
    )
    assert functions["traced"]("From 2022–2023", OWNER) == 'From<span class="dates"> 2022–2023</span>'


def test_traced_without_owner_only_escapes(functions: Functions) -> None:
    assert functions["traced"]("5 <frogs>", None) == "5 &lt;frogs&gt;"


def test_numbers_are_traced_to_the_kind_of_their_owner(functions: Functions, briefings: dict[str, Briefing]) -> None:
    briefing = briefings["secondary"]
    owners = {
        'data-estimate="frogs/class-april"': briefing.rows["frogs/class-april"],
        'data-source="diary"': briefing.notes[0].source,
        'data-audience="secondary"': briefing.audience,
        'data-statement="figures"': next(gap for gap in briefings["pupils"].left_out if gap.section == "figures"),
    }
    for attribute, owner in owners.items():
        assert functions["traced"]("5", owner) == f'<span class="number" {attribute}>5</span>'


@pytest.mark.parametrize(
    ("date", "html"),
    [
        ("2023-03-02", '<time datetime="2023-03-02">2 March 2023</time>'),
        ("2023-spring", '<time datetime="2023">spring 2023</time>'),
        ("2023-03/2023-05", '<span class="dates">'),
    ],
)
def test_when_writes_a_time_or_a_span(functions: Functions, date: str, html: str) -> None:
    when = PartialDate.parse(date)
    assert functions["when"](when).replace("\u00a0", " ").startswith(html)
    assert "<" not in functions["when"](when, plain=True)


def test_names_marks_up_a_name_with_a_digit(functions: Functions) -> None:
    assert functions["names"](["Ada Moss", "Class 7b", "<b>"]) == (
        'Ada Moss, <span class="name">Class 7b</span> and &lt;b&gt;'
    )


def test_css_escapes_everything_that_could_end_the_string(functions: Functions) -> None:
    assert functions["css"]('Page "1" </style>') == '"Page \\22 1\\22  \\3c \\2f style\\3e "'


def test_number_capitalises_at_the_beginning(functions: Functions, briefings: dict[str, Briefing]) -> None:
    row = briefings["secondary"].rows["frogs/class-april"]
    words = {begins: functions["number"](row, begins=begins).replace("\u00a0", " ") for begins in (True, False)}
    assert words[True] == '<span class="number" data-estimate="frogs/class-april">More than 1,200 frogs</span>'
    assert words[False] == words[True].replace("More", "more")


def test_number_with_an_unknown_form_is_an_error(functions: Functions, briefings: dict[str, Briefing]) -> None:
    with pytest.raises(ValueError, match="there is no number form 'long'; use one of number, value, short"):
        functions["number"](briefings["secondary"].rows["frogs/class-april"], "long")


def test_on_a_screen_a_number_links_to_the_reports_of_its_figure(
    screen_functions: Functions, briefings: dict[str, Briefing]
) -> None:
    rows = briefings["secondary"].rows
    assert '<a href="#frogs">' in screen_functions["number"](rows["frogs/class-april"])
    assert "<a" not in screen_functions["number"](rows["frogs/class-april"], linked=False)
    assert "<a" not in screen_functions["number"](rows["pond-area/measured"])  # its only report


def test_a_number_that_is_not_named_is_traced_to_its_owner(
    screen_functions: Functions, briefings: dict[str, Briefing]
) -> None:
    owner = briefings["secondary"].pack
    html = screen_functions["inline"]("[=frogs/class-april] live", owner=owner, named=False)
    assert html == f'More than<span class="number" data-statement="{owner.id}"> 1,200</span>\u00a0frogs live'


def test_on_a_screen_only_the_first_citation_of_a_note_has_an_id(screen_functions: Functions) -> None:
    assert 'id="_call-1"' in screen_functions["cite"](["diary"])
    assert "id=" not in screen_functions["cite"](["diary"])


def test_cite_without_sources_is_empty(functions: Functions) -> None:
    assert functions["cite"]([]) == ""


def test_the_index_gets_the_functions_without_a_briefing(wording: Wording) -> None:
    functions = template_functions(None, wording)
    assert functions["inline"]("A *title*") == "A <em>title</em>"
    assert functions["cite"]([]) == ""


def test_inline_writes_the_place_in_a_source(functions: Functions) -> None:
    html = functions["inline"]("Dug. [@diary, p. 12] [@newsletter]")
    place = '<span class="number" data-source="diary"> p. 12</span>'
    assert f'<a href="#note-1">1</a>:{place}, <a href="#note-2">2</a>' in html
    assert "p. 12" not in functions["inline"]("Dug. [@diary, p. 12]", calls=False)


def test_inline_refers_to_a_paragraph_by_its_number_and_to_others_by_their_title(
    briefings: dict[str, Briefing], wording: Wording
) -> None:
    known = {"est-1": "1.1", "fig-frogs-9": "3.9", "ex-1": "Q1", "frogs": "Frogs & toads"}
    inline = template_functions(replace(briefings["secondary"], references=known), wording)["inline"]
    assert inline("[#est-1]") == '<a class="num" href="#est-1" data-statement="est-1">1.1</a>'
    assert inline("[#est-1]", linked=False) == '<span class="num" data-statement="est-1">1.1</span>'
    assert inline("[#fig-frogs-9]") == '<span class="num" data-statement="fig-frogs-9">3.9</span>'  # not shown here
    assert inline("[#ex-1]") == '<span class="num" data-statement="ex-1">Q1</span>'
    assert inline("[#frogs]") == "<cite>Frogs &amp; toads</cite>"


def test_inline_puts_notes_before_a_list(functions: Functions) -> None:
    html = functions["inline"]("Reasons:\n\n- depth", ["diary"], OWNER)
    assert html.startswith('Reasons:\u2060<sup class="cite"><a href="#note-1">1</a></sup><x-block><ul')
