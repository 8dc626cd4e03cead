"""Derived numbers are calculated from the estimates they name, ranges and shares included."""

from pathlib import Path

import pytest

from briefings.loading.load import load
from briefings.pack.pack import Pack


def calculated(pack: Pack, ref: str) -> tuple[str, ...]:
    figure, estimate = pack.estimate(ref)
    assert estimate in figure.estimates
    assert estimate in next(f for f in pack.figures if f.id == figure.id).estimates
    given = [estimate.value] if estimate.value is not None else [estimate.low, estimate.high]
    return tuple(map(str, given))


@pytest.fixture
def figures(project: Path) -> Path:
    return project / "data/pond/figures.yaml"


@pytest.mark.parametrize(
    ("of", "operation", "expected"),
    [
        ("frogs/class-april, left/third", "less-share", ("800",)),  # 1,200 less a third
        ("frogs/class-april, left/percent", "less-share", ("720",)),  # 1,200 less 40 per cent
        ("frogs/class-april, frogs/keeper-april", "less", ("300", "400")),  # 1,200 less 800 to 900
        ("frogs/keeper-april, left/third", "less-share", ("1600/3", "600")),
        ("frogs/class-april, frogs/keeper-april", "plus", ("2000", "2100")),
        ("frogs/class-april, left/third, left/third", "less-share", ("1600/3",)),
        ("left/third, frogs/class-april, frogs/keeper-april", "left-of-each", ("533", "800")),  # of 800, and of 1,200
        ("left/third, frogs/class-april", "left-of-each", ("800",)),
    ],
)
def test_each_operation(project: Path, figures: Path, of: str, operation: str, expected: tuple[str, ...]) -> None:
    yaml = figures.read_text().replace("frogs/class-april, left/third", of).replace("less-share", operation)
    figures.write_text(yaml)
    assert calculated(load(project / "data/pond", "data/pond"), "left/worked-out") == expected


def test_a_derived_number_changes_with_its_sources(project: Path, figures: Path) -> None:
    figures.write_text(figures.read_text().replace("value: 1200", "value: 1500"))
    assert calculated(load(project / "data/pond", "data/pond"), "left/worked-out") == ("1000",)


def test_the_derived_numbers_of_the_shipped_pack(kursk: Pack) -> None:
    assert calculated(kursk, "land-left/derived-october") == ("600",)
    assert calculated(kursk, "russian-force/army-tech-derived") == ("40000", "42000")
    assert calculated(kursk, "land-left/derived-december") == ("450", "688")
    assert calculated(kursk, "land-left/derived-february") == ("300", "459")
