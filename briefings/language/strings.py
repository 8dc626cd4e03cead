"""Load the fixed texts of a language: templates/strings/<language>.yaml."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..library import Library, find_inside
from ..pack.yaml_file import read_yaml
from ..problems import Problem, ProblemError


def load_strings(library: Library, language: str) -> Mapping[str, Any]:
    """Merge strings/<language>.yaml of all template folders; earlier folders override. Raises ProblemError.

    A regional form such as en-GB has the strings of its language, with those of its own file over them.
    """
    merged: dict[str, Any] = {}
    for name in dict.fromkeys((language.partition("-")[0], language)):
        for folder in reversed(library.template_folders):
            if path := find_inside(folder, f"strings/{name}.yaml"):
                _merge(merged, _read_strings(path, library.show(path), path.stat().st_mtime_ns))
    if not merged:
        hint = "copy strings/en.yaml from the shipped templates and translate it"
        raise ProblemError([Problem("missing-file", f"there is no strings/{language}.yaml", None, hint)])
    return merged


@lru_cache(maxsize=8)
def _read_strings(path: Path, name: str, mtime_ns: int) -> Mapping[str, Any]:
    """Read a strings file. `mtime_ns` is part of the cache key, so that an edited file is read again."""
    yaml_file = read_yaml(path, name)
    if not isinstance(yaml_file.value, dict):
        raise ProblemError([yaml_file.problem("wrong-type", "expected a mapping of keys to texts", yaml_file.mark(()))])
    return yaml_file.value


def _merge(into: dict[str, Any], overrides: Mapping[str, Any]) -> None:
    """Merge mappings recursively. Mappings are copied: what _read_strings() returns is cached."""
    for key, value in overrides.items():
        if isinstance(value, dict):
            old = into.get(key)
            into[key] = dict(old) if isinstance(old, dict) else {}
            _merge(into[key], value)
        else:
            into[key] = value
