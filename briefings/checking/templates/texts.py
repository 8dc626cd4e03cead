"""A theme's fixed texts (strings/<language>.yaml) -> Problems of those that nothing reads: no page misses them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from ...library import Library, is_stray, readable_text, text_files
from ...pack.yaml_file import YamlFile, read_yaml
from ...problems import Hints, Problem, ProblemError, YamlPath
from ...safe_files import names_in

# What a language adds to a text by its own grammar (CLDR's plural categories), and fractions that it has a word for.
_OF_GRAMMAR = re.compile(r"zero|one|two|few|many|other|\d+/\d+")


def text_problems(library: Library) -> Iterator[Problem]:
    """A warning for each text that has no place in strings/en.yaml, and that no template of the project reads."""
    shipped = library.shipped_templates / "strings/en.yaml"
    english = read_yaml(shipped, library.show(shipped)).value
    for folder in library.own_template_folders:
        own = _words_of_templates(folder)
        kinds = {name for kind in ("document", "look", "layout", "paper") for name in library.kinds(kind)}
        for path in (folder / "strings" / name for name in names_in(folder / "strings", ".yaml", inside=folder)):
            if is_stray(path.name):
                continue
            try:
                yaml_file = read_yaml(path, library.show(path))
            except ProblemError:
                continue  # an error of the pack in that language
            if isinstance(yaml_file.value, dict):
                yield from _unknown(yaml_file, english, yaml_file.value, (), own | kinds, Hints())


def _words_of_templates(folder: Path) -> set[str]:
    paths = text_files(folder, ".html")
    return {word for path in paths for word in re.findall(r"[\w-]+", readable_text(path))}


def _unknown(
    yaml_file: YamlFile,
    english: Mapping[str, Any],
    value: Mapping[str, Any],
    at: YamlPath,
    known: set[str],
    hints: Hints,
) -> Iterator[Problem]:
    for key, item in value.items():
        if key not in english:
            if str(key) not in known and not _OF_GRAMMAR.fullmatch(str(key)):
                near = hints.near(str(key), partial(map, str, english), kind="/".join(map(str, at)))
                hint = near or "write one of those of strings/en.yaml, or delete it"
                mark = yaml_file.mark((*at, key), key=True)
                problem = yaml_file.problem("unknown-text", f"nothing reads the text '{key}'", mark, hint)
                yield replace(problem, severity="warning")
        elif isinstance(item, dict) and isinstance(english[key], dict):
            yield from _unknown(yaml_file, english[key], item, (*at, key), known, hints)
