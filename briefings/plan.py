"""What is asked for -> a Plan: every file to make, from which briefing, and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .audience import Audience, DocumentChoice
from .briefing import Briefing
from .check import errors
from .compose import compose
from .explain import nearest
from .formats import FORMATS
from .library import Library
from .load import load, load_audience
from .pack import Pack
from .read import Problem, ProblemError
from .specimen import SPECIMEN, specimen


class UsageError(Exception):
    """Something asked for does not exist; the message names what does."""


@dataclass(frozen=True)
class Wanted:
    """Which outputs are asked for; an empty tuple asks for all there are."""

    packs: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    paper: str = ""  # each document's own


_EVERYTHING = Wanted()


@dataclass(frozen=True, eq=False)
class Step:
    """One file to make: a briefing in a format, at a place, and why."""

    briefing: Briefing
    format: str
    path: Path
    reason: str = "it was asked for"


@dataclass(frozen=True)
class Plan:
    """Every file to make, in order; `briefings` are all there could be, for each pack's index."""

    steps: tuple[Step, ...]
    briefings: Mapping[Path, tuple[Briefing, ...]]
    folders: Mapping[str, Path]  # pack id -> its folder of YAML
    wanted: Wanted
    out: Path

    @property
    def all_paths(self) -> frozenset[Path]:
        """Every file that could be asked for, in any format and on any paper, and each pack's index."""
        paths = {folder / "index.html" for folder in self.briefings}
        for folder, briefings in self.briefings.items():
            for briefing in briefings:
                choice = briefing.choice
                names = [choice.file_name(briefing.audience.id, paper) for paper in choice.papers]
                paths |= {folder / f"{name}.{form}" for name in names for form in choice.formats}
        return frozenset(paths)


def plan(library: Library, wanted: Wanted, out: Path) -> Plan:
    """Read, check and compose all that is asked for. Raises ProblemError and UsageError."""
    known("format", wanted.formats, FORMATS)
    steps: list[Step] = []
    everything: dict[Path, tuple[Briefing, ...]] = {}
    folders: dict[str, Path] = {}
    problems: list[Problem] = []
    for pack_id, folder in find_packs(library, wanted.packs).items():
        try:
            pack = load(folder, library.show(folder))
            problems += errors(pack)
            briefings = compose_all(pack, library, wanted)
        except ProblemError as error:
            problems += error.problems
            continue
        folders[pack_id] = folder
        everything[out / pack_id] = briefings
        steps += [
            Step(briefing, name, out / pack_id / f"{briefing.name}.{name}")
            for briefing in briefings
            if _is_wanted(briefing, wanted)
            for name in FORMATS
            if name in briefing.choice.formats and name in (wanted.formats or FORMATS)
        ]
    if problems:
        raise ProblemError(problems)
    if not steps:
        raise UsageError("nothing fits all that was asked for; 'briefings list' shows what there is")
    return Plan(tuple(steps), everything, folders, wanted, out)


def find_packs(library: Library, asked: Sequence[str] = ()) -> dict[str, Path]:
    """The packs asked for, by id or folder; without any, every pack of the project."""
    there = library.pack_folders()
    if not asked:
        if not there:
            raise UsageError(f"there is no data/<pack>/pack.yaml in {library.project}")
        return there
    out: dict[str, Path] = {}
    for name in asked:
        folder = there.get(name) or (Path(name) if (Path(name) / "pack.yaml").is_file() else None)
        if folder is None:
            known("pack", (name,), there)
        else:
            out[folder.resolve().name] = folder
    return out


def choices(
    pack: Pack, library: Library, wanted: Wanted, problems: list[Problem]
) -> Iterator[tuple[Audience, DocumentChoice, str]]:
    """Every document of every audience, in order, with its paper; what is wrong is added to `problems`."""
    files = library.audience_files()
    known("audience", wanted.audiences, files)
    known("document", wanted.documents, library.kinds("document"))
    known("look", wanted.looks, library.kinds("look"))
    known("paper", filter(None, [wanted.paper]), library.kinds("paper"))
    audiences: list[Audience] = []
    for path in files.values():
        try:
            audiences.append(load_audience(path, library.show(path), pack, library))
        except ProblemError as error:
            problems += error.problems
    for audience in sorted(audiences, key=lambda audience: audience.order):
        for choice in audience.documents:
            paper = wanted.paper or choice.papers[0]
            if paper in choice.papers:
                yield audience, choice, paper


def compose_all(pack: Pack, library: Library, wanted: Wanted = _EVERYTHING) -> tuple[Briefing, ...]:
    """Every document of every audience. Raises ProblemError with all that is wrong in any of them."""
    out: list[Briefing] = []
    problems: list[Problem] = []
    for audience, choice, paper in choices(pack, library, wanted, problems):
        try:
            briefing = compose(pack, audience, choice, paper)
            if briefing.chapters or not choice.sections:  # a sheet for a drawing that this pack has not is none
                out.append(briefing)
        except ProblemError as error:
            problems += error.problems
    if SPECIMEN in wanted.documents:
        out += [specimen(pack, look, wanted.paper) for look in wanted.looks or library.kinds("look")]
    if problems:
        raise ProblemError(dict.fromkeys(problems))
    return tuple(sorted(out, key=lambda briefing: briefing.audience.order))


def _is_wanted(briefing: Briefing, wanted: Wanted) -> bool:
    return (
        (not wanted.audiences or briefing.audience.id in wanted.audiences)
        and (not wanted.documents or briefing.choice.document in wanted.documents)
        and (not wanted.looks or briefing.choice.look in wanted.looks)
    )


def known(kind: str, asked: Iterable[str], there: Iterable[str]) -> None:
    known = sorted(there)
    for name in asked:
        if name not in known:
            near = nearest(name, known)
            raise UsageError(
                f"there is no {kind} '{name}'; {near + ' ' if near else ''}there are {', '.join(known) or 'none'}"
            )
