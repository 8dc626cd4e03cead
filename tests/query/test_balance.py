"""The counts of a pack by source, position and side, and the tables of `briefings balance`."""

import json
from pathlib import Path

from conftest import Run

from briefings import markdown
from briefings.pack.pack import Pack
from briefings.query.balance import balance_pack


def test_sources_are_sorted_by_citations(kursk: Pack) -> None:
    found = balance_pack(kursk)
    assert {source.id for source in found.sources} == {source.id for source in kursk.sources}
    counts = [source.cited for source in found.sources]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) > 0  # the rule unused-source forbids sources without a citation
    (afp,) = [source for source in found.sources if source.id == "afp-2025"]
    assert (afp.kind, afp.country) == ("news-agency", "France")
    assert afp.standpoint.startswith("An international news agency")


def test_positions_count_words_and_arguments(kursk: Pack) -> None:
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


def test_statements_and_estimates_count_for_the_side_of_their_author(pond: Pack) -> None:
    sides = {share.side: share for share in balance_pack(pond).sides}
    people = {person.id: person.side for person in pond.people}
    assert sides[people["keeper"]].statements >= 1
    assert sides[people["class-7b"]].estimates >= 1


def test_the_command_prints_tables_or_json(run: Run, project: Path) -> None:
    done = run(["balance"], project)
    assert (done.code, done.err) == (0, "")
    for head in ("sources by country", "sources by kind", "source ", "position ", "whose words"):
        assert f"\n{head}" in done.out
    assert "diary" in done.out
    (record,) = json.loads(run(["balance", "pond", "--format", "json"], project).out)
    assert [source["id"] for source in record["sources"]] == ["diary", "newsletter"]
    assert {"plain", "standard", "advanced", "arguments"} <= set(record["positions"][0])
