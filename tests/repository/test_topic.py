"""The package and its templates know no topic. Another pack than the shipped one must not need a line changed."""

import re
from itertools import chain
from pathlib import Path

import pytest

import briefings
from briefings.library import shipped

WORDS = re.compile(
    r"kursk|ukrain|russia|zelensk|putin|sudzha|sumy|kyiv|kiev|moscow|kremlin|soviet|korea|donbas|prokhorov"
    r"|incursion|1943|afp-2025|watling|tank|troop|soldier",
    re.IGNORECASE,
)
ROOT = shipped()
FILES = sorted(
    chain(
        Path(briefings.__file__).parent.rglob("*.py"),
        *((shipped() / "templates").rglob(f"*.{kind}") for kind in ("html", "css", "yaml", "svg")),
    )
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_topic(path: Path) -> None:
    lines = enumerate(path.read_text().splitlines(), 1)
    assert [f"{number}: {line}" for number, line in lines if WORDS.search(line)] == []


def test_the_guard_looks_at_what_it_should() -> None:
    assert {"audience_view.py", "quotations.py", "base.html", "tokens.css", "en.yaml"} <= {path.name for path in FILES}
    assert WORDS.search("the Ukrainians")
