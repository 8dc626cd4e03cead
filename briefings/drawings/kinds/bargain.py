"""Bargain: a strip of pictures that explains when a held thing can be traded."""

from typing import Annotated, Literal

from pydantic import Field

from ...schema.drawings import Drawing, Panel
from ..kind import Deferred, Kind


class Bargain(Drawing):
    """One figure holds what the other wants. Each panel shows one case, what the other figure says, and a caption."""

    kind: Literal["bargain"]
    panels: Annotated[tuple[Panel, ...], Field(min_length=2, max_length=4)]  #: its pictures, in order


KIND = Kind(Bargain, Deferred("bargain", "layout_bargain"))
