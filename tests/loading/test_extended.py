"""An audience that extends another: what it takes over, what it replaces, and where its mistakes are."""

from pathlib import Path

import pytest

from briefings.library import Library
from briefings.loading.extended import read_audience
from briefings.loading.load import load_audience
from briefings.pack.pack import Pack
from briefings.problems import ProblemError
from briefings.schema.audience import Audience

BASE = """\
id: base
title: Base
level: plain
words_per_minute: 100
documents:
  - {document: briefing, look: page, notes: short}
  - {document: briefing, look: large-print}
  - {document: poster, look: poster}
sections:
  - {section: established, depth: more}
  - {section: phases, aspects: [happened]}
  - {section: glossary}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data/audiences"
    folder.mkdir(parents=True)
    (folder / "base.yaml").write_text(BASE)
    return folder


def extended(folder: Path, pack: Pack, text: str, name: str = "ours") -> Audience:
    path = folder / f"{name}.yaml"
    path.write_text(f"id: {name}\n{text}")
    return load_audience(path, f"{name}.yaml", pack, Library(folder.parents[1]))


def test_three_lines_are_enough(folder: Path, pond: Pack) -> None:
    ours = extended(folder, pond, "extends: base\ntitle: Our class\n")
    base = load_audience(folder / "base.yaml", "base.yaml", pond, Library(folder.parents[1]))
    assert ours.title == "Our class"
    assert (ours.level, ours.documents, ours.sections) == (base.level, base.documents, base.sections)


def test_a_section_is_merged_field_by_field_and_a_new_one_follows_the_one_before_it(folder: Path, pond: Pack) -> None:
    ours = extended(
        folder,
        pond,
        "extends: base\nwithout_sections: glossary\n"
        "sections:\n  - {section: established, parts: [paragraphs]}\n  - {section: figures}\n  - {section: people}\n",
    )
    assert [choice.section for choice in ours.sections] == ["established", "figures", "people", "phases"]
    assert (ours.sections[0].depth, ours.sections[0].parts) == ("more", ("paragraphs",))
    last = extended(folder, pond, "extends: base\nsections: [{section: places}]\n")
    assert [choice.section for choice in last.sections][-1] == "places"


def test_large_print_is_a_document_beside_the_briefing(folder: Path, pond: Pack) -> None:
    ours = extended(
        folder,
        pond,
        "extends: base\nwithout_documents: [poster]\n"
        "documents:\n  - {document: briefing, look: school}\n"
        "  - {document: briefing, look: large-print, notes: short}\n",
    )
    assert [(d.document, d.look, d.notes) for d in ours.documents] == [
        ("briefing", "school", "short"),
        ("briefing", "large-print", "short"),
    ]


def test_an_audience_may_extend_the_shipped_one_of_its_name_and_be_extended(folder: Path, pond: Pack) -> None:
    ours = extended(folder, pond, "extends: pupils\ntitle: Year 7\n", "pupils")
    assert (ours.title, ours.level) == ("Year 7", "plain")
    again = extended(folder, pond, "extends: pupils\nwords_per_minute: 90\n", "slow")
    assert (again.title, again.words_per_minute, again.sections) == ("Year 7", 90, ours.sections)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("extends: bsae\n", "ours.yaml:2:10", "there is no audience 'bsae'; did you mean 'base'?"),
        ("extends: ours\n", "ours.yaml:2:10", "there is no audience 'ours'"),
        ("extends: base\nwithout_sections: [glosary]\n", "ours.yaml:3:20", "'base' has no section 'glosary'; did you"),
        ("extends: base\nlevle: plain\n", "ours.yaml:3:1", "an audience has no field 'levle'; did you mean 'level'?"),
        ("extends: base\nsections: [{section: phases, depth: deep}]\n", "ours.yaml:3:37", "'depth' cannot be 'deep'"),
    ],
)
def test_a_mistake_has_the_place_where_it_was_written(
    folder: Path, pond: Pack, text: str, place: str, message: str
) -> None:
    with pytest.raises(ProblemError) as caught:
        extended(folder, pond, text)
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"{place}: error[")
    assert message in str(problem)


def test_a_mistake_in_the_base_is_reported_there(folder: Path, pond: Pack) -> None:
    (folder / "base.yaml").write_text(BASE.replace("level: plain", "level: plane"))
    with pytest.raises(ProblemError) as caught:
        extended(folder, pond, "extends: base\n")
    (problem,) = caught.value.problems
    assert problem.mark
    assert (problem.mark.file, problem.mark.line) == ((folder / "base.yaml").as_posix(), 3)
    assert problem.excerpt == "level: plane"


def test_two_audiences_that_extend_each_other_are_an_error(folder: Path) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        (folder / f"{name}.yaml").write_text(f"id: {name}\nextends: {other}\n")
    with pytest.raises(ProblemError, match="extends itself"):
        read_audience(folder / "a.yaml", "a.yaml", Library(folder.parents[1]))
