"""A pack's drawings -> the grounds of its maps, and a Problem for each drawing that cannot be drawn."""

from collections.abc import Iterator
from pathlib import Path

from ..drawings.kind import find_kind
from ..library import find_inside
from ..pack.geojson import Ground, read_ground
from ..pack.pack import Pack
from ..pack.yaml_file import YamlFile
from ..problems import Problem, ProblemError, YamlPath, did_you_mean
from ..schema.drawings import Drawing, FigureDrawing, MapDrawing
from ..schema.figures import Estimate, Figure

_YAML_KEY = "drawings"


def load_grounds(folder: Path, name: str, document: YamlFile, drawings: tuple[Drawing, ...]) -> dict[str, Ground]:
    """The ground of every map, by its file in the pack's `folder`, which is called `name`. Raises ProblemError."""
    found: dict[str, Ground] = {}
    problems: list[Problem] = []
    for index, drawing in enumerate(drawings):
        if not isinstance(drawing, MapDrawing) or drawing.ground in found:
            continue
        path = find_inside(folder, drawing.ground)
        if path is None:
            mark = document.mark((_YAML_KEY, index, "ground"))
            hint = (
                did_you_mean(drawing.ground, [p.name for p in folder.glob("*.geojson")])
                or "put the file into the pack's folder"
            )
            problems.append(document.problem("missing-file", f"the pack has no file '{drawing.ground}'", mark, hint))
            continue
        try:
            found[drawing.ground] = read_ground(path, f"{name}/{drawing.ground}")
        except ProblemError as error:
            problems += error.problems
    if problems:
        raise ProblemError(problems)
    return found


def check_drawings(pack: Pack, document: YamlFile) -> list[Problem]:
    """What keeps the pack's drawings from being drawn, at its line in drawings.yaml."""
    problems: list[Problem] = []
    for index, drawing in enumerate(pack.drawings):
        path = (_YAML_KEY, index)
        if isinstance(drawing, FigureDrawing):
            problems += _check_figures(pack, drawing, document, path)
        problems += find_kind(drawing.kind).checks(pack, drawing, document, path)
    return problems


def _check_figures(pack: Pack, drawing: FigureDrawing, document: YamlFile, path: YamlPath) -> Iterator[Problem]:
    """A scale has one unit, and a time axis takes only estimates with a date."""
    refs = {f"{key}/{e.id}": ("figures", n) for n, key in enumerate(drawing.figures) for e in _estimates(pack, key)}
    refs |= {ref: ("estimates", n) for n, ref in enumerate(drawing.single_estimates)}
    unit = ""
    for ref, where in refs.items():
        figure, estimate = pack.estimate(ref)
        mark, counted = document.mark((*path, *where)), estimate.words is None
        if drawing.TIMED and not (estimate.covers or estimate.as_of):
            message = f"'{ref}' has no date, and this drawing is over time"
            hint = "give it 'as_of', or 'covers' for the time it speaks of; or name only 'estimates' that have one"
            yield document.problem("undated-estimate", message, mark, hint)
        unit = unit or (estimate.unit or figure.unit if counted else "")
        if drawing.ONE_SCALE and counted and (estimate.unit or figure.unit) != unit:
            message = f"'{ref}' is in {estimate.unit or figure.unit}, and what stands before it in {unit}"
            yield document.problem("mixed-units", message, mark, "one scale takes one unit; make two drawings")
    if drawing.ONE_SCALE and not unit:
        hint = "name 'figures' that have numbers"
        yield document.problem("nothing-to-draw", f"'{drawing.id}' has no number to draw", document.mark(path), hint)


def _estimates(pack: Pack, key: str) -> tuple[Estimate, ...]:
    figure = pack.index[key]
    assert isinstance(figure, Figure)
    return figure.estimates
