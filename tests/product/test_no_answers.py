"""No answer is in any file that a pupil gets, not even for one who looks into its source, attachments or fields."""

import io
import json
import re
from collections import Counter
from dataclasses import dataclass
from hashlib import md5, sha256
from itertools import chain
from pathlib import Path
from typing import Any

import pypdf
import pytest
from answers import Secrets, everything_in, for_pupils
from conftest import HERE
from looks import Tags

from briefings.briefing.parts import Briefing
from briefings.briefing.worksheet import TaskView
from briefings.composing.project import compose_all
from briefings.composing.worksheets.digest import digest
from briefings.language.strings import load_strings
from briefings.library import Library
from briefings.loading.load import load
from briefings.markdown_marks import without_citations
from briefings.output.formats import FORMATS, formats_of
from briefings.output.handout.papers import PUPILS_FORMATS, shelves
from briefings.page.page import Page
from briefings.page.render import render
from briefings.schema.classwork.worksheets import Task
from briefings.schema.fields import LEVELS, LevelText, walk_models
from briefings.schema.formats import QUIZ_FORMATS

pytestmark = pytest.mark.slow

ROOT = HERE.parent
LIBRARY = Library(ROOT)
PACKS = sorted(path.parent.name for path in (ROOT / "data").glob("*/pack.yaml"))
STRINGS = load_strings(LIBRARY, "en")


@dataclass(frozen=True)
class Made:
    """A pack with words for answers, its documents, and those of pupils as pages for paper and for a screen."""

    secrets: Secrets
    briefings: tuple[Briefing, ...]
    pages: dict[str, Page]
    screens: dict[str, str]

    def worksheets(self, *, answers: bool) -> list[Briefing]:
        """The worksheets, or their keys."""
        return [each for each in self.briefings if each.worksheet and each.choice.answers == answers]

    def files(self) -> dict[str, str]:
        """All that pupils get, by name: each page with its attachment, and each file for a screen."""
        papers = {
            name: page.html + (page.attachment.text if page.attachment else "") for name, page in self.pages.items()
        }
        return {**papers, **{f"{name}.html": html for name, html in self.screens.items()}}


@pytest.fixture(scope="module", params=PACKS)
def made(request: pytest.FixtureRequest) -> Made:
    secrets = Secrets(load(ROOT / "data" / request.param, f"data/{request.param}"))
    briefings = compose_all(secrets.pack, LIBRARY)
    pages, screens = {}, {}
    for briefing in for_pupils(briefings):
        pages[briefing.name] = render(briefing, LIBRARY)
        if "html" in briefing.choice.formats:
            page = render(briefing, LIBRARY, screen=True)
            screens[briefing.name] = FORMATS["html"](page, LIBRARY).content.decode()
    return Made(secrets, briefings, pages, screens)


def test_no_answer_is_in_a_file_of_pupils(made: Made) -> None:
    assert len(made.pages) >= 12
    assert {name: found for name, text in made.files().items() if (found := made.secrets.found(text))} == {}


def test_each_answer_is_in_a_paper_for_teachers(made: Made) -> None:
    """Otherwise the test above looks for what nobody prints."""
    theirs = [each for each in made.briefings if each.choice.answers or each.choice.companions]
    text = "".join(render(each, LIBRARY, attached=False).html for each in theirs)
    assert made.secrets.words.keys() - made.secrets.found(text).keys() == set()
    assert len(made.secrets.words) > 100


def test_what_is_handed_out_to_pupils_is_what_was_searched(made: Made) -> None:
    given = [each for shelf in shelves(made.briefings, 30) if shelf.kind != "teacher" for each in shelf.papers]
    assert {paper.briefing.name for paper in given} <= made.pages.keys()
    for briefing in for_pupils(made.briefings):
        assert {*formats_of(briefing)} <= {*PUPILS_FORMATS, "html"}
        assert not briefing.has_quiz
        assert made.pages[briefing.name].quiz is None
    quizzes = [each for each in made.briefings if {*formats_of(each)} & {*QUIZ_FORMATS}]
    assert quizzes
    assert all(each.choice.answers for each in quizzes)


def test_no_id_of_what_is_asked_for_is_on_a_worksheet(made: Made) -> None:
    """The id of a report names its speaker, and that of a statement says which one is a fact."""
    files = made.files()
    for briefing in made.worksheets(answers=False):
        asked = (made.secrets.pack.index[task.id] for task in sheet_of(briefing))
        tasks = [task for task in asked if isinstance(task, Task)]
        ids = {i for task in tasks for i in chain(task.asked, task.others, task.never, task.evidence)}
        assert len(ids) > 10
        for name in (briefing.name, f"{briefing.name}.html"):
            held = Tags(files[name]).all
            values = {v for tag, attributes in held if tag != "style" for v in attributes.values()}
            assert ids & values <= {made.secrets.pack.id}, name  # which the licence is traced to
        attached = json.loads(made.pages[briefing.name].attachment.text)  # type: ignore[union-attr]
        assert [attached[part] for part in ("statements", "parts", "entries", "estimates", "sources")] == [[]] * 5


def test_the_cards_to_sort_do_not_say_which_disagree(made: Made) -> None:
    words = STRINGS["handouts"]["cards"]["answers"].values()
    papers = [each for each in made.briefings if each.handouts.sortings]
    for briefing in papers:
        page = made.pages[briefing.name] if not briefing.choice.answers else render(briefing, LIBRARY)
        assert page.attachment
        rivals = [e["id"] for e in json.loads(page.attachment.text)["estimates"] if "disagrees_with" in e]
        told = [word for word in words if word in page.html]
        assert bool(rivals) == bool(told) == briefing.choice.answers, briefing.name


def sheet_of(briefing: Briefing) -> tuple[TaskView, ...]:
    assert briefing.worksheet
    return briefing.worksheet.tasks


# -- closed questions -------------------------------------------------------------------------------------------


def questions(html: str, form: str) -> list[str]:
    """The markup of each question of a form."""
    parts = html.split('<div class="task ')[1:]
    return [part for part in parts if part.startswith(f'{form}"')]


def bare(markup: str) -> str:
    """The markup of an option or row without its words and its letter."""
    markup = re.sub(r"</?(?:span class=\"(?:number|dates|name)\"|span|time)(?: [^>]*)?>", "", markup)
    markup = re.sub(r'data-label="[^"]*"', "", markup)
    markup = re.sub(
        r'(value|data-row|data-name|name|id|aria-describedby)="([^"]*?)-?[a-f](-fact|-claim)?"', r'\1="\2\3"', markup
    )
    return re.sub(r">[^<]*<", "><", f">{markup}<")


def test_nothing_marks_an_option_or_a_row(made: Made) -> None:
    files = made.files()
    for briefing in made.worksheets(answers=False):
        for name in (briefing.name, f"{briefing.name}.html"):
            found = Counter[str]()
            for form, row in (("choice", "li"), ("order", "li"), ("sort", "tr")):
                for question in questions(files[name], form):
                    rows = re.findall(rf"<{row}\b.*?</{row}>", question, re.DOTALL)[form == "sort" :]  # after its head
                    assert len(rows) > 2
                    assert len({bare(each) for each in rows}) == 1, rows
                    found[form] += 1
            assert found["choice"] >= 4
            assert {"order", "sort"} <= found.keys(), name


def right_letters(key: Briefing) -> dict[str, tuple[int, int]]:
    """By question with options: the place of the right one, from 0, and how many there are."""
    return {
        task.id: ([option.right for option in task.options].index(True), len(task.options))
        for task in sheet_of(key)
        if task.options
    }


def test_the_place_of_the_right_option_tells_nothing(made: Made) -> None:
    for key in made.worksheets(answers=True):
        places = [place for place, _ in right_letters(key).values()]
        assert max(Counter(places).values()) <= (len(places) + 1) // 2, (key.name, places)
        assert len({*places}) > 2, (key.name, places)


def test_a_digest_is_of_a_letter_and_never_twice_the_same(made: Made) -> None:
    """Whoever tries each letter finds the right one, which docs/data.md says; no words of an answer can be read."""
    keys = {key.audience.id: key for key in made.worksheets(answers=True)}
    for briefing in made.worksheets(answers=False):
        html = made.screens[briefing.name]
        for task_id, (place, count) in right_letters(keys[briefing.audience.id]).items():
            found = re.search(rf'id="{task_id}"[^>]* data-salt="([^"]+)" data-checks="([^"]+)"', html)
            assert found
            salt, check = found.groups()
            assert [digest(salt, "", "abcd"[n]) == check for n in range(count)].index(True) == place
        digests = " ".join(re.findall(r'data-checks="([^"]+)"', html)).split()
        assert len({*digests}) == len(digests) > 10
        words = [*re.findall(r"<label>.*?</label>", html, re.DOTALL), "fact", "claim", *"abcdef123456"]
        said = {re.sub(r"<[^>]*>", "", word).strip() for word in words}
        known = {make(word.encode()).hexdigest()[:16] for word in said for make in (md5, sha256)}
        assert not (known | {digest(word) for word in said}) & {*digests}


# -- PDFs -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def worksheets(made: Made) -> dict[str, bytes]:
    """The worksheets of pupils as PDFs, by file name."""
    pages = [made.pages[briefing.name] for briefing in made.worksheets(answers=False)]
    outputs = [FORMATS[form](page, LIBRARY) for page in pages for form in ("pdf", "fillable")]
    return {output.name: output.content for output in outputs}


def test_no_answer_is_in_a_pdf(made: Made, worksheets: dict[str, bytes]) -> None:
    assert len(worksheets) == 4
    for name, content in worksheets.items():
        reader, text = pypdf.PdfReader(io.BytesIO(content)), everything_in(content)
        assert made.secrets.found(text) == {}
        assert "CC BY" in text  # something was read
        ids = {i for task in made.secrets.pack.tasks for i in (*task.asked, *task.others, *task.evidence)}
        assert [i for i in ids if re.search(rf"(?<![\w-]){i}(?![\w-])", text) and "-" in i] == []
        assert [*reader.attachments] == ([] if "-fillable" in name else [name.replace(".pdf", ".json")])


def test_no_field_has_a_value_or_looks_unlike_the_others(made: Made, worksheets: dict[str, bytes]) -> None:
    for name in (each for each in worksheets if "-fillable" in each):
        fields: dict[str, Any] = pypdf.PdfReader(io.BytesIO(worksheets[name])).get_fields() or {}
        assert len(fields) > 40
        assert {str(field.get("/V", "")) for field in fields.values()} <= {"", "/Off"}
        kinds = {str(field["/FT"]): set(field) for field in fields.values()}
        assert all(set(field) == kinds[str(field["/FT"])] for field in fields.values())
        assert not {"/Opt", "/DV", "/A", "/AA"} & set(chain(*kinds.values()))
        assert {frozenset(map(str, field.get("/_States_", ()))) for field in fields.values()} <= {
            frozenset(),
            frozenset({"/on", "/Off"}),
        }  # the values of boxes to tick are all the same
        assert [n for n, field in fields.items() if made.secrets.found(f"{n} {field['/TU']}")] == []


def letters(text: str) -> str:
    """A text as its letters and digits, so that breaks of lines do not count."""
    return re.sub(r"[\W_]+", "", text).casefold()


def test_no_answer_of_the_shipped_pack_is_in_its_pdfs(built: Path) -> None:
    """The same of every finished PDF of pupils, with the answers as they are written."""
    pack = load(ROOT / "data/kursk", "data/kursk")
    hidden = Secrets(pack)
    briefings = compose_all(pack, LIBRARY)
    # What pupils may read too, such as a statement that is a model answer word for word.
    open_to_all = letters(" ".join(texts_of(hidden.pack)))
    secret = {written for text in texts_of(pack) if (written := letters(text)) not in open_to_all and len(written) > 30}
    assert len(secret) > 100
    keys, theirs = (
        [letters(everything_in(built / "kursk" / f"{each.name}.pdf")) for each in some if "pdf" in each.choice.formats]
        for some in ([b for b in briefings if b.choice.answers], for_pupils(briefings))
    )
    assert len([text for text in secret if any(text in key for key in keys)]) > 60
    assert [text for text in secret if any(text in paper for paper in theirs)] == []


def texts_of(pack: Any) -> list[str]:
    """Every text of a pack in plain words, at every level, up to its first number or reference."""
    models = chain(pack.index.values(), pack.exercises, pack.tasks, pack.verifications)
    found = (model for each in models for _, model in walk_models(each) if isinstance(model, LevelText))
    written = {text for each in found for level in LEVELS if (text := getattr(each, level))}
    return [re.split(r"\[[=#]", without_citations(text))[0].replace("*", "") for text in written]
