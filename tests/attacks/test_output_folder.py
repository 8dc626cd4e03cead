"""The output folder: nothing is overwritten or removed there but what a build made and nobody edited since."""

import errno
import json
import os
import resource
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from attacks.attack import assert_plain, attempt
from conftest import POND, Run
from rendered import pages_rendered_once

from briefings.cli import last_run
from briefings.composing.project import UsageError, find_packs
from briefings.library import Library
from briefings.output import ledger
from briefings.output.build import build
from briefings.output.formats import FORMATS
from briefings.output.ledger import LEDGER_NAME, _canonical, digest
from briefings.output.output_file import Output
from briefings.output.plan import Report
from briefings.problems import Problem, ProblemError

FILES = ["index.html", "pupils-briefing.html", "pupils-briefing.pdf"]
MINE = b"this is mine\n"


def make(project: Path, **options: Any) -> Report:
    return build(project=project, out=project / "build", audiences=["pupils"], **options)


def problems(project: Path, **options: Any) -> str:
    """What a build says."""
    try:
        report = make(project, **options)
    except ProblemError as error:
        return str(error)
    return "\n".join(map(str, report.warnings))


@pytest.fixture(scope="module", autouse=True)
def pages() -> Iterator[None]:
    """What is on a page does not matter here."""
    with pages_rendered_once() as keep:
        keep(POND, "pupils")
        keep(POND, "university")
        yield


@pytest.fixture(scope="module")
def built_for_pupils(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was built for pupils, whose typesetter is a fake."""
    project = tmp_path_factory.mktemp("built") / "project"
    shutil.copytree(POND, project)
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(FORMATS, "pdf", lambda page, _: Output(f"{page.name}.pdf", b"%PDF of " + page.name.encode(), 2))
        make(project)
    return project


@pytest.fixture
def out(built_for_pupils: Path, tmp_path: Path, typesetter: list[str]) -> Path:
    """The output folder of a project that was built for pupils."""
    return Path(shutil.copytree(built_for_pupils, tmp_path / "project")) / "build"


def forge(out: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the body of a ledger, and give it the digest that belongs to it."""
    body = json.loads((out / LEDGER_NAME).read_text())["body"]
    change(body)
    content = {"ledger": ledger.VERSION, "digest": digest(_canonical(body)), "body": body}
    (out / LEDGER_NAME).write_bytes(_canonical(content))


def rename(name: str) -> Callable[[dict[str, Any]], object]:
    return lambda body: body["outputs"].__setitem__(name, next(iter(body["outputs"].values())))


def set_field(field: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda body: next(iter(body["outputs"].values())).__setitem__(field, value)


# -- forged and damaged ledgers --------------------------------------------------------------------

OUTSIDE = [
    *("../victim.txt", "pond/../../victim.txt", "/etc/victim.txt", "", ".", "..", "/", "pond", "pond/", "/pond/x"),
    *("pond/.", "pond/..", "pond//x", "a/b/c", "pond/a\0b", "pond/a\nb", ".git/config", "pond/.hidden"),
    *("pond\\..\\x", "./pond/x", "../data/pond/pack.yaml", "pond/\x1b[2J", "pond/\u202ex"),
]


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_ledger_that_names_something_else_is_not_trusted(out: Path, name: str) -> None:
    assert len(ledger.load(out)[0]) == 3
    forge(out, rename(name))
    assert ledger.load(out) == ({}, f"names '{name}', which is no output in this folder, so no build wrote it")


@pytest.mark.parametrize("name", ["../victim.txt", "/{}/victim.txt", "pond/../../victim.txt", "../data/pond/pack.yaml"])
def test_a_forged_ledger_removes_nothing(out: Path, name: str) -> None:
    victim = out.parent / "victim.txt"
    victim.write_bytes(MINE)
    forge(out, rename(name.format(out.parent)))
    said = problems(out.parent, prune=True)
    assert "warning[ledger]" in said
    assert "so no build wrote it" in said
    assert victim.read_bytes() == MINE
    assert (out.parent / "data/pond/pack.yaml").is_file()
    assert (out / f"{LEDGER_NAME}.aside").is_file()


def test_a_ledger_does_not_name_a_link(out: Path) -> None:
    (out.parent / "victim.txt").write_bytes(MINE)
    (out / "pond/old.pdf").symlink_to("../../victim.txt")
    forge(out, rename("pond/old.pdf"))
    assert ledger.load(out)[1].startswith("names 'pond/old.pdf'")


@pytest.mark.parametrize(
    "change",
    [
        *(lambda body: body.update(outputs=[]), lambda body: body.update(outputs="x"), lambda body: body.clear()),
        *(set_field(field, value) for field in ("page", "style", "options") for value in (None, [], "x", {"a": 1}, 7)),
        *(set_field(field, value) for field in ("output", "begun") for value in (7, {"a": "b"}, [1])),
        *(set_field("sheets", value) for value in (None, "1", 1.5, True, [1])),
        *(set_field(field, "nowhere") for field in ("files", "engine", "data")),
        *(lambda body: body.update(files=7), lambda body: body["outputs"].update({"pond/x": None})),
        set_field("unknown", 1),
    ],
)
def test_a_ledger_of_other_shapes_is_not_trusted(out: Path, change: Callable[[dict[str, Any]], object]) -> None:
    forge(out, change)
    assert ledger.load(out) == ({}, "is cut short or damaged")


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def as_fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def as_giant(path: Path) -> None:
    path.write_bytes(b"")
    os.truncate(path, 10**11)


def as_link(path: Path) -> None:
    path.rename(path.with_name("ledger"))
    path.symlink_to("ledger")


LOST = [as_folder, as_fifo, as_giant, as_link, Path.unlink, lambda path: path.write_bytes(b"[" * 99999)]


@pytest.mark.parametrize("change", LOST)
@pytest.mark.parametrize("edited", [True, False])
def test_a_lost_ledger_gives_no_edited_file_away(out: Path, change: Callable[[Path], object], edited: bool) -> None:
    page = out / "pond/pupils-briefing.html"
    if edited:
        page.write_bytes(MINE)
    before = {path.name: path.read_bytes() for path in (out / "pond").iterdir()}
    change(out / LEDGER_NAME)
    said = problems(out.parent, prune=True)
    assert {path.name: path.read_bytes() for path in (out / "pond").iterdir()} == before
    assert ("error[foreign-output]" in said, "--force" in said) == (edited, edited)
    if not edited:  # and the files that are the same are ours again
        assert make(out.parent).written == ()


def test_a_ledger_set_aside_replaces_no_earlier_one(out: Path) -> None:
    for number in range(3):
        (out / LEDGER_NAME).write_text(f"damaged {number}")
        problems(out.parent)
    kept = sorted(path.read_text() for path in out.glob("*.aside*"))
    assert kept == ["damaged 0", "damaged 1", "damaged 2"]


# -- edited and foreign files ----------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES)
def test_foreign_files_of_our_names_survive(project: Path, typesetter: list[str], file: str) -> None:
    (project / "build/pond").mkdir(parents=True)
    (project / "build/pond" / file).write_bytes(MINE)
    said = problems(project)
    assert f"error[foreign-output]: {project / 'build/pond' / file}: the ledger has no entry" in said
    assert "--force" in said
    assert (project / "build/pond" / file).read_bytes() == MINE
    for other in FILES:
        assert (project / "build/pond" / other).is_file()
    make(project, force=True)
    assert (project / "build/pond" / file).read_bytes() != MINE


def test_files_that_were_edited_after_their_build_survive(out: Path) -> None:
    for file in FILES:
        (out / "pond" / file).write_bytes(MINE)
    for options in ({}, {"prune": True}):
        said = problems(out.parent, **options)
        for file in FILES:
            assert f"error[edited-output]: {out / 'pond' / file}" in said
            assert (out / "pond" / file).read_bytes() == MINE
    make(out.parent, force=True)
    assert all((out / "pond" / file).read_bytes() != MINE for file in FILES)


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_edited_during_the_build_survives(
    project: Path, monkeypatch: pytest.MonkeyPatch, typesetter: list[str], file: str
) -> None:
    make(project)
    audience = project / "data/audiences/pupils.yaml"
    audience.write_text(audience.read_text().replace("Pupils", "Children"))

    def edits(page: Any, _: object) -> Output:
        (project / "build/pond" / file).write_bytes(MINE)
        return Output(f"{page.name}.pdf", b"%PDF new", 1)

    monkeypatch.setitem(FORMATS, "pdf", edits)
    problems(project)
    assert (project / "build/pond" / file).read_bytes() == MINE


def test_prune_keeps_what_was_edited(out: Path) -> None:
    path = out / "pond/pupils-briefing.html"
    build(project=out.parent, out=out, audiences=["university"])
    (out / "pond/university-briefing.html").write_bytes(MINE)
    (out.parent / "data/audiences/university.yaml").unlink()
    (out.parent / "briefings.toml").write_text('audiences = ["pupils", "secondary"]\n')
    with pytest.raises(ProblemError, match=r"university-briefing\.html: the file was edited by hand"):
        build(project=out.parent, out=out, prune=True)
    assert (out / "pond/university-briefing.html").read_bytes() == MINE
    assert path.is_file()
    assert not (out / "pond/university-briefing.pdf").exists(), "that one was as the build made it"


FOREIGN = [
    *(".holiday.mkv.part", "pond/.thesis.docx.part", "pond/.pupils-briefing.html.part", ".briefings-ledger.json.part"),
    *(".briefings-.part", "pond/.briefings-0123456789ABCDEF.part", "pond/.briefings-0123456789abcdef.part.txt"),
    *("pond/notes.txt", "other/index.html", ".briefings-last-mine"),
]


def test_foreign_files_with_other_names_survive(out: Path) -> None:
    for name in FOREIGN:
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_bytes(MINE)
    make(out.parent, force=True)
    make(out.parent, prune=True)
    assert {name for name in FOREIGN if (out / name).read_bytes() == MINE} == {*FOREIGN}


@pytest.mark.parametrize("name", last_run.FILE_NAMES.values())
@pytest.mark.parametrize("kind", ["file", "fifo", "folder", "link"])
def test_the_record_of_the_last_run_replaces_nothing_else(victim: Path, name: str, kind: str) -> None:
    project = victim / "project"
    (project / "build").mkdir()
    path = project / "build" / name
    if kind == "file":
        path.write_bytes(MINE)
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(victim / "secret.yaml")
    before = (victim / "secret.yaml").read_bytes()
    command = "check" if "check" in name else "build"
    arguments = {"check": ["check", "--no-pages"], "build": ["build", "--audience", "pupils", "--format", "html"]}[
        command
    ]
    outcome = attempt(arguments, project)
    assert_plain(outcome)
    assert outcome.code == 0
    assert (victim / "secret.yaml").read_bytes() == before
    assert kind != "file" or path.read_bytes() == MINE
    assert kind != "link" or path.is_symlink()


# -- links -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["victim", "nowhere"])
def test_nothing_is_written_through_links_in_place_of_outputs(out: Path, target: str) -> None:
    victim = out.parent / "victim"
    victim.write_bytes(MINE)
    paths = [out / "pond" / file for file in FILES]
    for path in paths:
        path.unlink()
        path.symlink_to(out.parent / target)
    for options in ({}, {"prune": True}, {"force": True}):
        problems(out.parent, **options)
        assert victim.read_bytes() == MINE
        assert not (out.parent / "nowhere").exists()
    assert all(path.is_file() and not path.is_symlink() for path in paths), "--force replaces the links themselves"


@pytest.mark.parametrize("force", [True, False])
def test_nothing_is_written_into_a_linked_folder(project: Path, typesetter: list[str], force: bool) -> None:
    (project / "elsewhere").mkdir()
    (project / "elsewhere/index.html").write_bytes(MINE)
    (project / "build").mkdir()
    (project / "build/pond").symlink_to("../elsewhere")
    assert "pond: it is a link" in problems(project, force=force)
    assert typesetter == [], "this is found out before anything is typeset"
    assert [path.name for path in (project / "elsewhere").iterdir()] == ["index.html"]
    assert (project / "elsewhere/index.html").read_bytes() == MINE


def test_the_project_s_output_folder_is_no_link_out_of_it(run: Run, victim: Path) -> None:
    project = victim / "project"
    (victim / "elsewhere").mkdir()
    (project / "build").symlink_to("../elsewhere")
    done = run(["build", "--audience", "pupils", "--format", "html"], project)
    assert (done.code, "--out" in done.err) == (1, True)
    assert list((victim / "elsewhere").iterdir()) == []
    assert run(["build", "--audience", "pupils", "--format", "html", "--out", "../elsewhere"], project).code == 0


@pytest.mark.parametrize("name", ["handout", "handout/1-teacher"])
def test_a_handout_is_not_written_through_links(out: Path, name: str) -> None:
    from briefings.output.files import require_own_folder
    from briefings.output.handout.folder import write_handout

    elsewhere = out.parent / "elsewhere"
    elsewhere.mkdir()
    (out / "pond" / name).parent.mkdir(exist_ok=True)
    (out / "pond" / name).symlink_to(elsewhere)

    def write() -> None:
        require_own_folder(out / "pond/handout", out)
        write_handout(out / "pond/handout", {"1-teacher/01-plan.pdf": b"plan"})

    with pytest.raises(ProblemError, match="it is a link"):
        write()
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("name", ["../x", "/etc/x", "", ".", "a/../../x", "a//b", ".hidden", "a\0b", "a\\b", "a\nb"])
def test_a_forged_record_of_a_handout_removes_nothing(tmp_path: Path, name: str) -> None:
    from briefings.output.handout.folder import RECORD, write_handout

    folder = tmp_path / "handout"
    folder.mkdir()
    (tmp_path / "x").write_bytes(MINE)
    (folder / RECORD).write_text(json.dumps({"files": {name: digest(MINE)}}))
    removed, _ = write_handout(folder, {"1-teacher/01-plan.pdf": b"plan"})
    assert removed == ()
    assert (tmp_path / "x").read_bytes() == MINE


# -- names -----------------------------------------------------------------------------------------

AUDIENCE = """\
id: {id}
title: {id}
level: standard
words_per_minute: 180
sections: [{{section: established}}]
documents: [{{document: {document}, look: page}}]
"""


@pytest.mark.parametrize(("first", "second"), [(("x", "slide-notes"), ("x-slide", "notes"))])
def test_two_documents_with_one_file_name_are_an_error_at_their_lines(
    project: Path, first: tuple[str, str], second: tuple[str, str]
) -> None:
    folder = project / "templates/documents"
    folder.mkdir(parents=True)
    for name, document in (first, second):
        (folder / f"{document}.html").write_text('{% extends "shipped:documents/briefing.html" %}')
        (project / f"data/audiences/{name}.yaml").write_text(AUDIENCE.format(id=name, document=document))
    with pytest.raises(ProblemError) as caught:
        build(project=project, out=project / "build", formats=["html"], audiences=["x", "x-slide"])
    found = [problem for problem in caught.value.problems if problem.code == "same-file-name"]
    places = {(p.mark.file.rpartition("/")[2], p.mark.line) for p in found if p.mark}
    assert places == {("x.yaml", 6), ("x-slide.yaml", 6)}
    assert not (project / "build").exists()


def test_two_packs_with_one_name_are_an_error(victim: Path) -> None:
    project = victim / "project"
    (victim / "other").mkdir()
    shutil.copytree(project / "data/pond", victim / "other/pond")
    with pytest.raises(UsageError, match="files of one name"):
        find_packs(Library(project), [str(project / "data/pond"), str(victim / "other/pond")])
    assert list(find_packs(Library(project), ["pond", str(project / "data/pond")])) == ["pond"]


LONG = "x" * 300


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--out", LONG, "--audience", "pupils", "--format", "html"],
        ["build", "--out", "x" * 5000, "--audience", "pupils", "--format", "html"],
        ["build", "--out", "a\nb", "--audience", "pupils", "--format", "html"],
        ["build", "--out", "briefings.toml/x", "--audience", "pupils", "--format", "html"],
        ["build", "--out", "/dev/null", "--audience", "pupils", "--format", "html"],
        ["build", "--out", "/proc/x", "--audience", "pupils", "--format", "html"],
        ["build", "--out", "", "--audience", "pupils", "--format", "html"],
        ["build", "x" * 100_000],
        ["build", "a\0b"],
        ["check", "x" * 5000, "--no-pages"],
        ["build", "--theme", "x" * 5000],
        ["list", "--project", "x" * 5000],
        ["new", "x" * 5000],
    ],
    ids=lambda arguments: " ".join(arguments)[:30],
)
def test_names_that_no_file_may_have_are_a_message(victim: Path, arguments: list[str]) -> None:
    outcome = attempt(arguments, victim / "project")
    assert_plain(outcome)
    if arguments[:2] != ["build", "--out"] or len(arguments[2]) > 200:
        assert outcome.code in (1, 2)
        assert outcome.err


@pytest.mark.parametrize("names", [["style.yaml"], ["templates"]])
def test_new_and_theme_write_through_no_link(run: Run, victim: Path, names: list[str]) -> None:
    project = victim / "project"
    (project / names[0]).symlink_to(victim / "nowhere")
    run(["theme", "new"], project)
    run(["theme", "copy", "css/tokens.css"], project)
    run(["schema", "--write"], project)
    assert not (victim / "nowhere").is_file()


# -- what fails ------------------------------------------------------------------------------------


def test_an_index_promises_nothing_that_is_not_there(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> Output:
        raise ProblemError([Problem("missing-glyph", "no font has it")])

    monkeypatch.setitem(FORMATS, "pdf", fails)
    with pytest.raises(ProblemError, match="no font has it"):
        make(project)
    index = project / "build/pond/index.html"
    assert index.is_file()
    assert "pupils-briefing.html" in index.read_text()
    assert "pupils-briefing.pdf" not in index.read_text()


BREAKS = [OSError(28, "No space left on device", "x"), MemoryError(), OSError(27, "File too large")]


@pytest.mark.parametrize("error", BREAKS)
def test_a_build_that_breaks_off_leaves_no_index_with_dead_links(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails(*_: object) -> Output:
        raise error

    monkeypatch.setitem(FORMATS, "pdf", fails)
    done = run(["build", "--audience", "pupils", "--jobs", "1"], project)
    assert done.code == 3
    assert done.err.startswith("briefings: ")
    assert "bug" not in done.err
    index = project / "build/pond/index.html"
    assert not index.exists() or "pupils-briefing.pdf" not in index.read_text()


@pytest.mark.parametrize("limit", [0, 20_000])
def test_a_limit_of_the_size_of_files_is_a_message(victim: Path, limit: int, tmp_path: Path) -> None:
    outcome = attempt(
        ["build", "--audience", "pupils", "--format", "html", "-q"],
        victim / "project",
        before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert outcome.code in (1, 3)
    assert "Traceback" not in outcome.said
    assert not list((victim / "project").rglob("*.part"))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EFBIG, errno.EACCES])
def test_a_temporary_folder_that_fails_is_a_message(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fails(*_: object, **__: object) -> str:
        raise OSError(number, os.strerror(number), "folder/x")

    monkeypatch.setattr(tempfile, "mkdtemp", fails)
    done = run(["check"], project)
    assert done.code == 3
    assert done.err == (
        f"briefings: the system refused: folder/x: {os.strerror(number).lower()}\n"
        "check the free space, the rights and the limits; TMPDIR=DIR names another temporary folder\n"
    )


# -- a change that keeps size and time -------------------------------------------------------------


@pytest.mark.parametrize("when", [0, 1_700_000_000, 4_000_000_000])
@pytest.mark.parametrize("how", ["write", "replace"])
def test_an_edit_that_keeps_size_and_time_is_a_change(run: Run, project: Path, when: int, how: str) -> None:
    """As `cp -p`, `rsync -t` and unpacking an archive leave a file, also one whose files are all of 1970."""
    (project / "build").mkdir()
    arguments = ["check", "--no-pages"]
    for path in project.rglob("*.yaml"):
        os.utime(path, (when, when))
    run(arguments, project)
    assert last_run.print_if_unchanged(arguments)
    path = project / "data/pond/glossary.yaml"
    changed = path.read_bytes().swapcase()
    if how == "write":
        path.write_bytes(changed)
        os.utime(path, (when, when))
    else:
        other = project / "other"
        other.write_bytes(changed)
        os.utime(other, (when, when))
        other.replace(path)
    assert not last_run.print_if_unchanged(arguments)
