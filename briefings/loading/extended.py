"""An audience's file -> its values, with those of the audience that it extends filled in.

Only values are merged, each with its mark: the result is validated like a file that was written out in full.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..library import Library, shipped_audience_files
from ..pack.yaml_file import YamlFile, read_yaml
from ..problems import Mark, Problem, ProblemError, YamlPath, did_you_mean

_LISTS = {"sections": "section", "documents": "document"}  # lists that are merged: the field that names an item
_OF_ONE_FILE = ("extends", "without_sections", "without_documents")


def read_audience(path: Path, name: str, library: Library, below: tuple[Path, ...] = ()) -> YamlFile:
    """Read an audience's file, called `name` in problems. `below` are the files that extend it. Raises ProblemError."""
    own = read_yaml(path, name)
    if not isinstance(own.value, dict) or not isinstance(own.value.get("extends"), str):
        return own
    base_path = _base_path(own, path, library)
    if base_path in (path, *below):
        mark = own.mark(("extends",))
        raise ProblemError([own.problem("extends-itself", "this audience extends itself", mark, "name another one")])
    base = read_audience(base_path, library.show(base_path), library, (path, *below))
    if not isinstance(base.value, dict):
        return own  # the base has its own problem
    if problems := _unknown_names(own, base):
        raise ProblemError(problems)
    merged = YamlFile(name, None, own.lines)
    value = _flatten(_merge(_tree(base, base.value, ()), _tree(own, own.value, ())), (), merged)
    return replace(merged, value=value)


def _base_path(own: YamlFile, path: Path, library: Library) -> Path:
    """The file of the audience to extend. A file that extends its own name means the shipped audience."""
    name = own.value["extends"]
    files = shipped_audience_files() if name == path.stem else library.all_audience_files()
    if name not in files or files[name].resolve() == path.resolve():
        hint = did_you_mean(name, files) or f"write one of {', '.join(files)}"
        mark = own.mark(("extends",))
        raise ProblemError([own.problem("unknown-reference", f"there is no audience '{name}'", mark, hint)])
    return files[name]


def _unknown_names(own: YamlFile, base: YamlFile) -> list[Problem]:
    """A problem for each section or document to leave out that the base does not have."""
    problems = []
    for key, field in _LISTS.items():
        known = [str(item.get(field)) for item in base.value.get(key, ()) if isinstance(item, dict)]
        for index, name in enumerate(_left_out(own.value, key)):
            if name not in known:
                mark = own.mark((f"without_{key}", index))
                hint = did_you_mean(name, known) or f"write one of {', '.join(dict.fromkeys(known))}"
                message = f"'{own.value['extends']}' has no {field} '{name}'"
                problems.append(own.problem("unknown-reference", message, mark, hint))
    return problems


def _left_out(value: dict[str, Any], key: str) -> list[str]:
    names = value.get(f"without_{key}", [])
    return [names] if isinstance(names, str) else [str(name) for name in names] if isinstance(names, list) else []


# -- values with their marks, as a tree -----------------------------------------------------------


@dataclass(frozen=True)
class _Node:
    """A value with its mark, and that of its key; a mapping or list has nodes inside."""

    value: Any
    mark: Mark
    key_mark: Mark | None

    @property
    def names(self) -> tuple[object, bool]:
        """What tells an item of a list from the others. Large print stands beside the document of the same name."""
        fields = {key: node.value for key, node in self.value.items()} if isinstance(self.value, dict) else {}
        return fields.get("section") or fields.get("document"), fields.get("look") == "large-print"


def _tree(yaml_file: YamlFile, value: Any, path: YamlPath) -> _Node:
    if isinstance(value, dict):
        value = {key: _tree(yaml_file, inner, (*path, key)) for key, inner in value.items()}
    elif isinstance(value, list):
        value = [_tree(yaml_file, inner, (*path, index)) for index, inner in enumerate(value)]
    return _Node(value, yaml_file.mark(path), yaml_file.key_marks.get(path))


def _flatten(node: _Node, path: YamlPath, out: YamlFile) -> Any:
    """The plain value of a node; the marks of all that is in it go to `out`."""
    out.marks[path] = node.mark
    if node.key_mark:
        out.key_marks[path] = node.key_mark
    if isinstance(node.value, dict):
        return {key: _flatten(inner, (*path, key), out) for key, inner in node.value.items()}
    if isinstance(node.value, list):
        return [_flatten(inner, (*path, index), out) for index, inner in enumerate(node.value)]
    return node.value


def _merge(base: _Node, own: _Node) -> _Node:
    """A field replaces that of the base; sections and documents are merged with those of the same name."""
    left_out = {key: _left_out({k: _plain(v) for k, v in own.value.items()}, key) for key in _LISTS}
    fields = {key: node for key, node in base.value.items() if key not in _OF_ONE_FILE} | own.value
    for key in _LISTS:
        of_base, of_own = base.value.get(key), own.value.get(key)
        if of_base and isinstance(of_base.value, list):
            kept = [item for item in of_base.value if item.names[0] not in left_out[key]]
            added = of_own.value if of_own and isinstance(of_own.value, list) else []
            fields[key] = replace(of_own or of_base, value=_merge_items(kept, added))
    return replace(own, value=fields)


def _plain(node: _Node) -> Any:
    return [item.value for item in node.value] if isinstance(node.value, list) else node.value


def _merge_items(kept: list[_Node], added: list[_Node]) -> list[_Node]:
    """An item is merged with the one of the same name; a new one follows the one listed before it, or comes last."""
    items = list(kept)
    previous = len(items) - 1
    for node in added:
        place = next((n for n, item in enumerate(items) if item.names == node.names and node.names[0]), None)
        if place is None:
            previous += 1
            items.insert(previous, node)
        else:
            previous = place
            items[place] = replace(node, value=items[place].value | node.value)
    return items
