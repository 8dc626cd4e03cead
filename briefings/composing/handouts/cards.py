"""Sources and reports -> cards to cut out, and the key to those that are sorted. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from string import ascii_uppercase

from ...briefing.handouts import PairView, SortingView, SourceCardView
from ...pack.pack import Pack
from ...pack.relations import relation
from ...schema.handouts.cards import Sorting, SourceCard
from ...schema.topic import Source
from ..audience_view import AudienceView


def source_cards(view: AudienceView) -> tuple[SourceCardView, ...]:
    """The source cards of a pack, lettered in its order."""
    letters = dict(zip((card.id for card in view.pack.source_cards), ascii_uppercase, strict=False))
    return tuple(_source_card(view, card, letters) for card in view.pack.source_cards)


def _source_card(view: AudienceView, card: SourceCard, letters: Mapping[str, str]) -> SourceCardView:
    source = _source(view.pack, card)
    own = not view.answers  # the key has what the card tells of its source, not what the class reads on it
    others = [each for each in view.pack.source_cards if each is not card]
    return SourceCardView(
        card.id,
        letters[card.id],
        source,
        (card.source,),
        view.text(card.nature, card.id),
        view.text(card.purpose, card.id),
        view.text(card.standpoint, card.id) if card.standpoint else view.optional(source.standpoint, card.source),
        view.text(card.text, card.id) if own else "",
        view.text(card.quotation, card.id) if own else "",
        tuple(view.text(question, card.id) for question in card.questions if own),
        tuple(letters[each.id] for each in others if {*_source(view.pack, each).relays} & {*source.relays}),
    )


def _source(pack: Pack, card: SourceCard) -> Source:
    source = pack.index[card.source]
    assert isinstance(source, Source)
    return source


def sortings(view: AudienceView) -> tuple[SortingView, ...]:
    """The reports to sort; with the key, if the document has answers."""
    return tuple(_sorting(view, sorting) for sorting in view.pack.sortings)


def _sorting(view: AudienceView, sorting: Sorting) -> SortingView:
    titles = {ref: view.pack.estimate(ref)[0].title for ref in sorting.reports}
    reports = tuple(
        replace(view.estimate(ref), label=view.text(title, ref.partition("/")[0])) for ref, title in titles.items()
    )
    shown = SortingView(sorting.id, view.text(sorting.title, sorting.id), reports)
    if not view.answers:
        return shown
    groups: dict[str, list[int]] = {}
    for number, row in enumerate(reports, 1):
        groups.setdefault(row.figure.id, []).append(number)
    labels = {row.figure.id: row.label for row in reports}
    pairs = []
    for numbers in groups.values():
        for one, other in combinations(numbers, 2):
            pairs.append(PairView(one, other, *relation(view.pack, reports[one - 1].ref, reports[other - 1].ref)))
    return replace(
        shown, pairs=tuple(pairs), groups=tuple((labels[id_], tuple(numbers)) for id_, numbers in groups.items())
    )
