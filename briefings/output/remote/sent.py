"""A value that many tasks need -> a name for it, by which a worker finds what it was sent before."""

import pickle
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from ...safe_files import MAX_OUTPUT, read_bytes

Value = TypeVar("Value")
_MOST = MAX_OUTPUT + 2**20  # bytes: a paper, and the letters for its copies


@dataclass(frozen=True)
class Sent(Generic[Value]):
    """A value that is with each worker: `file` is where, from the folder that its agents work in."""

    file: str


def value_of(given: Value | Sent[Value]) -> Value:
    """The value itself. Of one that was sent, only an agent of that cluster can say it. Raises OSError elsewhere."""
    value: Value = _read(given.file) if isinstance(given, Sent) else given
    return value


@cache  # an agent does many tasks with the same values, and ends with the work that they are for
def _read(file: str) -> Any:
    return pickle.loads(read_bytes(Path(file), limit=_MOST))
