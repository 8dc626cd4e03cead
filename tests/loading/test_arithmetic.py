"""Derived numbers are calculated from the estimates they name: ranges, shares and bounds included."""

from fractions import Fraction
from pathlib import Path

import pytest

from briefings.loading.load import load
from briefings.pack.pack import Pack
from briefings.problems import ProblemError


def calculated(pack: Pack, ref: str) -> tuple[str, ...]:
    """The bound and the value, or both ends, of an estimate."""
    figure, estimate = pack.estimate(ref)
    assert estimate in figure.estimates
    assert estimate in next(f for f in pack.figures if f.id == figure.id).estimates
    given = [estimate.value] if estimate.value is not None else [estimate.low, estimate.high]
    return (estimate.bound, *map(str, given))


@pytest.fixture
def figures(project: Path) -> Path:
    return project / "data/pond/figures.yaml"


@pytest.mark.parametrize(
    ("of", "operation", "expected"),
    [
        ("frogs/class-april, left/third", "less-share", ("more-than", "800")),  # more than 1,200 less a third
        ("frogs/keeper-april, left/third", "less-share", ("about", "533", "600")),
        ("frogs/class-april, frogs/keeper-april", "less", ("more-than", "300")),  # more than 1,200 less 800 to 900
        ("frogs/class-april, frogs/keeper-april", "plus", ("more-than", "2000")),
        ("frogs/keeper-april, frogs/class-april", "less", ("at-most", "-300")),
        ("frogs/keeper-april, left/percent", "less-share", ("at-most", "540")),  # less more than 40 per cent
        ("frogs/class-april, left/third, left/third", "less-share", ("more-than", "533")),
    ],
)
def test_each_operation(project: Path, figures: Path, of: str, operation: str, expected: tuple[str, ...]) -> None:
    yaml = figures.read_text().replace("frogs/class-april, left/third", of).replace("less-share", operation)
    figures.write_text(yaml)
    assert calculated(load(project / "data/pond", "data/pond"), "left/worked-out") == expected


@pytest.mark.parametrize(
    ("of", "third", "reason"),
    [
        ("frogs/class-april, left/percent", "1/3", "its inputs are bounded on opposite sides, so nothing follows"),
        ("frogs/class-april, left/third", "1/3, bound: about", "one input says 'about' and another has an open side"),
    ],
)
def test_bounds_that_leave_nothing_to_say_are_rejected(
    project: Path, figures: Path, of: str, third: str, reason: str
) -> None:
    yaml = figures.read_text().replace("frogs/class-april, left/third", of).replace("value: 1/3", f"value: {third}")
    figures.write_text(yaml)
    with pytest.raises(ProblemError, match=reason):
        load(project / "data/pond", "data/pond")


@pytest.mark.parametrize(
    ("of", "operation", "reason"),
    [
        ("frogs/class-april, left/third", "less", "'left/third' is in 'share' and the result in 'frogs'"),
        ("left/third, frogs/class-april", "plus", "'left/third' is in 'share' and the result in 'frogs'"),
        ("frogs/class-april, frogs/keeper-april", "less-share", "'frogs/keeper-april' is in 'frogs', which is not a"),
    ],
)
def test_unlike_things_are_not_added(project: Path, figures: Path, of: str, operation: str, reason: str) -> None:
    yaml = figures.read_text().replace("frogs/class-april, left/third", of).replace("less-share", operation)
    figures.write_text(yaml)
    with pytest.raises(ProblemError, match=reason):
        load(project / "data/pond", "data/pond")


def test_percentages_add_up_to_a_percentage(project: Path, figures: Path) -> None:
    yaml = figures.read_text().replace("frogs/class-april, left/third", "left/third, left/percent")
    figures.write_text(
        yaml.replace("less-share", "plus").replace("{id: worked-out, unit: frogs", "{id: worked-out, unit: percent")
    )
    bound, value = calculated(load(project / "data/pond", "data/pond"), "left/worked-out")
    assert (bound, value) == ("more-than", "73")  # a third and 40 per cent


@pytest.mark.parametrize(
    ("of", "first", "share", "unit", "expected"),
    [
        ("frogs/class-april", "low: 1000, high: 1200", "1/3", "frogs", ("about", "667", "800")),
        ("frogs/class-april", "value: 7.5", "1/2", "frogs", ("about", "3.8")),  # as exact as what it is a share of
        ("frogs/class-april", "value: 7.50", "1/2", "frogs", ("exactly", "3.75")),
        ("frogs/class-april", "value: 1", "0.9", "frogs", ("exactly", "0.1")),  # rather than nothing
        ("left/percent", "value: 3/4", "1/3", "share", ("exactly", "1/2")),
        ("left/percent", "value: 3/4", "2/7", "share", ("about", "0.54")),  # a share has two decimals more
    ],
)
def test_a_derived_number_is_no_more_exact_than_its_sources(
    project: Path, figures: Path, of: str, first: str, share: str, unit: str, expected: tuple[str, ...]
) -> None:
    yaml = figures.read_text().replace("frogs/class-april, left/third", f"{of}, left/third")
    for old, new in (
        ("class-april, value: 1200, bound: more-than", f"class-april, {first if unit == 'frogs' else 'value: 1200'}"),
        ("value: 40, unit: percent, bound: more-than", first if unit == "share" else "value: 40, unit: percent"),
        ("third, value: 1/3", f"third, value: {share}"),
        ("worked-out, unit: frogs", f"worked-out, unit: {unit}"),
    ):
        yaml = yaml.replace(old, new)
    figures.write_text(yaml)
    bound, *values = calculated(load(project / "data/pond", "data/pond"), "left/worked-out")
    assert (bound, *map(Fraction, values)) == (expected[0], *map(Fraction, expected[1:]))


def test_a_derived_number_changes_with_its_sources(project: Path, figures: Path) -> None:
    figures.write_text(figures.read_text().replace("value: 1200", "value: 1500"))
    assert calculated(load(project / "data/pond", "data/pond"), "left/worked-out") == ("more-than", "1000")


def test_the_derived_numbers_of_the_shipped_pack(kursk: Pack) -> None:
    derived = {
        f"{figure.id}/{estimate.id}": calculated(kursk, f"{figure.id}/{estimate.id}")
        for figure in kursk.figures
        for estimate in figure.estimates
        if estimate.derived
    }
    assert derived == {
        "land-left/derived-october": ("exactly", "600"),
        "russian-force/army-tech-derived": ("about", "40000", "42000"),
    }
