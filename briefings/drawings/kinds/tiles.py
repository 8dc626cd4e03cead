"""Tiles: a share as parts of a hundred, a square of 100 tiles for each report."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from pydantic import model_validator

from ...pack.pack import Pack
from ...pack.yaml_file import YamlFile
from ...problems import Problem, YamlPath, with_excerpt
from ...schema.drawings import EstimateDrawing
from ...schema.fields import LevelText, Text
from ...schema.figures import Estimate, Unit
from ..kind import Deferred, Kind


class Tiles(EstimateDrawing):
    """Shares of a whole, each as 100 tiles. `stated` says what a report gives the share of, `rest` what remains.

    `shows` chooses which of the two is filled. An estimate in words has no filled tile.
    """

    TIMED = True

    kind: Literal["tiles"]
    whole: Text  #: what all tiles are
    stated: Text  #: what the share is of it, such as lost
    rest: Text  #: what remains, such as still held
    shows: Literal["stated", "rest"] = "stated"  #: which of the two is filled

    @model_validator(mode="after")
    def _something_to_show(self) -> "Tiles":
        if not self.figures and not self.estimates:
            raise ValueError("name 'figures' or 'estimates' to show")
        return self

    @property
    def texts(self) -> tuple[tuple[str, LevelText], ...]:
        """What the whole, the stated share and the rest are."""
        return *super().texts, ("whole", self.whole), ("stated", self.stated), ("rest", self.rest)


def share_scale(unit: Unit) -> Fraction | None:
    """What a value in this unit is multiplied by to give a share of 1, or None if the unit is not one of shares."""
    return None if unit.whole is None else Fraction(1, unit.whole)


def _checks(pack: Pack, drawing: Tiles, yaml_file: YamlFile, path: YamlPath) -> Iterator[Problem]:
    refs = [(ref, (*path, "estimates", n)) for n, ref in enumerate(drawing.estimates)]
    for n, key in enumerate(drawing.figures):
        refs += [(ref, (*path, "figures", n)) for ref in pack.index if ref.startswith(f"{key}/")]
    numbers = 0
    for ref, where in refs:
        figure, estimate = pack.estimate(ref)
        if estimate.words is not None:
            continue
        numbers += 1
        name = estimate.unit or figure.unit
        scale = share_scale(pack.units[name])
        if scale is None:
            hint = "draw 'estimates' or 'bars', or list only shares and estimates in words"
            yield yaml_file.problem("not-a-share", f"'{ref}' is in {name}, not a share", yaml_file.mark(where), hint)
        elif _beyond_the_whole(estimate, scale):
            hint = "correct the value or its unit; or leave it out of the tiles"
            message = (
                f"'{ref}' is not between nothing and the whole, and '{drawing.id}' draws it as a part of 100 tiles"
            )
            yield with_excerpt(
                Problem("share-above-whole", message, pack.marks.get(ref) or yaml_file.mark(where), hint)
            )
    if not numbers:
        hint = "name 'figures' or 'estimates' that have a share"
        yield yaml_file.problem("nothing-to-draw", f"'{drawing.id}' has no share to draw", yaml_file.mark(path), hint)


def _beyond_the_whole(estimate: Estimate, scale: Fraction) -> bool:
    values = [v * scale for v in (estimate.value, estimate.low, estimate.high) if v is not None]
    return any(not 0 <= v <= 1 for v in values)


KIND = Kind(Tiles, Deferred("charts.tiles_chart", "layout_tiles"), _checks)
