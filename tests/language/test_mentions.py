"""Names in texts: found however they are typed, and not as parts of other words or longer names."""

import re
import unicodedata

import pytest

from briefings.language.mentions import SearchText, longer_names, mentions, name_pattern


@pytest.mark.parametrize(
    ("text", "name", "joined", "found"),
    [
        ("the frame of it", "Frame", "", True),
        ("a subframe, then a frame", "frame", "", True),
        ("frames and subframes", "frame", "", False),
        ("a frame-maker", "frame", "", True),
        ("a frame-maker", "frame", "-", False),
        ("frame_2", "frame", "", False),
        ("on the straße.", "STRASSE", "", False),  # an acronym, as far as its letters tell
        ("on the STRASSE.", "Straße", "", True),
        ("Mr O’Neil said", "O'Neil", "", True),
        ("Mr O'Neil said", "O’Neil", "", True),
        ("Hobson`s law", "Hobson’s law", "", True),
        ("the air\n  defence of it", "air defence", "", True),
        ("the air\u00a0defence of it", "air defence", "", True),
        ("a half\u2011life", "half-life", "", True),
        ("They told us of it", "US", "", False),
        ("The US told them", "US", "", True),
        ("THE FRAME", "Frame", "", True),
        ("a t-72", "T-72", "", True),  # one letter is no acronym
        ("", "frame", "", False),
    ],
)
def test_a_name_is_found_as_whole_words_however_it_is_typed(text: str, name: str, joined: str, found: bool) -> None:
    assert mentions(SearchText.of(text), name, joined) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("the air defence", False), ("defence and air defence", True), ("the air defences of its defence", True)],
)
def test_a_part_of_a_longer_name_is_no_mention(text: str, found: bool) -> None:
    assert mentions(SearchText.of(text), "defence", within=["air defence", "air defences"]) == found


def test_the_longer_names_of_others() -> None:
    names = {"defence": ["defence", "Defences"], "air": ["air defence", "air\u00a0defences"], "sea": ["sea"]}
    assert longer_names(names) == {"defence": ("air defence", "air defences"), "air": (), "sea": ()}


@pytest.mark.parametrize("written", ["O'Neil’s  law", "O’Neil's\nlaw"])
def test_a_pattern_matches_every_way_to_type_a_name(written: str) -> None:
    assert re.fullmatch(name_pattern("O'Neil’s law"), written)
    assert not re.fullmatch(name_pattern("O'Neil’s law"), written.replace("law", "laws"))


def test_texts_of_a_pack_are_composed() -> None:
    from briefings.pack.yaml_file import parse_yaml

    decomposed = unicodedata.normalize("NFD", "name: café\n")
    assert parse_yaml(decomposed, "f.yaml").value == {"name": "café"}
