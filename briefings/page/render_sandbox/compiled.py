"""Shipped templates, compiled: kept beside Python's own compiled modules, so that only a first run compiles them."""

import sys
from contextlib import suppress
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from ...safe_files import is_below, read_bytes
from . import budget, environment, filters, operators, values


class CompiledTemplates(jinja2.FileSystemBytecodeCache):
    """The bytecode of templates inside `shipped`, in the `__pycache__` of this package.

    Templates of a theme or a project are compiled each time: what is loaded from here runs without a check, so it may
    come from nobody but the package. As for modules, nothing is written with PYTHONDONTWRITEBYTECODE, or where the
    package may not be written to.
    """

    def __init__(self, shipped: Path) -> None:
        super().__init__(str(Path(cache_from_source(__file__)).parent), "template-%s.cache")
        self._shipped = str(shipped)
        self._compiler = _compiler_version()

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The name of a template's file; "" if its bytecode is not kept."""
        kept = filename is not None and is_below(filename, self._shipped)
        return super().get_cache_key(name, filename) if kept else ""

    def get_source_checksum(self, source: str) -> str:
        """What bytecode is valid for: this source, and what compiled it."""
        return blake2b(source.encode(), key=self._compiler, digest_size=20).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load what was kept, if it is valid; a damaged file is one that is not there."""
        if bucket.key:
            try:
                super().load_bytecode(bucket)
            except Exception:  # whatever pickle raises
                bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the bytecode of a shipped template."""
        if bucket.key and not sys.dont_write_bytecode:
            with suppress(OSError):  # such as a package of another user
                super().dump_bytecode(bucket)


def _compiler_version() -> bytes:
    """What stands for the compiler: another version of Jinja or of this sandbox makes other code of a template."""
    version = blake2b(jinja2.__version__.encode(), digest_size=32)
    for module in (budget, environment, filters, operators, values):
        version.update(read_bytes(str(module.__file__)))
    return version.digest()
