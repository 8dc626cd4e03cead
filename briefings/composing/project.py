"""A project -> its packs, and every document of a pack, composed for its audience."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..briefing.parts import Briefing
from ..library import Library
from ..loading.load import load_audience
from ..pack.pack import Pack
from ..problems import Problem, ProblemError, did_you_mean
from ..schema.audience import Audience, DocumentChoice
from .compose import compose
from .specimen import SPECIMEN, specimen


class UsageError(Exception):
    """Something asked for does not exist; the message names what does."""


@dataclass(frozen=True)
class Request:
    """Which outputs are asked for; an empty tuple asks for all there are."""

    packs: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    paper: str = ""  # each document's own


_EVERYTHING = Request()


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
            require_known("pack", (name,), there)
        else:
            out[folder.resolve().name] = folder
    return out


def requested_documents(
    pack: Pack, library: Library, request: Request, problems: list[Problem]
) -> Iterator[tuple[Audience, DocumentChoice, str]]:
    """Every document of every audience, in order, with its paper; what is wrong is added to `problems`."""
    files = library.audience_files()
    require_known("audience", request.audiences, files)
    require_known("document", request.documents, library.kinds("document"))
    require_known("look", request.looks, library.kinds("look"))
    require_known("paper", filter(None, [request.paper]), library.kinds("paper"))
    audiences: list[Audience] = []
    for path in files.values():
        try:
            audiences.append(load_audience(path, library.show(path), pack, library))
        except ProblemError as error:
            problems += error.problems
    for audience in sorted(audiences, key=lambda audience: audience.order):
        for choice in audience.documents:
            paper = request.paper or choice.papers[0]
            if paper in choice.papers:
                yield audience, choice, paper


def compose_all(pack: Pack, library: Library, wanted: Request = _EVERYTHING) -> tuple[Briefing, ...]:
    """Every document of every audience. Raises ProblemError with all that is wrong in any of them."""
    out: list[Briefing] = []
    problems: list[Problem] = []
    for audience, choice, paper in requested_documents(pack, library, wanted, problems):
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


def require_known(kind: str, asked: Iterable[str], there: Iterable[str]) -> None:
    known = sorted(there)
    for name in asked:
        if name not in known:
            near = did_you_mean(name, known)
            raise UsageError(
                f"there is no {kind} '{name}'; {near + ' ' if near else ''}there are {', '.join(known) or 'none'}"
            )
