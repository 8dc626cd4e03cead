"""A command -> its wall-clock seconds, and the peak memory of its process tree."""

import os
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_INTERVAL = 0.05  # seconds between two samples of the memory


@dataclass(frozen=True)
class Cost:
    """Wall-clock seconds, and MiB at the peak; 0.0 if memory was not measured."""

    seconds: float
    mib: float = 0.0


def cost(command: Sequence[str | Path], folder: Path, *, memory: bool = False) -> Cost:
    """Run a command and discard its output. Raises CalledProcessError with the output."""
    began = time.perf_counter()
    process = subprocess.Popen(list(map(str, command)), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    peak = _Peak(process.pid) if memory else None
    output, _ = process.communicate()
    seconds = time.perf_counter() - began
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    return Cost(seconds, peak.mib() if peak else 0.0)


def timed(work: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


class _Peak:
    """Samples the memory of a process and its descendants until it ends. Linux only."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._thread = threading.Thread(target=self._sample)
        self._thread.start()

    def mib(self) -> float:
        self._thread.join()
        return self._peak / 1024

    def _sample(self) -> None:
        while tree := descendants(self._pid):
            self._peak = max(self._peak, sum(map(share, tree)))
            time.sleep(_INTERVAL)


def descendants(pid: int) -> list[int]:
    """The process and all its descendants; empty once it has ended."""
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


def processor_seconds(pid: int) -> tuple[float, float]:
    """What a process has used, and what its ended children had; 0.0 of one that is no more. Linux only."""
    try:
        values = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0, 0.0
    own, system, children, theirs = (int(value) / os.sysconf("SC_CLK_TCK") for value in values[11:15])
    return own + system, children + theirs


def share(pid: int) -> int:
    """KiB of a process. Shared memory counts in proportion (PSS), so that the values of a tree can be added."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
