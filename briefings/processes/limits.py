"""What one document may take: processor time, memory, time without a sign of life, and the size of its file.

Templates, style sheets and pictures come from strangers. A document that takes more is ended and named; all others are
made. The times are of the processor, so that a busy machine does not end an honest document. `BRIEFINGS_PATIENCE`, a
number, multiplies every limit: for a machine that is much slower than others, or a document that is much larger.
"""

import os
import threading
from collections.abc import Callable
from contextlib import suppress

from ..problems import Problem

try:
    import resource
except ImportError:  # Windows has no limit of memory
    resource = None  # type: ignore[assignment]

_PATIENCE = "BRIEFINGS_PATIENCE"
_RENDER_SECONDS = 30.0  # for one page; the longest of ours takes 1 s here
# For one PDF, and more for a longer page. Our longest, of 230,000 characters, needs 5 to 8 s here and has 112 s.
_TYPESET_SECONDS, _PER_CHARACTER = 20.0, 0.0004
_MEMORY = 2 * 2**30  # bytes of a process; ours take 300 MB
_OUTPUT = 200 * 2**20  # bytes of a file; ours have 1 MB
_FEW = 3  # documents that were ended, before the others have less time
_SILENCE = 20.0  # seconds without a sign of life, after which a process is stopped or stuck


class LimitError(Exception):
    """A document took more than it may. The message says of what: "took more than 30 s of processor time"."""


def patience() -> float:
    """By what every limit is multiplied."""
    with suppress(ValueError):
        return max(float(os.environ.get(_PATIENCE, "1")), 0.01)
    return 1.0


def render_seconds() -> float:
    """The processor time for filling one page."""
    return _RENDER_SECONDS * patience()


def typeset_seconds(length: int) -> float:
    """The processor time for typesetting a page of `length` characters."""
    return (_TYPESET_SECONDS + _PER_CHARACTER * length) * patience()


def max_output() -> int:
    """The bytes that a document may have."""
    return int(_OUTPUT * patience())


def limit_memory() -> None:
    """Limit what this process may write to, where the system can; more is a MemoryError."""
    if resource is None or not hasattr(resource, "RLIMIT_DATA"):
        return
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = int(_MEMORY * max(patience(), 0.5))
    allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (allowed, most))


def out_of_memory() -> LimitError:
    """The error of a document that took all memory that a process may have."""
    return LimitError(f"took more than {_MEMORY * max(patience(), 0.5) / 2**30:.1f} GB of memory")


class Allowance:
    """The time that each of many documents has. After a few were ended, the others have less: what they share has no
    end, and each of a hundred would take its whole time.
    """

    def __init__(self) -> None:
        self._ended = 0

    def of(self, seconds: float) -> float:
        """What a document may use that usually may use `seconds`."""
        return seconds if self._ended < _FEW else seconds / 4

    def used_up(self) -> None:
        """A document was ended."""
        self._ended += 1


def limit_problem(name: str, error: LimitError) -> Problem:
    """What to tell of a document that was ended."""
    hint = (
        "something in its templates, styles, pictures or texts has no end or is very large: take away what was changed "
        f"last; if it is honest work on a slow machine, set {_PATIENCE}=4"
    )
    return Problem("limit", f"{name} was ended: it {error}", None, hint)


class Watch:
    """Ends a process that takes too long for one document, or gives no sign of life. Use it in a `with` statement.

    `kill` ends the process. `why` says then what it did; it is "" as long as the process may go on.
    """

    _tick = 1.0  # seconds

    def __init__(self, seconds: float, kill: Callable[[], object]) -> None:
        self._seconds, self._kill = seconds, kill
        self._done = threading.Event()
        self._ticks = 0
        self._most = 2 * _SILENCE * max(patience(), 1)  # twice as long until it has started
        self.silent = False
        self.why = ""

    def heard(self, used: float) -> None:
        """The process is alive, and has used so many seconds of the processor for this document."""
        self._ticks, self._most = 0, _SILENCE * max(patience(), 1)
        if used > self._seconds:
            self._end(f"took more than {self._seconds:.0f} s of processor time")

    def __enter__(self) -> "Watch":
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()  # a process with threads cannot fork

    def _run(self) -> None:
        # Seconds are counted and not measured: while this process was itself stopped, none passed.
        while not self._done.wait(self._tick):
            self._ticks += 1
            if self._ticks > self._most:
                self.silent = True
                self._end(f"gave no sign of life for {self._most:.0f} s")
                return

    def _end(self, why: str) -> None:
        self.why = self.why or why
        self._kill()
