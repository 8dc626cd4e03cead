"""A changed fact changes questions, options, keys, slides and quiz files together, and nothing else."""

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from briefings.composing.project import Request, compose_all
from briefings.library import Library, shipped
from briefings.loading.load import load
from briefings.output.formats import FORMATS
from briefings.pack.pack import Pack
from briefings.page.render import render
from briefings.pdf.page_html import with_fields
from briefings.schema.formats import QUIZ_FORMATS

pytestmark = pytest.mark.slow

LIBRARY = Library(shipped())
# Everything that is made of a closed question. Slides and briefing show what it asks about.
ASKING = {"worksheet", "worksheet on a screen", "worksheet to fill in", "worksheet-key", *QUIZ_FORMATS}
Papers = dict[str, str]
Change = Callable[[str, str, str], Papers]


def papers(pack: Pack) -> Papers:
    """What is made for one level, by name: the text of each page and quiz file, without drawings and digests."""
    found: Papers = {}
    for briefing in compose_all(pack, LIBRARY, Request(audiences=("pupils",))):
        name = briefing.choice.document
        if briefing.audience.id != "pupils" or briefing.choice.look == "large-print":
            continue
        page = render(briefing, LIBRARY, attached=False)
        found[name] = page.html
        if name == "worksheet":
            found[f"{name} on a screen"] = render(briefing, LIBRARY, screen=True).html
            found[f"{name} to fill in"] = with_fields(page.html)
        for form in QUIZ_FORMATS if page.quiz else ():
            found[form] = written(FORMATS[form](page, LIBRARY).content)
    unsaid = re.compile(r"<svg\b.*?</svg>|\b[0-9A-Z]{4}\u2011[0-9A-Z]{4}\b", re.DOTALL)
    return {name: unsaid.sub("", text) for name, text in found.items()}


def written(content: bytes) -> str:
    """A quiz file as text; of a package, each file in it."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "\n".join(f"{name}\n{package.read(name).decode()}" for name in sorted(package.namelist()))


@pytest.fixture(scope="module")
def before(kursk: Pack) -> Papers:
    return papers(kursk)


@pytest.fixture
def change(tmp_path: Path) -> Change:
    """The papers of the shipped pack with one text of a file replaced, once."""

    def change(file: str, old: str, new: str) -> Papers:
        folder = Path(shutil.copytree(shipped() / "data/kursk", tmp_path / "kursk"))
        text = (folder / file).read_text()
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1))
        return papers(load(folder, "data/kursk"))

    return change


def changes(before: Papers, after: Papers) -> dict[str, list[tuple[str, str]]]:
    """By paper: what stood there and what stands there now, from tag to tag and from line to line."""
    assert before.keys() == after.keys()
    found = {}
    for name in before:
        old, new = (re.split(r"(?=<)|\n", text) for text in (before[name], after[name]))
        steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if old != new else []
        parts = [("".join(old[a:b]), "".join(new[c:d])) for step, a, b, c, d in steps if step != "equal"]
        if parts:
            found[name] = parts
    return found


def assert_only(found: dict[str, list[tuple[str, str]]], *pairs: tuple[str, str]) -> None:
    """Nothing has changed but the first of each pair into the second."""
    for name, parts in found.items():
        for old, new in parts:
            expected = old.replace("\u00a0", " ")
            for one, other in pairs:
                expected = expected.replace(one, other)
            assert expected == new.replace("\u00a0", " "), name


def test_an_estimate(before: Papers, change: Change) -> None:
    value = "value: {}\n        bound: more-than\n        as_of: 2024-08-19"
    found = changes(before, change("figures.yaml", value.format(1250), value.format(1270)))
    assert found.keys() == {*ASKING, "briefing", "slides", "slide-notes"}
    assert_only(found, ("1,250", "1,270"))


def test_a_date(before: Papers, change: Change) -> None:
    day = "- id: event-crossing\n        date: 2024-08-{}"
    found = changes(before, change("phases.yaml", day.format("06"), day.format("07")))
    assert found.keys() == {*ASKING, "briefing"}  # no slide has this event
    assert_only(found, ("6 Aug", "7 Aug"), ("2024-08-06", "2024-08-07"))


def test_a_speaker(before: Papers, change: Change) -> None:
    """The old speaker becomes a wrong option, since he had another aim. A list of names follows the names."""
    by = "kind: stated\n    by: [{}]\n    as_of: 2024-08-18"
    after = change("objectives.yaml", by.format("zelensky"), by.format("syrskyi"))
    found = changes(before, after)
    assert found.keys() == {*ASKING, "briefing", "slides", "slide-notes", "words"}
    del found["words"]
    assert_only(found, ("Volodymyr Zelensky", "Oleksandr Syrskyi"), ("Reuters", "Volodymyr Zelensky"))
    right = re.compile(r'id="task-who-strip".*?<p class="right"><b>([^<]+)', re.DOTALL)
    assert [right.findall(each["worksheet-key"]) for each in (before, after)] == [
        ["Volodymyr Zelensky"],
        ["Oleksandr Syrskyi"],
    ]
    assert "=Oleksandr Syrskyi\n" in after["gift"]
