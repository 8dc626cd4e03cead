"""Project and request -> the packs, documents and Briefings requested."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..briefing.parts import Briefing, Companion
from ..language.strings import RIGHT_TO_LEFT, strings_problems
from ..library import Library
from ..loading.load import load, load_audience
from ..pack.pack import Pack
from ..pack.toml_file import read_toml
from ..problems import Problem, ProblemError, did_you_mean
from ..project_root import PROJECT_FILE
from ..schema.audience import Audience, DocumentChoice
from ..visible import visible
from .compose import compose
from .editions.own import with_editions
from .lessons import with_papers
from .specimen import SPECIMEN, specimen


class UsageError(Exception):
    """A requested pack, audience, document or other name does not exist; the message lists the known names.

    Each argument is a line of the message.
    """

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(map(visible, lines)))


@dataclass(frozen=True)
class Request:
    """Which outputs to make; an empty tuple means all."""

    packs: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    paper: str = ""  # "" is the first paper of each document

    def matches(self, briefing: Briefing) -> bool:
        """Whether a briefing is requested, as far as its audience, document and look say."""
        return (
            (not self.audiences or briefing.audience.id in self.audiences)
            and (not self.documents or briefing.choice.document in self.documents)
            and (not self.looks or briefing.choice.look in self.looks)
        )


_EVERYTHING = Request()


def find_packs(library: Library, names: Sequence[str] = ()) -> dict[str, Path]:
    """Return the folders of the packs named (by id or by folder), by id; without names, those that the project wants.

    Raises UsageError if a pack does not exist, or if the project has none.
    """
    known = library.pack_folders()
    names = names or library.selection.packs
    if not names:
        if not known:
            raise UsageError(f"there is no pack in {library.project / 'data'}: a pack is a folder with a pack.yaml")
        return known
    folders: dict[str, Path] = {}
    for name in names:
        folder = known.get(name) or (Path(name) if os.path.lexists(Path(name) / "pack.yaml") else None)
        if folder is None:
            require_known("pack", (name,), known)
        else:
            own = os.path.basename(os.path.realpath(folder))  # "." has no name of its own
            if own in folders and not os.path.samefile(folders[own], folder):
                raise UsageError(f"{folders[own]} and {folder} would have files of one name; give each its own --out")
            folders[own] = folder
    return folders


def load_pack(folder: Path, library: Library) -> Pack:
    """Load a pack, in the form of its language that the project wants. Raises ProblemError."""
    pack = load(folder, library.show(folder))
    wanted = library.selection.language
    if not wanted or wanted == pack.info.language:
        return pack
    if wanted[:2] != pack.info.language[:2]:
        path = library.project / PROJECT_FILE
        toml_file = read_toml(path, library.show(path))
        message = f"the pack '{pack.id}' is written in '{pack.info.language}', and 'language' does not translate it"
        hint = f"write a form of '{pack.info.language[:2]}', or leave it out"
        raise ProblemError([toml_file.problem("bad-value", message, toml_file.mark(("language",)), hint)])
    return replace(pack, info=pack.info.model_copy(update={"language": wanted}))


def requested_documents(
    pack: Pack, library: Library, request: Request, problems: list[Problem]
) -> Iterator[tuple[Audience, DocumentChoice, str]]:
    """Yield (audience, document, paper) for each document requested, in the order of the audiences.

    A document that is not made on the requested paper, or that the project does not want, is skipped. Problems in
    the files of requested audiences are added to `problems`, and the other audiences still yield. Raises UsageError for
    an unknown name. `request.audiences`, `documents` and `looks` are only checked for unknown names; the caller selects
    among the documents.
    """
    files, wanted = library.audience_files(), library.selection
    require_known("audience", request.audiences, files)
    require_known("document", request.documents, library.kinds("document"))
    require_known("look", request.looks, library.kinds("look"))
    require_known("paper", filter(None, [request.paper]), library.kinds("paper"))
    problems += _missing_strings(pack, library)
    audiences: list[Audience] = []
    for name, path in files.items():
        try:
            audiences.append(load_audience(path, library.show(path), pack, library))
        except ProblemError as error:
            problems += error.problems if not request.audiences or name in request.audiences else ()
    for audience in sorted(audiences, key=lambda audience: audience.order):
        for choice in audience.documents:
            preferred = (paper for paper in wanted.papers if paper in choice.papers)
            paper = request.paper or next(preferred, choice.papers[0])
            if paper in choice.papers and (not wanted.documents or choice.document in wanted.documents):
                yield audience, choice, paper


def _missing_strings(pack: Pack, library: Library) -> Iterator[Problem]:
    """Problems if the pack's language cannot be set, or its fixed texts are missing or are not all there."""
    language = pack.info.language
    backwards = language.partition("-")[0] in RIGHT_TO_LEFT
    if not backwards and library.find(f"strings/{language}.yaml"):
        yield from strings_problems(library, language)
        return
    for yaml_file, value in pack.files:
        if value is pack.info and backwards:
            message = f"'{language}' is written from right to left, and pages are set from left to right only"
            hint = "write the pack in another language; single words in it may be in any script"
            yield yaml_file.problem("bad-value", message, yaml_file.mark(("language",)), hint)
        elif value is pack.info:
            known = ", ".join(library.names("strings", ".yaml"))
            hint = f"write one of {known}; or copy strings/en.yaml of the shipped templates to templates/strings/"
            hint += f"{language}.yaml, and translate it"
            message = f"no strings file is in the language '{language}'"
            yield yaml_file.problem("missing-file", message, yaml_file.mark(("language",)), hint)


def compose_all(pack: Pack, library: Library, request: Request = _EVERYTHING) -> tuple[Briefing, ...]:
    """Compose each document of each audience, without those that would have only a title.

    Raises ProblemError with the Problems of all requested audiences. A document of another audience is left out if it
    cannot be composed: nobody asked for it.
    """
    return tuple(briefing for briefing in compose_requested(pack, library, request) if not is_empty(briefing))


def is_empty(briefing: Briefing) -> bool:
    """Whether nothing would stand under the title, such as on a map sheet of a pack without a map."""
    if briefing.choice.document == SPECIMEN or briefing.chapters or briefing.worksheet or any(briefing.handouts):
        return False
    if briefing.choice.document == "briefing":
        return not any((briefing.key_figures, briefing.judgements, *briefing.of_lesson))
    # What a paper shows first is what it is about: checks without a lesson are no plan.
    return not any(getattr(briefing, part, ()) for part in briefing.choice.shows[:1])


def compose_requested(pack: Pack, library: Library, request: Request = _EVERYTHING) -> tuple[Briefing, ...]:
    """Compose each document of each audience, also those that would be empty. Raises ProblemError as compose_all()."""
    briefings: list[Briefing] = []
    problems: list[Problem] = []
    for audience, choice, paper in requested_documents(pack, library, request, problems):
        try:
            briefings.append(compose(pack, audience, choice, paper))
        except ProblemError as error:
            problems += error.problems if not request.audiences or audience.id in request.audiences else ()
    if SPECIMEN in request.documents:
        briefings += [specimen(pack, look, request.paper) for look in request.looks or library.kinds("look")]
    if problems:
        raise ProblemError(dict.fromkeys(problems))  # one text missing in several documents is one Problem
    briefings.sort(key=lambda briefing: briefing.audience.order)
    # A poster that has no such paper is a companion all the same.
    whole = request.paper and any(briefing.choice.companions for briefing in briefings)
    made = compose_all(pack, library) if whole else (each for each in briefings if not is_empty(each))
    return with_editions(with_companions(briefings, made), pack)


def _known_sheets(briefing: Briefing) -> int:
    """How many sheets a paper will have, if that is known before it is typeset, else 0."""
    if briefing.choice.deck:
        return len(briefing.slides)
    limits = briefing.choice.sheets
    return limits.at_most if limits and limits.at_least == limits.at_most else 0


def with_companions(briefings: Iterable[Briefing], made: Iterable[Briefing]) -> tuple[Briefing, ...]:
    """Tell each briefing that asks for it which papers other audiences get, of all that are made of the pack."""
    papers = [
        Companion(
            f"{b.audience.id}/{b.choice.document}",
            b.audience,
            b.choice,
            b.choice.sheets.at_most if b.choice.sheets else 0,
            tuple((slide.id, slide.number) for slide in b.slides if slide.id) if b.choice.deck else (),
            _known_sheets(b),
        )
        for b in made
    ]
    out = []
    for b in briefings:
        companions = tuple(p for wanted in b.choice.companions for p in papers if p.audience.id == wanted)
        lessons = tuple(with_papers(lesson, companions) for lesson in b.lessons)
        out.append(replace(b, companions=companions, lessons=lessons))
    return tuple(out)


def require_known(kind: str, names: Iterable[str], known: Iterable[str]) -> None:
    """Raise UsageError for the first of `names` that is not in `known`, with a suggestion."""
    known = sorted(known)
    for name in names:
        if name not in known:
            suggestion = did_you_mean(name, known)
            message = f"there is no {kind} '{name}'; {suggestion + ' ' if suggestion else ''}"
            raise UsageError(f"{message}there are {', '.join(known) or 'none'}")
