"""How the time of a function grows with the size of its input."""

import time
from collections.abc import Callable, Iterable, Mapping
from types import ModuleType
from typing import Any

QUIET = 0.01  # seconds: below this, a time says nothing
MOST = 8.0  # the most that four times the input may take: linear work takes 4, and work with the square 16

Times = tuple[float, float, float]
Make = Callable[[int], Any]


def caches(*modules: ModuleType) -> list[Any]:
    """The functions of some modules that remember every result: a second measurement would find it."""
    every = (value for module in modules for value in vars(module).values() if hasattr(value, "cache_clear"))
    return [each for each in every if each.cache_parameters()["maxsize"] is None]


def times(work: Callable[[Any], object], make: Make, size: int, cached: Iterable[Any] = (), runs: int = 2) -> Times:
    """The least time that the work takes at a size, at twice and at four times that."""
    one, two, four = (min(_timed(work, make(size * factor), cached) for _ in range(runs)) for factor in (1, 2, 4))
    return one, two, four


def _timed(work: Callable[[Any], object], value: Any, cached: Iterable[Any]) -> float:
    for each in cached:
        each.cache_clear()
    start = time.process_time()
    work(value)
    return time.process_time() - start


def growth(
    work: Callable[[Any], object], makers: Mapping[str, Make], size: int, cached: Iterable[Any] = ()
) -> dict[str, Times]:
    """The times of each input that takes more than a moment at four times the size, and of the slowest.

    Most inputs are measured once: what takes no time at the largest size has not grown.
    """
    largest = {name: _timed(work, make(size * 4), cached) for name, make in makers.items()}
    slowest = max(largest, key=lambda name: largest[name])
    return {
        name: times(work, makers[name], size, cached)
        for name, four in largest.items()
        if name == slowest or (four > QUIET and four > MOST * _timed(work, makers[name](size), cached))
    }


def grows(measured: Times) -> bool:
    """Whether the times grow faster than the input."""
    return measured[2] > QUIET and measured[2] > MOST * max(measured[0], QUIET / MOST)


def row(name: str, found: Mapping[str, Times]) -> str:
    """A line of the table: the function, its slowest input, and the times in milliseconds."""
    slowest = max(found, key=lambda each: found[each][2])
    return f"| {name} | {slowest} | " + " | ".join(f"{seconds * 1000:.1f}" for seconds in found[slowest]) + " |"
