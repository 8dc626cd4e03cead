"""Whatever fails in a build: earlier outputs stay whole, no half file has a final name, and the next build is right.

A sample of the moments runs in each test run. `make faults` takes all of them, with real PDFs and random kills too.
"""

import errno
import os
import random
import re
import signal
import time
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from faulty import (
    HUNG,
    Clean,
    Ended,
    Project,
    build,
    clean_builds,
    edited,
    kill,
    killing,
    limited,
    make_project,
    moving,
    refusing,
    start,
    wait,
    whole,
)
from rendered import pages_rendered_once

from briefings.library import Library
from briefings.output import ledger
from briefings.output.formats import FORMATS
from briefings.output.output_file import Output
from briefings.page.page import Page

pytestmark = pytest.mark.slow  # each is a build or several

ALL = bool(os.environ.get("BRIEFINGS_FAULTS"))
SEED = 17
CHANGES = range(1, 41)  # of files in a build of the project: see test_the_moments_are_all_there_are
COUNTS: Counter[str] = Counter()


def moments(*few: int) -> list[int]:
    """Before which changes of a file something fails: all, or these few."""
    return [*CHANGES] if ALL else [*few]


def some(*values: object, few: int = 1) -> list[object]:
    """All values, or the first few."""
    return [*values] if ALL else [*values[:few]]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clean]:
    """Two clean builds, with a quick stand-in for the typesetter here and in all processes forked from this one.

    In a sample, pages are rendered once, and builds render only what is new, such as a pack that changes meanwhile.
    """

    def pdf(page: Page, _: Library) -> Output:
        return Output(f"{page.name}.pdf", b"%PDF " + sha256(page.html.encode()).digest() * 3000, 2)

    with pytest.MonkeyPatch.context() as patch, pages_rendered_once() as keep:
        patch.setitem(FORMATS, "pdf", pdf)
        yield clean_builds(tmp_path_factory.mktemp("clean"), **({} if ALL else {"keep": keep}))
    print("".join(f"\n{count:6} x {name}" for name, count in sorted(COUNTS.items())))


@pytest.fixture
def project(clean: Clean, tmp_path: Path) -> Project:
    """A project with earlier outputs, whose data were edited since."""
    return edited(clean, tmp_path / "project")


def recovers(project: Project, clean: Clean, name: str) -> None:
    """What holds after each fault."""
    COUNTS[name] += 1
    assert whole(project.outputs(), clean.before, clean.after) == []
    again = build(project)
    assert again.code == 0, again.said
    assert project.outputs() == clean.after
    assert project.leftovers() == []


def _bug(project: Project, ended: Ended) -> str:
    """What the build said, with the traceback of a bug."""
    return ended.said + "".join(path.read_text() for path in project.temporary.glob("*.txt"))


def is_told(ended: Ended) -> None:
    """The build says what failed, as a Problem."""
    assert ended.code == 1, ended.said
    assert "error[" in ended.said
    assert "Traceback" not in ended.said


def test_the_moments_are_all_there_are(project: Project) -> None:
    """Were there more changes in a build than are tried, the last ones would never be."""
    seen = project.root.parent / "seen"

    def count(number: int, _: str) -> None:
        seen.touch()
        os.truncate(seen, number)

    assert build(project, fault=count).code == 0
    assert 10 < seen.stat().st_size <= len(CHANGES)


@pytest.mark.parametrize("at", moments(3, 12, 21, 29))
def test_a_kill_before_any_change_of_a_file(project: Project, clean: Clean, at: int) -> None:
    ended = build(project, fault=killing(at))
    assert ended.code in (-signal.SIGKILL, 0), ended
    recovers(project, clean, "kill -9 before a change of a file")


@pytest.mark.parametrize("at", moments(15))
def test_a_kill_in_the_first_build(clean: Clean, tmp_path: Path, at: int) -> None:
    project = make_project(tmp_path / "project")
    project.edit()
    build(project, fault=killing(at))
    recovers(project, clean, "kill -9 in a first build")


@pytest.mark.parametrize("number", some(signal.SIGTERM, signal.SIGINT, signal.SIGHUP))
@pytest.mark.parametrize("at", moments(22))
def test_a_signal_before_any_change_of_a_file(project: Project, clean: Clean, at: int, number: int) -> None:
    ended = build(project, fault=killing(at, number))
    assert ended.code in (-number, 130, 128 + number, 0), ended
    assert "Traceback" not in ended.said
    recovers(project, clean, f"{signal.Signals(number).name} before a change of a file")


@pytest.mark.parametrize("code", some(errno.ENOSPC, errno.EROFS, errno.EIO), ids=errno.errorcode.get)
@pytest.mark.parametrize("at", moments(16))
def test_a_disk_that_is_full_or_read_only_from_some_moment_on(
    project: Project, clean: Clean, at: int, code: int
) -> None:
    ended = build(project, fault=refusing(at, code))
    assert ended.code in (0, 1), ended  # 0: only the note for the next run was not written
    if ended.code:
        is_told(ended)
    recovers(project, clean, f"{errno.errorcode[code]} from a change of a file on")


@pytest.mark.parametrize("at", moments(19))
def test_one_change_that_is_refused(project: Project, clean: Clean, at: int) -> None:
    ended = build(project, fault=refusing(at, errno.EACCES, ever=False))
    assert ended.code in (0, 1), _bug(project, ended)
    if ended.code:
        is_told(ended)
    recovers(project, clean, "EACCES for one change of a file")


@pytest.mark.parametrize("size", some(50_000, 0, 1, 4096, 90_000))
def test_files_that_are_cut_off(project: Project, clean: Clean, size: int) -> None:
    is_told(build(project, before=limited(size)))
    recovers(project, clean, "short write at a limit of the size of files")


@pytest.mark.parametrize("size", some("300k", "4k", "100k", "500k", "600k"))
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_small_disk(clean: Clean, tmp_path: Path, size: str) -> None:
    project = make_project(tmp_path / "project")
    project.edit()
    project.out.mkdir()
    if os.system(f"mount -t tmpfs -o size={size} tmpfs {project.out}") != 0:
        pytest.skip("a container may not mount")
    try:
        is_told(build(project))
        assert whole(project.outputs(), clean.after) == []
        assert project.leftovers() == []
    finally:
        os.system(f"umount {project.out}")
    recovers(project, clean, "a small disk")


@pytest.mark.parametrize("at", moments(20))
def test_the_output_folder_is_moved_away(project: Project, clean: Clean, at: int, tmp_path: Path) -> None:
    ended = build(project, fault=moving(at, project.out, tmp_path / "moved"))
    assert ended.code in (0, 1), _bug(project, ended)
    if ended.code:
        is_told(ended)
    if (tmp_path / "moved").exists():
        assert whole(Project(tmp_path / "moved").outputs(), clean.before, clean.after) == []
    recovers(project, clean, "the output folder moved")


@pytest.mark.parametrize("at", moments(8))
def test_the_pack_is_moved_away(project: Project, clean: Clean, at: int, tmp_path: Path) -> None:
    folder = project.root / "data/pond"
    ended = build(project, fault=moving(at, folder, tmp_path / "moved"))
    assert ended.code in (0, 1, 2), ended
    assert "Traceback" not in ended.said
    if (tmp_path / "moved").exists():
        (tmp_path / "moved").rename(folder)
    recovers(project, clean, "the pack moved")


@pytest.mark.parametrize("count", some(2, 4))
def test_builds_at_once(project: Project, clean: Clean, count: int) -> None:
    running = [start(project) for _ in range(count)]
    for each in running:
        ended = wait(each)
        assert ended.code == 0, ended
    assert project.outputs() == clean.after
    recovers(project, clean, "builds at once")


@pytest.mark.parametrize("years", some(-6, 6))
def test_a_clock_that_is_wrong(project: Project, clean: Clean, years: int) -> None:
    now, now_ns, away = time.time, time.time_ns, years * 365 * 86400

    def before() -> None:
        time.time = lambda: now() + away
        time.time_ns = lambda: now_ns() + away * 10**9

    assert build(project, before=before).code == 0
    assert project.outputs() == clean.after
    recovers(project, clean, "a wrong clock")


def test_an_edit_that_keeps_size_and_time(project: Project) -> None:
    """As by `cp -p`, `rsync -t`, or an archive in which all files have the same date."""
    phases, page = project.root / "data/pond/phases.yaml", project.out / "pond/secondary-briefing.html"
    os.utime(phases, ns=(0, 0))
    time.sleep(0.1)
    assert build(project).code == 0
    time.sleep(0.1)
    assert build(project).said.startswith("nothing to do")
    phases.write_text(phases.read_text().replace("two long days", "ten long days"))
    os.utime(phases, ns=(0, 0))
    assert build(project).code == 0
    assert "ten long days" in re.sub("<[^>]*>", "", page.read_text()).replace("\N{NO-BREAK SPACE}", " ")
    COUNTS["an edit that keeps size and time"] += 1


@pytest.mark.parametrize("_", some(*range(20)))
def test_files_that_change_while_they_are_read(project: Project, clean: Clean, _: int) -> None:
    """Whatever the build saw, the next one sees what is there then."""
    phases, dice = project.root / "data/pond/phases.yaml", random.Random(SEED)
    texts = [(clean.built / "data/pond/phases.yaml").read_text(), phases.read_text()]
    running = start(project)
    for _ in range(60):
        phases.write_text(dice.choice(texts) if dice.random() < 0.7 else texts[0][: dice.randrange(len(texts[0]))])
        time.sleep(dice.random() / 100)
    phases.unlink()
    phases.write_text(texts[1])
    ended = wait(running)
    assert ended.code in (0, 1), _bug(project, ended)
    assert "Traceback" not in ended.said
    recovers(project, clean, "files that change while they are read")


def test_a_ledger_damaged_at_every_byte(project: Project, clean: Clean) -> None:
    """It is the same ledger or none: never other entries. A build then makes everything again, and asks nothing."""
    file = project.out / ledger.LEDGER_NAME
    good, (entries, error) = file.read_bytes(), ledger.load(project.out)
    assert entries
    assert not error
    dice = random.Random(SEED)
    places = range(len(good)) if ALL else range(0, len(good), max(1, len(good) // 300))
    for place in places:
        for damaged in (good[:place], good[:place] + bytes([good[place] ^ 1 << dice.randrange(8)]) + good[place + 1 :]):
            file.write_bytes(damaged)
            found, error = ledger.load(project.out)
            assert found in ({}, entries)
            assert bool(error) != (found == entries)
            COUNTS["a damaged ledger is read"] += 1
    ended = build(project)
    assert ended.code in (0, 1), ended  # 1: it asks before it replaces files of which nothing is known
    assert "Traceback" not in ended.said


@pytest.mark.parametrize("seed", some(*range(110)))
def test_a_kill_at_a_random_moment(project: Project, clean: Clean, seed: int) -> None:
    dice = random.Random(seed)
    running = start(project)
    time.sleep(dice.random() * 1.5)
    kill(running, dice.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM]))
    assert wait(running).code != HUNG
    recovers(project, clean, "kill at a random moment")
