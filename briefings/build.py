"""What is wanted -> a Plan of outputs -> files, each written whole or not at all."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from .briefing import Briefing
from .compose import PAPERS, compose
from .explain import nearest
from .formats import FORMATS, Output
from .library import Library
from .load import load, load_audience
from .model import Audience
from .pack import Pack
from .read import Mark, Problem, ProblemError
from .render import Page, render, render_index


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
    paper: str = "a4"


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


@dataclass(frozen=True)
class Report:
    """What a build did: the files written, and warnings."""

    written: tuple[Path, ...] = ()
    warnings: tuple[Problem, ...] = ()
    sheets: Mapping[str, int] = field(default_factory=dict)  # file name -> sheets


Progress = Callable[[Step, int, int], None]


def build(
    packs: Iterable[str | Path] = (),
    *,
    project: str | Path = ".",
    out: str | Path = "build",
    audiences: Iterable[str] = (),
    documents: Iterable[str] = (),
    looks: Iterable[str] = (),
    formats: Iterable[str] = (),
    paper: str = "a4",
    themes: Iterable[str | Path] = (),
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Make briefings: read, check, compose and render everything asked for, then typeset and write.

    `packs` are ids or folders; every argument left out asks for all there is. `themes` are folders that override
    templates. Raises ProblemError (data or templates; nothing was written), UsageError (no such pack, audience, …).
    """
    library = Library(Path(project), tuple(Path(t).resolve() for t in themes))
    wanted = Wanted(tuple(map(str, packs)), tuple(audiences), tuple(documents), tuple(looks), tuple(formats), paper)
    return make(plan(library, wanted, Path(out)), library, jobs=jobs, progress=progress)


def plan(library: Library, wanted: Wanted, out: Path) -> Plan:
    """Read, check and compose all that is asked for. Raises ProblemError and UsageError."""
    _known("paper", (wanted.paper,), PAPERS)
    _known("format", wanted.formats, FORMATS)
    steps: list[Step] = []
    everything: dict[Path, tuple[Briefing, ...]] = {}
    folders: dict[str, Path] = {}
    problems: list[Problem] = []
    for pack_id, folder in find_packs(library, wanted.packs).items():
        try:
            pack = load(folder, library.show(folder))
            briefings = compose_all(pack, library, wanted)
        except ProblemError as error:
            problems += error.problems
            continue
        folders[pack_id] = folder
        everything[out / pack_id] = briefings
        steps += [
            Step(briefing, name, out / pack_id / f"{briefing.name}.{name}")
            for briefing in briefings if _is_wanted(briefing, wanted)
            for name in wanted.formats or FORMATS
        ]  # fmt: skip
    if problems:
        raise ProblemError(problems)
    if not steps:
        raise UsageError("nothing fits all that was asked for; 'briefings list' shows what there is")
    return Plan(tuple(steps), everything, folders)


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
            _known("pack", (name,), there)
        else:
            out[folder.resolve().name] = folder
    return out


def compose_all(pack: Pack, library: Library, wanted: Wanted = Wanted()) -> tuple[Briefing, ...]:
    """Every document of every audience. Raises ProblemError with all that is wrong in any of them."""
    documents, looks = library.names("documents", ".html"), library.names("css/looks", ".css")
    files = library.audience_files()
    _known("audience", wanted.audiences, files)
    _known("document", wanted.documents, documents)
    _known("look", wanted.looks, looks)
    out: list[Briefing] = []
    problems: list[Problem] = []
    for path in files.values():
        try:
            audience = load_audience(path, library.show(path), pack, documents, looks)
            out += [compose(pack, audience, choice, wanted.paper) for choice in audience.documents]
        except ProblemError as error:
            problems += error.problems
    if problems:
        raise ProblemError(dict.fromkeys(problems))
    return tuple(out)


def make(plan: Plan, library: Library, *, jobs: int | None = None, progress: Progress | None = None) -> Report:
    """Render, typeset and write a plan's outputs; nothing is written until all of them are made."""
    pages = {step.briefing.name + str(step.path.parent): None for step in plan.steps}
    rendered: dict[str, Page] = {}
    problems: list[Problem] = []
    for step in plan.steps:
        key = step.briefing.name + str(step.path.parent)
        if key in rendered or pages.get(key) is False:
            continue
        try:
            rendered[key] = render(step.briefing, library)
        except ProblemError as error:
            problems += error.problems
    if problems:
        raise ProblemError(dict.fromkeys(problems))
    work = [(step, rendered[step.briefing.name + str(step.path.parent)]) for step in plan.steps]
    outputs = dict(_outputs(work, library, jobs, progress))
    ready = {step.path: outputs[step].content for step in plan.steps}
    ready |= _indexes(plan, library, ready)
    for path, content in ready.items():
        write(path, content)
    return Report(tuple(ready), tuple(_too_long(outputs, library)), {s.path.name: o.sheets for s, o in outputs.items() if o.sheets})


def _outputs(
    work: Sequence[tuple[Step, Page]], library: Library, jobs: int | None, progress: Progress | None
) -> Iterator[tuple[Step, Output]]:
    """Every output, on as many processors as there are; all the problems of all of them at once."""
    count = min(jobs or os.cpu_count() or 1, sum(step.format == "pdf" for step, _ in work))
    problems: list[Problem] = []
    done = 0
    for step, output in _run(work, library, count):
        done += 1
        if progress:
            progress(step, done, len(work))
        if isinstance(output, ProblemError):
            problems += output.problems
        else:
            yield step, output
    if problems:
        raise ProblemError(dict.fromkeys(problems))


def _run(work: Sequence[tuple[Step, Page]], library: Library, count: int) -> Iterator[tuple[Step, Output | ProblemError]]:
    here = work if count < 2 else [w for w in work if w[0].format != "pdf"]
    for step, page in here:
        yield step, _output(step.format, page, library)
    if count < 2:
        return
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        running = {pool.submit(_output, step.format, page, library): step for step, page in work if step.format == "pdf"}
        for future in as_completed(running):
            yield running[future], future.result()


def _output(name: str, page: Page, library: Library) -> Output | ProblemError:
    try:
        return FORMATS[name](page, library)
    except ProblemError as error:
        return error


def write(path: Path, content: bytes) -> None:
    """Write a file whole: a reader sees the old one or the new one. Raises ProblemError where it may not."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        reason = (error.strerror or str(error)).lower()
        hint = "free the place, or write elsewhere with --out DIR"
        raise ProblemError([Problem("not-written", f"cannot write {path}: {reason}", None, hint)]) from None


def _indexes(plan: Plan, library: Library, ready: Mapping[Path, bytes]) -> dict[Path, bytes]:
    """index.html of each pack's folder: every document that lies there or is about to."""
    out = {}
    for folder, briefings in plan.briefings.items():
        entries = []
        for briefing in briefings:
            paths = {name: folder / f"{briefing.name}.{name}" for name in FORMATS}
            files = {name: path.name for name, path in paths.items() if path in ready or path.is_file()}
            if files:
                entries.append({"briefing": briefing, "files": files})
        out[folder / "index.html"] = index_page(entries, library)
    return out


def index_page(entries: Sequence[Mapping[str, object]], library: Library) -> bytes:
    """The page that leads to a pack's documents, as a file that works alone."""
    briefing = entries[0]["briefing"]
    assert isinstance(briefing, Briefing)
    language = briefing.pack.language
    return FORMATS["html"](Page("index", briefing.title, render_index(entries, language, library)), library).content


def _too_long(outputs: Mapping[Step, Output], library: Library) -> Iterator[Problem]:
    for step, output in outputs.items():
        limit = step.briefing.choice.sheets
        if not output.sheets or limit is None or limit.at_least <= output.sheets <= limit.at_most:
            continue
        path = library.audience_files()[step.briefing.audience.id]
        allowed = str(limit.at_most) if limit.at_least in (1, limit.at_most) else f"{limit.at_least} to {limit.at_most}"
        message = f"{step.path.name} has {output.sheets} sheets; {allowed} are allowed"
        hint = "choose a lesser depth, fewer sections or fewer parts, or change 'sheets'"
        yield Problem("sheets", message, Mark(library.show(path), 1, 1), hint, "warning")


def _is_wanted(briefing: Briefing, wanted: Wanted) -> bool:
    return (
        (not wanted.audiences or briefing.audience.id in wanted.audiences)
        and (not wanted.documents or briefing.choice.document in wanted.documents)
        and (not wanted.looks or briefing.choice.look in wanted.looks)
    )


def _known(kind: str, asked: Iterable[str], there: Iterable[str]) -> None:
    known = sorted(there)
    for name in asked:
        if name not in known:
            near = nearest(name, known)
            raise UsageError(f"there is no {kind} '{name}'; {near + '? ' if near else ''}there are {', '.join(known) or 'none'}")


def audiences(pack: Pack, library: Library) -> tuple[Audience, ...]:
    """The audiences a pack's briefings are made for."""
    return tuple(dict.fromkeys(b.audience for b in compose_all(pack, library)))
