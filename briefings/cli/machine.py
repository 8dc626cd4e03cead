"""This machine -> what is installed or missing for building, speed and tests, and the command that installs it.

It imports only the standard library: it must run where the dependencies it reports are missing.
"""

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
MODULES = {  # package -> its module, where the names differ
    "fonttools": "fontTools",
    "markdown-it-py": "markdown_it",
    "pillow": "PIL",
    "pyyaml": "yaml",
}
INSTALL = {
    "debian": "apt-get install",
    "ubuntu": "apt-get install",
    "fedora": "dnf install",
    "macos": "brew install",
    "windows": "pacman -S",  # in the MSYS2 shell, where WeasyPrint finds its libraries
}
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", MAC_CHROME)


@dataclass(frozen=True)
class Check:
    """The result of one check: `found` is a version or path, `remedy` the command to type if it is not ok."""

    name: str
    ok: bool
    found: str
    remedy: str
    needed_for: Need


class SystemDependency(NamedTuple):
    """A system library (with `stem`) or program (without), and the package that contains it on each system."""

    name: str
    needed_for: Need
    packages: dict[str, str]  # system -> package; "": has no package; a system that is missing does not need it
    stem: str = ""  # of the library's file name: "pango-1.0" for libpango-1.0.so.0
    version: str = ""  # the function of the library that returns its version


def _packages_by_system(debian: str, fedora: str, macos: str, windows: str = "") -> dict[str, str]:
    return {"debian": debian, "fedora": fedora, "macos": macos, "windows": windows}


_PANGO = _packages_by_system("libpango-1.0-0", "pango", "pango", "mingw-w64-ucrt-x86_64-pango")
_PANGOFT2 = _PANGO | {"debian": "libpangoft2-1.0-0"}
_SUBSET = _packages_by_system("libharfbuzz-subset0", "harfbuzz", "harfbuzz", "mingw-w64-ucrt-x86_64-harfbuzz")
_POPPLER = _packages_by_system("poppler-utils", "poppler-utils", "poppler", "mingw-w64-ucrt-x86_64-poppler")
_CHROMIUM = _packages_by_system("chromium", "chromium", "google-chrome") | {"ubuntu": "chromium-browser"}
_QPDF = _packages_by_system("qpdf", "qpdf", "qpdf", "mingw-w64-ucrt-x86_64-qpdf")
_JDK = _packages_by_system("default-jdk-headless", "java-latest-openjdk-devel", "openjdk")
_NPM = _packages_by_system("npm", "nodejs-npm", "node", "mingw-w64-ucrt-x86_64-nodejs")

# Pango's own dependencies are checked too, because a broken system may lack just one of them. Their package is Pango's.
SYSTEM_DEPENDENCIES = (
    SystemDependency("Pango", "build", _PANGO, "pango-1.0", "pango_version_string"),
    SystemDependency("GObject", "build", _PANGO, "gobject-2.0"),
    SystemDependency("HarfBuzz", "build", _PANGO, "harfbuzz", "hb_version_string"),
    SystemDependency("PangoFT2", "build", _PANGOFT2, "pangoft2-1.0"),
    SystemDependency("Fontconfig", "build", _PANGOFT2, "fontconfig"),
    SystemDependency(
        "HarfBuzz-Subset", "speed", _SUBSET, "harfbuzz-subset"
    ),  # without it a document takes 2.4 times as long
    SystemDependency("pdfinfo", "tests", _POPPLER),
    SystemDependency("pdftoppm", "tests", _POPPLER),
    SystemDependency("chromium", "tests", _CHROMIUM),
    SystemDependency("qpdf", "tests", _QPDF),
    SystemDependency(
        "javac", "tests", _JDK
    ),  # compiles the driver of veraPDF; its JDK runs both that and the HTML checker
    SystemDependency("npm", "tests", _NPM),  # installs the HTML checker and the accessibility rules
    # Playwright's driver needs it
    SystemDependency("libatomic", "tests", {"debian": "libatomic1", "fedora": "libatomic"}, "atomic"),
)


def checks(fonts: Path | None = None) -> tuple[Check, ...]:
    """All checks, including one of the shipped fonts if their folder is given."""
    return (_python(), *_packages(), *check_system(), *([_fonts(fonts)] if fonts else []))


def check_system() -> tuple[Check, ...]:
    """Check the libraries and programs that only the system's package manager can install."""
    system_id = platform_id()
    needed = [part for part in SYSTEM_DEPENDENCIES if system_id == "other" or _package_of(part, system_id) is not None]
    found = [library_version(part) if part.stem else program(part.name) for part in needed]
    return tuple(
        Check(part.name, bool(what), what or NOT_FOUND, remedy(system_id, [part.name]), part.needed_for)
        for part, what in zip(needed, found, strict=True)
    )


def remedy(system_id: str, missing: Collection[str]) -> str:
    """The command that installs what is missing (which may need root); "" if nothing is missing."""
    packages = {part.name: _package_of(part, system_id) for part in SYSTEM_DEPENDENCIES if part.name in missing}
    known = dict.fromkeys(package for package in packages.values() if package)
    unknown = [name for name, package in packages.items() if not package]
    lines = [f"{INSTALL[system_id]} {' '.join(known)}"] if known else []
    by_hand = [f"install by hand: {', '.join(unknown)}"] if unknown else []
    return "; ".join(lines + by_hand)


def _package_of(part: SystemDependency, system_id: str) -> str | None:
    # Ubuntu's packages are Debian's unless it has an entry of its own.
    return part.packages.get(system_id, part.packages.get("debian") if system_id == "ubuntu" else None)


def platform_id() -> str:
    """This system's key in INSTALL, or "other". A derived system counts as its base (Mint: ubuntu, RHEL: fedora)."""
    if sys.platform in ("darwin", "win32", "cygwin"):
        return "macos" if sys.platform == "darwin" else "windows"
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return "other"
    names = [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
    return next((name for name in names if name in INSTALL), "other")


def program(name: str) -> str | None:
    """The path of a program, or None. Any browser of the Chromium family counts as `chromium`."""
    names = CHROMIUM if name == "chromium" else (name,)
    return next(filter(None, map(shutil.which, names)), None)


def library_version(part: SystemDependency) -> str | None:
    """The version of a library, or the name it was loaded by; None if it is missing. Searches where WeasyPrint does."""
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
    # It also knows unusual places, but comes last because it starts ldconfig.
    if found := ctypes.util.find_library(stem):
        yield found


def _version(loaded: ctypes.CDLL, function: str) -> str:
    version = getattr(loaded, function)
    version.restype = ctypes.c_char_p
    return str(version().decode())


def _python() -> Check:
    oldest = ".".join(map(str, PYTHON))
    line = f"make clean && make PYTHON=python{oldest}"
    return Check("Python", sys.version_info >= PYTHON, platform.python_version(), line, "build")


def _packages() -> list[Check]:
    """Check the Python packages that this one requires, and their versions."""
    try:
        required = metadata.requires("briefings") or []
    except metadata.PackageNotFoundError:
        return [Check("briefings", False, "not installed", "make", "build")]
    # A requirement with ";" belongs to an extra, such as "pytest ; extra == 'dev'".
    return [_package(requirement) for requirement in required if ";" not in requirement]


def _package(requirement: str) -> Check:
    # for example "weasyprint==70.*" or "pydantic>=2.9,<3"
    name, limits = re.fullmatch(r"([\w.-]+)(.*)", requirement).groups()  # type: ignore[union-attr]
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        version = NOT_FOUND
    importable = version != NOT_FOUND and util.find_spec(MODULES.get(name, name)) is not None
    ok = importable and all(satisfies(version, limit) for limit in limits.split(",") if limit)
    return Check(name, ok, version, f"python -m pip install '{requirement}'", "build")


def satisfies(version: str, limit: str) -> bool:
    """Whether a version satisfies one of the specifiers that this package uses: `>=2.9`, `<3` or `==70.*`."""
    sign, number = re.fullmatch(r"(>=|<|==)([\d.]+?)(?:\.\*)?", limit).groups()  # type: ignore[union-attr]
    have, bound = (  # "2.9.0rc1" -> (2, 9, 0, 1)
        tuple(map(int, re.findall(r"\d+", text))) for text in (version, number)
    )
    if sign == "==":
        return have[: len(bound)] == bound
    return have >= bound if sign == ">=" else have < bound


def _fonts(folder: Path) -> Check:
    faces = len(list(folder.glob("*.ttf")))
    return Check("fonts", faces > 0, f"{faces} faces", "git checkout templates/fonts", "build")


def main() -> None:
    """Print the command that installs what is missing for the needs in sys.argv. Used by tools/system-packages."""
    missing = [check.name for check in check_system() if not check.ok and check.needed_for in sys.argv[1:]]
    print(remedy(platform_id(), missing))


if __name__ == "__main__":
    main()
