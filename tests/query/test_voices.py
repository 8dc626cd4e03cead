"""How the texts let each side speak."""

from dataclasses import replace
from pathlib import Path

import pytest
from lake import context_of, statement, write_lake

from briefings.loading.load import load
from briefings.query.sides import NO_SIDE
from briefings.query.voices import SideVoice, count_voices

PEOPLE = """# people.yaml
  - {id: reed, name: Eve Reed, role: a clerk, side: Elsewhere}
  - {id: clerks, name: Clerks, kind: organisation, role: clerks, side: Elsewhere}
"""


def voices(folder: Path, text: str | dict[str, str], more: str = "", level: str = "standard") -> dict[str, SideVoice]:
    counted = count_voices(context_of(folder, PEOPLE + statement(text, more)).pack)
    return {voice.side: voice for voice in counted if voice.level == level}


def verbs(voice: SideVoice) -> dict[str, int]:
    return {kind: count for kind, count in voice.verbs.items() if count}


@pytest.mark.parametrize(
    ("text", "more", "expected"),
    [
        ("Moss said so. Reed claimed it and admitted it.", "", {"The council": 1, "Elsewhere": 2}),
        ("Reed said so. She denied it.", "", {"Elsewhere": 2}),
        ("She denied it.", ", by: [reed]", {"Elsewhere": 1}),
        ("She denied it.", ", by: [reed, moss]", {NO_SIDE: 1}),
        ("She denied it.", "", {NO_SIDE: 1}),
        ('Moss wrote: "Reed said so, and Reed claimed it."', "", {"The council": 1}),
    ],
    ids=["subjects", "a pronoun", "by", "by two sides", "nobody", "quoted words"],
)
def test_verbs_count_for_the_side_of_their_subject(
    text: str, more: str, expected: dict[str, int], tmp_path: Path
) -> None:
    found = voices(tmp_path, text, more)
    assert {side: sum(verbs(voice).values()) for side, voice in found.items() if verbs(voice)} == expected


def test_verbs_are_counted_by_class_at_each_level(tmp_path: Path) -> None:
    text = {"plain": "Reed said so.", "standard": "Reed claimed so. Reed admitted it."}
    counted = [
        verbs(voices(tmp_path / level, text, level=level)["Elsewhere"]) for level in ("plain", "standard", "advanced")
    ]
    assert counted == [{"said": 1}, {"claimed": 1, "admitted": 1}, {"claimed": 1, "admitted": 1}]


@pytest.mark.parametrize(
    ("text", "more", "side"),
    [
        ('Moss wrote that it was "gone", and Reed said that it was not.', "", "The council"),
        ('Moss was there. It was "gone", said Reed.', "", "Elsewhere"),
        ('It was "gone".', ", by: [reed]", "Elsewhere"),
        ('It was "gone".', "", NO_SIDE),
    ],
)
def test_a_quotation_counts_for_its_speaker(text: str, more: str, side: str, tmp_path: Path) -> None:
    assert {side: voice.quotations for side, voice in voices(tmp_path, text, more).items() if voice.quotations} == {
        side: 1
    }


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Our sources carry no word of Reed.", {"Elsewhere"}),
        ("Our sources carry no word of Moss or Reed.", {"The council", "Elsewhere"}),
        ("Our sources carry no Elsewheric word.", {"Elsewhere"}),  # an adjective
        ("Our sources say nothing of the fish.", {NO_SIDE}),
        ("Moss gives no date. [@diary]", {NO_SIDE}),  # the source, not its side
        ("Moss quotes nobody at Elsewhere. [@diary]", {"Elsewhere"}),
    ],
)
def test_a_silence_counts_for_the_side_it_is_about(text: str, sides: set[str], tmp_path: Path) -> None:
    assert {side for side, voice in voices(tmp_path, text).items() if voice.silences} == sides


def test_a_silence_counts_for_the_side_that_its_aspect_is_named_after(tmp_path: Path) -> None:
    aspects = "  - {id: lake-past, title: Past, holds: phases, aspects: [{id: elsewhere, label: Elsewhere}]}\n"
    paragraph = "      - {id: p-1, aspect: elsewhere, text: Our sources quote nobody but Moss.}\n"
    phase = f"phases:\n  - id: dry\n    title: Dry\n    start: 2024\n    paragraphs:\n{paragraph}"
    folder = write_lake(tmp_path, f"{PEOPLE}# pack.yaml\n{aspects}")
    (folder / "phases.yaml").write_text(phase)
    found = count_voices(load(folder, "lake"))
    assert {voice.side: voice.silences for voice in found if voice.level == "standard" and voice.silences} == {
        "Elsewhere": 1
    }


def test_nothing_is_counted_in_a_pack_in_another_language(tmp_path: Path) -> None:
    pack = context_of(tmp_path, statement("Moss said so.")).pack
    assert list(count_voices(replace(pack, info=pack.info.model_copy(update={"language": "uk"})))) == []
