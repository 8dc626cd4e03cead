"""Collect the versions of everything on this machine that affects a PDF's bytes."""

import ctypes
import ctypes.util
import os
import sys
import zlib
from collections.abc import Collection
from functools import cache
from hashlib import blake2b
from pathlib import Path

PACKAGES = ("weasyprint", "pydyf", "fonttools", "tinycss2", "tinyhtml5", "cssselect2", "pyphen", "pillow")
LIBRARIES = {"pango": "pango-1.0", "harfbuzz": "harfbuzz", "harfbuzz-subset": "harfbuzz-subset"}
# Our own modules that the writers of PDFs import, directly or not. A test over the imports holds this list.
OUR_MODULES = (
    "briefing/quiz",
    "drawings/font_lettering",
    "house_style",
    "library",
    "limits",
    "output/output_file",
    "output/writers/fillable",
    "output/writers/pdf",
    "page/page",
    "pdf/copy_box",
    "pdf/failures",
    "pdf/increment",
    "pdf/links",
    "pdf/log",
    "pdf/once",
    "pdf/page_html",
    "pdf/sheet_map",
    "pdf/word_spaces",
    "pdf/tags",
    "pdf/temporary",
    "pdf/typeset",
    "pdf/ua",
    "problems",
    "project_root",
    "safe_files",
    "style_sheets",
    "visible",
)


@cache
def versions() -> dict[str, str]:
    """Name -> version of Python, packages and libraries that typeset; "briefings" is the digest of OUR_MODULES.

    WeasyPrint is not imported, so that a build that typesets nothing does not wait for it.
    """
    source = blake2b(digest_size=8)
    for name in OUR_MODULES:
        source.update((Path(__file__).parent.parent / f"{name}.py").read_bytes())
    return {
        **package_versions(PACKAGES),
        **_libraries(),
        "python": sys.version.split()[0],
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "briefings": source.hexdigest(),
    }


def package_versions(packages: Collection[str]) -> dict[str, str]:
    """Package -> version, read from folder names such as pydyf-0.13.0.dist-info: importlib.metadata is slower."""
    result: dict[str, str] = {}
    for folder in sys.path:
        try:
            names = [name for name in os.listdir(folder or ".") if name.endswith(".dist-info")]
        except OSError:
            continue
        for name in names:
            package, _, version = name.removesuffix(".dist-info").lower().partition("-")
            if package in packages:
                result.setdefault(package, version)  # the first on sys.path is the one that is imported
    return dict(sorted(result.items()))


def _libraries() -> dict[str, str]:
    """Library -> version; "there" or "absent" for harfbuzz-subset, which has no version function of its own."""
    result = {}
    for name, stem in LIBRARIES.items():
        library = _open(stem)
        function = {"pango": "pango_version_string", "harfbuzz": "hb_version_string"}.get(name)
        version = "there" if library else "absent"
        if library and function:
            call = library[function]
            call.restype = ctypes.c_char_p
            version = call().decode()
        result[name] = version
    return result


def _open(stem: str) -> ctypes.CDLL | None:
    """Load a library by its Linux file name, or on another system by what `find_library` finds; None if missing."""
    for name in (f"lib{stem}.so.0", None if sys.platform == "linux" else ctypes.util.find_library(stem)):
        try:
            return ctypes.CDLL(name) if name else None
        except OSError:
            continue
    return None
