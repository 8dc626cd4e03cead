"""The counts of a pack by source, position and side."""

from pathlib import Path

from lake import statement, write_lake

from briefings import markdown
from briefings.loading.load import load
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


def test_a_statement_counts_once_for_each_source_it_cites(tmp_path: Path) -> None:
    text = {"plain": "Full. [@diary]", "standard": "It was full. [@diary] It still is. [@diary]"}
    before, after = (
        {source.id: source.cited for source in balance_pack(load(write_lake(tmp_path / name, more), "lake")).sources}
        for name, more in (("before", ""), ("after", statement(text, ", sources: [gazette]")))
    )
    assert {id: after[id] - before[id] for id in after} == {"diary": 1, "gazette": 1, "newsletter": 0}


def test_a_statement_counts_for_the_side_of_its_author_if_it_has_one(tmp_path: Path) -> None:
    def statements(name: str, more: str) -> dict[str, int]:
        pack = write_lake(tmp_path / name, statement("It was full. [@diary]", more))
        return {share.side: share.statements for share in balance_pack(load(pack, "lake")).sides}

    anonymous, signed = statements("anonymous", ""), statements("signed", ", by: [moss]")
    assert anonymous["The council"] == 0
    assert signed == {"The council": 1, "nobody in particular": anonymous["nobody in particular"] - 1}
