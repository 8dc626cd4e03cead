"""The same data gives the same bytes in another process, folder, time zone and locale, and on another day."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ALL_CASES, PACKS, POND
from looks import pdf_fonts

pytestmark = pytest.mark.slow

# Moves Python's clocks by 40 days; as sitecustomize.py, it is imported at the start of every process.
CLOCK = """
import datetime, time
OFF = 40 * 86400 + 7 * 3600 + 11
_time, _ns, _gm, _local, _strftime = time.time, time.time_ns, time.gmtime, time.localtime, time.strftime
time.time = lambda: _time() + OFF
time.time_ns = lambda: _ns() + OFF * 10**9
time.gmtime = lambda at=None: _gm(time.time() if at is None else at)
time.localtime = lambda at=None: _local(time.time() if at is None else at)
time.strftime = lambda form, at=None: _strftime(form, time.localtime() if at is None else at)

class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return cls.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls): return cls.utcfromtimestamp(time.time())
    today = now

class LaterDay(datetime.date):
    @classmethod
    def today(cls): return cls.fromtimestamp(time.time())

datetime.datetime, datetime.date = Later, LaterDay
"""
LAST = ".briefings-last"
HERE = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "COLUMNS": "80"}
THERE = {"PYTHONHASHSEED": "77", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "de_DE.UTF-8", "COLUMNS": "200"}


def built(place: Path, pack: str, env: dict[str, str], arguments: list[str], umask: int) -> dict[str, bytes]:
    """Name -> content of a build in its own process, project, home and temporary folder."""
    for name in ("tmp", "home", "project"):
        (place / name).mkdir(parents=True)
    shutil.copytree(PACKS[pack] / "data" / pack, place / "project/data" / pack)
    full_env = {"PATH": os.environ["PATH"], "HOME": str(place / "home"), "TMPDIR": str(place / "tmp"), **env}
    if (place / "sitecustomize.py").exists():
        full_env["PYTHONPATH"] = str(place)
    command = [sys.executable, "-m", "briefings", "build", pack, *arguments]
    done = subprocess.run(
        command, cwd=place / "project", env=full_env, capture_output=True, text=True, check=False, umask=umask
    )
    assert done.returncode == 0, done.stderr
    out = place / "project/build"
    files = {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}
    assert files.pop(LAST)  # file times on this machine: never equal
    return files


@pytest.mark.parametrize(
    ("pack", "arguments"),
    [
        ("pond", []),
        ("kursk", ["--audience", "policy", *(("--audience", "university") if ALL_CASES else ())]),
    ],
)
def test_two_processes_write_the_same_files(tmp_path: Path, pack: str, arguments: list[str]) -> None:
    elsewhere = tmp_path / "a much longer name, with spaces and ö"
    elsewhere.mkdir()
    (elsewhere / "sitecustomize.py").write_text(CLOCK)
    one = built(tmp_path / "a", pack, HERE, [*arguments, "--jobs", "2"], 0o022)
    other = built(elsewhere, pack, THERE, [*arguments, "--jobs", "1"], 0o077)
    assert list(one) == list(other)
    assert {Path(name).suffix for name in one} >= {".pdf", ".html"}
    assert [name for name in one if one[name] != other[name]] == []


def test_the_clock_is_moved(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(CLOCK)
    command = [sys.executable, "-c", "import time, datetime; print(time.time(), datetime.datetime.now().timestamp())"]
    done = subprocess.run(command, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=True)
    far = [float(moved) - os.path.getmtime(tmp_path) for moved in done.stdout.split()]
    assert all(40 * 86400 < each < 41 * 86400 for each in far)


@pytest.mark.tool("pdfinfo")
def test_system_fonts_are_not_used(tmp_path: Path) -> None:
    """A font that the system has and the page does not declare is not used."""
    fonts, page = tmp_path / "fonts", tmp_path / "page.pdf"
    shutil.copytree(PACKS["kursk"] / "templates/fonts", fonts, ignore=shutil.ignore_patterns("SourceSans*"))
    system = f"<fontconfig><dir>{fonts}</dir><cachedir>{tmp_path}</cachedir></fontconfig>"
    (tmp_path / "system.conf").write_text(system)
    code = f"""
import importlib, pathlib
from briefings.library import Library
from briefings.page.page import Page
face = '@font-face {{ font-family: "Source Sans 3"; src: url(fonts/SourceSans3-Regular.ttf) }}'
style = '<style>' + face + ' p {{ font-family: "Source Serif 4", "Source Sans 3" }}</style>'
page = Page("a", "T", '<html lang="en"><title>T</title>' + style + '<p>a frog')
sheets = importlib.import_module("briefings.pdf.typeset").typeset(page, Library(pathlib.Path({str(POND)!r})))
pathlib.Path({str(page)!r}).write_bytes(sheets.pdf)
"""
    env = {**os.environ, "FONTCONFIG_FILE": str(tmp_path / "system.conf")}
    subprocess.run([sys.executable, "-c", code], env=env, check=True)
    assert pdf_fonts(page) == {"Source-Sans-3"}
