"""The checks of `briefings doctor` on this machine, and the install commands for other systems."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import HERE

from briefings.cli import machine
from briefings.cli.machine import SystemDependency, checks, platform_id, program, remedy, satisfies

FONTS = HERE.parent / "templates" / "fonts"
LIBRARIES = ["Pango", "GObject", "HarfBuzz", "PangoFT2", "Fontconfig", "HarfBuzz-Subset"]


def test_this_machine_can_build() -> None:
    lacking = [check for check in checks(FONTS) if not check.ok and check.needed_for == "build"]
    assert lacking == []


def test_checks_name_what_was_found() -> None:
    found = {check.name: check.found for check in checks(FONTS)}
    assert found["weasyprint"].startswith("70.")
    assert found["Pango"].startswith("1.")  # its version, not the name of its file
    assert found["fonts"] == "12 faces"
    assert {"Python", "babel", "markdown-it-py", "pyyaml", *LIBRARIES} <= set(found)


def test_missing_fonts_are_reported(tmp_path: Path) -> None:
    fonts = checks(tmp_path)[-1]
    assert (fonts.name, fonts.ok, fonts.found) == ("fonts", False, "0 faces")


@pytest.mark.parametrize(
    ("system", "missing", "line"),
    [
        ("debian", [], ""),
        ("debian", LIBRARIES, "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
        ("debian", ["HarfBuzz-Subset"], "apt-get install libharfbuzz-subset0"),
        ("debian", ["chromium", "pdfinfo", "pdftoppm"], "apt-get install poppler-utils chromium"),
        ("debian", ["qpdf", "javac", "npm"], "apt-get install qpdf default-jdk-headless npm"),
        ("ubuntu", LIBRARIES, "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
        ("ubuntu", ["chromium"], "apt-get install chromium-browser"),
        ("fedora", LIBRARIES, "dnf install pango harfbuzz"),
        ("fedora", ["pdfinfo", "chromium"], "dnf install poppler-utils chromium"),
        ("macos", LIBRARIES, "brew install pango harfbuzz"),
        ("macos", ["pdfinfo", "chromium"], "brew install poppler google-chrome"),
        ("windows", ["Pango", "PangoFT2"], "pacman -S mingw-w64-ucrt-x86_64-pango"),
        (
            "windows",
            ["pdfinfo", "chromium"],
            "pacman -S mingw-w64-ucrt-x86_64-poppler; install by hand: chromium",
        ),
        ("other", ["Pango", "HarfBuzz-Subset"], "install by hand: Pango, HarfBuzz-Subset"),
    ],
)
def test_remedy(system: str, missing: list[str], line: str) -> None:
    assert remedy(system, missing) == line


@pytest.mark.parametrize("part", machine.SYSTEM_DEPENDENCIES, ids=lambda part: part.name)
def test_every_dependency_has_a_package_on_linux(part: SystemDependency) -> None:
    assert part.packages["debian"]
    assert part.packages["fedora"]


@pytest.mark.parametrize(
    ("release", "system"),
    [
        ({"ID": "debian"}, "debian"),
        ({"ID": "ubuntu", "ID_LIKE": "debian"}, "ubuntu"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "ubuntu"),
        ({"ID": "raspbian", "ID_LIKE": "debian"}, "debian"),
        ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "fedora"),
        ({"ID": "nixos"}, "other"),
        ({}, "other"),
    ],
)
def test_linux_platforms(monkeypatch: pytest.MonkeyPatch, release: dict[str, str], system: str) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: release)
    assert platform_id() == system


@pytest.mark.parametrize(("name", "system"), [("darwin", "macos"), ("win32", "windows")])
def test_other_platforms(monkeypatch: pytest.MonkeyPatch, name: str, system: str) -> None:
    monkeypatch.setattr(sys, "platform", name)
    assert platform_id() == system


def test_a_missing_library_and_program(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = (
        SystemDependency("Gone", "build", {"debian": "libgone"}, "no-such-library"),
        SystemDependency("no-such-program", "tests", {"debian": "gone-utils"}),
    )
    monkeypatch.setattr(machine, "SYSTEM_DEPENDENCIES", parts)
    monkeypatch.setattr(machine, "platform_id", lambda: "debian")
    assert [(check.ok, check.found, check.remedy) for check in machine.check_system()] == [
        (False, "not found", "apt-get install libgone"),
        (False, "not found", "apt-get install gone-utils"),
    ]


def test_dependencies_that_a_system_does_not_need_are_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    checked = {}
    for system in ("ubuntu", "macos", "other"):
        monkeypatch.setattr(machine, "platform_id", lambda system=system: system)
        checked[system] = "libatomic" in {check.name for check in machine.check_system()}
    assert checked == {"ubuntu": True, "macos": False, "other": True}


def test_any_browser_of_the_chromium_family_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"google-chrome": "/somewhere/google-chrome"}
    monkeypatch.setattr(machine.shutil, "which", there.get)
    assert program("chromium") == "/somewhere/google-chrome"
    assert program("pdfinfo") is None


@pytest.mark.parametrize(
    ("version", "limit", "kept"),
    [
        ("70.0", "==70.*", True),
        ("71.0", "==70.*", False),
        ("7.0", "==70.*", False),
        ("2.14.3", ">=2.9", True),
        ("2.8.9", ">=2.9", False),
        ("3.0", "<3", False),
        ("2.99", "<3", True),
        ("2.9.0rc1", ">=2.9", True),
    ],
)
def test_satisfies(version: str, limit: str, kept: bool) -> None:
    assert satisfies(version, limit) is kept


@pytest.mark.parametrize(
    ("requirement", "ok"),
    [("weasyprint==70.*", True), ("weasyprint==1.*", False), ("no-such-package>=1", False)],
)
def test_packages(monkeypatch: pytest.MonkeyPatch, requirement: str, ok: bool) -> None:
    monkeypatch.setattr(machine.metadata, "requires", lambda _: [requirement, "left-out>=1 ; extra == 'more'"])
    (check,) = [check for check in checks() if check.remedy.startswith("python -m pip")]
    assert (check.ok, check.remedy) == (ok, f"python -m pip install '{requirement}'")


def test_the_module_imports_none_of_the_packages_it_checks() -> None:
    """It must be able to report that WeasyPrint is missing."""
    code = "import sys, briefings.cli.machine; print({'weasyprint', 'pydantic', 'jinja2', 'yaml'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "set()\n"
