"""Processes that are killed while PDFs are typeset: the next build is right, and nothing is left behind."""

import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from faulty import HUNG, Clean, all_gone, build, children, clean_builds, edited, kill, start, wait, whole

from briefings.output import build as build_module

pytestmark = pytest.mark.slow

ALL = bool(os.environ.get("BRIEFINGS_FAULTS"))
JOBS = ("--jobs", "2") if ALL else ("--jobs", "2", "--audience", "secondary")
COUNTS: Counter[str] = Counter()


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clean]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build_module, "FEWEST_TYPESET", 1)  # a single paper has a worker too
        yield clean_builds(tmp_path_factory.mktemp("clean"), *JOBS)
    print("".join(f"\n{count:6} x {name}" for name, count in sorted(COUNTS.items())))


@pytest.mark.parametrize("seed", range(60) if ALL else [3])
def test_a_kill_while_pdfs_are_made(clean: Clean, tmp_path: Path, seed: int) -> None:
    dice, project = random.Random(seed), edited(clean, tmp_path / "project")
    whom, number = dice.choice(["build", "worker", "all"]), dice.choice([signal.SIGKILL, signal.SIGTERM])
    running = start(project, *JOBS)
    time.sleep(0.3 + dice.random() * 4)
    workers = children(running.process)
    if whom != "build":
        for worker in workers if whom == "all" else workers[:1]:
            with suppress(ProcessLookupError):
                os.kill(worker, number)
            COUNTS[f"{number.name} of a worker"] += 1
    if whom != "worker":
        kill(running, number)
        COUNTS[f"{number.name} of a build that typesets"] += 1
    ended = wait(running)
    assert ended.code != HUNG
    assert "Traceback" not in ended.said
    if whom == "worker":  # another one takes its place
        assert ended.code == 0, ended.said
        assert project.outputs() == clean.after
    assert all_gone(workers)
    assert whole(project.outputs(), clean.before, clean.after) == []
    again = build(project, *JOBS)
    assert again.code == 0, again.said
    assert project.outputs() == clean.after
    assert project.leftovers() == []
    shutil.rmtree(project.root)
