"""Validated files -> the ids they define, and a Problem for each reference or mark whose id does not exist."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial

from .. import markdown
from ..library import TEMPLATE_KINDS
from ..limits import MAX_PLACES
from ..markdown_faults import WHERE_BLOCKS, find_faults
from ..pack.pack import Pack, paragraphs
from ..pack.yaml_file import YamlFile
from ..problems import Hints, Mark, Problem, YamlPath
from ..schema.classroom import Exercise
from ..schema.fields import LevelText, YamlModel, reference_fields, walk_models
from ..schema.figures import Estimate, Figure
from ..schema.lessons import LessonStep
from ..schema.statements import Aspect, Event, Paragraph, Statement
from ..schema.topic import PackInfo

# The marks that the text of a field may contain; a field not listed may contain numbers. Citations are limited to three
# fields because only these get numbered notes.
_ALL_MARKS = (markdown.Citation, markdown.NumberReference)
_MARKS_BY_FIELD: dict[str, tuple[type, ...]] = {
    "text": _ALL_MARKS,
    "brief": _ALL_MARKS,
    "answer": _ALL_MARKS,
    "quotation": _ALL_MARKS,
    "role": _ALL_MARKS,
    "says": _ALL_MARKS,
    "title": (),
    "label": (),
    "deck": (),
}


# The fields of paragraphs and exercises that may be long: lists, tables and further paragraphs can stand in them.
_WITH_BLOCKS = ("text", "answer")


@dataclass
class IdRegistry:
    """Every id that a reference may name, with its value and position.

    An estimate is entered as "figure/estimate". `duplicates` are values whose id was already taken: they are reported
    once, as doubled, and references to them are not reported again. `scoped_ids` are ids by kind that are not unique
    in the whole pack, such as those of sections and units.
    """

    index: dict[str, YamlModel] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    duplicates: list[tuple[str, YamlModel]] = field(default_factory=list)
    scoped_ids: dict[str, set[str]] = field(default_factory=dict)
    hints: Hints = field(default_factory=Hints)
    _listed: dict[tuple[str, ...], list[str]] = field(default_factory=dict)

    def ids_of(self, *kinds: str) -> list[str]:
        """All ids of some kinds. Call this only when every id is registered: the ids by kind are cached."""
        if kinds not in self._listed:
            self._listed[kinds] = [
                i
                for kind in kinds
                for i in (sorted(self.scoped_ids[kind]) if kind in self.scoped_ids else self._ids.get(kind, ()))
            ]
        return self._listed[kinds]

    def near(self, name: str, *kinds: str) -> str:
        """A hint with the id of these kinds that is most like a name; "" without one."""
        return self.hints.near(name, lambda: self.ids_of(*kinds), kind=" ".join(kinds))

    def has(self, ref: str, *kinds: str) -> bool:
        """Whether `ref` is the id of something of one of these kinds. Call this only when every id is registered."""
        return any(
            ref in (self.scoped_ids[kind] if kind in self.scoped_ids else self._ids.get(kind, ())) for kind in kinds
        )

    @cached_property
    def _ids(self) -> dict[str, dict[str, None]]:
        ids: dict[str, dict[str, None]] = {}
        for key, value in (*self.index.items(), *self.duplicates):
            ids.setdefault(_kind(value), {})[key] = None
            ids.setdefault("id", {})[key] = None  # a reference to anything: RefersTo("id")
        return ids


def register_ids(yaml_file: YamlFile, value: YamlModel, registry: IdRegistry) -> list[Problem]:
    """Register every id of one file. Returns a Problem for each id that is reserved or already used."""
    problems = []
    figure = ""
    for path, item in walk_models(value):
        key = getattr(item, "id", None)
        if key is None or isinstance(item, PackInfo | Aspect):
            continue  # nothing refers to a pack; an aspect is known only with its section
        if isinstance(item, Figure):
            figure = item.id
        if isinstance(item, Estimate):
            key = f"{figure}/{key}"
        mark = yaml_file.mark((*path, "id"))
        if re.fullmatch(r"notes|note-\d+", key):  # the element ids of a page's notes
            problems.append(
                yaml_file.problem("reserved-id", f"the id '{key}' is used by every page", mark, "choose another id")
            )
        if key in registry.index:
            first = registry.marks[key]
            registry.duplicates.append((key, item))
            message = f"the id '{key}' is already used"
            problems.append(
                yaml_file.problem("doubled-id", message, mark, f"the first is at {first.file}:{first.line}")
            )
        registry.index.setdefault(key, item)
        registry.marks.setdefault(key, mark)
    return problems


def check_references(yaml_file: YamlFile, value: YamlModel, registry: IdRegistry) -> list[Problem]:
    """A Problem for each reference and each mark in a text of one file that is wrong."""
    problems: list[Problem] = []
    figure: Figure | None = None
    owners: dict[YamlPath, YamlModel] = {}
    for path, item in walk_models(value):
        owners[path] = item
        if isinstance(item, Figure):
            figure = item
        if isinstance(item, LevelText):
            problems += _check_text(yaml_file, path, item, registry, owners.get(path[:-1]))
            problems += _check_markdown(yaml_file, path, item, owners.get(path[:-1]))
        else:
            problems += _check_lines(yaml_file, path, item)
        for name, kinds in reference_fields(type(item)):
            if ids := getattr(item, name):
                for index, ref in enumerate((ids,) if isinstance(ids, str) else ids):
                    ref_path = (*path, name) if isinstance(ids, str) else (*path, name, index)
                    problems += _check_reference(yaml_file, ref_path, ref, kinds, registry, figure)
    return problems


def _check_reference(
    yaml_file: YamlFile, path: YamlPath, ref: str, kinds: tuple[str, ...], registry: IdRegistry, figure: Figure | None
) -> list[Problem]:
    if kinds == ("aspect",):
        return []  # checked with its section, in check_aspects
    siblings: list[str] = []
    if kinds == ("rival",):  # an estimate of the same figure by its short id, or any by "figure/estimate"
        siblings, kinds = [estimate.id for estimate in figure.estimates] if figure else [], ("estimate",)
    if ref in siblings or registry.has(ref, *kinds):
        return []
    known = siblings + registry.ids_of(*kinds) if siblings else registry.ids_of(*kinds)
    kind_names = " or ".join(kinds)
    # Templates are files of the project and of the package: no place in the data defines their names.
    most = 30 if kinds[0] in TEMPLATE_KINDS else 8
    scope = f"{figure.id if siblings and figure else ''} {kind_names}"
    hint = registry.hints.near(ref, lambda: known, kind=scope) or (
        f"write one of {', '.join(known)}" if 0 < len(known) <= most else "check its spelling where it is defined"
    )
    return [yaml_file.problem("unknown-reference", f"there is no {kind_names} '{ref}'", yaml_file.mark(path), hint)]


def _check_text(
    yaml_file: YamlFile, path: YamlPath, value: LevelText, registry: IdRegistry, owner: YamlModel | None
) -> list[Problem]:
    problems: list[Problem] = []
    seen: set[str] = set()
    field_name = next((step for step in reversed(path) if isinstance(step, str)), "")
    for level in type(value).model_fields:
        for mark in markdown.find_marks(getattr(value, level) or ""):
            if mark.raw in seen and (*path, level) not in yaml_file.marks:
                continue  # a single string for all levels: report its marks once
            seen.add(mark.raw)
            if found := _mark_problem(mark, field_name, registry, _is_long(field_name, owner)):
                code, message, hint = found
                at = (*path, level)
                place = yaml_file.find_text(at, mark.raw) if len(problems) < MAX_PLACES else yaml_file.mark(at)
                problems.append(yaml_file.problem(code, message, place, hint))
    return problems


def _mark_problem(
    mark: markdown.TextMark, field_name: str, registry: IdRegistry, long: bool
) -> tuple[str, str, str] | None:
    """What is wrong with a mark, as code, message and hint; None if nothing is."""
    if isinstance(mark, markdown.InvalidMark):
        return "bad-mark", mark.message, mark.hint
    if isinstance(mark, markdown.Reference):
        return _target_problem(mark, registry, long)
    if not isinstance(mark, _MARKS_BY_FIELD.get(field_name, (markdown.NumberReference,))):
        message = f"'{field_name}' cannot contain a mark of this kind"
        return "bad-mark", message, "move it to a 'text', or delete it"
    kind, ref = ("source", mark.source) if isinstance(mark, markdown.Citation) else ("estimate", mark.ref)
    if registry.has(ref, kind):
        return None
    hint = registry.near(ref, kind) or f"see {kind}s in {'sources' if kind == 'source' else 'figures'}.yaml"
    return "unknown-reference", f"there is no {kind} '{ref}'", hint


def _is_long(field_name: object, owner: YamlModel | None) -> bool:
    """Whether a text may be long, and refer to other parts of the pack: no drawing shows it."""
    if isinstance(owner, LessonStep):
        return field_name == "teacher"
    return field_name in _WITH_BLOCKS and isinstance(owner, Paragraph | Exercise)


# Readers look these up by name. A name that a text does not have would be in no list of the names that it uses.
_LOOKED_UP = ("person", "place", "term", "source")


def _target_problem(mark: markdown.Reference, registry: IdRegistry, allowed: bool) -> tuple[str, str, str] | None:
    if not allowed:
        return "bad-mark", f"'{mark.raw}' cannot stand here", f"it can {WHERE_BLOCKS}"
    if entry := registry.index.get(mark.target) if registry.has(mark.target, *_LOOKED_UP) else None:
        name = getattr(entry, "name", None) or getattr(entry, "term", None)
        hint = f"write '{name}'" if name else f"cite it: [@{mark.target}]"
        message = f"'{mark.raw}' refers to {_kind(entry)} '{mark.target}', which has no number and no place on a sheet"
        return "bad-mark", message, hint
    if registry.has(mark.target, "id", "section"):
        return None
    hint = registry.near(mark.target, "id", "section") or "check its spelling where it is defined"
    return "unknown-reference", f"there is no id '{mark.target}'", hint


def _check_markdown(yaml_file: YamlFile, path: YamlPath, value: LevelText, owner: YamlModel | None) -> list[Problem]:
    """A Problem for each thing in a text that would be printed as typed. Levels that share a string share it."""
    blocks = _is_long(path[-1], owner)
    problems: dict[Problem, None] = {}
    for level in type(value).model_fields:
        for fault in find_faults(getattr(value, level) or "", blocks=blocks):
            at = yaml_file.find_text((*path, level), fault.raw)
            problems[yaml_file.problem("bad-markup", fault.message, at, fault.hint)] = None
    return list(problems)


# Markup that is surely meant as such: a name may have an asterisk.
_MARKUP = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>|\*\*[^\s*][^*]*\*\*|\[[@=#][a-z][^\]]{0,300}\]")


def _check_lines(yaml_file: YamlFile, path: YamlPath, item: YamlModel) -> Iterator[Problem]:
    """A Problem for markup in a name, a publisher and other lines that are printed as they are."""
    for name, value in vars(item).items():
        lines = [((*path, name), value)] if isinstance(value, str) else []
        if isinstance(value, tuple):
            lines = [((*path, name, place), line) for place, line in enumerate(value) if isinstance(line, str)]
        for at, line in lines:
            if found := _MARKUP.search(line):
                message = f"'{name}' is printed as it is, and has markup ('{found[0]}')"
                yield yaml_file.problem("bad-markup", message, yaml_file.find_text(at, found[0]), "write plain words")


def check_aspects(pack: Pack, marks: Mapping[str, Mark], yaml_files: Mapping[str, YamlFile]) -> list[Problem]:
    """A Problem for each paragraph whose aspect its section does not define."""
    problems, hints = [], Hints()
    for section in pack.info.sections:
        known = [aspect.id for aspect in section.aspects]
        for paragraph in paragraphs(pack, section):
            if paragraph.aspect is None or paragraph.aspect in known:
                continue
            mark = marks[paragraph.id]
            message = f"section '{section.id}' has no aspect '{paragraph.aspect}' (paragraph '{paragraph.id}')"
            hint = hints.near(paragraph.aspect, partial(iter, known), kind=section.id) or (
                f"write one of {', '.join(known)}" if known else "define the section's aspects in pack.yaml"
            )
            problems.append(yaml_files[mark.file].problem("unknown-reference", message, mark, hint))
    return problems


def _kind(value: YamlModel) -> str:
    """The kind as RefersTo names it: "paragraph" for any numbered one, else the name of the class in lower case."""
    if isinstance(value, Paragraph):
        return "paragraph"
    if isinstance(value, Event):
        return "event"
    return "statement" if isinstance(value, Statement) else type(value).__name__.lower()
