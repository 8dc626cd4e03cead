"""A folder of YAML -> Pack: everything indexed by id and numbered, and all problems reported at once."""

from pathlib import Path

import pytest

from briefings.library import Library
from briefings.loading.load import load, load_audience
from briefings.pack.pack import Pack
from briefings.problems import ProblemError
from briefings.schema.statements import Paragraph
from briefings.schema.topic import Source


def test_everything_is_found_by_its_id(pond: Pack) -> None:
    assert isinstance(pond.index["diary"], Source)
    assert isinstance(pond.index["phase-dig-happened"], Paragraph)
    figure, estimate = pond.estimate("frogs/class-april")
    assert (figure.id, estimate.value, estimate.bound) == ("frogs", 1200, "more-than")


def test_a_single_string_is_a_text_for_all_levels(pond: Pack) -> None:
    text = pond.terms[0].text
    assert [text.for_level("plain"), text.for_level("standard"), text.for_level("advanced")] == ["Eggs of frogs."] * 3


def test_a_single_id_is_a_list_of_one(pond: Pack) -> None:
    assert pond.estimate("frogs/class-april")[1].by == ("class-7b",)


def test_paragraphs_are_numbered_by_section_and_place(pond: Pack) -> None:
    assert pond.numbers == {
        "est-1": "1.1",
        "phase-dig-happened": "2.1",
        "phase-dig-elsewhere": "2.2",
        "fig-0": "3.1",
        "fig-frogs-1": "3.2",
        "pos-fence-case": "4.1",
        "gui-1": "9.1",
        "ex-1": "Q1",
    }


def test_every_id_has_a_position(pond: Pack) -> None:
    mark = pond.marks["frogs/keeper-april"]
    assert (mark.file, mark.line, mark.column) == ("data/pond/figures.yaml", 15, 14)


def test_a_pack_is_frozen(pond: Pack) -> None:
    with pytest.raises(TypeError):
        pond.index["diary"] = pond.index["newsletter"]  # type: ignore[index]
    with pytest.raises(ValueError, match="frozen"):
        pond.sources[0].title = "Another"


def test_a_pack_needs_only_two_files(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "sources.yaml").write_text("sources: []\n")
    (folder / "pack.yaml").write_text(
        "{id: small, title: T, deck: D, kicker: K, language: en, as_of: 2024, edition: {number: 1, date: 2024-07-01},"
        " authors: A, licence: L, sections: [{id: one, title: One, paragraphs: [{id: p, text: Text.}]}]}\n"
    )
    assert load(folder, "small").numbers == {"p": "1.1"}
    (folder / "sources.yaml").unlink()
    with pytest.raises(ProblemError, match=r"small/sources.yaml:1:1: error\[missing-file\]: a pack needs this file"):
        load(folder, "small")


def test_all_problems_of_all_files_at_once(project: Path) -> None:
    folder = project / "data/pond"
    for file, old, new in [
        ("glossary.yaml", "id: spawn", "id: pond"),
        ("people.yaml", "id: keeper", "id: keper"),
        ("phases.yaml", "[@newsletter]", "[@letter]"),
        ("pack.yaml", "frogs/class-april, label", "frogs/class-may, label"),
    ]:
        path = folder / file
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))
    with pytest.raises(ProblemError) as caught:
        load(folder, "data/pond")
    codes = {(p.code, p.mark.file.removeprefix("data/pond/")) for p in caught.value.problems if p.mark}
    assert codes == {
        ("doubled-id", "glossary.yaml"),
        ("unknown-reference", "debate.yaml"),
        ("unknown-reference", "figures.yaml"),
        ("unknown-reference", "pack.yaml"),
        ("unknown-reference", "phases.yaml"),
    }
    marks = [p.mark for p in caught.value.problems]
    assert marks == sorted(marks)


AUDIENCE = """\
id: ours
title: Our class
level: plain
words_per_minute: 100
documents: [{document: briefing, look: page}]
sections: [{section: options}, {section: established}]
"""


def test_an_audience_may_list_a_usual_section_that_the_pack_lacks(pond: Pack, tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(AUDIENCE)
    audience = load_audience(path, "ours.yaml", pond, Library(tmp_path))
    assert [choice.section for choice in audience.sections or ()] == ["options", "established"]


def test_every_shipped_audience_loads(pond: Pack, library: Library) -> None:
    files = library.audience_files()
    assert set(files) == {"everyone", "pupils", "secondary", "university", "public", "policy", "teachers"}
    for name, path in files.items():
        assert load_audience(path, path.name, pond, library).id == name


@pytest.mark.parametrize("name", [".#figures.yaml", "._figures.yaml", "~$figures.yaml"])
def test_hidden_and_lock_files_are_left_out_of_account(project: Path, name: str) -> None:
    (project / "data/pond" / name).symlink_to("nobody@nowhere.1234")
    assert load(project / "data/pond", "data/pond").id == "pond"


@pytest.mark.parametrize("target", ["people.yaml", "nowhere.yaml"])
def test_a_file_that_is_a_link_to_nothing_is_an_error(project: Path, target: str) -> None:
    path = project / "data/pond/people.yaml"
    path.unlink()
    path.symlink_to(target)
    with pytest.raises(ProblemError, match="this link leads nowhere"):
        load(project / "data/pond", "data/pond")
