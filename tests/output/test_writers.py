"""Quiz files, read back with parsers of other people."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import xmlschema
from quizzes import read_gift, read_moodle, read_qti, right_answer, score

from briefings.briefing.quiz import Quiz, QuizItem, QuizOption, mixed
from briefings.library import Library
from briefings.output.formats import FORMATS, file_name
from briefings.page.page import Page

TEXT = r"How many {frogs} ~ toads = #1? 50% <b>\n & 2 → 3, C:\pond"
FROGS = QuizItem(
    "q-frogs",
    "choice",
    1,
    TEXT,
    1,
    "Paragraph 2.3",
    options=(
        QuizOption("about 40: no more", False, "That is the keeper's {count}."),
        QuizOption("52 = fifty-two", True),
        QuizOption("a -> b", False),
    ),
)
ORDER = QuizItem("q-order", "order", 2, "Put in order", 3, sequence=("The dig", "The first frog", "The fence", "Now"))
SAID = QuizItem(
    "q-said",
    "match",
    3,
    "Who said it?",
    3,
    pairs=(("“They are gone.”", "The keeper"), ("“They are here.”", "Class 7b"), ("“Look!”", "Class 7b")),
    others=("The mayor",),
)
QUIZ = Quiz("pupils-worksheet", "Frogs & toads <quiz> / 1", "en-GB", (FROGS, ORDER, SAID))


def written(form: str, library: Library, quiz: Quiz = QUIZ) -> bytes:
    output = FORMATS[form](Page("pupils-worksheet-key", "Key", "<p>", quiz=quiz), library)
    assert output.name == file_name("pupils-worksheet-key", form)
    return output.content


def test_the_names_of_the_files() -> None:
    names = [file_name("a-key", form) for form in ("moodle", "gift", "qti")]
    assert names == ["a-key.moodle.xml", "a-key.gift.txt", "a-key.qti.zip"]


def test_moodle_finds_the_right_answers(library: Library) -> None:
    (choice,) = read_moodle(written("moodle", library))
    assert choice.text_pre_parse == TEXT
    assert [(o.answer, o.score_fraction) for o in choice.options] == [
        ("about 40: no more", 0.0),
        ("52 = fifty-two", 100.0),
        ("a -> b", 0.0),
    ]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ('fraction="100"', 'fraction="101"'),
        ('type="matching"', 'type="pairs"'),
        ("<defaultgrade>3</defaultgrade>", "<defaultgrade>0</defaultgrade>"),
        ("<idnumber>q-said</idnumber>", "<idnumber>q-order</idnumber>"),
        ("<single>true</single>", ""),
    ],
)
def test_the_schema_finds_what_is_wrong(wrong: str, right: str, library: Library) -> None:
    content = written("moodle", library).decode()
    assert wrong in content
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        read_moodle(content.replace(wrong, right, 1).encode())


def test_gift_finds_the_right_answers(library: Library) -> None:
    choice, order, said = read_gift(written("gift", library))
    assert (choice["id"], choice["stem"]["text"]) == ("q-frogs", TEXT)
    assert [(c["isCorrect"], c["text"]["text"]) for c in choice["choices"]] == [
        (False, "about 40: no more"),
        (True, "52 = fifty-two"),
        (False, "a – b"),
    ]
    assert choice["choices"][0]["feedback"]["text"] == "That is the keeper's {count}."
    assert [(p["subquestion"]["text"], p["subanswer"]) for p in order["matchPairs"]] == [
        ("The dig", "1"),
        ("The first frog", "2"),
        ("The fence", "3"),
        ("Now", "4"),
    ]
    assert [(p["subquestion"]["text"], p["subanswer"]) for p in said["matchPairs"]] == [*SAID.pairs, ("", "The mayor")]


def test_qti_scores_right_and_wrong_answers(library: Library, tmp_path: Path) -> None:
    choice, order, said = read_qti(written("qti", library), tmp_path)
    assert [right_answer(choice), score(choice, "B"), score(choice, "A")] == ["B", 1, 0]
    assert score(order, right_answer(order)) == 1
    assert score(order, right_answer(order)[::-1]) == 0
    right = list(right_answer(said))
    assert score(said, right) == pytest.approx(1)
    assert score(said, [right[0], (right[1][0], right[0][1])]) == pytest.approx(1 / 3, abs=0.001)


def test_an_element_that_qti_does_not_define_is_found(library: Library, tmp_path: Path) -> None:
    content = written("qti", library)
    assert b"<prompt>" in content
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        for name in package.namelist():
            bad.writestr(name, package.read(name).replace(b"prompt>", b"ask>"))
    with pytest.raises(AssertionError, match="an element that QTI lacks"):
        read_qti((tmp_path / "bad.zip").read_bytes(), tmp_path)


def test_the_same_quiz_gives_the_same_bytes(library: Library) -> None:
    for form in ("moodle", "gift", "qti"):
        assert written(form, library) == written(form, library)


def test_a_change_of_a_question_changes_each_file(library: Library) -> None:
    other = replace(QUIZ, items=(replace(FROGS, options=FROGS.options[::-1]), ORDER, SAID))
    for form in ("moodle", "gift", "qti"):
        assert written(form, library) != written(form, library, other)


@pytest.mark.parametrize("seed", ["a", "b", "c", "d"])
def test_an_order_is_never_shown_as_its_answer(seed: str) -> None:
    texts = ("1", "2", "3")
    assert sorted(mixed(texts, seed)) == sorted(texts)
    assert mixed(texts, seed) != texts
    assert mixed(mixed(texts, seed), seed) in (mixed(texts, seed), (*mixed(texts, seed)[1:], mixed(texts, seed)[0]))
