"""Whatever reads a text takes time with its length, whatever stands in it. `-s` prints what took longest."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from growing import caches, grows, growth, row
from hostile import TEXTS

from briefings import markdown, markdown_faults, markdown_parser
from briefings.checking import context
from briefings.checking.rules import explanations, names, numbers, quotations, silences, sources
from briefings.language import english, mentions, quoted, readability, segmentation, silence, speech
from briefings.language.name_finder import NameFinder
from briefings.language.readability import measure_passages
from briefings.language.typography import Typography
from briefings.loading.references import _MARKUP
from briefings.markdown_marks import without_citations
from briefings.pack.yaml_file import YamlFile
from briefings.page import template_functions
from briefings.problems import Mark, did_you_mean
from briefings.query import voices

SIZE = 1_000  # characters; four times as many are still a text of the allowed length
MODULES = (markdown, markdown_faults, english, readability, explanations, mentions, names, markdown_parser)
NAMES = frozenset({"Moss", "The Gazette", "Class 7b", "A neighbour", "US officials"})
MONTHS = {name: number for number, name in enumerate(english.MONTHS, 1)}


def passage(raw: str) -> context.Passage:
    lines = tuple(raw.splitlines())
    yaml_file = YamlFile("f.yaml", None, lines, {("text",): Mark("f.yaml", 1, 1, len(lines))})
    located = context.Located(yaml_file, ("text",), (), SimpleNamespace())  # type: ignore[arg-type]
    return context.Passage(located, "text", ("standard",), raw)


def mark_all(raw: str) -> None:
    text = passage(raw)
    for offset in range(0, len(raw), 7):
        text.mark(offset)
        text.sentence_at(offset)


def in_context(rule: Callable[[Any], Any]) -> Callable[[str], object]:
    """A rule on a pack with one text."""

    def work(raw: str) -> object:
        text = passage(raw)
        info = SimpleNamespace(language="en", capitals=(), kicker="", authors=())
        pack = SimpleNamespace(
            info=info, sources=(), people=(), places=(), terms=(), origins=(), units={}, figures=(), files=()
        )
        return list(rule(SimpleNamespace(pack=pack, passages=(text,), english=True, located_values=())))

    return work


def levels(raw: str) -> object:
    """Two levels of a text that have nothing in common."""
    texts = [numbers._Stated(numbers._stated_values(passage(each))) for each in (raw, raw[::-1])]
    return [texts[0].lacking(texts[1]), texts[1].lacking(texts[0])]


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "markdown.find_marks": markdown.find_marks,
    "markdown.render_html": lambda raw: markdown.render_html(raw, lambda mark, _: "x"),
    "markdown.render_html inline": lambda raw: markdown.render_html(raw, lambda mark, _: "x", inline=True),
    "markdown.render_plain": lambda raw: markdown.render_plain(raw, lambda mark, _: "x"),
    "markdown.render_for_counting": lambda raw: markdown.render_for_counting(raw, lambda mark, _: "x"),
    "markdown.count_words": markdown.count_words,
    "markdown.first_sentence": markdown.first_sentence,
    "markdown_faults.find_faults": lambda raw: markdown_faults.find_faults(raw, blocks=False),
    "references: markup in lines": _MARKUP.search,
    "Passage.prose": lambda raw: passage(raw).prose,
    "Passage.sentences": lambda raw: passage(raw).sentences,
    "Passage.cites": lambda raw: passage(raw).cites,
    "Passage.mark, at each word": mark_all,
    "english.dates": english.dates,
    "english.quantities": english.quantities,
    "english.small_counts": english.small_counts,
    "quoted": lambda raw: list(quoted.quoted(raw, italics=True)),
    "rule number-by-hand": in_context(numbers.number_by_hand),
    "rule levels-differ": levels,
    "rule quotation-unsourced": in_context(quotations.quotation_unsourced),
    "rule name-unlisted": in_context(names.name_unlisted),
    "rule silence-unread": in_context(silences.silences),
    "rule relayed-twice": lambda raw: [m[0] for m in sources._PAIR.finditer(raw)],
    "explanations: words of an entry": explanations._content_words,
    "mentions": lambda raw: mentions.mentions(mentions.SearchText.of(raw), "a", within=("a a", "a b")),
    "NameFinder": lambda raw: list(NameFinder(("Ada Moss", "a", "of the")).find(raw)),
    "one_form": mentions.one_form,
    "silence_of_all": silence.silence_of_all,
    "silences_of_some": lambda raw: silence.silences_of_some(raw, NAMES),
    "attributions": lambda raw: list(speech.attributions(raw, NAMES)),
    "voices: words of others": lambda raw: voices._QUOTED.sub("", raw),
    "segmentation": lambda raw: list(segmentation.split_dates_and_numbers(raw, MONTHS, ("ten", "half"))),
    "readability": lambda raw: measure_passages([raw]),
    "typography": lambda raw: Typography("en", {"before_name": ["Dr"], "after_number": ["km"]}, ["May"]).text(raw),
    "citations set": template_functions._merge_citations,
    "citations left out": without_citations,
    "did_you_mean": lambda raw: did_you_mean(raw, [raw[1:], raw[2:]]),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_time_grows_with_the_length_of_a_text(name: str) -> None:
    makers = {ascii(tuple(text)).replace("|", "\\|"): text.of for text in TEXTS}
    found = growth(FUNCTIONS[name], makers, SIZE, caches(*MODULES))
    print(f"\n{row(name, found)}", end="")
    assert {text: measured for text, measured in found.items() if grows(measured)} == {}
    assert max(four for _, _, four in found.values()) < 0.5
