"""copies.yaml of the templates -> which fields a list of copies may have, and the words that a row makes of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from ..library import Library
from ..loading.validation_errors import validation_problems
from ..pack.yaml_file import YamlFile, read_yaml
from ..problems import Problem, ProblemError
from ..schema.project import CopiesFile

FILE = "copies.yaml"
NAME = "name"
_FIELD = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_BRACE = re.compile(r"[{}]")


@dataclass(frozen=True)
class BoxWords:
    """The lines of a box, with fields in braces."""

    lines: tuple[str, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields, each once; the name is the first."""
        return tuple(dict.fromkeys((NAME, *(field for line in self.lines for field in _FIELD.findall(line)))))

    def of(self, row: Mapping[str, str]) -> tuple[str, ...]:
        """The lines of a row, without those whose fields are all empty."""
        filled = (
            _FIELD.sub(lambda field: row.get(field[1], ""), line)
            for line in self.lines
            if any(row.get(field) for field in _FIELD.findall(line)) or not _FIELD.search(line)
        )
        return tuple(" ".join(line.split()) for line in filled)


def load_box_words(library: Library) -> BoxWords:
    """What copies of the library's papers say. Raises ProblemError."""
    path = library.find(FILE)
    assert path, "it is shipped"
    yaml_file = read_yaml(path, library.show(path))
    try:
        said = CopiesFile.model_validate(yaml_file.value or {})
    except ValidationError as error:
        raise ProblemError(validation_problems(error, yaml_file, CopiesFile)) from None
    problems = [problem for number, line in enumerate(said.lines) for problem in _faults(yaml_file, number, line)]
    if not problems and NAME not in {field for line in said.lines for field in _FIELD.findall(line)}:
        hint = f'write "{{{NAME}}}" in a line: a copy says whose it is'
        problems = [yaml_file.problem("bad-value", "no line has the name", yaml_file.mark(("lines",)), hint)]
    if problems:
        raise ProblemError(problems)
    return BoxWords(said.lines)


def _faults(yaml_file: YamlFile, number: int, line: str) -> list[Problem]:
    if not _BRACE.search(_FIELD.sub("", line)):
        return []
    hint = "write a field as {contact}: small letters, digits and _ in braces"
    mark = yaml_file.mark(("lines", number))
    return [yaml_file.problem("bad-value", f"'{line}' has a brace that belongs to no field", mark, hint)]
