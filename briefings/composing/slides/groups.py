"""Parts of a chapter -> groups of them, one for each slide; and how many words a slide has. Pure."""

import math
from collections.abc import Callable, Sequence
from typing import TypeVar

from ... import markdown

Part = TypeVar("Part")
MAX_WORDS = 40  # on a slide; who says so and when, its foot and the labels of a drawing left out
WORDS_OF_A_NUMBER = 3  # "About 800 km²"


def split_evenly(parts: Sequence[Part], fits: Callable[[Sequence[Part]], bool]) -> list[Sequence[Part]]:
    """Split into as few consecutive groups that fit as possible, of equal size where that is possible."""
    groups: list[Sequence[Part]] = []
    for part in parts:
        if groups and fits([*groups[-1], part]):
            groups[-1] = [*groups[-1], part]
        else:
            groups.append([part])
    size = math.ceil(len(parts) / len(groups)) if groups else 1
    even = [parts[i : i + size] for i in range(0, len(parts), size)]
    return even if len(even) == len(groups) and all(map(fits, even)) else groups


def count_words(*texts: str) -> int:
    """Return how many words texts have, without marks."""
    return sum(map(markdown.count_words, texts))
