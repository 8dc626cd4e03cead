"""What all tests share: a program that a test needs is there, or the test says what to type."""

import os
from functools import cache

import pytest

from briefings import doctor


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """`@pytest.mark.tool("pdfinfo")`: skip by name where it is missing. On CI nobody reads a skip: fail."""
    for name in dict.fromkeys(name for marker in item.iter_markers("tool") for name in marker.args):
        if not system()[name].ok:
            reason = f"{name} is missing; type: {system()[name].remedy}"
            if os.environ.get("CI"):
                pytest.fail(reason, pytrace=False)
            pytest.skip(reason)


@cache
def system() -> dict[str, doctor.Check]:
    return {check.name: check for check in doctor.system()}
