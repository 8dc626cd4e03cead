"""A command -> its seconds from start to end, and the most memory that it and its children held together."""

import os
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.05  # s between two looks at the memory


@dataclass(frozen=True)
class Cost:
    """Wall-clock seconds, and MiB at the peak; 0.0 where memory was not looked at."""

    seconds: float
    mib: float = 0.0


def cost(command: Sequence[str | Path], folder: Path, *, memory: bool = False) -> Cost:
    """Run a command whose output nobody reads. Raises CalledProcessError with what it said."""
    began = time.perf_counter()
    process = subprocess.Popen(list(map(str, command)), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    peak = _Peak(process.pid) if memory else None
    said, _ = process.communicate()
    seconds = time.perf_counter() - began
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, said)
    return Cost(seconds, peak.mib() if peak else 0.0)


def timed(work: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


class _Peak:
    """Looks at a process and its descendants until it is gone. Linux only."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._most = 0
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def mib(self) -> float:
        self._thread.join()
        return self._most / 1024

    def _look(self) -> None:
        while tree := descendants(self._pid):
            self._most = max(self._most, sum(map(share, tree)))
            time.sleep(_EVERY)


def descendants(pid: int) -> list[int]:
    """The process and all below it; none when it has ended."""
    try:
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return []
        children = [
            int(child)
            for task in os.listdir(f"/proc/{pid}/task")
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split()
        ]
    except OSError:
        return []
    return [pid, *(below for child in children for below in descendants(child))]


def share(pid: int) -> int:
    """KiB of a process, what several share divided among them (PSS), so that a tree can be added up."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
