"""What holds for the repository as a whole: nothing of one machine in it, complete licences, locks and wheel."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from conftest import HERE

ROOT = HERE.parent
SHIPPED = {"briefings/": "briefings/"} | {
    f"{name}/": f"briefings/shipped/{name}/" for name in ("data", "docs", "starter", "templates")
}
LOCKS = ("requirements.lock", "requirements-dev.lock")

# In two pieces, so that this file may be looked at like any other.
REGISTRIES = ("pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js.org", "index" + "-url", "find" + "-links")
MACHINES = (r"/wo" + r"rk/", r"/ro" + r"ot/", r"/tm" + r"p/\w", r"/ho" + r"me/\w", r"/Us" + r"ers/\w", r"file:" + r"//")


def tracked(*folders: str) -> list[str]:
    """What git tracks, and what it would with `git add .`: a guard that waits for the commit comes too late."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *folders]
    done = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True)
    return sorted({name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()})


def places(pattern: str) -> list[str]:
    found = []
    for name in tracked():
        raw = (ROOT / name).read_bytes()
        if b"\0" not in raw[:8000]:
            lines = enumerate(raw.decode("utf-8", "replace").splitlines(), 1)
            found += [f"{name}:{number}: {line.strip()}" for number, line in lines if re.search(pattern, line)]
    return found


def test_no_registry_address() -> None:
    assert places("|".join(map(re.escape, REGISTRIES))) == []


def test_no_path_of_a_machine() -> None:
    assert places(rf"(?<![\w.)$}}]){'|'.join(MACHINES)}") == []


def test_licences() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert "MIT License" in text
    assert "CC BY 4.0" in text
    assert "Attribution 4.0 International" in (ROOT / "data/LICENSE.md").read_text()
    for name in ("OFL-SourceSerif.txt", "OFL-SourceSans.txt"):
        assert "SIL OPEN FONT LICENSE Version 1.1" in (ROOT / "templates/fonts" / name).read_text()


def requirements(lock: str) -> dict[str, str]:
    """Each requirement of a lock file: name==version, with all that is said of it."""
    text = (ROOT / lock).read_text().replace("\\\n", "")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return {line.split()[0].split("==")[0]: line for line in lines}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_requirement_has_hashes(lock: str) -> None:
    locked = requirements(lock)
    assert len(locked) > 20
    assert [name for name, line in locked.items() if not re.search(r"== ?\S+.* --hash=sha256:[0-9a-f]{64}", line)] == []
    assert {"hatchling", "editables"} <= set(locked)  # for `pip install --no-build-isolation -e .`


def test_the_locks_agree_with_each_other_and_with_the_project() -> None:
    run, dev = map(requirements, LOCKS)
    assert {name: dev.get(name) for name in run} == run
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    assert names(project["project"]["dependencies"]) | names(groups["build"]) <= set(run)
    assert names(groups["dev"]) <= set(dev)


def names(wanted: list[object]) -> set[str]:
    return {re.split(r"[<>=]", line)[0].lower() for line in wanted if isinstance(line, str)}


def test_the_two_commands_of_the_readme_are_targets() -> None:
    readme = (ROOT / "README.md").read_text()
    makefile = (ROOT / "Makefile").read_text()
    commands = set(re.findall(r"^\s*(make(?: [a-z]+)?)(?:\s+#.*)?$", readme, re.MULTILINE))
    assert {"make", "make test"} <= commands
    for target in {command.partition(" ")[2] or "all" for command in commands}:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"README names 'make {target}'"


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert "CI=1 make test" in (ROOT / ".ci/run").read_text()
    assert os.access(ROOT / ".ci/run", os.X_OK)


@pytest.mark.slow
def test_the_wheel_holds_what_git_tracks(tmp_path: Path) -> None:
    """A template or a pack's file that only a checkout has is missed by everybody who installs the wheel."""
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", tmp_path, "."]
    subprocess.run(build, cwd=ROOT, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    expected = set()
    for name in tracked(*SHIPPED):
        folder = name.partition("/")[0] + "/"
        expected.add(SHIPPED[folder] + name.removeprefix(folder))
    assert {name for name in names if ".dist-info/" not in name} == expected
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
