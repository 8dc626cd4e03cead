"""A pack's folder or an audience's file -> Pack or Audience, every reference resolved, all problems at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError, create_model

from . import text
from .explain import explain, nearest
from .model import (
    SECTIONS, Aspect, Audience, Drawing, Estimate, Exercise, Figure, Item, LevelText, Objective, Option, Origin,
    PackInfo, Paragraph, Person, Phase, Place, Question, Refers, Source, Statement, Term, Unit, Value,
)  # fmt: skip
from .pack import Pack, numbers, paragraphs
from .read import Document, Mark, Path_, Problem, ProblemError, read

CONTENTS: dict[str, dict[str, Any]] = {
    "sources.yaml": {"sources": tuple[Source, ...], "origins": tuple[Origin, ...]},
    "people.yaml": {"people": tuple[Person, ...]},
    "places.yaml": {"places": tuple[Place, ...]},
    "figures.yaml": {"units": dict[str, Unit], "figures": tuple[Figure, ...]},
    "objectives.yaml": {"objectives": tuple[Objective, ...]},
    "phases.yaml": {"phases": tuple[Phase, ...]},
    "debate.yaml": {"questions": tuple[Question, ...]},
    "options.yaml": {"options": tuple[Option, ...]},
    "history.yaml": {"parts": tuple[Item, ...]},
    "glossary.yaml": {"terms": tuple[Term, ...]},
    "drawings.yaml": {"drawings": tuple[Drawing, ...]},
    "classroom.yaml": {"exercises": tuple[Exercise, ...], "guidance": tuple[Item, ...]},
}
REQUIRED = ("sources.yaml",)

_FILES: dict[str, type[Value]] = {"pack.yaml": PackInfo} | {
    name: create_model(name, __base__=Value, **{key: (kind, kind()) for key, kind in keys.items()})
    for name, keys in CONTENTS.items()
}  # fmt: skip


@dataclass
class _Names:
    """What may be referred to: the class of each id, and where it stands."""

    index: dict[str, Value] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    more: dict[str, set[str]] = field(default_factory=dict)  # kinds whose ids are not of the whole pack

    def known(self, kind: str) -> list[str]:
        """Every id of one kind."""
        if kind in self.more:
            return sorted(self.more[kind])
        return [i for i, value in self.index.items() if _kind(value) == kind]


def load(folder: Path, name: str) -> Pack:
    """Read the pack in `folder`, called `name` in what is reported. Raises ProblemError with everything found."""
    read_files, problems = _read_all(folder, name)
    if problems:
        raise ProblemError(problems)
    names = _Names()
    for document, value in read_files.values():
        problems += _collect(document, value, names)
    fields = {key: getattr(value, key) for file, (_, value) in read_files.items() if file != "pack.yaml" for key in CONTENTS[file]}
    document, info = read_files["pack.yaml"]
    assert isinstance(info, PackInfo)
    pack = Pack(info, **fields)
    names.more |= {"section": {s.id for s in info.sections}, "unit": set(pack.units)}
    if info.id != folder.resolve().name:
        problems.append(document.problem("pack-id", f"'{info.id}' is not the folder's name", document.mark(("id",)),
                                         f"write '{folder.resolve().name}'"))  # fmt: skip
    for doc, value in read_files.values():
        problems += _resolve(doc, value, names)
    problems += _aspects(pack, names.marks, {doc.file: doc for doc, _ in read_files.values()})
    if problems:
        raise ProblemError(problems)
    return replace(pack, index=MappingProxyType(names.index), marks=MappingProxyType(names.marks), numbers=MappingProxyType(numbers(pack)))


def load_audience(path: Path, name: str, pack: Pack, documents: tuple[str, ...], looks: tuple[str, ...]) -> Audience:
    """Read an audience for use with `pack`; `documents` and `looks` are the templates there are. Raises ProblemError."""
    document = read(path, name)
    try:
        audience = Audience.model_validate(document.value)
    except ValidationError as error:
        raise ProblemError(explain(error, document, Audience)) from None
    sections = {s.id for s in pack.info.sections} | set(SECTIONS)
    names = _Names(more={"section": sections, "document": set(documents), "look": set(looks)})
    problems = _resolve(document, audience, names)
    if audience.id != path.stem:
        hint = f"write '{path.stem}', or rename the file"
        problems.append(document.problem("audience-id", f"'{audience.id}' is not the file's name", document.mark(("id",)), hint))
    if problems:
        raise ProblemError(problems)
    return audience


def _read_all(folder: Path, name: str) -> tuple[dict[str, tuple[Document, Value]], list[Problem]]:
    out: dict[str, tuple[Document, Value]] = {}
    problems: list[Problem] = []
    for file in sorted(p.name for p in folder.glob("*.y*ml") if p.name not in _FILES):
        hint = nearest(file, _FILES) or "see docs/data.md for the files of a pack"
        problems.append(Problem("unknown-file", f"a pack has no '{file}'", Mark(f"{name}/{file}", 1, 1), hint))
    for file, model in _FILES.items():
        path = folder / file
        if not path.exists():
            if file == "pack.yaml" or file in REQUIRED:
                problems.append(Problem("missing-file", "a pack needs this file", Mark(f"{name}/{file}", 1, 1), "see docs/data.md"))
            continue
        try:
            document = read(path, f"{name}/{file}")
            out[file] = document, model.model_validate(document.value)
        except ProblemError as error:
            problems += error.problems
        except ValidationError as error:
            problems += explain(error, document, model)
    return out, problems


def walk(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Value]]:
    """Every Value inside `value`, outermost first, with its path in the YAML."""
    if isinstance(value, Value):
        yield path, value
        for name in type(value).model_fields:
            yield from walk(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk(item, (*path, index))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from walk(item, (*path, key))


def _collect(document: Document, value: Value, names: _Names) -> list[Problem]:
    """Enter every id of one file."""
    problems = []
    figure = ""
    for path, item in walk(value):
        key = getattr(item, "id", None)
        if key is None or isinstance(item, PackInfo | Aspect) or type(item).__name__ == "Section":
            continue
        if isinstance(item, Figure):
            figure = item.id
        if isinstance(item, Estimate):
            key = f"{figure}/{key}"
        mark = document.mark((*path, "id"))
        if key in names.index:
            first = names.marks[key]
            message = f"the id '{key}' is already used"
            problems.append(document.problem("doubled-id", message, mark, f"the first is at {first.file}:{first.line}"))
        names.index.setdefault(key, item)
        names.marks.setdefault(key, mark)
    return problems


def _resolve(document: Document, value: Value, names: _Names) -> list[Problem]:
    """Every reference, and every mark in a text, of one file."""
    problems: list[Problem] = []
    figure: Figure | None = None
    for path, item in walk(value):
        if isinstance(item, Figure):
            figure = item
        if isinstance(item, LevelText):
            problems += _text(document, path, item, names)
        for name, info in type(item).model_fields.items():
            for kinds in (m.kinds for m in info.metadata if isinstance(m, Refers)):
                ids = getattr(item, name)
                for place, ref in enumerate((ids,) if isinstance(ids, str) else ids or ()):
                    where = (*path, name) if isinstance(ids, str) else (*path, name, place)
                    problems += _reference(document, where, ref, kinds, names, figure)
    return problems


def _reference(document: Document, path: Path_, ref: str, kinds: tuple[str, ...], names: _Names, figure: Figure | None) -> list[Problem]:
    if kinds == ("aspect",):
        return []  # known only with the section: see _aspects
    if kinds == ("rival",):
        known = [estimate.id for estimate in figure.estimates] if figure else []
        known += names.known("estimate")
    else:
        known = [i for kind in kinds for i in names.known(kind)]
    if ref in known:
        return []
    thing = " or ".join(kinds)
    hint = nearest(ref, known) or (f"there are {', '.join(known)}" if 0 < len(known) < 9 else "look for its spelling where it is defined")
    return [document.problem("unknown-reference", f"there is no {thing} '{ref}'", document.mark(path), hint)]


def _text(document: Document, path: Path_, value: LevelText, names: _Names) -> list[Problem]:
    problems = []
    seen: set[str] = set()
    for level in type(value).model_fields:
        for mark in text.marks(getattr(value, level) or ""):
            if mark.raw in seen and (*path, level) not in document.marks:
                continue  # one string for all levels is one text
            seen.add(mark.raw)
            at = document.find((*path, level), mark.raw)
            if isinstance(mark, text.Wrong):
                problems.append(document.problem("bad-mark", mark.message, at, mark.hint))
                continue
            kind, ref = ("source", mark.source) if isinstance(mark, text.Cite) else ("estimate", mark.ref)
            known = names.known(kind)
            if ref not in known:
                hint = nearest(ref, known) or f"see {kind}s in {'sources' if kind == 'source' else 'figures'}.yaml"
                problems.append(document.problem("unknown-reference", f"there is no {kind} '{ref}'", at, hint))
    return problems


def _aspects(pack: Pack, marks: Mapping[str, Mark], documents: Mapping[str, Document]) -> list[Problem]:
    problems = []
    for section in pack.info.sections:
        known = [aspect.id for aspect in section.aspects]
        for paragraph in paragraphs(pack, section):
            if paragraph.aspect is None or paragraph.aspect in known:
                continue
            mark = marks[paragraph.id]
            message = f"section '{section.id}' has no aspect '{paragraph.aspect}' (paragraph '{paragraph.id}')"
            hint = nearest(paragraph.aspect, known) or (f"there are {', '.join(known)}" if known else "name its aspects in pack.yaml")
            problems.append(documents[mark.file].problem("unknown-reference", message, mark, hint))
    return problems


def _kind(value: Value) -> str:
    """The word a Refers uses: every numbered paragraph is one, whatever else it is."""
    if isinstance(value, Paragraph):
        return "paragraph"
    return "statement" if isinstance(value, Statement) else type(value).__name__.lower()
