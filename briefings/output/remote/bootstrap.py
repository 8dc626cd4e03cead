"""Archives and a task -> what an agent process makes of it, on a worker of a cluster.

These functions are sent by value, so that a worker needs no package of ours: it unpacks the engine that it is sent
into a folder called by its digest, and starts agents with it. So this module imports nothing but the standard library
and what every worker has. An agent stays for the next task; there is one for each task at a time.
"""

import io
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

_START = "import sys; sys.path[:] = {path!r}; from briefings.output.remote.agent import main; main()"
_AGENTS = "_briefings_agents"  # the attribute of a Dask worker that holds those that wait for work
# What a task comes back as: (DONE, pickled result), (OTHER, {name: its version here}) or (LOST, why).
DONE, OTHER, LOST = "done", "other", "lost"


def task() -> Callable[..., tuple[str, Any]]:
    """`run`, and what it needs, in a form that no worker looks for in a module of its own."""
    _send_by_value()
    return lambda *arguments: run(*arguments)  # which the usual pickle refuses


def farewell() -> Callable[..., None]:
    """`end_all` in that form; Dask passes the worker by the name of the argument."""
    _send_by_value()
    return lambda dask_worker: end_all(dask_worker)


def _send_by_value() -> None:
    import cloudpickle

    cloudpickle.register_pickle_by_value(sys.modules[__name__])


def run(
    payload: bytes, engine: str, versions: dict[str, str], archives: Sequence[tuple[str, bytes]]
) -> tuple[str, Any]:
    """Have an agent do a task. `engine` is the digest of the archive that has the package."""
    from distributed import get_worker

    worker: Any = get_worker()
    folder = os.path.join(worker.local_directory, "briefings")
    for digest, content in archives:
        unpack(content, folder, digest)
    waiting = worker.__dict__.setdefault(_AGENTS, {}).setdefault(engine, [])
    for _ in range(2):  # one that was lost may have been killed by chance, or has waited too long
        try:
            agent = waiting.pop()
        except IndexError:
            agent = start(folder, engine)
        try:
            theirs = agent.versions()
            if differing := {
                name: theirs.get(name, "absent") for name in versions if theirs.get(name) != versions[name]
            }:
                agent.end()
                return OTHER, differing
            answer = agent.ask(payload)
        except (OSError, EOFError):
            agent.end()
            continue
        waiting.append(agent)
        return DONE, answer
    return LOST, "the process for it ended twice, perhaps because it took all memory"


def end_all(worker: Any) -> None:
    """End the agents of a worker, without making it wait."""
    import threading

    for waiting in worker.__dict__.pop(_AGENTS, {}).values():
        for agent in waiting:
            threading.Thread(target=agent.end).start()


def unpack(content: bytes, folder: str, digest: str) -> None:
    """Unpack an archive into `folder`/`digest`, whole or not at all."""
    place = os.path.join(folder, digest)
    if os.path.isdir(place):
        return
    os.makedirs(folder, exist_ok=True)
    part = tempfile.mkdtemp(dir=folder)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(part)
    try:
        os.rename(part, place)
    except OSError:  # another thread was first
        shutil.rmtree(part, ignore_errors=True)


def start(folder: str, engine: str) -> "Agent":
    """An agent that has its code from the engine, and works in the folder of the archives."""
    path = [os.path.join(folder, engine), *(each for each in sys.path if each)]
    command = [sys.executable, "-W", "ignore", "-c", _START.format(path=path)]
    group = 0 if os.name == "posix" else None  # Ctrl-C is for the worker, which ends its agents
    return Agent(
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder, process_group=group)
    )


class Agent:
    """A process that does one task after the other. It ends with the worker, whose end closes its stdin."""

    def __init__(self, running: "subprocess.Popen[bytes]") -> None:
        self._running = running
        self._versions: dict[str, str] | None = None

    def versions(self) -> dict[str, str]:
        """What the agent typesets with: its first message."""
        if self._versions is None:
            self._versions = pickle.loads(self._read())
        return self._versions

    def ask(self, payload: bytes) -> bytes:
        """What the agent answers to a task; both are pickled. Raises OSError or EOFError if it has ended."""
        assert self._running.stdin
        self._running.stdin.write(len(payload).to_bytes(8, "big") + payload)
        self._running.stdin.flush()
        return self._read()

    def _read(self) -> bytes:
        assert self._running.stdout
        size = int.from_bytes(self._exactly(8), "big")
        return self._exactly(size)

    def _exactly(self, size: int) -> bytes:
        assert self._running.stdout
        content = self._running.stdout.read(size)
        if len(content) < size:
            raise EOFError
        return content

    def end(self) -> None:
        """End the process, and what it has started."""
        for pipe in (self._running.stdin, self._running.stdout):
            try:
                if pipe:
                    pipe.close()
            except OSError:
                pass
        try:
            self._running.wait(5)
        except subprocess.TimeoutExpired:
            self._running.kill()
            self._running.wait()
