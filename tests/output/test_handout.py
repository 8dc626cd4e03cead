"""The folder that a teacher prints from: what is in it, in which order, how many copies, and what it never touches."""

import json
import re
import shutil
from pathlib import Path

import pytest
from conftest import POND, Run

import briefings
from briefings.briefing.parts import Briefing
from briefings.composing.project import UsageError, compose_all
from briefings.library import Library
from briefings.output.formats import FORMATS
from briefings.output.handout.folder import RECORD, write_handout
from briefings.output.handout.papers import Shelf, shelves
from briefings.output.handout.run import READ_ME, hand_out
from briefings.output.ledger import digest
from briefings.output.output_file import Output
from briefings.pack.pack import Pack
from briefings.page.page import Page
from briefings.problems import ProblemError

pytestmark = pytest.mark.usefixtures("in_one_process")


def words(page: Page, _: Library) -> Output:
    """Instead of a PDF, the words of the page that it would be made of: three sheets."""
    return Output(f"{page.name}.pdf", re.sub(r"<[^>]*>", "", page.html).encode(), 3)


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "pdf", words)


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the build and the handout of the pond for 29 pupils, made once."""
    folder = tmp_path_factory.mktemp("handed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(FORMATS, "pdf", words)
        report = briefings.hand_out("pond", project=POND, out=folder / "build", to=folder / "to", pupils=29, jobs=1)
    assert hand_out is briefings.hand_out
    (handout,) = report.handouts
    assert (handout.folder, handout.written) == (folder / "to", handout.files)
    assert handout.files == len(listed(folder / "to")) - 1  # all but the record
    assert handout.read_me.is_file()
    return folder


def listed(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def kursk_shelves(kursk: Pack) -> tuple[Shelf, ...]:
    return shelves(compose_all(kursk, Library(Path(__file__).parents[2])), 29)


def test_the_folders_are_in_print_order(kursk_shelves: tuple[Shelf, ...]) -> None:
    assert [(shelf.name, shelf.kind) for shelf in kursk_shelves] == [
        ("1-teacher", "teacher"),
        ("2-to-show", "show"),
        ("3-pupils", "pupils"),
        ("4-secondary", "pupils"),
    ]
    own = [
        paper.briefing.choice.document for paper in kursk_shelves[0].papers if paper.briefing.audience.id == "teachers"
    ]
    assert own[:2] == ["lesson", "before"]  # the plan first
    needed = [bool(paper.copies) for paper in kursk_shelves[2].papers if paper.briefing.choice.look != "large-print"]
    assert needed == sorted(needed, reverse=True)  # what no lesson needs comes last


def test_copies_are_those_of_the_lesson(kursk_shelves: tuple[Shelf, ...]) -> None:
    copies = {
        (paper.briefing.name, each.lesson.id): each.number
        for shelf in kursk_shelves
        for paper in shelf.papers
        for each in paper.copies
    }
    assert copies["pupils-briefing", "lesson-younger"] == 29
    assert copies["pupils-map-sheet", "lesson-younger"] == 15  # one for two, the last pupil too
    assert copies["pupils-briefing", "lesson-older"] == 0  # one or a few
    assert copies["secondary-worksheet", "lesson-older"] == 29
    for paper in ("secondary-source-cards", "secondary-debate"):
        assert copies[paper, "lesson-older"] == 8  # a set for four: one for the last pupil too
    assert not [name for name, _ in copies if "-key" in name]  # the teacher's, once
    assert not [name for name, _ in copies if "large-print" in name]


def test_what_is_for_the_teacher_is_in_no_folder_of_pupils(
    kursk: Pack, kursk_shelves: tuple[Shelf, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lying_open(found: tuple[Shelf, ...]) -> list[str]:
        papers_of_pupils = [paper for shelf in found if shelf.kind != "teacher" for paper in shelf.papers]
        return [
            file
            for paper in papers_of_pupils
            for file in paper.files
            if paper.briefing.choice.answers or "teachers" in file or Path(file).suffix not in (".pdf", ".html")
        ]

    assert lying_open(kursk_shelves) == []
    keys = [p for p in kursk_shelves[0].papers if p.briefing.choice.answers]
    assert len(keys) >= 2  # there is something that could lie among them
    # A format with the answers in it, such as a quiz, is for the teacher alone, whatever paper has it.
    briefing = next(p.briefing for p in kursk_shelves[2].papers)
    quiz = briefing.choice.model_copy(update={"formats": ("pdf", "gift")})
    monkeypatch.setattr(Briefing, "has_quiz", True)
    told = [
        Briefing(**{**vars(each), "choice": quiz}) if each is briefing else each
        for shelf in kursk_shelves
        for each in (paper.briefing for paper in shelf.papers)
    ]
    assert lying_open(shelves(told, 30)) == []


@pytest.mark.slow
def test_no_answer_is_among_the_papers_of_pupils(handed: Path, pond: Pack) -> None:
    answers = [exercise.answer.standard for exercise in pond.exercises]
    texts = {path: re.sub(r"\s+", " ", path.read_text()) for path in (handed / "to").rglob("*.pdf")}

    def told(kind: str) -> list[str]:
        text = " ".join(text for path, text in texts.items() if kind in path.parent.name)
        return [answer for answer in answers if re.split(r" ?\[", answer)[0] in text]

    assert told("teacher") != []
    assert told("pupils") == told("secondary") == []


@pytest.mark.slow
def test_a_second_time_writes_nothing_and_stale_files_go(handed: Path, tmp_path: Path, printed: None) -> None:
    shutil.copytree(handed, tmp_path, dirs_exist_ok=True)
    folder = tmp_path / "to"
    again = hand_out(["pond"], project=POND, out=tmp_path / "build", to=folder, pupils=29, jobs=1).handouts[0]
    assert (again.written, again.removed) == (0, ())
    (folder / "2-pupils/my notes.txt").write_text("mine")
    letter = hand_out(["pond"], project=POND, out=tmp_path / "build", to=folder, paper="letter", jobs=1).handouts[0]
    assert folder / "2-pupils/01-pupils-briefing.pdf" in letter.removed
    assert (folder / "2-pupils/01-pupils-briefing-letter.pdf").is_file()
    assert (folder / "2-pupils/my notes.txt").read_text() == "mine"


def test_a_file_of_somebody_else_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/1.pdf").write_bytes(b"theirs")
    with pytest.raises(ProblemError, match="was edited, or is not of an earlier handout"):
        write_handout(tmp_path, {"a/1.pdf": b"ours", "a/2.pdf": b"ours"})
    assert listed(tmp_path) == ["a/1.pdf"]  # nothing was written
    write_handout(tmp_path, {"a/1.pdf": b"ours"}, force=True)
    assert (tmp_path / "a/1.pdf").read_bytes() == b"ours"
    (tmp_path / "a/1.pdf").write_bytes(b"edited")
    removed, _ = write_handout(tmp_path, {"b/1.pdf": b"other"})
    assert (removed, (tmp_path / "a/1.pdf").read_bytes()) == ((), b"edited")


@pytest.mark.parametrize("record", ['{"files": {"../outside.txt": "x"}}', "[]", "not JSON", '{"files": 3}'])
def test_a_record_that_somebody_wrote_removes_nothing_outside(tmp_path: Path, record: str) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("x")
    folder = tmp_path / "to"
    folder.mkdir()
    (folder / RECORD).write_text(record.replace('"x"', json.dumps(digest(b"x"))))
    assert write_handout(folder, {"1.pdf": b"new"}) == ((), 1)
    assert outside.read_text() == "x"


@pytest.mark.slow
def test_the_sheet_to_read_first_lists_every_file_and_its_copies(handed: Path) -> None:
    text = (handed / "to" / READ_ME).read_text()
    links = set(re.findall(r'href="([^"#]+)"', text))
    assert links == {name for name in listed(handed / "to") if name not in (READ_ME, RECORD)}
    row = re.search(r"<tr><th[^>]*><a href=\"2-pupils/01-pupils-briefing.pdf.*?</tr>", text, re.DOTALL)
    assert row
    cells = [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<td>(.*?)</td>", row[0], re.DOTALL)]
    assert cells == ["Briefing", "3", "15", "Ages 8\u00a0to\u00a012: Compare"]
    assert "Sheets to copy: 45" in re.sub(r"<[^>]*>", "", text)


@pytest.mark.slow
def test_the_command(run: Run, project: Path, printed: None) -> None:
    folder = project / "build/pond/handout"
    done = run(["handout", "--pupils", "12", "--jobs", "1"], project)
    files = len(listed(folder)) - 1
    start = f"start with build/pond/handout/{READ_ME}"
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-1] == f"{files} files in build/pond/handout, {files} of them new or changed; {start}"
    (folder / "1-teacher/01-teachers-lesson.pdf").write_bytes(b"edited")
    done = run(["handout", "--pupils", "12", "--jobs", "1", "--quiet"], project)
    assert (done.code, done.out) == (1, "")
    assert "01-teachers-lesson.pdf was edited" in done.err


@pytest.mark.parametrize("wrong", [["--pupils", "0"], ["--paper", "foolscap"], ["lake"]])
def test_the_command_used_wrongly(run: Run, project: Path, wrong: list[str]) -> None:
    done = run(["handout", *wrong], project)
    assert (done.code, done.out) == (2, "")
    assert wrong[-1] in done.err


@pytest.mark.parametrize("pupils", [0, -3])
def test_nobody_who_gets_a_copy(pupils: int) -> None:
    with pytest.raises(UsageError, match=f"not for {pupils}"):
        hand_out("pond", project=POND, pupils=pupils)


def test_nobody_to_hand_out_to(project: Path, printed: None) -> None:
    (project / "data/audiences/teachers.yaml").write_text(
        "{id: teachers, title: Teachers, level: standard, words_per_minute: 130, "
        "documents: [{document: briefing, look: page}]}"
    )
    with pytest.raises(UsageError, match="no document lists 'companions'"):
        hand_out(["pond"], project=project, jobs=1)
