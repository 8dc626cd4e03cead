"""Quotations: which sources they may come from, and where they differ from a copy."""

from pathlib import Path

import pytest
from lake import context_of, statement

from briefings.checking.rules.quotations import compare_quotations, quotations

DIARY = "The water went overnight. “It’s gone,” I wrote – and nobody knew where the water was."


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ('"Gone", said Moss. [@diary] Others doubt it. [@gazette]', ("diary",)),
        ("“Gone”, said Moss. [@diary] [@gazette] Others doubt it.", ("diary", "gazette")),
        ('It was full. [@diary] Then it was "gone".', ("diary",)),
        ('It was "gone".', ("newsletter",)),
    ],
    ids=["next citation", "group of citations", "citations of the text", "sources of the statement"],
)
def test_sources_of_a_quotation(text: str, sources: tuple[str, ...], tmp_path: Path) -> None:
    (quotation,) = quotations(context_of(tmp_path, statement(text, ", sources: [newsletter]")))
    assert quotation.words.lower() == "gone"
    assert quotation.sources == sources


def test_inches_are_no_quotation_marks(tmp_path: Path) -> None:
    text = 'A plank, 5\'10" long and 12" wide, says "gone". [@diary]'
    (quotation,) = quotations(context_of(tmp_path, statement(text)))
    assert quotation.words == "gone"


@pytest.mark.parametrize(
    ("quoted", "difference"),
    [
        ("The water went overnight", None),
        ("Water went", None),  # the case of the first word is free
        ("went overnight,", None),  # so is the punctuation at either end
        ("I wrote - and nobody knew", None),  # dashes are all alike
        ("The water [of the lake] went overnight", None),
        ("The water … was", None),
        ("The water left overnight", "'left' differs from diary, which says 'went'"),
        ("was … The water", "'The' differs from diary, which ends here"),
        ("knew where the water was. Gone", "'Gone' differs from diary, which ends here"),
        ("nobody saw", "'saw' differs from diary, which says 'knew'"),
    ],
)
def test_a_quotation_is_compared_word_for_word(quoted: str, difference: str | None, tmp_path: Path) -> None:
    context = context_of(tmp_path, statement(f'"{quoted}", said Ada Moss. [@diary]'), {"diary": DIARY})
    (comparison,) = compare_quotations(context)
    assert comparison.copies == ("diary",)
    assert (comparison.difference and comparison.difference.message) == difference


def test_one_matching_copy_is_enough(tmp_path: Path) -> None:
    copies = {"gazette": "Nothing of the kind.", "diary": DIARY}
    context = context_of(tmp_path, statement('"Water went", said Moss. [@gazette] [@diary]'), copies)
    (comparison,) = compare_quotations(context)
    assert (comparison.copies, comparison.difference) == (("gazette", "diary"), None)


def test_a_source_without_a_copy_is_not_compared(tmp_path: Path) -> None:
    (comparison,) = compare_quotations(
        context_of(tmp_path, statement('"No", said Moss. [@diary]'), {"gazette": "Yes."})
    )
    assert (comparison.copies, comparison.difference) == ((), None)
