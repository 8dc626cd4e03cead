"""Every target holds for its kept inputs, and for some hundred changes of them that are the same in each run."""

import sys
from itertools import islice
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # as in `python tests/fuzz/run.py`, which needs nothing of pytest

from run import MAX_BYTES, Session, TooSlowError, corpus, mutations, time_limit
from targets import TARGETS, run

SLOW = {
    "pack": 6,
    "audience": 4,
    "css": 20,
    "address": 20,
    "marks": 150,
    "template": 150,
}  # targets that need 10 ms and more
SECONDS = 10.0  # of the processor, for one input


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_kept_inputs(target: str) -> None:
    assert corpus(target)
    for data in corpus(target):
        with time_limit(SECONDS):
            run(target, data)


@pytest.mark.slow
@pytest.mark.parametrize("target", sorted(TARGETS))
def test_changed_inputs(target: str) -> None:
    for data in islice(mutations(corpus(target), 7), SLOW.get(target, 400)):
        with time_limit(SECONDS):
            run(target, data)


def test_a_finding_is_kept_once_for_each_place(tmp_path: Path) -> None:
    session = Session("toml", tmp_path)

    def broken(_: str, data: bytes) -> None:
        if b"x" in data:
            raise ZeroDivisionError
        if b"y" in data:
            raise KeyError(data)

    session.run = broken
    for data in (b"ok", b"x1", b"x2", b"y"):
        session.feed(data)
    session.save()
    assert session.count == 4
    assert sorted(session.kinds.values()) == [1, 2]
    kept = {path.read_bytes() for path in (tmp_path / "toml").iterdir() if not path.suffix}
    assert kept == {b"x1", b"y"}


def test_an_input_that_takes_too_long_is_a_finding() -> None:
    with pytest.raises(TooSlowError), time_limit(0.05):
        sum(number for number in range(10**12))


def test_changes_are_the_same_in_each_run_and_short() -> None:
    found = [list(islice(mutations([b"a: 1", b"b: [2]"], 3), 200)) for _ in range(2)]
    assert found[0] == found[1]
    assert len(set(found[0])) > 150
    assert max(map(len, found[0])) <= MAX_BYTES
