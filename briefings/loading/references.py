"""Values read from files -> the ids they define, and a Problem for each reference or mark that names none."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from .. import markdown
from ..pack.pack import Pack, paragraphs
from ..pack.yaml_file import YamlFile
from ..problems import Mark, Problem, YamlPath, did_you_mean
from ..schema.fields import LevelText, RefersTo, YamlModel, walk_models
from ..schema.figures import Estimate, Figure
from ..schema.statements import Aspect, Paragraph, Statement
from ..schema.topic import PackInfo

# Which marks a field's text may carry; any other carries numbers. Notes are listed for citations in these three only.
_BOTH = (markdown.Citation, markdown.NumberReference)
_MARKS: dict[str, tuple[type, ...]] = {
    "text": _BOTH,
    "answer": _BOTH,
    "role": _BOTH,
    "title": (),
    "label": (),
    "deck": (),
}


@dataclass
class IdRegistry:
    """What may be referred to: the class of each id, and where it stands."""

    index: dict[str, YamlModel] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    duplicates: list[tuple[str, YamlModel]] = field(default_factory=list)  # told once, and not again at each reference
    scoped_ids: dict[str, set[str]] = field(default_factory=dict)  # kinds whose ids are not of the whole pack

    def ids_of(self, *kinds: str) -> list[str]:
        """Every id of some kinds. Ask when all ids are entered, not before."""
        return [
            i
            for kind in kinds
            for i in (sorted(self.scoped_ids[kind]) if kind in self.scoped_ids else self._ids.get(kind, ()))
        ]

    def has(self, ref: str, *kinds: str) -> bool:
        """Whether an id is of one of some kinds."""
        return any(
            ref in (self.scoped_ids[kind] if kind in self.scoped_ids else self._ids.get(kind, ())) for kind in kinds
        )

    @cached_property
    def _ids(self) -> dict[str, dict[str, None]]:
        ids: dict[str, dict[str, None]] = {}
        for key, value in (*self.index.items(), *self.duplicates):
            ids.setdefault(_kind(value), {})[key] = None
        return ids


def register_ids(document: YamlFile, value: YamlModel, names: IdRegistry) -> list[Problem]:
    """Enter every id of one file."""
    problems = []
    figure = ""
    for path, item in walk_models(value):
        key = getattr(item, "id", None)
        if key is None or isinstance(item, PackInfo | Aspect):
            continue
        if isinstance(item, Figure):
            figure = item.id
        if isinstance(item, Estimate):
            key = f"{figure}/{key}"
        mark = document.mark((*path, "id"))
        if re.fullmatch(r"notes|note-\d+", key):
            problems.append(
                document.problem("reserved-id", f"the id '{key}' is used by every page", mark, "choose another")
            )
        if key in names.index:
            first = names.marks[key]
            names.duplicates.append((key, item))
            message = f"the id '{key}' is already used"
            problems.append(document.problem("doubled-id", message, mark, f"the first is at {first.file}:{first.line}"))
        names.index.setdefault(key, item)
        names.marks.setdefault(key, mark)
    return problems


def check_references(document: YamlFile, value: YamlModel, names: IdRegistry) -> list[Problem]:
    """Every reference, and every mark in a text, of one file."""
    problems: list[Problem] = []
    figure: Figure | None = None
    for path, item in walk_models(value):
        if isinstance(item, Figure):
            figure = item
        if isinstance(item, LevelText):
            problems += _text(document, path, item, names)
        for name, kinds in _referring(type(item)):
            if ids := getattr(item, name):
                for place, ref in enumerate((ids,) if isinstance(ids, str) else ids):
                    where = (*path, name) if isinstance(ids, str) else (*path, name, place)
                    problems += _reference(document, where, ref, kinds, names, figure)
    return problems


@cache
def _referring(kind: type[YamlModel]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The fields of a kind of value that refer to something, each with the kinds of thing it may be."""
    fields = kind.model_fields.items()
    return tuple((name, m.kinds) for name, info in fields for m in info.metadata if isinstance(m, RefersTo))


def _reference(
    document: YamlFile, path: YamlPath, ref: str, kinds: tuple[str, ...], names: IdRegistry, figure: Figure | None
) -> list[Problem]:
    if kinds == ("aspect",):
        return []  # known only with the section: see check_aspects
    within: list[str] = []
    if kinds == ("rival",):
        within, kinds = [estimate.id for estimate in figure.estimates] if figure else [], ("estimate",)
    if ref in within or names.has(ref, *kinds):
        return []
    known = within + names.ids_of(*kinds)
    thing = " or ".join(kinds)
    hint = did_you_mean(ref, known) or (
        f"there are {', '.join(known)}" if 0 < len(known) < 9 else "look for its spelling where it is defined"
    )
    return [document.problem("unknown-reference", f"there is no {thing} '{ref}'", document.mark(path), hint)]


def _text(document: YamlFile, path: YamlPath, value: LevelText, names: IdRegistry) -> list[Problem]:
    problems = []
    seen: set[str] = set()
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    for level in type(value).model_fields:
        for mark in markdown.find_marks(getattr(value, level) or ""):
            if mark.raw in seen and (*path, level) not in document.marks:
                continue  # one string for all levels is one text
            seen.add(mark.raw)
            at = document.find_text((*path, level), mark.raw)
            if isinstance(mark, markdown.InvalidMark):
                problems.append(document.problem("bad-mark", mark.message, at, mark.hint))
                continue
            if not isinstance(mark, _MARKS.get(name, (markdown.NumberReference,))):
                message = f"a mark of this kind cannot stand in '{name}'"
                problems.append(document.problem("bad-mark", message, at, "move it into a 'text', or leave it out"))
                continue
            kind, ref = ("source", mark.source) if isinstance(mark, markdown.Citation) else ("estimate", mark.ref)
            if not names.has(ref, kind):
                hint = (
                    did_you_mean(ref, names.ids_of(kind))
                    or f"see {kind}s in {'sources' if kind == 'source' else 'figures'}.yaml"
                )
                problems.append(document.problem("unknown-reference", f"there is no {kind} '{ref}'", at, hint))
    return problems


def check_aspects(pack: Pack, marks: Mapping[str, Mark], documents: Mapping[str, YamlFile]) -> list[Problem]:
    problems = []
    for section in pack.info.sections:
        known = [aspect.id for aspect in section.aspects]
        for paragraph in paragraphs(pack, section):
            if paragraph.aspect is None or paragraph.aspect in known:
                continue
            mark = marks[paragraph.id]
            message = f"section '{section.id}' has no aspect '{paragraph.aspect}' (paragraph '{paragraph.id}')"
            hint = did_you_mean(paragraph.aspect, known) or (
                f"there are {', '.join(known)}" if known else "name its aspects in pack.yaml"
            )
            problems.append(documents[mark.file].problem("unknown-reference", message, mark, hint))
    return problems


def _kind(value: YamlModel) -> str:
    """The word a Refers uses: every numbered paragraph is one, whatever else it is."""
    if isinstance(value, Paragraph):
        return "paragraph"
    return "statement" if isinstance(value, Statement) else type(value).__name__.lower()
