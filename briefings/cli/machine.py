"""This machine in; out comes what building, speed and tests need of it, and the line that brings each."""

import ctypes
import ctypes.util
import os
import platform
import re
import shutil
import sys
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path
from typing import Literal, NamedTuple

Need = Literal["build", "speed", "tests"]

PYTHON = (3, 11)
NOT_FOUND = "not found"
MODULES = {  # where a package has another module name
    "fonttools": "fontTools",
    "markdown-it-py": "markdown_it",
    "pyyaml": "yaml",
}
INSTALL = {
    "debian": "apt-get install",
    "ubuntu": "apt-get install",
    "fedora": "dnf install",
    "macos": "brew install",
    "windows": "pacman -S",  # in the MSYS2 shell: WeasyPrint looks for its libraries there
}
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", MAC_CHROME)


@dataclass(frozen=True)
class Check:
    """One thing looked for: whether it is there, what was found, and the line to type where it is not."""

    name: str
    ok: bool
    found: str
    remedy: str
    needed_for: Need


class SystemDependency(NamedTuple):
    """A library (`stem` of its file's name) or a program of the system, and the package that brings it."""

    name: str
    needed_for: Need
    packages: dict[str, str]  # a system that is not named has no need of it; "": no package there
    stem: str = ""
    version: str = ""  # the library's function that returns it


def _brings(debian: str, fedora: str, macos: str, windows: str = "") -> dict[str, str]:
    return {"debian": debian, "fedora": fedora, "macos": macos, "windows": windows}


_PANGO = _brings("libpango-1.0-0", "pango", "pango", "mingw-w64-ucrt-x86_64-pango")
_PANGOFT2 = _PANGO | {"debian": "libpangoft2-1.0-0"}
_SUBSET = _brings("libharfbuzz-subset0", "harfbuzz", "harfbuzz", "mingw-w64-ucrt-x86_64-harfbuzz")
_POPPLER = _brings("poppler-utils", "poppler-utils", "poppler", "mingw-w64-ucrt-x86_64-poppler")
_CHROMIUM = _brings("chromium", "chromium", "google-chrome") | {"ubuntu": "chromium-browser"}
_QPDF = _brings("qpdf", "qpdf", "qpdf", "mingw-w64-ucrt-x86_64-qpdf")
_JDK = _brings("default-jdk-headless", "java-latest-openjdk-devel", "openjdk")
_NPM = _brings("npm", "nodejs-npm", "node", "mingw-w64-ucrt-x86_64-nodejs")

# What Pango itself depends on is looked for too, for a broken system lacks just one; its package is Pango's.
SYSTEM_DEPENDENCIES = (
    SystemDependency("Pango", "build", _PANGO, "pango-1.0", "pango_version_string"),
    SystemDependency("GObject", "build", _PANGO, "gobject-2.0"),
    SystemDependency("HarfBuzz", "build", _PANGO, "harfbuzz", "hb_version_string"),
    SystemDependency("PangoFT2", "build", _PANGOFT2, "pangoft2-1.0"),
    SystemDependency("Fontconfig", "build", _PANGOFT2, "fontconfig"),
    SystemDependency("HarfBuzz-Subset", "speed", _SUBSET, "harfbuzz-subset"),  # without it 2.4 times as long a document
    SystemDependency("pdfinfo", "tests", _POPPLER),
    SystemDependency("pdftoppm", "tests", _POPPLER),
    SystemDependency("chromium", "tests", _CHROMIUM),
    SystemDependency("qpdf", "tests", _QPDF),
    SystemDependency("javac", "tests", _JDK),  # runs veraPDF, whose driver it compiles, and the HTML checker
    SystemDependency("npm", "tests", _NPM),  # brings the HTML checker and the accessibility rules
    SystemDependency(
        "libatomic", "tests", {"debian": "libatomic1", "fedora": "libatomic"}, "atomic"
    ),  # Playwright's driver
)


def checks(fonts: Path | None = None) -> tuple[Check, ...]:
    """Everything looked for; the shipped fonts too, where the folder is given that should hold them."""
    return (_python(), *_packages(), *check_system(), *([_fonts(fonts)] if fonts else []))


def check_system() -> tuple[Check, ...]:
    """The libraries and programs that only the system's own package manager can bring."""
    here = platform_id()
    needed = [part for part in SYSTEM_DEPENDENCIES if here == "other" or _package_of(part, here) is not None]
    found = [library_version(part) if part.stem else program(part.name) for part in needed]
    return tuple(
        Check(part.name, bool(what), what or NOT_FOUND, remedy(here, [part.name]), part.needed_for)
        for part, what in zip(needed, found, strict=True)
    )


def remedy(system_id: str, missing: Collection[str]) -> str:
    """The one line to type, as root where the system asks for it; empty where nothing is missing."""
    packages = {part.name: _package_of(part, system_id) for part in SYSTEM_DEPENDENCIES if part.name in missing}
    known = dict.fromkeys(package for package in packages.values() if package)
    unknown = [name for name, package in packages.items() if not package]
    lines = [f"{INSTALL[system_id]} {' '.join(known)}"] if known else []
    by_hand = [f"install by hand: {', '.join(unknown)}"] if unknown else []
    return "; ".join(lines + by_hand)


def _package_of(part: SystemDependency, system_id: str) -> str | None:
    return part.packages.get(system_id, part.packages.get("debian") if system_id == "ubuntu" else None)


def platform_id() -> str:
    """Which row of INSTALL this system is, with relatives (Mint is Ubuntu, RHEL is Fedora), or `other`."""
    if sys.platform in ("darwin", "win32", "cygwin"):
        return "macos" if sys.platform == "darwin" else "windows"
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return "other"
    names = [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
    return next((name for name in names if name in INSTALL), "other")


def program(name: str) -> str | None:
    """The path of a program; any browser of Chromium's family stands for `chromium`."""
    names = CHROMIUM if name == "chromium" else (name,)
    return next(filter(None, map(shutil.which, names)), None)


def library_version(part: SystemDependency) -> str | None:
    """The version of a library, or the name it was loaded by; sought where WeasyPrint seeks it."""
    if sys.platform == "win32":
        for folder in os.environ.get("WEASYPRINT_DLL_DIRECTORIES", r"C:\msys64\ucrt64\bin").split(";"):
            with suppress(OSError):
                os.add_dll_directory(folder)
    for name in _names(part.stem):
        with suppress(OSError):
            loaded = ctypes.CDLL(name)
            return _version(loaded, part.version) if part.version else name
    return None


def _names(stem: str) -> Iterator[str]:
    yield from (f"lib{stem}{ending}" for ending in (".so.0", ".so.1", ".0.dylib", "-0.dll"))
    if found := ctypes.util.find_library(stem):  # last, for it starts ldconfig; knows unusual places
        yield found


def _version(loaded: ctypes.CDLL, function: str) -> str:
    version = getattr(loaded, function)
    version.restype = ctypes.c_char_p
    return str(version().decode())


def _python() -> Check:
    wanted = ".".join(map(str, PYTHON))
    line = f"make clean && make PYTHON=python{wanted}"
    return Check("Python", sys.version_info >= PYTHON, platform.python_version(), line, "build")


def _packages() -> list[Check]:
    """The Python packages this one asks for, in the versions it asks for."""
    try:
        wanted = metadata.requires("briefings") or []
    except metadata.PackageNotFoundError:
        return [Check("briefings", False, "not installed", "make", "build")]
    return [_package(requirement) for requirement in wanted if ";" not in requirement]


def _package(requirement: str) -> Check:
    name, limits = re.fullmatch(r"([\w.-]+)(.*)", requirement).groups()  # type: ignore[union-attr]
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        version = NOT_FOUND
    importable = version != NOT_FOUND and util.find_spec(MODULES.get(name, name)) is not None
    ok = importable and all(satisfies(version, limit) for limit in limits.split(",") if limit)
    return Check(name, ok, version, f"python -m pip install '{requirement}'", "build")


def satisfies(version: str, limit: str) -> bool:
    """Whether a version keeps one limit of ours: `>=2.9`, `<3` or `==70.*`."""
    sign, number = re.fullmatch(r"(>=|<|==)([\d.]+?)(?:\.\*)?", limit).groups()  # type: ignore[union-attr]
    have, bound = (tuple(map(int, re.findall(r"\d+", text))) for text in (version, number))
    if sign == "==":
        return have[: len(bound)] == bound
    return have >= bound if sign == ">=" else have < bound


def _fonts(folder: Path) -> Check:
    faces = len(list(folder.glob("*.ttf")))
    return Check("fonts", faces > 0, f"{faces} faces", "git checkout templates/fonts", "build")


def main() -> None:
    """For tools/system-packages: the line that brings what is missing for the needs named, or nothing."""
    lacking = [check.name for check in check_system() if not check.ok and check.needed_for in sys.argv[1:]]
    print(remedy(platform_id(), lacking))


if __name__ == "__main__":
    main()
