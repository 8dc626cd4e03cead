"""What a pack leans on, counted."""

import json
from pathlib import Path

from conftest import Run

from briefings import markdown
from briefings.pack.pack import Pack
from briefings.query.balance import balance_pack


def test_sources_by_how_often_they_are_cited(kursk: Pack) -> None:
    found = balance_pack(kursk)
    assert {source.id for source in found.sources} == {source.id for source in kursk.sources}
    counts = [source.cited for source in found.sources]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) > 0  # a source never cited has no place in the pack
    (afp,) = [source for source in found.sources if source.id == "afp-2025"]
    assert (afp.kind, afp.country) == ("news-agency", "France")
    assert afp.standpoint.startswith("An international news agency")


def test_positions_by_length(kursk: Pack) -> None:
    (question,) = kursk.questions
    found = {length.id: length for length in balance_pack(kursk).positions}
    assert list(found) == [position.id for position in question.positions]
    position = question.positions[0]
    counted = [position.title, *(p.text for p in position.paragraphs)]
    for argument in position.arguments:
        counted += [argument.text, *(s.text for s in (*argument.evidence, *argument.replies))]
    assert found[position.id].standard == sum(markdown.count_words(words.standard) for words in counted)
    assert found[position.id].arguments == len(position.arguments)
    assert found[position.id].replies == sum(len(argument.replies) for argument in position.arguments)


def test_whose_words(pond: Pack) -> None:
    sides = {spoken.side: spoken for spoken in balance_pack(pond).sides}
    people = {person.id: person.side for person in pond.people}
    assert sides[people["keeper"]].statements >= 1
    assert sides[people["class-7b"]].estimates >= 1


def test_the_command(run: Run, project: Path) -> None:
    done = run(["balance"], project)
    assert (done.code, done.err) == (0, "")
    for head in ("sources by country", "sources by kind", "source ", "position ", "whose words"):
        assert f"\n{head}" in done.out
    assert "diary" in done.out
    (record,) = json.loads(run(["balance", "pond", "--format", "json"], project).out)
    assert [source["id"] for source in record["sources"]] == ["diary", "newsletter"]
    assert {"plain", "standard", "advanced", "arguments"} <= set(record["positions"][0])
