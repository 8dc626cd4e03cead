"""A limit of processor time, so that what hangs is a failed test, however busy the machine is."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

LIMIT = 10.0  # seconds: what is tested takes less than one


class TooSlowError(BaseException):
    """Raised inside what takes too long: no handler of ordinary errors may catch it."""


@contextmanager
def in_time(seconds: float = LIMIT) -> Iterator[None]:
    """Raise TooSlowError after some seconds of work of this process, also inside a regular expression."""

    def stop(_: int, __: FrameType | None) -> None:
        raise TooSlowError(f"still working after {seconds:g} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
