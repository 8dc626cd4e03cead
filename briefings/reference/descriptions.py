"""A model -> the meaning of each of its fields, from the `#:` comments beside them.

They are comments, read only when somebody asks, because docstrings of fields would slow down every command.
"""

import ast
import inspect
from collections.abc import Mapping
from functools import cache

from ..schema.fields import YamlModel


def field_meanings(model: type[YamlModel]) -> dict[str, str]:
    """The meaning of each field, by its name in Python; a field that a subclass narrows keeps that of its base."""
    found: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if issubclass(base, YamlModel) and base.__module__.startswith(__package__.partition(".")[0]):
            found |= _comments(str(inspect.getsourcefile(base))).get(base.__name__, {})
    return {name: found[name] for name in model.model_fields if name in found}


def summary(model: type[YamlModel]) -> str:
    """The first paragraph of what a model says of itself, on one line."""
    return " ".join(inspect.cleandoc(model.__doc__ or "").partition("\n\n")[0].split())


@cache
def _comments(file: str) -> Mapping[str, Mapping[str, str]]:
    """Class -> field -> the comment behind the field, or on the lines before it."""
    with open(file, encoding="utf-8") as source:
        text = source.read()
    lines = text.splitlines()
    return {
        node.name: {
            field.target.id: comment
            for field in node.body
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
            if (comment := _comment(lines, field))
        }
        for node in ast.parse(text).body
        if isinstance(node, ast.ClassDef)
    }


def _comment(lines: list[str], field: ast.AnnAssign) -> str:
    last = lines[(field.end_lineno or field.lineno) - 1]
    if "  #: " in last:
        return last.partition("  #: ")[2].strip()
    before: list[str] = []
    number = field.lineno - 2
    while lines[number].strip().startswith("#: "):
        before.insert(0, lines[number].strip()[3:])
        number -= 1
    return " ".join(before)
