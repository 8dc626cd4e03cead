"""The versions that decide whether an unchanged page is typeset again."""

import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from briefings.pdf import versions


@pytest.fixture(autouse=True)
def _uncached() -> Iterator[None]:
    versions.versions.cache_clear()
    yield
    versions.versions.cache_clear()


def folder_with(path: Path, *names: str) -> str:
    for name in names:
        (path / name).mkdir(parents=True)
    return str(path)


def test_versions_agree_with_package_metadata() -> None:
    found = versions.versions()
    assert {name: found[name] for name in versions.PACKAGES} == {name: version(name) for name in versions.PACKAGES}
    assert {"python", "zlib", "briefings", *versions.LIBRARIES} == set(found) - set(versions.PACKAGES)


def test_the_first_folder_on_the_path_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = folder_with(tmp_path / "a", "Pydyf-0.13.0.dist-info", "click-8.1.dist-info", "weasyprint")
    second = folder_with(tmp_path / "b", "pydyf-0.12.0.dist-info", "pillow-12.0.dist-info")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "missing"), first, second])
    assert versions.package_versions(versions.PACKAGES) == {"pillow": "12.0", "pydyf": "0.13.0"}


def test_a_missing_library_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "_open", lambda stem: None)
    assert versions._libraries() == {"pango": "absent", "harfbuzz": "absent", "harfbuzz-subset": "absent"}


def test_a_library_that_does_not_exist_is_not_opened() -> None:
    assert versions._open("no-such-library") is None


def test_a_change_in_our_own_modules_is_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    before = versions.versions()
    versions.versions.cache_clear()
    monkeypatch.setattr(versions, "OUR_MODULES", versions.OUR_MODULES[:-1])
    after = versions.versions()
    assert {name for name in before if before[name] != after[name]} == {"briefings"}
