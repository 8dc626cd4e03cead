"""Shipped files in which no fault was found: kept beside Python's compiled modules; only a first run reads them.

Reading a hundred style sheets takes 0.2 s of each build. A file counts by its text, and by what looked for faults: an
edited one is read again. Files of a theme or a project are read each time, since a stranger may bring what is kept too.
"""

import json
import sys
from contextlib import suppress
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path

from ... import limits, style_sheets
from ...library import Library
from ...safe_files import is_below, read_bytes, replace_file
from . import faults, markup, styles, tables

_NAME = "files-without-faults.json"


class CleanFiles:
    """The digests of shipped files without faults, as an earlier run left them."""

    def __init__(self, library: Library) -> None:
        self._shipped = str(library.shipped_templates)
        self._path = Path(cache_from_source(__file__)).with_name(_NAME)
        self._checker = _checker_version()
        self._known = _read(self._path)
        self._found: set[str] = set()

    def digest(self, path: Path, source: str, printed: bool) -> str:
        """What stands for a shipped file and its check; "" for another file."""
        if not is_below(str(path), self._shipped):
            return ""
        said = f"{path.suffix}\n{printed}\n{source}".encode()
        return blake2b(said, key=self._checker, digest_size=16).hexdigest()

    def holds(self, digest: str) -> bool:
        """Whether the file had no fault in an earlier run; it is kept then."""
        if known := digest in self._known:
            self._found.add(digest)
        return known

    def add(self, digest: str) -> None:
        """Keep a file that has no fault."""
        if digest:
            self._found.add(digest)

    def save(self) -> None:
        """Keep what this run found, and nothing else. As for modules, not with PYTHONDONTWRITEBYTECODE."""
        if self._found != self._known and not sys.dont_write_bytecode:
            with suppress(OSError):  # such as a package of another user
                replace_file(self._path, json.dumps(sorted(self._found)).encode())


def _read(path: Path) -> set[str]:
    try:
        kept = json.loads(read_bytes(path))
    except (OSError, ValueError):
        return set()
    return set(filter(None, kept)) if isinstance(kept, list) and all(isinstance(each, str) for each in kept) else set()


def _checker_version() -> bytes:
    version = blake2b(styles.PARSER.encode(), digest_size=32)
    for module in (faults, limits, markup, style_sheets, styles, tables):
        version.update(read_bytes(str(module.__file__)))
    return version.digest()
