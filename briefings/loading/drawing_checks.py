"""A pack's drawings -> the grounds of its maps, and a Problem for each drawing that cannot be drawn."""

from collections.abc import Iterator
from pathlib import Path

from ..drawings.kind import find_kind
from ..library import find_inside, is_stray
from ..limits import MAX_CORNERS, MAX_EVENTS, MAX_PLACES_DRAWN, MAX_POSITIONS, MAX_REPORTS
from ..pack.geojson import Ground, read_ground
from ..pack.pack import Pack
from ..pack.yaml_file import YamlFile
from ..problems import Problem, ProblemError, YamlPath, did_you_mean
from ..safe_files import names_in, root_of
from ..schema.dates import PartialDate
from ..schema.drawings import Drawing, FigureDrawing, MapDrawing, PhaseDrawing, QuestionDrawing
from ..schema.figures import Estimate, Figure
from ..schema.topic import Question

_YAML_KEY = "drawings"


def load_grounds(folder: Path, name: str, yaml_file: YamlFile, drawings: tuple[Drawing, ...]) -> dict[str, Ground]:
    """Read the ground of every map, by file name, from the pack's `folder`; problems call it `name`. Raises
    ProblemError."""
    found: dict[str, Ground] = {}
    problems: list[Problem] = []
    for index, drawing in enumerate(drawings):
        if not isinstance(drawing, MapDrawing) or drawing.ground in found:
            continue
        path = _ground_file(folder, drawing.ground)
        if path is None:
            mark = yaml_file.mark((_YAML_KEY, index, "ground"))
            hint = did_you_mean(drawing.ground, _grounds_in(folder)) or "put the file in the pack's folder"
            problems.append(yaml_file.problem("missing-file", f"the pack has no file '{drawing.ground}'", mark, hint))
            continue
        try:
            found[drawing.ground] = read_ground(path, f"{name}/{drawing.ground}")
        except ProblemError as error:
            problems += error.problems
    if problems:
        raise ProblemError(problems)
    return found


def _ground_file(folder: Path, name: str) -> Path | None:
    """The file of a ground in the pack's folder, or where a link in this leads inside the project."""
    return None if ".." in Path(name).parts else find_inside(Path(root_of(folder)), str(folder.absolute() / name))


def spare_grounds(folder: Path, drawings: tuple[Drawing, ...]) -> tuple[str, ...]:
    """The names of the GeoJSON files in the pack's folder that are the ground of no map."""
    used = {drawing.ground for drawing in drawings if isinstance(drawing, MapDrawing)}
    return tuple(name for name in _grounds_in(folder) if name not in used)


def _grounds_in(folder: Path) -> list[str]:
    return [name for name in names_in(folder, ".geojson", inside=root_of(folder)) if not is_stray(name)]


def check_drawings(pack: Pack, yaml_file: YamlFile) -> list[Problem]:
    """What keeps the pack's drawings from being drawn, at its line in drawings.yaml."""
    problems: list[Problem] = []
    for index, drawing in enumerate(pack.drawings):
        path = (_YAML_KEY, index)
        if too_much := _too_much(pack, drawing):
            hint = "show less of them: a reader finds nothing in so many, and a smaller drawing shows what matters"
            problems.append(yaml_file.problem("too-much-to-draw", too_much, yaml_file.mark(path), hint))
            continue
        if isinstance(drawing, FigureDrawing):
            problems += _check_figures(pack, drawing, yaml_file, path)
        problems += _check_calendar(pack, drawing, yaml_file, path)
        problems += find_kind(drawing.kind).checks(pack, drawing, yaml_file, path)
    return problems


def _too_much(pack: Pack, drawing: Drawing) -> str:
    """What a drawing has too many of; "" if nothing. The time to place labels grows with the square of their number."""
    counts: list[tuple[str, int, int]] = []
    if isinstance(drawing, FigureDrawing):
        reports = sum(len(_estimates(pack, key)) for key in drawing.figures) + len(drawing.single_estimates)
        counts.append(("estimates", reports, MAX_REPORTS))
    if isinstance(drawing, PhaseDrawing):
        phases = [phase for phase in pack.phases if phase.id in (drawing.phases or (phase.id,))]
        counts.append(("events", sum(1 + len(phase.events) for phase in phases), MAX_EVENTS))
    if isinstance(drawing, QuestionDrawing):
        question = pack.index[drawing.question]
        positions = question.positions if isinstance(question, Question) else ()
        counts.append(("positions", len(drawing.positions or positions), MAX_POSITIONS))
        counts.append(("arguments", sum(len(position.arguments) for position in positions), MAX_EVENTS))
    if isinstance(drawing, MapDrawing):
        events, arrows = (len(getattr(drawing, name, ())) for name in ("events", "arrows"))
        shown = len(drawing.places) + len(drawing.inset_places) + len(drawing.areas) + len(drawing.lines)
        counts.append(("places, lines and arrows", shown + events + arrows, MAX_PLACES_DRAWN))
        counts.append(("points of lines", sum(len(line.points) for line in drawing.lines), MAX_CORNERS))
    over = next(((what, count, most) for what, count, most in counts if count > most), None)
    return f"'{drawing.id}' has {over[1]:,} {over[0]}, and {over[2]:,} have room" if over else ""


def _check_calendar(pack: Pack, drawing: Drawing, yaml_file: YamlFile, path: YamlPath) -> Iterator[Problem]:
    """The calendar of a drawing begins with the year 1, as Python's does; a timeline becomes a list."""
    shown: dict[str, PartialDate | None] = {}
    if isinstance(drawing, FigureDrawing) and drawing.TIMED:
        refs = [f"{key}/{e.id}" for key in drawing.figures for e in _estimates(pack, key)]
        for ref in (*refs, *drawing.single_estimates):
            _, estimate = pack.estimate(ref)
            shown[ref] = estimate.covers or estimate.as_of
    if drawing.kind == "lanes":
        shown |= {phase.id: phase.start for phase in pack.phases}
        shown |= {event.id: event.date for phase in pack.phases for event in phase.events}
    if isinstance(drawing, QuestionDrawing) and isinstance(drawing, FigureDrawing):
        question = pack.index[drawing.question]
        assert isinstance(question, Question)
        shown |= {position.id: position.as_of for position in question.positions}
    for key, when in shown.items():
        if when and when.is_before_calendar:
            message = f"'{key}' is of {when}, and the calendar of this drawing begins with the year 1"
            hint = "use a timeline, which becomes a list, or leave it out"
            yield yaml_file.problem("before-calendar", message, yaml_file.mark(path), hint)


def _check_figures(pack: Pack, drawing: FigureDrawing, yaml_file: YamlFile, path: YamlPath) -> Iterator[Problem]:
    """A scale has one unit, and a time axis takes only estimates with a date."""
    refs = {f"{key}/{e.id}": ("figures", n) for n, key in enumerate(drawing.figures) for e in _estimates(pack, key)}
    refs |= {ref: ("estimates", n) for n, ref in enumerate(drawing.single_estimates)}
    unit = ""
    for ref, where in refs.items():
        figure, estimate = pack.estimate(ref)
        mark, counted = yaml_file.mark((*path, *where)), estimate.words is None
        if drawing.TIMED and not (estimate.covers or estimate.as_of):
            message = f"'{ref}' has no date, and this drawing has a time axis"
            hint = "give it 'as_of', or 'covers' for the period it is about; or list only dated ones in 'estimates'"
            yield yaml_file.problem("undated-estimate", message, mark, hint)
        unit = unit or (estimate.unit or figure.unit if counted else "")
        if drawing.ONE_SCALE and counted and (estimate.unit or figure.unit) != unit:
            message = f"'{ref}' is in {estimate.unit or figure.unit}, and the estimates before it are in {unit}"
            yield yaml_file.problem("mixed-units", message, mark, "make two drawings, since a scale has one unit")
    if drawing.ONE_SCALE and not unit and (refs or not isinstance(drawing, PhaseDrawing | QuestionDrawing)):
        hint = "name 'figures' that have numbers"
        yield yaml_file.problem("nothing-to-draw", f"'{drawing.id}' has no number to draw", yaml_file.mark(path), hint)


def _estimates(pack: Pack, key: str) -> tuple[Estimate, ...]:
    figure = pack.index[key]
    assert isinstance(figure, Figure)
    return figure.estimates
