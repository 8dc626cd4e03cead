"""Numbers in texts: which may be typed, and when two levels contradict each other."""

from pathlib import Path

import pytest
from lake import context_of, statement

from briefings.checking.rules.numbers import levels_differ, number_by_hand


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("It covered 900 km². [@diary]", ["'900' is typed by hand; write [=area/spring]"]),
        ("About a third was left. [@diary]", ["'a third' is typed by hand; write [=loss/june]"]),
        ("It had 3 km of shore. [@diary]", ["'3' is typed by hand; add it to figures.yaml"]),
        ("It had 3 islands. [@diary]", []),
        ('"It had 40 fish", said Moss. [@diary]', []),
        ("On 4 May 2024 a man aged 40 came. [@diary]", []),
    ],
    ids=["number", "fraction", "measurement", "count", "quotation", "date and age"],
)
def test_numbers_typed_by_hand(text: str, reported: list[str], tmp_path: Path) -> None:
    found = [f"{each.message}; {each.hint}" for each in number_by_hand(context_of(tmp_path, statement(text)))]
    assert len(found) == len(reported)
    assert all(message.startswith(f"the number {start}") for message, start in zip(found, reported, strict=True))


@pytest.mark.parametrize(
    ("plain", "standard", "messages"),
    [
        ("Full on 5 May.", "Full on 6 May.", ["level plain says '5 May', but level standard says '6 May'"]),
        ("Full in May 2024.", "Full on 6 May 2024.", []),
        ("It was full.", "Full on 6 May 2024.", []),
        ("Full in 1999.", "It was full.", ["level plain says '1999', but no other level of this text does"]),
        ("Two men came.", "Three men came.", ["level plain says 'Two', but level standard says 'Three'"]),
        ("Two men came.", "Men came.", []),
        ("[=area/june].", "[=loss/june].", ["level plain says '[=area/june]', but no other level of this text does"]),
    ],
    ids=["other day", "less precise", "left out", "added", "other count", "count added", "other figure"],
)  # fmt: skip
def test_levels_must_not_contradict_each_other(plain: str, standard: str, messages: list[str], tmp_path: Path) -> None:
    text = {"plain": f"{plain} [@diary]", "standard": f"{standard} [@diary]"}
    assert [finding.message for finding in levels_differ(context_of(tmp_path, statement(text)))] == messages


def test_date_fields_count_as_given_at_every_level(tmp_path: Path) -> None:
    text = {"plain": "Full on 5 May 1999. [@diary]", "standard": "It was full. [@diary]"}
    assert list(levels_differ(context_of(tmp_path, statement(text, ", as_of: 1999-05-05")))) == []
