"""Files that are no files of the project: pipes, devices, sockets, giants, links, and what may not be read.

Each must be skipped, or reported at its place; none is waited for, followed out of the project or read without end.
"""

import os
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from attacks.attack import Outcome, assert_plain, attempt, told, without_privileges

from briefings.checking.run import read_source_texts
from briefings.checking.templates.run import lint, theme_warnings
from briefings.composing.open_project import open_project
from briefings.library import TEMPLATE_KINDS, Library, find_inside
from briefings.limits import MAX_TEMPLATE
from briefings.loading.load import load, load_audience
from briefings.problems import ProblemError
from briefings.safe_files import MAX_BYTES, RefusedError, TooLargeError, is_part, read_bytes, root_of, walk, write_part

CANARY = "nobody may read this line"
GIANT = 100_000_000_000
CHECK = ["check", "--no-pages"]
BUILD = ["build", "--audience", "pupils", "--format", "html"]


def fifo(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def giant(path: Path) -> None:
    """100 GB that take no place on the disk."""
    path.unlink(missing_ok=True)
    path.touch()
    os.truncate(path, GIANT)


def folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


def unix_socket(path: Path) -> None:
    path.unlink(missing_ok=True)
    here = Path.cwd()
    os.chdir(path.parent)  # the address of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def link(target: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.unlink(missing_ok=True)
        path.symlink_to(target)

    return make


ODD = {
    "fifo": fifo,
    "giant": giant,
    "folder": folder,
    "socket": unix_socket,
    "loop": lambda path: link(path.name)(path),
    "dangling": link("gone"),
    "outside": link("../../../secret.yaml"),
    "outside-absolute": lambda path: link(str(path.parents[3] / "secret.yaml"))(path),
    "null": link("/dev/null"),
    "zero": link("/dev/zero"),
    "memory": link("/proc/self/mem"),
    "passwords": link("/etc/passwd"),
}
DEEP = {"outside", "outside-absolute"}  # these fit files three folders below the victim's


def check(victim: Path, arguments: list[str] = CHECK, **options: object) -> Outcome:
    outcome = attempt(arguments, victim / "project", **options)  # type: ignore[arg-type]
    assert_plain(outcome)
    assert CANARY not in outcome.said
    assert "root:" not in outcome.said
    return outcome


# -- files of a pack -------------------------------------------------------------------------------


def read_all(project: Path) -> str:
    """What reading a whole project says: its settings, style, audiences and pack."""
    os.chdir(project)
    library = open_project().library
    pack = load("data/pond")
    for path in library.audience_files().values():
        load_audience(path, library.show(path), pack, library)
    return "all is well"


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("file", ["data/pond/people.yaml", "data/pond/drawings.yaml", "data/audiences/pupils.yaml"])
def test_a_file_of_data_that_is_none_is_an_error_at_its_place(victim: Path, kind: str, file: str) -> None:
    ODD[kind](victim / "project" / file)
    said = told(partial(read_all, victim / "project"))
    assert f"{file}:1:1: error[{'too-large' if kind == 'giant' else 'unreadable'}]: " in said
    assert CANARY not in said
    assert "root:" not in said


@pytest.mark.parametrize("kind", [kind for kind in ODD if kind not in DEEP])
@pytest.mark.parametrize("file", ["briefings.toml", "style.yaml", "data/pond/school.geojson"])
def test_other_files_of_a_project_that_are_none(victim: Path, kind: str, file: str) -> None:
    ODD[kind](victim / "project" / file)
    said = told(partial(read_all, victim / "project"))
    assert f"{file}:1:1: error[" in said or "drawings.yaml:" in said or f"'{file}' is outside" in said, said
    assert "root:" not in said


@pytest.mark.parametrize("kind", ODD)
def test_files_in_a_pack_that_nobody_asked_for_are_left_alone(victim: Path, kind: str) -> None:
    for name in ("notes", "video.mp4", "x.css", ".#pack.yaml", "maps.txt"):
        ODD[kind](victim / "project/data/pond" / name)
    assert told(partial(read_all, victim / "project")) == "all is well\n"


def test_a_build_beside_odd_files_is_recorded_and_answered(victim: Path) -> None:
    for place in ("data/pond", "data/audiences", "templates/images"):
        (victim / "project" / place).mkdir(parents=True, exist_ok=True)
        for kind, make in ODD.items():
            make(victim / "project" / place / f"notes-{kind}")
    assert check(victim, BUILD).code == 0
    again = check(victim, BUILD)
    assert (again.code, again.out) == (0, "nothing to do: 2 files in build/pond are up to date\n")


# -- templates, styles, pictures, fonts ------------------------------------------------------------

TEMPLATES = [
    *("css/theme.css", "css/looks/x.css", "css/paper/x.css", "sections/x.css", "documents/x.html", "drawings/x.svg"),
    *("strings/en.yaml", "images/x.png", "fonts/x.ttf"),
]


@pytest.mark.parametrize("kind", ODD)
def test_odd_templates_are_skipped_or_an_error(victim: Path, kind: str) -> None:
    project = victim / "project"
    for file in TEMPLATES:
        (project / "templates" / file).parent.mkdir(parents=True, exist_ok=True)
        ODD[kind](project / "templates" / file)
    library = Library(project)

    def search() -> object:
        names = [library.kinds(name) for name in TEMPLATE_KINDS]
        return lint(library), theme_warnings(library), names, library.mention(CANARY, (project / "data",))

    said = told(search)
    assert CANARY not in said
    assert "root:" not in said


@pytest.mark.parametrize("file", ["css/theme.css", "base.html", "drawings/x.svg"])
def test_a_giant_template_is_an_error_at_its_place(victim: Path, file: str) -> None:
    path = victim / "project/templates" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    giant(path)
    outcome = check(victim, memory=2 * 2**30)
    assert f"templates/{file}:1:1: error[too-large]: the file is over {MAX_TEMPLATE // 1000} kB" in outcome.err


@pytest.mark.parametrize("file", ["theme.css", "crest.svg", "x.png"])
def test_no_file_outside_is_put_into_a_page(victim: Path, file: str) -> None:
    (victim / "secret.svg").write_text(
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><!-- {CANARY} --></svg>"
    )
    (victim / "secret.css").write_text(f"/* {CANARY} */ @media screen {{ body {{ content: '{CANARY}' }} }}")
    project = victim / "project"
    for folder_name in ("css", "images"):
        (project / "templates" / folder_name).mkdir(parents=True)
    (project / "templates/css/theme.css").symlink_to(victim / "secret.css")
    (project / "templates/images/x.png").symlink_to(victim / "secret.svg")
    if file == "crest.svg":
        (project / "style.yaml").write_text("school: Pond School\ncrest: crest.svg\ncrest_alt: a pond\n")
        (project / "crest.svg").symlink_to(victim / "secret.svg")
    if file == "x.png":
        (project / "templates/partials").mkdir()
        (project / "templates/index.html").write_text(
            '{% extends "shipped:index.html" %}{% block content %}<img alt="" src="images/x.png">{% endblock %}'
        )
    check(victim, BUILD)
    for path in project.rglob("build/**/*.html"):
        assert CANARY not in path.read_text()


@pytest.mark.parametrize("name", ["../secret.svg", "/etc/passwd", "crest.svg", "crests/../../secret.svg"])
def test_a_crest_outside_of_the_project_is_refused(victim: Path, name: str) -> None:
    (victim / "secret.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'></svg>")
    project = victim / "project"
    (project / "crests").mkdir()
    (project / "crest.svg").symlink_to("../secret.svg")
    (project / "style.yaml").write_text(f"school: Pond School\ncrest: {name}\ncrest_alt: a pond\n")
    outcome = check(victim)
    assert (outcome.code, "style.yaml:2:8: error[missing-file]" in outcome.err) == (1, True)
    assert "inside the project" in outcome.err


@pytest.mark.parametrize(
    ("setting", "hint"),
    [
        ('packs = ["../other"]', "on the command line"),
        ('themes = ["../theme"]', "--theme"),
        ('themes = ["link"]', "--theme"),
        ('out = "../elsewhere"', "--out"),
        ('out = "/tmp"', "--out"),
        ('style = "../style.yaml"', "copy it"),
    ],
)
def test_a_project_file_names_nothing_outside_of_its_project(victim: Path, setting: str, hint: str) -> None:
    for name in ("other", "theme"):
        (victim / name).mkdir()
    (victim / "other/pack.yaml").write_text(f"{CANARY}: [")
    (victim / "style.yaml").write_text("school: x\n")
    (victim / "project/link").symlink_to("../theme")
    (victim / "project/briefings.toml").write_text(f"{setting}\n")
    outcome = check(victim)
    assert outcome.code == 1
    assert "briefings.toml:1:" in outcome.err
    assert "error[outside-project]" in outcome.err
    assert hint in outcome.err


def test_a_pack_and_a_theme_elsewhere_are_named_on_the_command_line(victim: Path) -> None:
    (victim / "project/data/pond").rename(victim / "pond")
    (victim / "theme").mkdir()
    assert check(victim, ["check", "--no-pages", "../pond", "--theme", "../theme"]).code == 0
    for file in ("people.yaml", "glossary.yaml"):
        (victim / "pond" / file).unlink()
        (victim / "pond" / file).symlink_to("../secret.yaml")
    assert check(victim, ["check", "--no-pages", "../pond"]).err.count("glossary.yaml") == 1


# -- links -----------------------------------------------------------------------------------------


def test_links_inside_the_project_are_followed(victim: Path) -> None:
    project = victim / "project"
    (project / "shared").mkdir()
    for file in ("people.yaml", "school.geojson"):
        (project / "data/pond" / file).rename(project / "shared" / file)
        (project / "data/pond" / file).symlink_to(f"../../shared/{file}")
    assert check(victim, BUILD).code == 0
    assert check(victim, BUILD).out.startswith("nothing to do")
    people = project / "shared/people.yaml"
    people.write_text(people.read_text() + "# an edit behind a link\n")
    assert not check(victim, BUILD).out.startswith("nothing to do: 2 files in build/pond are up to date\n  ")


@pytest.mark.parametrize("target", [".", "..", "/"])
def test_links_in_circles(victim: Path, target: str) -> None:
    for where in ("data/pond", "data", "templates", "."):
        (victim / "project" / where).mkdir(exist_ok=True)
        for name in ("aa", "bb", "cc"):
            (victim / "project" / where / name).symlink_to(target)
    outcome = check(victim, BUILD)
    assert outcome.seconds < 25
    assert outcome.code in (0, 1)


def test_a_pack_that_is_a_link_out_of_the_project(victim: Path) -> None:
    (victim / "project/data/pond").rename(victim / "pond")
    (victim / "project/data/pond").symlink_to("../../pond")
    outcome = check(victim)
    assert (outcome.code, "leads out of the project" in outcome.err) == (1, True)


# -- rights ----------------------------------------------------------------------------------------

PRIVATE = ["data/pond", "data", "data/pond/people.yaml", "data/audiences", "briefings.toml", "style.yaml"]
READS = [["check", "--no-pages"], ["check", "--no-pages", "data/pond"], ["list"]]


@pytest.mark.parametrize("private", [*PRIVATE, "templates/css", "templates/css/theme.css"])
def test_what_may_not_be_read(victim: Path, private: str) -> None:
    project = victim / "project"
    (project / "templates/css").mkdir(parents=True)
    for file in ("templates/css/theme.css", "style.yaml"):
        (project / file).write_text("school: Pond School\n" if file.endswith(".yaml") else "p {}")
    (project / private).chmod(0)
    try:
        outcomes = [check(victim, arguments, before=without_privileges) for arguments in READS]
    finally:
        (project / private).chmod(0o755)
    assert all(outcome.code in (0, 1, 2) for outcome in outcomes)
    assert (outcomes[0].code, f"{private}:1:1: error[unreadable]" in outcomes[0].err) == (1, True)


# -- names -----------------------------------------------------------------------------------------


UNREADABLE = [b"\xff.yaml", b"a\nb.yaml", b"\x1b[31m.yaml", b"a" * 250 + b".yaml"]
UNREADABLE += ["\u202eyaml.exe.yaml".encode(), b" .yaml"]


def test_names_that_nobody_can_read(victim: Path) -> None:
    for place in (b"data/pond/", b"data/audiences/", b"templates/strings/", b"data/"):
        path = os.fsencode(victim / "project") + b"/" + place
        os.makedirs(path, exist_ok=True)
        for name in UNREADABLE:
            with open(path + name, "wb") as file:
                file.write(b"a: b\n")
    for name in UNREADABLE:
        os.mkdir(os.fsencode(victim / "project/data") + b"/" + name.removesuffix(b".yaml"))
    for arguments in (CHECK, ["list"], ["check", "--no-pages", "--format", "json"]):
        check(victim, arguments)


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "a" * 5000, "../secret.yaml", "/etc/passwd", "", ".", "x/../../y"])
def test_a_name_finds_nothing_outside(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.yaml").write_text(CANARY)
    (tmp_path / "templates").mkdir()
    assert find_inside(tmp_path / "templates", name) is None
    assert Library(tmp_path).find(name) is None
    with pytest.raises(OSError, match=r"No such|too long|not a file|leads out"):
        read_bytes(tmp_path / "templates" / name, inside=tmp_path / "templates")


# -- the module that reads -------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in ODD if kind not in DEEP])
def test_a_read_ends_at_once(tmp_path: Path, kind: str) -> None:
    ODD[kind](tmp_path / "file")
    with pytest.raises((RefusedError, FileNotFoundError)):
        read_bytes(tmp_path / "file", inside=tmp_path)


def test_a_file_that_grows_while_it_is_read_is_too_large(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(bytes(11))
    with pytest.raises(TooLargeError):
        read_bytes(tmp_path / "file", limit=10)
    assert len(read_bytes(tmp_path / "file", limit=11)) == 11
    with pytest.raises(TooLargeError, match="over 0 kB"):
        read_bytes("/proc/self/status", limit=10)  # has the size 0, and content
    assert MAX_BYTES < 2**26


def test_a_walk_visits_each_file_once(tmp_path: Path) -> None:
    (tmp_path / "deep/deeper").mkdir(parents=True)
    for name in ("b", "a", "deep/c", "deep/deeper/d"):
        (tmp_path / name).touch()
    (tmp_path / "deep/up").symlink_to("..")
    (tmp_path / "deep/same").symlink_to("../a")
    (tmp_path / "out").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe")
    found = [os.path.relpath(path, tmp_path) for path in walk(tmp_path)]
    assert found == ["a", "b", "deep/c", "deep/same", "deep/deeper/d"]


def test_a_walk_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        (tmp_path / str(number)).touch()
    monkeypatch.setattr("briefings.safe_files.MAX_FILES", 10)
    assert len(list(walk(tmp_path))) == 10


@pytest.mark.parametrize(
    ("folder_name", "root"),
    [("/p/data/pond", "/p"), ("/p/data/audiences", "/p"), ("/packs/pond", "/packs/pond"), ("/data/pond", "/")],
)
def test_what_links_in_a_folder_may_not_leave(folder_name: str, root: str) -> None:
    assert root_of(folder_name) == root


def test_a_part_is_written_through_no_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "victim").write_text("mine")
    monkeypatch.setattr(os, "urandom", lambda count: bytes(count))
    part = Path(write_part(tmp_path, b"new"))
    assert is_part(part.name)
    part.unlink()
    part.symlink_to("victim")
    with pytest.raises(FileExistsError):
        write_part(tmp_path, b"new")
    assert (tmp_path / "victim").read_text() == "mine"


def test_copies_of_sources(victim: Path) -> None:
    (victim / "project/data/texts").mkdir()
    for kind in ODD.keys() - {"giant"}:
        ODD[kind](victim / "project/data/texts" / f"{kind}.txt")
    assert told(partial(read_source_texts, victim / "project/data/texts")) == "{}\n"
    giant(victim / "project/data/texts/diary.txt")
    assert "diary.txt:1:1: error[unreadable]" in told(partial(read_source_texts, victim / "project/data/texts"))


def test_an_error_is_no_exception_of_python(victim: Path) -> None:
    """What the API raises for such a file is a ProblemError too."""
    import briefings

    fifo(victim / "project/data/pond/people.yaml")
    with pytest.raises(ProblemError, match="named pipe"):
        briefings.load(victim / "project/data/pond")
