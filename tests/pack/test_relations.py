"""How two reports stand to each other: rivals, other days, other things, or both can be right."""

import pytest
from conftest import HERE

from briefings.loading.load import load
from briefings.pack.pack import Pack
from briefings.pack.relations import relation


@pytest.fixture(scope="module")
def brook() -> Pack:
    return load(HERE / "brook/data/brook", "data/brook")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("trout/morning", "trout/evening", ("rival", False)),  # 900, 1,000 to 1,200
        ("trout/morning", "trout/night", ("rival", True)),  # 900, at most 1,400: named as rivals, and there is room
        ("trout/gone", "trout/there", ("rival", None)),  # in words
        ("trout/evening", "trout/night", ("both", True)),  # 1,000 to 1,200, at most 1,400
        ("newts/spring", "newts/autumn", ("other_day", False)),
        ("ponds-dry/may", "ponds-dry/august", ("other_day", True)),  # an eighth, nearly 99 %: units that compare
        ("ponds-dry/july", "ponds-dry/june", ("other_day", False)),  # 'by July' is July
        ("pool/wide", "pool/deep", ("other_thing", True)),  # a figure of different things
        ("newts/spring", "toads/first", ("other_thing", False)),
        ("newts/spring", "beds/all", ("other_thing", None)),  # animals and square metres
    ],
)
def test_how_two_reports_stand(brook: Pack, one: str, other: str, expected: tuple[str, bool | None]) -> None:
    assert relation(brook, one, other) == expected
    assert relation(brook, other, one) == expected
