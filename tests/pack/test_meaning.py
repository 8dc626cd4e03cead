"""The meaning of a pack is what its values say, whatever their form; and each change is found at its item alone."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import packs
from conftest import POND
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.editions.compare import compare_items
from briefings.loading.load import load
from briefings.pack.meaning import Meant, digest_of_meaning, meaning_of
from briefings.pack.pack import Pack
from briefings.schema.fields import LevelText, YamlModel
from briefings.schema.topic import PackInfo

TEXTS = ("text", "title", "label")


def test_every_id_has_its_meaning() -> None:
    for name in packs.FOLDERS:
        pack = packs.pack(name)
        missing = set(pack.index) - set(meaning_of(pack))
        assert missing == {correction.id for correction in pack.corrections}


def test_form_comments_and_order_of_keys_mean_nothing(project: Path) -> None:
    before = meaning_of(load(project / "data/pond"))
    sources = project / "data/pond/sources.yaml"
    text = sources.read_text()
    assert text.count("    publisher: ") > 1
    lines = text.replace("sources:\n", "# a comment\nsources:\n\n", 1).splitlines()
    # The line of a publisher moves behind the next one.
    at = next(n for n, line in enumerate(lines) if line.startswith("    publisher: "))
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    sources.write_text("\n".join(lines) + "\n")
    after = load(project / "data/pond")
    assert sources.read_text() != text
    assert compare_items(before, meaning_of(after)) == ()
    assert digest_of_meaning(before, after.numbers) == digest_of_meaning(meaning_of(after), after.numbers)


def test_a_number_means_what_was_written(project: Path) -> None:
    """3.50 is printed otherwise than 3.5, and is another claim."""
    before = meaning_of(load(project / "data/pond"))
    figures = project / "data/pond/figures.yaml"
    figures.write_text(figures.read_text().replace("value: 1200", "value: 1200.0"))
    (change,) = compare_items(before, meaning_of(load(project / "data/pond")))
    assert (change.key, change.what, change.fields) == ("frogs/class-april", "changed", ("value",))
    assert change.values("value") == ("1200", "1200.0")


def test_the_order_of_paragraphs_is_told_by_their_numbers() -> None:
    pack = load(POND / "data/pond")
    meaning = meaning_of(pack)
    others = dict(zip(pack.numbers, [*pack.numbers.values()][::-1], strict=True))
    assert digest_of_meaning(meaning, pack.numbers) != digest_of_meaning(meaning, others)


# -- a random edit


PACK = packs.pack("pond")
BEFORE = meaning_of(PACK)
EDITABLE = sorted(
    key for key, item in BEFORE.items() if set(item.value) & set(TEXTS) and not item.key.startswith("units.")
)
REMOVABLE = sorted(key for key, item in BEFORE.items() if item.kind in ("paragraph", "source", "estimate", "exercise"))


def edited(value: Any, within: str, reworded: set[str], removed: set[str]) -> Any:
    """A value of a pack with other words in some of its items, and without others."""
    if isinstance(value, tuple):
        kept = [each for each in value if not (isinstance(each, YamlModel) and key_of(each, within) in removed)]
        return tuple(edited(each, within, reworded, removed) for each in kept)
    if not isinstance(value, YamlModel) or isinstance(value, LevelText):
        return value
    key = key_of(value, within)
    fields = {name: edited(each, key or within, reworded, removed) for name, each in vars(value).items()}
    if key in reworded:
        name = next(name for name in TEXTS if fields.get(name))
        text = fields[name]
        more = text.model_copy(update={"standard": f"{text.standard} And more."}) if isinstance(text, LevelText) else ""
        fields[name] = more or f"{text}, and more"
    return value.model_copy(update=fields)


def key_of(value: YamlModel, within: str) -> str:
    name = getattr(value, "id", "")
    inner = f"{within}/{name}"
    return "pack.yaml" if isinstance(value, PackInfo) else inner if inner in BEFORE else name


def inside(key: str, meaning: Mapping[str, Meant]) -> set[str]:
    """An item and the items in it."""
    within = {each for each, item in meaning.items() if item.within == key}
    return {key}.union(*(inside(each, meaning) for each in within))


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(EDITABLE), max_size=5), st.sets(st.sampled_from(REMOVABLE), max_size=3))
def test_a_random_edit_is_named_exactly(reworded: set[str], removed: set[str]) -> None:
    gone = set().union(*(inside(key, BEFORE) for key in removed))
    files = tuple((file, edited(value, "", reworded, removed)) for file, value in PACK.files)
    after: Pack = replace(PACK, files=files)
    changes = compare_items(BEFORE, meaning_of(after))
    assert {change.key for change in changes if change.what == "withdrawn"} == gone
    assert {change.key for change in changes if change.what == "changed"} == reworded - gone
    assert [change for change in changes if change.what == "added"] == []
    back = compare_items(meaning_of(after), BEFORE)
    assert {change.key for change in back if change.what == "added"} == gone
