"""A project's folder -> the settings in its briefings.toml, validated; without the file, the defaults."""

import os
from collections.abc import Iterator
from dataclasses import replace

from pydantic import ValidationError

from ..library import Library
from ..pack.toml_file import read_toml
from ..pack.yaml_file import YamlFile
from ..problems import Problem, ProblemError, YamlPath, did_you_mean
from ..project_root import PROJECT_FILE
from ..safe_files import is_below
from ..schema.project import ProjectFile
from .references import IdRegistry, check_references
from .validation_errors import validation_problems


def load_project_file(library: Library) -> tuple[ProjectFile, Library]:
    """The settings of the library's project, and the library with the themes that they name unless it has some.

    Whatever the settings name exists. Raises ProblemError.
    """
    path = library.project / PROJECT_FILE
    if not os.path.lexists(path):
        return ProjectFile(), library
    toml_file = read_toml(path, library.show(path))
    try:
        settings = ProjectFile.model_validate(toml_file.value)
    except ValidationError as error:
        raise ProblemError(validation_problems(error, toml_file, ProjectFile)) from None
    themes = library.themes or tuple((library.project / name).resolve() for name in settings.themes)
    library = replace(library, themes=themes)  # a theme may have documents and papers of its own
    documents = set(library.kinds("document")) - {"specimen"}  # that one is made only on request
    known = {
        "audience": set(library.all_audience_files()),
        "document": documents,
        "paper": set(library.kinds("paper")),
    }
    problems = check_references(toml_file, settings, IdRegistry(scoped_ids=known))
    problems += _check_folders(toml_file, settings, library)
    problems += _check_inside(toml_file, settings, library)
    problems += _check_audiences(toml_file, settings, known["audience"])
    if problems:
        raise ProblemError(problems)
    return settings, library


def _check_folders(toml_file: YamlFile, settings: ProjectFile, library: Library) -> Iterator[Problem]:
    packs = library.pack_folders()
    for index, name in enumerate(settings.packs):
        if name not in packs and not os.path.isfile(library.project / name / "pack.yaml"):
            known = f": {', '.join(packs)}" if packs else "; there is none yet"
            hint = did_you_mean(name, packs) or f"write the name of a folder in data/ that has a pack.yaml{known}"
            mark = toml_file.mark(("packs", index))
            yield toml_file.problem("unknown-reference", f"there is no pack '{name}'", mark, hint)
    for index, name in enumerate(settings.themes):
        if not os.path.isdir(library.project / name):
            mark = toml_file.mark(("themes", index))
            hint = "write its path from the folder of this file"
            yield toml_file.problem("missing-file", f"there is no folder '{name}'", mark, hint)
    if "style" in settings.model_fields_set and not os.path.isfile(library.project / settings.style):
        mark = toml_file.mark(("style",))
        hint = "write its path from the folder of this file; or leave it out, and 'briefings theme new' writes one"
        yield toml_file.problem("missing-file", f"there is no file '{settings.style}'", mark, hint)
    if os.path.isfile(library.project / settings.out):
        mark = toml_file.mark(("out",))
        yield toml_file.problem("bad-value", f"'{settings.out}' is a file", mark, "write the name of a folder")


def _check_inside(toml_file: YamlFile, settings: ProjectFile, library: Library) -> Iterator[Problem]:
    """A project comes from a stranger: what it names itself is in its folder, and options may name any folder."""
    root = os.path.realpath(library.project)
    named: list[tuple[YamlPath, str, str]] = [
        *((("packs", index), name, "name it on the command line") for index, name in enumerate(settings.packs)),
        *((("themes", index), name, "name it with --theme") for index, name in enumerate(settings.themes)),
        (("style",), settings.style, "copy it into the project"),
    ]
    for path, name, hint in named:
        if not is_below(os.path.realpath(library.project / name), root):
            message = f"'{name}' is outside of the project"
            yield toml_file.problem("outside-project", message, toml_file.mark(path), hint)


def _check_audiences(toml_file: YamlFile, settings: ProjectFile, known: set[str]) -> Iterator[Problem]:
    """Both lists together say the same thing twice; and somebody must be left to write for."""
    if settings.audiences and settings.audiences_off:
        mark = toml_file.mark(("audiences_off",), key=True)
        message = "'audiences' already says which are wanted"
        yield toml_file.problem("bad-value", message, mark, "keep one of 'audiences' and 'audiences_off'")
    elif known <= set(settings.audiences_off):
        mark = toml_file.mark(("audiences_off",))
        yield toml_file.problem("bad-value", "every audience is switched off", mark, "leave one out of this list")
