"""What reaches the terminal: no value moves its cursor, sets its title, turns its direction or fakes a line of ours."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click
import pytest
from attacks.attack import HIDDEN, assert_plain, attempt, told
from conftest import Run

from briefings.cli import last_run
from briefings.cli.common import _coloured, say
from briefings.composing.project import UsageError, require_known
from briefings.output.build import build
from briefings.problems import Mark, Problem, grouped
from briefings.visible import is_visible, visible

FAKE = "1 error in 0 files. All is well."
SIGNS = {
    "title": "\x1b]0;pwned\x07",
    "clear": "\x1b[2J\x1b[H",
    "colour": "\x1b[31mred\x1b[0m",
    "eight-bit": "\x9b2J",
    "link": "\x1b]8;;http://example.org\x1b\\here\x1b]8;;\x1b\\",
    "return": f"x\r{FAKE}",
    "line": f"x\n{FAKE}",
    "next-line": f"x\x85{FAKE}",
    "separator": f"x\u2028{FAKE}",
    "paragraph": f"x\u2029{FAKE}",
    "vertical": f"x\x0b{FAKE}",
    "page": f"x\x0c{FAKE}",
    "backspace": "good\b\b\b\bevil",
    "bell": "\a",
    "delete": "\x7f",
    "nul": "a\0b",
    "override": "\u202egnp.exe",
    "isolate": "\u2067abc\u2069",
    "mark": "\u200fabc",
    "nothing": "a\u200bb\u2060c\ufeffd",
    "tags": "a\U000e0041b",
    "surrogate": "a\ud800b",
    "byte": os.fsdecode(b"a\xffb"),
}


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_every_sign_is_written_out(sign: str) -> None:
    shown = visible(sign)
    assert not HIDDEN & set(shown)
    assert "\n" not in shown
    assert shown.encode()
    assert not is_visible(sign)
    assert is_visible(shown)
    # JSON with signs written out is the same JSON.
    text = json.dumps([sign], ensure_ascii=False)
    assert json.loads(visible(text)) == [sign]


@pytest.mark.parametrize("text", ["Fähre", "Ольга", "1 200 km²", "क्‍ष", "a–b “c” …", "👩‍🔬", "ِبْت", ""])
def test_letters_of_all_languages_stay(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
@pytest.mark.parametrize("part", ["message", "hint", "file", "excerpt"])
def test_a_problem_shows_none(part: str, sign: str) -> None:
    values = {"message": "m", "hint": "h", "excerpt": "e"} | {part: sign}
    mark = Mark(sign if part == "file" else "f.yaml", 1, 1)
    problem = Problem("code", values["message"], mark, values["hint"], excerpt=values["excerpt"])
    for text in (str(problem), *grouped([problem] * 4)):
        assert not HIDDEN & set(text)
        assert FAKE not in text.split("\n")
    assert len(str(problem).split("\n")) <= 3


def test_the_caret_stands_below_its_sign() -> None:
    problem = Problem("code", "m", Mark("f.yaml", 7, 5), excerpt="a\t\x1bbc")
    assert str(problem).split("\n")[1:] == ["    7 | a \\u001bbc", "      |          ^"]
    assert str(Problem("c", "m", Mark("f", 7, 9), excerpt="abc")).split("\n")[2] == "      |         ^"


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_say_prints_one_line_for_each(sign: str, capfd: pytest.CaptureFixture[str]) -> None:
    say("first", sign)
    say(sign, err=True)
    for text in capfd.readouterr():
        assert not HIDDEN & set(text)
        assert FAKE not in text.split("\n")


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_an_error_of_usage_shows_none(sign: str) -> None:
    with pytest.raises(UsageError) as caught:
        require_known("pack", [sign], [f"{sign}2"])
    assert not HIDDEN & set(str(caught.value))
    assert FAKE not in str(caught.value).split("\n")


def test_only_our_own_colours_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    line = _coloured(visible("f:1:1: error[code]: \x1b[5mblink"))
    assert click.unstyle(line) == "f:1:1: error[code]: \\u001b[5mblink"
    assert line.count("\x1b") == 2


# -- from data to the terminal ---------------------------------------------------------------------


def put(file: str, find: str, sign: str) -> Callable[[Path], None]:
    """An edit that puts a sign into a quoted value, as YAML writes it."""

    def edit(project: Path) -> None:
        path = project / file
        text = path.read_text()
        assert find in text, text
        path.write_text(text.replace(find, find.partition(":")[0] + ": " + json.dumps(sign), 1))

    return edit


PLACES = [
    ("data/pond/pack.yaml", "id: pond"),
    ("data/pond/sources.yaml", "kind: news"),
    ("data/pond/sources.yaml", "title: "),
    ("data/pond/glossary.yaml", "term: frogspawn"),
    ("data/audiences/pupils.yaml", "title: Pupils"),
]


@pytest.mark.parametrize("sign", ["title", "eight-bit", "line", "next-line", "separator", "override"])
@pytest.mark.parametrize("command", [["check", "--no-pages"], ["check", "--no-pages", "--format", "json"]])
def test_a_value_of_data(victim: Path, sign: str, command: list[str]) -> None:
    project = victim / "project"
    kinds = (project / "data/pond/sources.yaml").read_text()
    found = kinds[kinds.index("kind: ") :].split(",")[0].split("\n")[0]
    put("data/pond/sources.yaml", found, SIGNS[sign])(project)
    (project / f"data/pond/a{SIGNS[sign][:8].replace('/', '')}.yaml").write_text("a: b\n")
    outcome = attempt(command, project)
    assert_plain(outcome)
    assert outcome.code == 1
    assert FAKE not in outcome.said.split("\n")
    if "json" in command:
        assert any(SIGNS[sign] in problem["message"] for problem in json.loads(outcome.out)["problems"])


@pytest.mark.parametrize("sign", ["title", "line", "eight-bit", "byte"])
def test_names_of_files(victim: Path, sign: str) -> None:
    project = victim / "project"
    name = SIGNS[sign].replace("/", "")
    for folder in ("data", "templates/documents", "templates/css/looks"):
        (project / folder).mkdir(parents=True, exist_ok=True)
    (project / "data" / name).mkdir()
    (project / f"data/{name}/pack.yaml").write_text("id: x\n")
    (project / f"templates/documents/{name}.html").write_text("{{ nothing }}")
    (project / f"templates/css/looks/{name}.css").write_text("}")
    for command in (["list"], ["check", "--no-pages"], ["build", "nothing"], ["theme", "list", "templates"]):
        outcome = attempt(command, project)
        assert_plain(outcome)
        assert not any(line.startswith(FAKE) for line in outcome.said.split("\n"))


@pytest.mark.parametrize("sign", ["title", "line", "eight-bit"])
@pytest.mark.parametrize("template", ["{{ 1 / 0 }}%s", "{%% include %s %%}", "{{ briefing[%s] }}"])
def test_templates(victim: Path, template: str, sign: str) -> None:
    (victim / "project/templates/documents").mkdir(parents=True)
    path = victim / "project/templates/documents/briefing.html"
    path.write_text(template % json.dumps(SIGNS[sign]))
    arguments = partial(build, project=victim / "project", audiences=["pupils"], formats=["html"], out=victim / "out")
    said = told(arguments)
    assert "templates/documents/briefing.html:1:1: error[" in said
    assert not HIDDEN & set(said)
    assert FAKE not in said.split("\n")


@pytest.mark.parametrize(
    "arguments", [["\x1b[31m"], ["build", "--\x1b[31m"], ["build", "--paper", "\x9b2J"], ["why", "\x1bx"]]
)
def test_arguments(run: Run, project: Path, arguments: list[str]) -> None:
    done = run(arguments, project)
    assert done.code > 0
    assert not HIDDEN & set(done.out + done.err)


def test_a_forged_record_of_the_last_run_is_not_printed(
    run: Run, project: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    (project / "build").mkdir()
    run(["check", "--no-pages"], project)
    note = project / "build" / last_run.FILE_NAMES["check"]
    lines = note.read_bytes().decode().split("\n")[1:]
    assert last_run.print_if_unchanged(["check", "--no-pages"])
    for index, sign in ((1, "\x1b[2J"), (2, "\x9b2J"), (1, "\u202e")):
        forged = list(lines)
        forged[index] += sign
        last_run._write(str(note), forged)
        capfd.readouterr()
        assert not last_run.print_if_unchanged(["check", "--no-pages"])
        assert capfd.readouterr() == ("", "")


# -- a terminal, or a file, that cannot be written -------------------------------------------------


@pytest.mark.slow
def test_a_full_disk_behind_stdout_is_a_message(project: Path) -> None:
    """In a process of its own: Python reports such an error once more when it ends."""
    command = [sys.executable, "-m", "briefings", "build", "--audience", "pupils", "--format", "html"]
    with open("/dev/full", "w") as full:
        done = subprocess.run(command, cwd=project, stdout=full, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr) == (3, "briefings: cannot print to stdout: no space left on device\n")
    assert (project / "build/pond/pupils-briefing.html").is_file(), "the work goes on"


def test_a_reader_that_left_is_no_error(project: Path) -> None:
    command = f"{sys.executable} -m briefings theme list tokens | head -n 1"
    done = subprocess.run(command, cwd=project, shell=True, capture_output=True, text=True)
    assert (done.stderr, len(done.stdout.splitlines())) == ("", 1)


def test_a_folder_that_is_gone_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    for arguments in (["build"], ["check"], ["list"], ["new", "x"]):
        outcome = attempt(arguments, tmp_path / "gone", before=lambda: (tmp_path / "gone").rmdir())
        assert outcome.code == 3
        assert outcome.err == "briefings: the folder that you are in was removed; go to another one with cd\n"
        (tmp_path / "gone").mkdir()
