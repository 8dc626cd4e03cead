"""References and marks: every id is registered once, and each one that does not exist is reported."""

from briefings.loading.references import IdRegistry, check_references, register_ids
from briefings.pack.yaml_file import parse_yaml
from briefings.problems import Mark, Problem
from briefings.schema.fields import YamlModel
from briefings.schema.statements import Statement
from briefings.schema.topic import Source


class Contents(YamlModel):
    statements: tuple[Statement, ...] = ()
    sources: tuple[Source, ...] = ()


SOURCE = "{id: diary, title: T, publisher: P, published: 2024, kind: book, country: X, standpoint: S}"


def check(statements: str, sources: str = f"[{SOURCE}]") -> list[Problem]:
    yaml_file = parse_yaml(f"sources: {sources}\nstatements: {statements}\n", "f.yaml")
    contents = Contents.model_validate(yaml_file.value)
    registry = IdRegistry()
    return register_ids(yaml_file, contents, registry) + check_references(yaml_file, contents, registry)


def test_existing_ids_give_no_problem() -> None:
    assert check('[{id: a, text: "Eggs. [@diary]", by: diary, sources: [diary]}]') == []


def test_an_unknown_id_is_reported_with_the_closest_one() -> None:
    (problem,) = check("[{id: a, text: Eggs., sources: [diary, dairy]}]")
    assert (problem.message, problem.hint) == ("there is no source 'dairy'", "did you mean 'diary'?")
    assert problem.mark == Mark("f.yaml", 2, 52, 2)


def test_an_unknown_id_unlike_any_is_reported_with_all_of_them() -> None:
    (problem,) = check("[{id: a, text: Eggs., by: mayor}]")
    assert str(problem).splitlines()[0].endswith("no person or source or origin 'mayor'; write one of diary")


def test_a_doubled_id_is_reported_once_and_references_to_it_are_not() -> None:
    (problem,) = check("[{id: diary, text: Eggs., sources: diary}]")  # the statement takes the source's id
    assert (problem.code, problem.hint) == ("doubled-id", "the first is at f.yaml:2")


def test_the_ids_of_notes_are_reserved() -> None:
    assert [problem.code for problem in check("[{id: note-1, text: a}, {id: notes, text: b}]")] == ["reserved-id"] * 2
    assert check("[{id: note-one, text: a}]") == []


def test_a_mark_is_checked_once_in_a_text_for_all_levels() -> None:
    (problem,) = check('[{id: a, text: "Eggs. [@dairy]"}]')
    assert problem.message == "there is no source 'dairy'"
    assert len(check('[{id: a, text: {plain: "Eggs. [@dairy]", standard: "Spawn. [@dairy]"}}]')) == 2


def test_a_citation_is_refused_where_there_are_no_notes() -> None:
    (problem,) = check("[]", "[" + SOURCE.replace("standpoint: S", 'standpoint: "S. [@diary]"') + "]")
    assert (problem.code, problem.message) == ("bad-mark", "'standpoint' cannot contain a mark of this kind")
