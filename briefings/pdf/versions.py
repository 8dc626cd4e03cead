"""This machine -> what typesets on it, by name and version: other versions may make other sheets."""

import ctypes
import ctypes.util
import os
import sys
import zlib
from functools import cache
from hashlib import blake2b
from pathlib import Path

PACKAGES = ("weasyprint", "pydyf", "fonttools", "tinycss2", "tinyhtml5", "cssselect2", "pyphen", "pillow")
LIBRARIES = {"pango": "pango-1.0", "harfbuzz": "harfbuzz", "harfbuzz-subset": "harfbuzz-subset"}
# Our own modules that output/writers/pdf.py imports, directly or not. A test over the imports holds this list.
OUR_MODULES = (
    "library",
    "output/output_file",
    "output/writers/pdf",
    "page/page",
    "pdf/log",
    "pdf/sheet_map",
    "pdf/word_spaces",
    "pdf/tags",
    "pdf/typeset",
    "pdf/ua",
    "problems",
)


@cache
def versions() -> dict[str, str]:
    """Name -> version of everything that has a hand in typesetting, our own modules by the digest of their source.

    Nothing heavy is imported: a build that typesets nothing does not wait for the typesetter.
    """
    source = blake2b(digest_size=8)
    for name in OUR_MODULES:
        source.update((Path(__file__).parent.parent / f"{name}.py").read_bytes())
    found = _packages() | _libraries()
    return found | {
        "python": sys.version.split()[0],
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "briefings": source.hexdigest(),
    }


def _packages() -> dict[str, str]:
    """Versions by the names of installed packages' folders: importlib.metadata costs more than looking."""
    found: dict[str, str] = {}
    for folder in sys.path:
        try:
            names = [name for name in os.listdir(folder or ".") if name.endswith(".dist-info")]
        except OSError:
            continue
        for name in names:
            package, _, version = name.removesuffix(".dist-info").lower().partition("-")
            if package in PACKAGES:
                found.setdefault(package, version)
    return dict(sorted(found.items()))


def _libraries() -> dict[str, str]:
    found = {}
    for name, stem in LIBRARIES.items():
        library = _open(stem)
        function = {"pango": "pango_version_string", "harfbuzz": "hb_version_string"}.get(name)
        version = "there" if library else "absent"
        if library and function:
            call = library[function]
            call.restype = ctypes.c_char_p
            version = call().decode()
        found[name] = version
    return found


def _open(stem: str) -> ctypes.CDLL | None:
    """A shared library by the name Linux gives it, else as the system finds it."""
    for name in (f"lib{stem}.so.0", None if sys.platform == "linux" else ctypes.util.find_library(stem)):
        try:
            return ctypes.CDLL(name) if name else None
        except OSError:
            continue
    return None
