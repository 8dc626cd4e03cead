"""Packs -> the folder of each that a teacher prints from: builds what is out of date, then copies it in print order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ...briefing.parts import Briefing
from ...composing.open_project import open_project
from ...composing.project import Request, UsageError, require_known
from ...library import Library
from ...page.page import Page
from ...page.render import render_handout
from ...problems import Problem
from ...safe_files import MAX_OUTPUT, read_bytes
from ..build import as_iterable, execute_plan, plan_build
from ..files import lock_folder, require_own_folder
from ..folder import OutputFolder
from ..formats import FORMATS
from ..plan import NO_CALLBACKS, BuildCallbacks, BuildOptions, Plan
from .folder import write_handout
from .papers import Shelf, shelves

READ_ME = "READ ME FIRST.html"
_DEFAULT = "handout"  # in the output folder of its pack


@dataclass(frozen=True)
class Handout:
    """One pack's folder: how many files it has, how many of them were written now, and what was removed."""

    folder: Path
    files: int
    written: int
    removed: tuple[Path, ...] = ()

    @property
    def read_me(self) -> Path:
        """The sheet to read first: what is in the folder, in print order, and how many copies of each."""
        return self.folder / READ_ME


@dataclass(frozen=True)
class HandoutReport:
    """What was made. `warnings` are those of the build."""

    handouts: tuple[Handout, ...]
    warnings: tuple[Problem, ...] = ()


def hand_out(
    packs: str | Path | Iterable[str | Path] = (),
    *,
    project: str | Path | None = None,
    to: str | Path | None = None,
    out: str | Path | None = None,
    pupils: int = 30,
    paper: str = "",
    themes: str | Path | Iterable[str | Path] = (),
    jobs: int | None = None,
    force: bool = False,
    told: BuildCallbacks = NO_CALLBACKS,
    sample: bool = False,
) -> HandoutReport:
    """Build what a teacher prints of each pack, and copy it to a folder in print order.

    `to` is that folder, with one for each pack in it if there are several; by default `handout` in the pack's output
    folder. Copies are counted for so many `pupils`. `paper` is preferred where a document can be made on it. Raises as
    `build` does, and UsageError if no document lists `companions` or there are no pupils.
    """
    if pupils < 1:
        raise UsageError(f"copies are counted for one pupil or more, not for {pupils}")
    names = tuple(map(str, as_iterable(packs)))
    opened = open_project(project, sample=sample, packs=names, themes=[*as_iterable(themes)], out=out)
    require_known("paper", filter(None, [paper]), opened.library.kinds("paper"))
    library = opened.library
    if paper:
        library = replace(library, selection=replace(library.selection, papers=(paper,)))
    plan = plan_build(library, Request(names), opened.out)
    wanted = {folder: shelves(briefings, pupils) for folder, briefings in plan.briefings.items()}
    if not any(wanted.values()):
        raise UsageError("no document lists 'companions', so nothing says what a teacher hands out")
    report = execute_plan(_only(plan, wanted), library, BuildOptions(jobs or 0, force), told)
    sheets = OutputFolder(plan.out).sheets()
    handouts = []
    for folder, shelved in ((folder, shelved) for folder, shelved in wanted.items() if shelved):
        target = folder / _DEFAULT if to is None else Path(to) / folder.name if len(wanted) > 1 else Path(to)
        own = {path.name: number for path, number in sheets.items() if path.parent == folder}
        files = {**_files(folder, shelved), READ_ME: _read_me(shelved, own, pupils, library)}
        require_own_folder(target, opened.out)
        with lock_folder(target, told.say):
            removed, written = write_handout(target, files, force=force)
        handouts.append(Handout(target, len(files), written, removed))
    return HandoutReport(tuple(handouts), report.warnings)


def _only(plan: Plan, wanted: Mapping[Path, tuple[Shelf, ...]]) -> Plan:
    """The plan, reduced to the files that are handed out."""
    paths = {
        folder / name
        for folder, shelved in wanted.items()
        for shelf in shelved
        for p in shelf.papers
        for name in p.files
    }
    return replace(plan, targets=tuple(target for target in plan.targets if target.path in paths))


def _files(folder: Path, shelved: Iterable[Shelf]) -> dict[str, bytes]:
    """The copies by their names in the handout: numbered folders, and in them numbered files."""
    files = {}
    for shelf in shelved:
        for place, paper in enumerate(shelf.papers, 1):
            for name in paper.files:
                files[f"{shelf.name}/{place:02}-{name}"] = read_bytes(folder / name, folder, MAX_OUTPUT)
    return files


def _read_me(shelved: tuple[Shelf, ...], sheets: Mapping[str, int], pupils: int, library: Library) -> bytes:
    briefing: Briefing = shelved[0].papers[0].briefing
    html = render_handout(shelved, sheets, pupils, briefing, library)
    return FORMATS["html"](Page("read-me", briefing.title, html), library).content
