"""Values read from files -> the ids they define, and a Problem for each reference or mark that names none."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from .. import markdown
from ..pack.pack import Pack, paragraphs
from ..pack.yaml_file import Document
from ..problems import Mark, Path_, Problem, nearest
from ..schema.fields import LevelText, Refers, Value, walk
from ..schema.figures import Estimate, Figure
from ..schema.statements import Aspect, Paragraph, Statement
from ..schema.topic import PackInfo

# Which marks a field's text may carry; any other carries numbers. Notes are listed for citations in these three only.
_BOTH = (markdown.Cite, markdown.Number)
_MARKS: dict[str, tuple[type, ...]] = {
    "text": _BOTH,
    "answer": _BOTH,
    "role": _BOTH,
    "title": (),
    "label": (),
    "deck": (),
}


@dataclass
class Names:
    """What may be referred to: the class of each id, and where it stands."""

    index: dict[str, Value] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    doubled: list[tuple[str, Value]] = field(default_factory=list)  # told once, and not again at each reference
    more: dict[str, set[str]] = field(default_factory=dict)  # kinds whose ids are not of the whole pack

    def known(self, *kinds: str) -> list[str]:
        """Every id of some kinds. Ask when all ids are entered, not before."""
        return [
            i for kind in kinds for i in (sorted(self.more[kind]) if kind in self.more else self._ids.get(kind, ()))
        ]

    def knows(self, ref: str, *kinds: str) -> bool:
        """Whether an id is of one of some kinds."""
        return any(ref in (self.more[kind] if kind in self.more else self._ids.get(kind, ())) for kind in kinds)

    @cached_property
    def _ids(self) -> dict[str, dict[str, None]]:
        ids: dict[str, dict[str, None]] = {}
        for key, value in (*self.index.items(), *self.doubled):
            ids.setdefault(_kind(value), {})[key] = None
        return ids


def collect(document: Document, value: Value, names: Names) -> list[Problem]:
    """Enter every id of one file."""
    problems = []
    figure = ""
    for path, item in walk(value):
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
            names.doubled.append((key, item))
            message = f"the id '{key}' is already used"
            problems.append(document.problem("doubled-id", message, mark, f"the first is at {first.file}:{first.line}"))
        names.index.setdefault(key, item)
        names.marks.setdefault(key, mark)
    return problems


def resolve(document: Document, value: Value, names: Names) -> list[Problem]:
    """Every reference, and every mark in a text, of one file."""
    problems: list[Problem] = []
    figure: Figure | None = None
    for path, item in walk(value):
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
def _referring(kind: type[Value]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The fields of a kind of value that refer to something, each with the kinds of thing it may be."""
    fields = kind.model_fields.items()
    return tuple((name, m.kinds) for name, info in fields for m in info.metadata if isinstance(m, Refers))


def _reference(
    document: Document, path: Path_, ref: str, kinds: tuple[str, ...], names: Names, figure: Figure | None
) -> list[Problem]:
    if kinds == ("aspect",):
        return []  # known only with the section: see check_aspects
    within: list[str] = []
    if kinds == ("rival",):
        within, kinds = [estimate.id for estimate in figure.estimates] if figure else [], ("estimate",)
    if ref in within or names.knows(ref, *kinds):
        return []
    known = within + names.known(*kinds)
    thing = " or ".join(kinds)
    hint = nearest(ref, known) or (
        f"there are {', '.join(known)}" if 0 < len(known) < 9 else "look for its spelling where it is defined"
    )
    return [document.problem("unknown-reference", f"there is no {thing} '{ref}'", document.mark(path), hint)]


def _text(document: Document, path: Path_, value: LevelText, names: Names) -> list[Problem]:
    problems = []
    seen: set[str] = set()
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    for level in type(value).model_fields:
        for mark in markdown.marks(getattr(value, level) or ""):
            if mark.raw in seen and (*path, level) not in document.marks:
                continue  # one string for all levels is one text
            seen.add(mark.raw)
            at = document.find((*path, level), mark.raw)
            if isinstance(mark, markdown.Wrong):
                problems.append(document.problem("bad-mark", mark.message, at, mark.hint))
                continue
            if not isinstance(mark, _MARKS.get(name, (markdown.Number,))):
                message = f"a mark of this kind cannot stand in '{name}'"
                problems.append(document.problem("bad-mark", message, at, "move it into a 'text', or leave it out"))
                continue
            kind, ref = ("source", mark.source) if isinstance(mark, markdown.Cite) else ("estimate", mark.ref)
            if not names.knows(ref, kind):
                hint = (
                    nearest(ref, names.known(kind))
                    or f"see {kind}s in {'sources' if kind == 'source' else 'figures'}.yaml"
                )
                problems.append(document.problem("unknown-reference", f"there is no {kind} '{ref}'", at, hint))
    return problems


def check_aspects(pack: Pack, marks: Mapping[str, Mark], documents: Mapping[str, Document]) -> list[Problem]:
    problems = []
    for section in pack.info.sections:
        known = [aspect.id for aspect in section.aspects]
        for paragraph in paragraphs(pack, section):
            if paragraph.aspect is None or paragraph.aspect in known:
                continue
            mark = marks[paragraph.id]
            message = f"section '{section.id}' has no aspect '{paragraph.aspect}' (paragraph '{paragraph.id}')"
            hint = nearest(paragraph.aspect, known) or (
                f"there are {', '.join(known)}" if known else "name its aspects in pack.yaml"
            )
            problems.append(documents[mark.file].problem("unknown-reference", message, mark, hint))
    return problems


def _kind(value: Value) -> str:
    """The word a Refers uses: every numbered paragraph is one, whatever else it is."""
    if isinstance(value, Paragraph):
        return "paragraph"
    return "statement" if isinstance(value, Statement) else type(value).__name__.lower()
