"""Rules on cards to cut out: each source card has one quotation, of its source; sorted reports can be told apart."""

from collections.abc import Iterator
from itertools import combinations

from ....pack.relations import relation
from ....schema.handouts.cards import Sorting, SourceCard
from ....schema.topic import Source
from ...context import CheckContext
from ...rule import Finding, Rule, at_value
from ..quotations import quotations


def card_quotation(context: CheckContext) -> Iterator[Finding]:
    quoted: dict[str, list[tuple[str, ...]]] = {}
    for quotation in quotations(context):
        located = quotation.passage.located
        card = located.nearest(SourceCard)
        # Of a text with several levels each level has its own passage; the standard one counts for all.
        if card and quotation.passage.field == "quotation" and "standard" in quotation.passage.levels:
            quoted.setdefault(card.id, []).append(quotation.sources)
    for located, card in context.values_of(SourceCard):
        found = quoted.get(card.id, [])
        source = context.pack.index[card.source]
        assert isinstance(source, Source)
        if not found and f"*{source.title}*" in card.quotation.standard and not source.title.startswith("["):
            continue  # its headline, where no more of its words is at hand
        if len(found) != 1:
            message = f"card '{card.id}' has {f'{len(found)} quotations' if found else 'no quotation'}"
            yield at_value(
                located, message, "put one in double quotation marks, or the source's title in *italics*", "quotation"
            )
        elif found[0] != (card.source,):
            cited = ", ".join(found[0]) or "nothing"
            message = f"the quotation on card '{card.id}' cites {cited}, and the card is of {card.source}"
            yield at_value(located, message, f"quote {card.source}, and cite it after the quotation", "quotation")


def sorting_idle(context: CheckContext) -> Iterator[Finding]:
    for located, sorting in context.values_of(Sorting):
        kinds = {relation(context.pack, one, other)[0] for one, other in combinations(sorting.reports, 2)}
        if "rival" not in kinds:
            message = f"no two reports of '{sorting.id}' disagree"
            hint = "add two that do, with 'rival_of' in figures.yaml; or leave the sorting out"
            yield at_value(located, message, hint, "reports")
        elif kinds == {"rival"}:
            message = f"all reports of '{sorting.id}' disagree, so there is nothing to sort"
            yield at_value(located, message, "add some of another day, or of another thing", "reports")


_CARD = "source_cards:\n  - {id: card, source: diary, quotation: "

RULES = (
    Rule(
        "card-quotation",
        "error",
        "a source card has no quotation of its source, or several",
        "A class questions a source by its own words, not only by ours. 'quotation' has exactly one text in double "
        "quotation marks, followed by the card's own source; or, where you have no copy to quote, the title of the "
        "source in *italics*. How long it may be, who is named and whether the source says it, the rules on quotations "
        "check.",
        _CARD + "'Moss wrote that it went overnight. [@diary]', ...}",
        _CARD + "'Moss: \"The water went overnight.\" [@diary]', ...}",
        card_quotation,
    ),
    Rule(
        "sorting-idle",
        "error",
        "of the reports to sort none disagree, or all do",
        "Whoever sorts reports learns that unlike numbers may both be right, and that some cannot. So at least two of "
        "them are rivals, and at least two are not.",
        "sortings: [{id: sort, title: Sort, reports: [area/spring, area/june]}]   # of two months",
        "sortings: [{id: sort, title: Sort, reports: [area/spring, area/june, area/paper]}]   # a rival of spring",
        sorting_idle,
    ),
)
