"""Verbs of speech, and whose they are."""

import pytest

from briefings.language.speech import VERBS, attributions

NAMES = ("Ada Moss", "Moss", "The council", "Reed", "Mill officials", "A neighbour of the dam", "Nowhere")


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("Moss said that it was full.", [("said", "Moss")]),
        ("Ada Moss, the keeper, later claimed it.", [("claimed", "Ada Moss")]),
        ("The keeper, Moss, said so.", [("said", "Moss")]),
        ("It reached Moss, says Reed.", [("said", "Reed")]),
        ("Moss (in May) has denied it.", [("denied", "Moss")]),
        ("Moss on 6 May 2024 warned them.", [("warned", "Moss")]),
        ("In early May Reed first acknowledged it.", [("admitted", "Reed")]),
        ("Moss and Reed both wrote it.", [("said", "Reed")]),
        ("Ada Moss of the Lake Trust forecast rain.", [("forecast", "Ada Moss")]),
        ('It was "gone", said Moss.', [("said", "Moss")]),
        ("It was gone, said a Mill official.", [("said", "Mill officials")]),
        ("A Mill official told the paper so.", [("said", "Mill officials")]),
        ("It was gone, wrote Warden Ada Moss.", [("said", "Ada Moss")]),
        ("So a neighbour of the dam reported.", [("reported", "A neighbour of the dam")]),
        ("The leak was denied by Reed.", [("denied", "Reed")]),
        ("Nowhere's council of elders accused them.", [("accused", "Nowhere")]),
        ("Moss said that it was full and admitted that it leaked.", [("said", "Moss"), ("admitted", "Moss")]),
        ("She said it was full.", [("said", "")]),
        ("He denied it, and Moss insisted.", [("denied", ""), ("claimed", "Moss")]),
        ("the council rejects it", [("denied", "The council")]),
    ],
)
def test_a_verb_belongs_to_its_subject(prose: str, found: list[tuple[str, str]]) -> None:
    assert [(said.kind, said.name) for said in attributions(prose, NAMES)] == found


@pytest.mark.parametrize(
    "prose",
    [
        "Moss did not say.",
        "Moss was said to be ill.",
        "Moss's source said so.",  # somebody else
        "Nowhere's council was reported to be ill.",
        "A stranger said so.",
        "The Moss report claims nothing.",
        "Mossy stones said nothing.",
    ],
)
def test_what_is_nobody_s_verb(prose: str) -> None:
    assert list(attributions(prose, NAMES)) == []


def test_without_names_only_pronouns_are_found() -> None:
    assert [(said.kind, said.name) for said in attributions("Moss said it, and she denied it.", ())] == [("denied", "")]


def test_a_form_belongs_to_one_class() -> None:
    forms = [form for words in VERBS.values() for form in words.split()]
    assert len(forms) == len(set(forms))
