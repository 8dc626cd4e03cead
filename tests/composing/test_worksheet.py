"""Worksheets: one right option, certainly wrong others, and a change of the data that changes nothing else."""

import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from briefings.briefing.parts import Briefing, TaskView
from briefings.composing.compose import compose
from briefings.composing.worksheets.certainty import dates_differ, differ
from briefings.composing.worksheets.digest import digest
from briefings.composing.worksheets.solve import Solution, solve, spread
from briefings.library import Library, shipped
from briefings.loading.load import load, load_audience
from briefings.pack.pack import Pack
from briefings.page.render import render
from briefings.schema.classwork.worksheets import Task
from briefings.schema.dates import PartialDate

LIBRARY = Library(shipped())
PAPERS = ("worksheet", "worksheet-key")
Change = Callable[[str, str, str], Pack]


def made(pack: Pack, document: str, audience: str = "pupils") -> Briefing:
    path = LIBRARY.audience_files()[audience]
    reader = load_audience(path, path.name, pack, LIBRARY)
    return compose(pack, reader, next(each for each in reader.documents if each.document == document))


def tasks(briefing: Briefing) -> dict[str, TaskView]:
    assert briefing.worksheet
    return {task.id: task for task in briefing.worksheet.tasks}


@pytest.fixture
def change(tmp_path: Path) -> Change:
    """The shipped pack with one text of a file replaced, once."""

    def change(file: str, old: str, new: str) -> Pack:
        folder = Path(shutil.copytree(shipped() / "data/kursk", tmp_path / "kursk"))
        text = (folder / file).read_text()
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1))
        return load(folder, "data/kursk")

    return change


@pytest.mark.parametrize("audience", ["pupils", "secondary"])
@pytest.mark.parametrize("name", ["kursk", "smallpox"])
def test_a_choice_has_one_right_option_and_others_that_look_unlike_it(name: str, audience: str) -> None:
    pack = load(shipped() / "data" / name, f"data/{name}")
    key, sheet = (made(pack, document, audience) for document in reversed(PAPERS))
    assert list(tasks(key)) == list(tasks(sheet))
    page = render(key, LIBRARY, attached=False)
    assert page.quiz
    for item in page.quiz.items:
        if item.kind == "choice":
            assert [option.right for option in item.options].count(True) == 1
            assert 3 <= len({option.text for option in item.options}) == len(item.options) <= 4
    for task in tasks(sheet).values():  # without answers, no field tells one
        assert not any(option.right for option in task.options)
        assert not any(row.place or row.when or row.fact is not None for row in task.rows)
        assert not any((task.answer, task.about, task.marks, task.models, task.mistakes, task.evidence))
    assert all(task.evidence for task in tasks(key).values())


def test_a_report_that_becomes_true_is_no_wrong_option_any_more(kursk: Pack, change: Change) -> None:
    """Army Technology's 900 is a wrong option where over 1,250 is right; 1,300 would be right too."""
    changed = change(
        "figures.yaml", "- id: army-tech-original\n        value: 900", "- id: army-tech-original\n        value: 1300"
    )
    task = kursk.index["task-area"]
    assert isinstance(task, Task)
    before, after = (solve(pack, task)[0] for pack in (kursk, changed))
    assert "land-taken/army-tech-original" in before.ids
    assert "land-taken/army-tech-original" not in after.ids
    assert after.right == "land-taken/zelensky-august"


def test_the_right_options_are_spread_over_all_places() -> None:
    """Of eight questions at most three have it at one place; over many worksheets, each place is as frequent."""
    solution = Solution(("a", "b", "c", "d"), "c")
    counts = Counter[int]()
    for sheet in range(200):
        places = [spread(solution, number, f"pack/{sheet}").ids.index("c") for number in range(1, 9)]
        assert max(Counter(places).values()) <= 3
        counts.update(places)
    assert all(350 < counts[place] < 450 for place in range(4))
    assert [key for key in spread(solution, 5, "x").ids if key != "c"] == ["a", "b", "d"]  # as they were shuffled


@pytest.mark.parametrize(
    ("one", "other", "certain"),
    [
        ("2024-08-06", "2024-08-07", True),
        ("2024-08-06", "2024-08", False),
        ("2024-08-06", "late 2024-08", True),
        ("2024-08-20", "late 2024-08", False),
        ("by 2024-09", "2024-08", False),  # "by" leaves everything before it open
        ("by 2024-08", "2024-09", True),
        ("after 2024-08", "2024-09", False),
        ("about 2024-08", "2024-09", False),
    ],
)
def test_dates_certainly_differ(one: str, other: str, certain: bool) -> None:
    first, second = PartialDate.parse(one), PartialDate.parse(other)
    assert dates_differ(first, second) == dates_differ(second, first) == certain


@pytest.mark.parametrize(
    ("one", "other", "certain"),
    [
        ("land-taken/zelensky-august", "land-taken/army-tech-original", True),  # over 1,250 and 900
        ("land-taken/zelensky-august", "land-taken/reuters-august", False),  # over 1,250 and about 1,300
        ("land-taken/syrskyi-week", "land-taken/army-tech-original", False),  # about 1,000 and 900
        ("share-lost/reuters-november", "share-lost/bloomberg-december", False),  # over 40% and about half
        ("share-lost/afp-february", "share-lost/bloomberg-december", True),  # nearly two-thirds and about half
        ("share-lost/afp-february", "share-lost/rudskoi-february", False),  # nearly two-thirds and about 64%
        ("land-left/isw-april", "land-left/staff-november", False),  # words compare with nothing
        ("land-taken/zelensky-august", "towns-taken/afp-days", False),  # neither do areas and towns
    ],
)
def test_numbers_certainly_differ(kursk: Pack, one: str, other: str, certain: bool) -> None:
    assert differ(kursk, one, other) == differ(kursk, other, one) == certain


def test_the_digest_is_the_known_one() -> None:
    """FNV-1a, 64 bits: its published value for "a"; and what a worksheet holds is no plain letter."""
    assert digest("a") == "af63dc4c8601ec8c"
    assert re.fullmatch(r"[0-9a-f]{16}", digest("kursk/task-area", "", "b"))
