"""The data of packs, before and now -> the values that changed, each with its file, line and field.

A state is a digest of each value of a pack, compressed to one text, which the ledger keeps with an output. It
serves only to name what changed: whether an output is out of date, its page tells.
"""

import base64
import json
import zlib
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from ..problems import YamlPath
from .pack import Pack
from .yaml_file import YamlFile

_MAX_NAMED = 3


class DataState:
    """The present values of a pack."""

    def __init__(self, pack: Pack) -> None:
        self._files = {yaml_file.file.rpartition("/")[2]: yaml_file for yaml_file, _ in pack.files}

    @cached_property
    def text(self) -> str:
        """The state, for the ledger."""
        raw = json.dumps(self._digests, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        return base64.b64encode(zlib.compress(raw, 6)).decode("ascii")

    def changes_since(self, recorded: str, html: str) -> str:
        """The values that changed since a state was recorded, for example "data/pond/figures.yaml:14:34 (value)".

        Values inside items that the page `html` names come first, and if there are any, the others are left out: those
        may have changed other pages. "" if nothing changed, or if the state cannot be read.
        """
        try:
            before: dict[str, str] = json.loads(zlib.decompress(base64.b64decode(recorded)))
        except (ValueError, zlib.error):
            return ""
        now = self._digests
        changed = [key for key in {**now, **before} if before.get(key) != now.get(key)]
        shown = [key for key in changed if any(f'"{part}"' in html for part in _ids(key))] or changed
        named = [self._describe(key) for key in shown[:_MAX_NAMED]]
        more = f" and {len(shown) - _MAX_NAMED} more" if len(shown) > _MAX_NAMED else ""
        return f"{', '.join(named)}{more}" if named else ""

    @cached_property
    def _paths(self) -> dict[str, tuple[YamlFile, YamlPath, Any]]:
        """Each value of the pack by its key: the file's name, then ids and names of fields."""
        return {
            "/".join((name, *keys)): (yaml_file, path, value)
            for name, yaml_file in self._files.items()
            for keys, path, value in _leaves(yaml_file.value, (), ())
        }

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {key: format(zlib.crc32(repr(value).encode()), "08x") for key, (_, _, value) in self._paths.items()}

    def _describe(self, key: str) -> str:
        name, _, field = key.partition("/")
        if key not in self._paths:
            return f"{self._files[name].file if name in self._files else name} ({field} was removed)"
        yaml_file, path, _ = self._paths[key]
        mark = yaml_file.mark(path)
        return f"{mark.file}:{mark.line}:{mark.column} ({field})"


def _leaves(value: Any, keys: tuple[str, ...], path: YamlPath) -> Iterator[tuple[tuple[str, ...], YamlPath, Any]]:
    """Each value that holds no other: its key, which an item inserted before it does not change, its path, itself."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, (*keys, str(name)), (*path, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            own = inner.get("id") if isinstance(inner, dict) else None
            yield from _leaves(inner, (*keys, own if isinstance(own, str) else str(index)), (*path, index))
    else:
        yield keys, path, value


def _ids(key: str) -> Iterator[str]:
    """The ids that a page may have for a value: those of the items around it, the innermost item as figure/estimate."""
    parts = key.split("/")[2:-1]
    yield from parts
    yield from (f"{first}/{last}" for first, _, last in zip(parts, parts[1:], parts[2:], strict=False))
