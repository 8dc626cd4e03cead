"""The types of fields: which plain values from YAML each accepts, and as what."""

import copy
import pickle
from fractions import Fraction

import pytest
from pydantic import TypeAdapter, ValidationError

from briefings.schema.fields import (
    Amount,
    Date,
    Id,
    Ids,
    LevelText,
    Ref,
    Text,
    WebAddress,
    YamlModel,
    decimals_of,
    is_within_depth,
    walk_models,
)


def validate(annotation: object, value: object) -> object:
    return TypeAdapter(annotation).validate_python(value)


def message(annotation: object, value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        validate(annotation, value)
    return caught.value.errors()[0]["msg"].removeprefix("Value error, ")


@pytest.mark.parametrize(
    ("value", "amount"),
    [(1200, 1200), ("1/3", Fraction(1, 3)), (7.1, Fraction(71, 10)), ("-0.5", Fraction(-1, 2))],
)
def test_an_amount_is_exact(value: object, amount: Fraction) -> None:
    assert validate(Amount, value) == amount


@pytest.mark.parametrize(
    ("value", "decimals"), [("3.50", 2), ("5.0", 1), ("1200", 0), ("1e3", 0), ("1/3", 0), ("-0.10", 2)]
)
def test_an_amount_keeps_the_decimals_that_the_source_gives(value: str, decimals: int) -> None:
    amount = validate(Amount, value)
    assert isinstance(amount, Fraction)
    assert decimals_of(amount) == decimals_of(copy.copy(amount)) == decimals
    assert decimals_of(pickle.loads(pickle.dumps(amount))) == decimals
    assert decimals_of(amount * 2) == 0  # no source gives a calculated number


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "expected a number; write 1200, 7.5 or 1/3"),
        ([1], "expected a number; write 1200, 7.5 or 1/3"),
        ("1,200", "'1,200' is not a number; write 1200, 7.5 or 1/3"),
        ("1/0", "'1/0' is not a number; write 1200, 7.5 or 1/3"),
        ("017", "'017' begins with a zero; write 17"),
        (10**15, "'1000000000000000' is too large for a page; write a number below 10^15"),
    ],
)
def test_what_is_not_an_amount(value: object, expected: str) -> None:
    assert message(Amount, value) == expected


def test_a_bare_year_is_a_date_although_yaml_reads_an_integer() -> None:
    assert str(validate(Date, 2024)) == "2024"


@pytest.mark.parametrize(
    ("value", "description"),
    [
        (None, "an empty field"),
        (True, "'true'"),
        (2024.08, "the number 2024.08"),
        (["2024"], "a list"),
        ({"year": 2024}, "a mapping"),
    ],
)
def test_what_is_not_a_date_is_described(value: object, description: str) -> None:
    assert message(Date, value) == f"expected a date, not {description}; write 2024-08-06, 2024-08 or 2024"


@pytest.mark.parametrize(("value", "ids"), [("diary", ("diary",)), (["a", "b-2"], ("a", "b-2"))])
def test_a_single_id_is_a_list_of_one(value: object, ids: tuple[str, ...]) -> None:
    assert validate(Ids, value) == ids


@pytest.mark.parametrize(
    ("annotation", "value"),
    [(Id, "Diary"), (Id, "2024-diary"), (Id, "a_b"), (Id, "a\n"), (Ref, "frogs"), (Ref, "frogs/"), (Ref, "a/b/c")],
)
def test_ids_of_another_shape_are_refused(annotation: object, value: str) -> None:
    assert message(annotation, value).startswith("String should match pattern")


def test_a_web_address_is_http_or_https() -> None:
    assert validate(WebAddress, "http://example.org") == "http://example.org"
    assert "begin it with https:// or http://" in message(WebAddress, "javascript:alert(1)")


@pytest.mark.parametrize(
    ("value", "by_level"),
    [
        ("Eggs.", ["Eggs.", "Eggs.", "Eggs."]),
        ({"standard": "Spawn."}, [None, "Spawn.", "Spawn."]),
        ({"plain": "Eggs.", "standard": "Spawn.", "advanced": "Ova."}, ["Eggs.", "Spawn.", "Ova."]),
    ],
)
def test_a_text_falls_back_from_advanced_to_standard_but_not_to_plain(value: object, by_level: list[str]) -> None:
    text = validate(Text, value)
    assert isinstance(text, LevelText)
    assert [text.for_level("plain"), text.for_level("standard"), text.for_level("advanced")] == by_level


class Leaf(YamlModel):
    name: str


class Tree(YamlModel):
    leaves: tuple[Leaf, ...] = ()
    named: dict[str, Leaf]


def test_models_are_walked_outermost_first_with_their_paths() -> None:
    tree = Tree(leaves=(Leaf(name="a"), Leaf(name="b")), named={"c": Leaf(name="c")})
    assert [path for path, _ in walk_models(tree)] == [(), ("leaves", 0), ("leaves", 1), ("named", "c")]


def test_an_unknown_field_is_an_error_and_a_model_is_immutable() -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        Leaf.model_validate({"name": "a", "nam": "b"})
    with pytest.raises(ValidationError, match="frozen"):
        Leaf(name="a").name = "b"


@pytest.mark.parametrize(
    ("depth", "limit", "shown"),
    [("core", "core", True), ("core", "full", True), ("more", "core", False), ("full", "more", False)],
)
def test_depths_are_nested(depth: str, limit: str, shown: bool) -> None:
    assert is_within_depth(depth, limit) is shown  # type: ignore[arg-type]
