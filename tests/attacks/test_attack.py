"""The harness itself: it notices a command that never ends, and what a command must not print."""

import os
import time
from pathlib import Path

import pytest
from attacks.attack import HUNG, Outcome, assert_plain, attempt


def test_a_command_that_never_ends_is_ended(tmp_path: Path) -> None:
    outcome = attempt(["list"], tmp_path, seconds=0.3, before=lambda: time.sleep(60))
    assert outcome.code == HUNG
    assert outcome.seconds < 5
    with pytest.raises(AssertionError, match="ended after"):
        assert_plain(outcome)


def test_a_command_runs_in_its_folder_and_says_what_it_does(victim: Path) -> None:
    outcome = attempt(["list"], victim / "project")
    assert_plain(outcome)
    assert (outcome.code, outcome.out.splitlines()[0]) == (0, "packs: pond")
    assert Path.cwd() != victim / "project"


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome(4, "", "", 0),
        Outcome(1, "", "Traceback (most recent call last):", 0),
        Outcome(0, "\x1b[31m", "", 0),
        Outcome(0, "", "\x9b31m", 0),
        Outcome(0, os.fsdecode(b"\xff"), "", 0),
    ],
)
def test_what_no_command_may_do(outcome: Outcome) -> None:
    with pytest.raises(AssertionError):
        assert_plain(outcome)
