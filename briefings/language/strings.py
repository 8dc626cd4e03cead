"""Load the fixed texts of a language: templates/strings/<language>.yaml."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..library import Library, find_inside
from ..pack.yaml_file import YamlFile, read_yaml
from ..problems import Problem, ProblemError, YamlPath

# Languages written from right to left. Pages, columns, lists and drawings are laid out from left to right only.
RIGHT_TO_LEFT = frozenset(("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))
_MAX_NAMES = 3  # missing texts that a problem names


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


def strings_problems(library: Library, language: str) -> Iterator[Problem]:
    """What the strings of a language lack of the English ones, and where one has another shape than there.

    A template would fail at a missing text, in a file that is not its author's.
    """
    shipped = library.shipped_templates / "strings/en.yaml"
    english = _read(shipped, library.show(shipped))
    lacking = {} if language.startswith("en") else dict(english.value)
    last: YamlFile | None = None
    for name in dict.fromkeys((language.partition("-")[0], language)):
        for folder in reversed(library.template_folders):
            path = find_inside(folder, f"strings/{name}.yaml")
            if path and path != shipped:
                last = _read(path, library.show(path))
                yield from _wrong_shapes(last, english.value, last.value, ())
                lacking = _without(lacking, last.value)
    if last and (names := list(_leaves(lacking, ""))):
        more = f" and {len(names) - _MAX_NAMES} more" if len(names) > _MAX_NAMES else ""
        message = f"the strings of '{language}' lack {', '.join(map(repr, names[:_MAX_NAMES]))}{more}"
        hint = "copy them from strings/en.yaml of the shipped templates, and translate them"
        yield last.problem("missing-field", message, last.mark(()), hint)


def _read(path: Path, name: str) -> YamlFile:
    yaml_file = read_yaml(path, name)
    if not isinstance(yaml_file.value, dict):
        hint = "write each as key: text, as strings/en.yaml of the shipped templates does"
        raise ProblemError(
            [yaml_file.problem("wrong-type", "expected a mapping of keys to texts", yaml_file.mark(()), hint)]
        )
    return yaml_file


def _wrong_shapes(yaml_file: YamlFile, english: Any, value: Any, at: YamlPath) -> Iterator[Problem]:
    """A Problem for each mapping that is a text in English, and the reverse."""
    for key, item in value.items():
        like = english.get(key)
        mapped, wanted = isinstance(item, dict), isinstance(like, dict)
        if mapped and wanted:
            yield from _wrong_shapes(yaml_file, like, item, (*at, key))
        elif key in english and (mapped or wanted or isinstance(item, list) != isinstance(like, list)):
            one = "a list" if isinstance(like, list) else "a text"
            shape = f"a mapping with {', '.join(map(repr, like))}" if wanted else one
            mark = yaml_file.mark((*at, key))
            message = f"expected {shape} in '{key}', as in strings/en.yaml"
            yield yaml_file.problem(
                "wrong-type", message, mark, "write it as strings/en.yaml of the shipped templates does"
            )


def _without(wanted: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """What is wanted and not given, mapping by mapping."""
    left: dict[str, Any] = {}
    for key, value in wanted.items():
        if key not in given:
            left[key] = value
        elif isinstance(value, dict) and isinstance(given[key], dict) and (inner := _without(value, given[key])):
            left[key] = inner
    return left


def _leaves(values: Mapping[str, Any], before: str) -> Iterator[str]:
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{before}{key}.")
        else:
            yield f"{before}{key}"


@lru_cache(maxsize=8)
def _read_strings(path: Path, name: str, mtime_ns: int) -> Mapping[str, Any]:
    """Read a strings file. `mtime_ns` is part of the cache key, so that an edited file is read again."""
    value: Mapping[str, Any] = _read(path, name).value
    return value


def _merge(into: dict[str, Any], overrides: Mapping[str, Any]) -> None:
    """Merge mappings recursively. Mappings are copied: what _read_strings() returns is cached."""
    for key, value in overrides.items():
        if isinstance(value, dict):
            old = into.get(key)
            into[key] = dict(old) if isinstance(old, dict) else {}
            _merge(into[key], value)
        else:
            into[key] = value
