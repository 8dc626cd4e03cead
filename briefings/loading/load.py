"""A pack's folder -> Pack, an audience's file -> Audience: validated, every reference checked."""

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from fnmatch import fnmatchcase
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError

from ..library import TEMPLATE_KINDS, Library, is_stray
from ..pack.edition import FOLDER as EDITIONS
from ..pack.pack import Pack, assign_numbers
from ..pack.yaml_file import YamlFile, read_yaml
from ..problems import Mark, Problem, ProblemError, YamlPath, did_you_mean
from ..safe_files import is_closed, listing
from ..schema.audience import Audience, SectionChoice
from ..schema.fields import YamlModel
from ..schema.figures import Figure
from ..schema.files import FILES, HELD_KEYS
from ..schema.lessons import OLDER
from ..schema.topic import SECTIONS, PackInfo
from . import drawing_checks
from .arithmetic import DerivationError, compute_derived_figures
from .editions import check_number, read_editions
from .extended import read_audience
from .file_models import FILE_KEYS, FILE_MODELS
from .references import IdRegistry, check_aspects, check_references, register_ids
from .validation_errors import validation_problems

_REQUIRED = {"pack.yaml", *(file.name for file in FILES if file.required)}


def load(folder: str | Path, name: str = "") -> Pack:
    """Read the pack in `folder`; problems call it `name`, by default the folder as given. Raises ProblemError with
    every problem found."""
    folder, name = Path(folder), name or Path(folder).as_posix()
    read_files, problems = _read_all(folder, name)
    if problems:
        raise ProblemError(problems)
    registry = IdRegistry()
    for yaml_file, value in read_files.values():
        problems += register_ids(yaml_file, value, registry)
    yaml_file, info = read_files["pack.yaml"]
    assert isinstance(info, PackInfo)
    pack = _with_contents(info, read_files)
    registry.scoped_ids |= {
        "section": {s.id for s in info.sections},
        "unit": set(pack.units),
        "kind of item": set(HELD_KEYS),
    }
    if info.id != folder.resolve().name:
        problems.append(
            yaml_file.problem(
                "pack-id",
                f"the pack's id '{info.id}' differs from the name of its folder",
                yaml_file.mark(("id",)),
                _id_hint(folder.resolve().name),
            )
        )
    for doc, value in read_files.values():
        problems += check_references(doc, value, registry)
    problems += check_aspects(pack, registry.marks, {doc.file: doc for doc, _ in read_files.values()})
    if problems:
        raise ProblemError(problems)
    editions = read_editions(folder, name)
    if problems := list(check_number(yaml_file, info, editions)):
        raise ProblemError(problems)
    pack = replace(pack, figures=_derived(pack, registry, read_files), editions=editions)
    pack = replace(
        pack,
        index=MappingProxyType(registry.index),
        marks=MappingProxyType(registry.marks),
        numbers=MappingProxyType(assign_numbers(pack)),
        files=tuple(read_files.values()),
        spare_grounds=drawing_checks.spare_grounds(folder, pack.drawings),
    )
    return _with_grounds(pack, folder, name, read_files["drawings.yaml"][0]) if pack.drawings else pack


def _id_hint(name: str) -> str:
    """What to write as the id of a pack in a folder of this name, which may itself be no id."""
    wanted = re.sub(r"[^a-z0-9]+", "-", unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower())
    wanted = wanted.strip("-0123456789") or "topic"
    return f"write '{name}'" if wanted == name else f"rename the folder to '{wanted}', and write that"


def _with_contents(info: PackInfo, files: Mapping[str, tuple[YamlFile, YamlModel]]) -> Pack:
    """The pack with what its files contain; keys that have no field of their own go to `extra`."""
    contents = {key: getattr(value, key) for file, (_, value) in files.items() for key in FILE_KEYS.get(file, ())}
    own = {item.name for item in fields(Pack)}
    extra = {key: value for key, value in contents.items() if key not in own}
    return Pack(info, **{key: value for key, value in contents.items() if key in own}, extra=MappingProxyType(extra))


def _with_grounds(pack: Pack, folder: Path, name: str, yaml_file: YamlFile) -> Pack:
    grounds = drawing_checks.load_grounds(folder, name, yaml_file, pack.drawings)
    pack = replace(pack, grounds=MappingProxyType(grounds))
    if problems := drawing_checks.check_drawings(pack, yaml_file):
        raise ProblemError(problems)
    return pack


def _derived(pack: Pack, registry: IdRegistry, files: Mapping[str, tuple[YamlFile, YamlModel]]) -> tuple[Figure, ...]:
    """The figures with their derived numbers calculated; the index gets the same."""
    try:
        figures = compute_derived_figures(pack, registry.index)
    except DerivationError as error:
        yaml_file, _ = files["figures.yaml"]
        hint = "correct its 'of', or give its value and no 'operation'"
        raise ProblemError([yaml_file.problem("unsound", str(error), registry.marks[error.ref], hint)]) from None
    for figure in figures:
        registry.index[figure.id] = figure
        registry.index |= {f"{figure.id}/{estimate.id}": estimate for estimate in figure.estimates}
    return figures


def load_audience(path: Path, name: str, pack: Pack, library: Library) -> Audience:
    """Read an audience for `pack`; its looks, documents and papers must be in the library. Raises ProblemError."""
    yaml_file = read_audience(path, name, library)
    try:
        audience = Audience.model_validate(yaml_file.value)
    except ValidationError as error:
        raise ProblemError(validation_problems(error, yaml_file, Audience)) from None
    sections = {s.id for s in pack.info.sections} | set(SECTIONS)
    registry = IdRegistry(
        scoped_ids={"section": sections, "audience": set(library.all_audience_files())}
        | {kind: set(library.kinds(kind)) for kind in TEMPLATE_KINDS}
    )
    problems = check_references(yaml_file, audience, registry) + list(_check_choices(yaml_file, audience, pack))
    if audience.id != path.stem:
        hint = f"write '{path.stem}', or rename the file"
        problems.append(
            yaml_file.problem(
                "audience-id",
                f"the audience's id '{audience.id}' differs from the name of its file",
                yaml_file.mark(("id",)),
                hint,
            )
        )
    if problems:
        raise ProblemError(problems)
    return audience


def _check_choices(yaml_file: YamlFile, audience: Audience, pack: Pack) -> Iterator[Problem]:
    """Report documents and sections that are listed twice, and aspects that look misspelt.

    Audiences are shared between packs, so an aspect unlike any of this pack's is taken for another pack's.
    """
    yield from _check_sections(yaml_file, audience.sections or (), ("sections",), pack)
    file_names: set[tuple[str, bool]] = set()
    for place, wanted in enumerate(audience.documents):
        yield from _check_sections(yaml_file, wanted.sections or (), ("documents", place, "sections"), pack)
        # Large print gets file names of its own; any other look would overwrite the first document.
        name = wanted.document, wanted.look == "large-print"
        if name in file_names:
            mark = yaml_file.mark(("documents", place, "document"))
            hint = "keep one; only the look large-print gives a second file another name"
            yield yaml_file.problem("document-twice", f"document '{wanted.document}' is listed twice", mark, hint)
        file_names.add(name)
        if wanted.every_level and wanted.formats != ("html",):
            mark = yaml_file.mark(("documents", place, "document"))
            message = f"a '{wanted.document}' has every text several times, and paper has no switch between them"
            yield yaml_file.problem("reader-on-paper", message, mark, "write 'formats: html'")
        if wanted.like and audience.original(wanted) is wanted:
            mark = yaml_file.mark(("documents", place, "like"))
            message = f"'{wanted.document}' is like '{wanted.like}', which this audience does not get"
            yield yaml_file.problem("unknown-reference", message, mark, "list that document too")
        if wanted.beside and wanted.beside not in {each.document for each in audience.documents}:
            mark = yaml_file.mark(("documents", place, "beside"))
            message = f"'{wanted.document}' has '{wanted.beside}' beside it, which this audience does not get"
            yield yaml_file.problem("unknown-reference", message, mark, "list that document too")
        for index, part in enumerate(wanted.shows if audience.level == "plain" else ()):
            if part in OLDER:
                at = ("documents", place, "shows")
                mark = yaml_file.mark((*at, index) if (*at, index) in yaml_file.marks else at)
                message = f"'{part}' are for readers from 15 on, and this audience reads at level plain"
                yield yaml_file.problem("too-young", message, mark, "delete it, or give the document to older readers")


def _check_sections(
    yaml_file: YamlFile, wanted: tuple[SectionChoice, ...], at: YamlPath, pack: Pack
) -> Iterator[Problem]:
    sections = {section.id: section for section in pack.info.sections}
    seen: set[str] = set()
    for place, choice in enumerate(wanted):
        if choice.section in seen:
            mark = yaml_file.mark((*at, place, "section"))
            yield yaml_file.problem("section-twice", f"section '{choice.section}' is listed twice", mark, "keep one")
        seen.add(choice.section)
        known = [aspect.id for aspect in sections[choice.section].aspects] if choice.section in sections else []
        for index, aspect in enumerate(() if isinstance(choice.aspects, str) else choice.aspects or ()):
            hint = did_you_mean(aspect, known)
            if aspect not in known and hint:
                mark = yaml_file.mark((*at, place, "aspects", index))
                message = f"section '{choice.section}' has no aspect '{aspect}'"
                yield yaml_file.problem("unknown-reference", message, mark, hint)


def _folder_problems(folder: Path, name: str) -> Iterator[Problem]:
    """A Problem for each YAML file in a folder inside a pack: nobody would read it."""
    for file in listing(folder):
        if _is_yaml(file) and not is_stray(file):
            hint = "move it into the pack's folder, or out of the pack"
            yield Problem("unknown-file", f"a pack has no folder but {EDITIONS}/", Mark(f"{name}/{file}", 1, 1), hint)


def _is_yaml(name: str) -> bool:
    return fnmatchcase(name, "*.y*ml")


def _read_all(folder: Path, name: str) -> tuple[dict[str, tuple[YamlFile, YamlModel]], list[Problem]]:
    """Each file of the pack with its validated value; the problems of files that are wrong, missing or unknown."""
    out: dict[str, tuple[YamlFile, YamlModel]] = {}
    problems: list[Problem] = []
    names = listing(folder)
    if is_closed(folder):
        raise ProblemError([Problem("unreadable", "this folder cannot be read", Mark(name, 1, 1), "change its rights")])
    for file in (each for each in names if _is_yaml(each) and each not in FILE_MODELS and not is_stray(each)):
        stems = [Path(known).stem for known in FILE_MODELS]
        hint = (
            did_you_mean(Path(file).stem, stems, "did you mean '{}.yaml'?")
            or "see docs/data.md for the files of a pack"
        )
        problems.append(Problem("unknown-file", f"a pack has no '{file}'", Mark(f"{name}/{file}", 1, 1), hint))
    for inner in names:
        if inner not in (*FILE_MODELS, EDITIONS) and not is_stray(inner) and os.path.isdir(folder / inner):
            problems += _folder_problems(folder / inner, f"{name}/{inner}")
    for file, model in FILE_MODELS.items():
        path = folder / file
        if not os.path.lexists(path):  # a link that leads nowhere is an error, and no missing file
            if file in _REQUIRED:
                problems.append(
                    Problem("missing-file", "a pack needs this file", Mark(f"{name}/{file}", 1, 1), "see docs/data.md")
                )
            continue
        try:
            yaml_file = read_yaml(path, f"{name}/{file}")
            out[file] = yaml_file, model.model_validate(yaml_file.value)
        except ProblemError as error:
            problems += error.problems
        except ValidationError as error:
            problems += validation_problems(error, yaml_file, model)
    return out, problems
