"""Measure one Dask worker against two, with a scheduler on this machine: docs/scale.md has the result.

All PDFs of the shipped project are typeset, and copies made of two of them, returned and in a shared folder: by one
worker, by two, and both again. Each command is a process of its own, as a user's is. The machine must be quiet, since
workers, scheduler and command share its processors. So it is measured too how much faster two processes typeset than
one without a cluster, and what the processor time of all processes allows. Linux only.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from measure import descendants, processor_seconds, timed

from briefings.composing.project import Request
from briefings.copies.make import build_copies
from briefings.library import Library, shipped
from briefings.output.build import build
from briefings.output.plan import BuildCallbacks, make_plan
from briefings.output.remote.cluster import Cluster
from briefings.output.workers import Job, WorkerPool
from briefings.page.render import render

PAPERS: dict[str, Any] = {"sample": True, "audiences": ["policy", "public"], "documents": ["briefing"]}
PORT = 8799
# Of Dask, as docs/scale.md recommends: else it looks at itself so often that two idle workers take 8 % of a processor.
SETTINGS = {"DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False", "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s"}
KINDS = ("command", "filling pages", "scheduler", "nannies", "workers", "agents", "typesetting")
PARTS = ("until all pages are filled", "until all PDFs are there", "until the indexes are written")
PROCESSORS = os.cpu_count() or 1


@dataclass(frozen=True)
class Moment:
    """A time, and the processor seconds that each kind of process had used by then."""

    time: float
    used: Mapping[str, float]


@dataclass(frozen=True)
class Span:
    """What passed between two moments: seconds, and processor seconds by kind of process."""

    seconds: float
    used: Mapping[str, float]

    @property
    def processor(self) -> float:
        """Processor seconds of all processes."""
        return sum(self.used.values())

    @property
    def there(self) -> float:
        """Processor seconds of what runs where a worker is."""
        return sum(self.used[kind] for kind in ("workers", "agents", "typesetting"))


def between(first: Moment, last: Moment) -> Span:
    return Span(last.time - first.time, {kind: last.used[kind] - first.used[kind] for kind in KINDS})


# -- The cluster ---------------------------------------------------------------------------------------------


@contextmanager
def dask(folder: Path, count: int) -> Iterator[tuple[str, list[int]]]:
    """A scheduler with so many workers of one thread each, as users start them: its address, and all processes."""
    address = f"tcp://127.0.0.1:{PORT}"
    base = [sys.executable, "-W", "ignore", "-m"]
    scheduler = [*base, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(PORT), "--no-show"]
    worker = [*base, "distributed.cli.dask_worker", address, "--nthreads", "1", "--local-directory", str(folder)]
    ready = f"from distributed import Client\nClient('{address}', timeout=60).wait_for_workers({count}, timeout=60)"
    with (folder / "log").open("ab") as log:
        how: dict[str, Any] = {"stdout": log, "stderr": log, "cwd": folder, "env": SETTINGS | os.environ}
        commands = [scheduler, *[worker] * count]
        running = [subprocess.Popen([*command, "--no-dashboard"], **how) for command in commands]
        try:
            subprocess.run([*base[:-1], "-c", ready], **how, check=True)
            yield address, [process.pid for process in running]
        finally:
            for process in reversed(running):
                process.terminate()
                process.wait()


def now(processes: Sequence[int]) -> Moment:
    """The present moment, in a command; `processes` are those of the scheduler and of each worker that was started."""
    used = dict.fromkeys(KINDS, 0.0)
    used["command"], used["filling pages"] = processor_seconds(os.getpid())
    scheduler, *workers = processes
    used["scheduler"], _ = processor_seconds(scheduler)
    for started in workers:
        for process in descendants(started):
            kind = _kind(process) if process != started else "nannies"
            own, ended = processor_seconds(process)
            used[kind] += own
            used["typesetting"] += ended if kind == "agents" else 0.0  # an agent replaces a process that has grown
    return Moment(time.monotonic(), used)


def _kind(process: int) -> str:
    try:
        command = Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return "nannies"  # it has ended, and has used nothing since
    kinds = {"remote.agent": "agents", "output.workers": "typesetting", "resource_tracker": "nannies"}
    return next((kind for word, kind in kinds.items() if word in command), "workers")


# -- What a command does, in a process of its own ------------------------------------------------------------


def papers(address: str, out: Path, processes: Sequence[int], audiences: Sequence[str]) -> list[Span]:
    """All until the last page is filled, until the last PDF is there, and until the indexes are written."""
    begun, filled, typeset = now(processes), [], []
    told = BuildCallbacks(
        reason=lambda *_: filled.append(now(processes)) if not filled else None,
        progress=lambda path, *_: typeset.append(now(processes)) if path.suffix == ".pdf" else None,
    )
    with Cluster(address) as cluster:
        build(sample=True, out=out, formats=["pdf"], audiences=audiences, executor=cluster, told=told)
        moments = (begun, filled[0], typeset[-1], now(processes))
    return [between(*pair) for pair in pairwise(moments)]


def copies(address: str, out: Path, processes: Sequence[int], rows: int, shared: bool) -> list[Span]:
    """From the first piece of rows to the last. The papers with an empty box are made before."""
    out.mkdir(parents=True, exist_ok=True)
    words = (f"School of Grove Street {number},Grove Street {number}; office@example.org" for number in range(rows))
    (out / "schools.csv").write_text("\n".join(("name,contact", *words)) + "\n")
    told: list[Moment] = []
    tell = BuildCallbacks(rows=lambda *_: told.append(now(processes)))
    for _ in range(2):
        told.clear()
        shutil.rmtree(out / "for-schools/kursk", ignore_errors=True)
        with Cluster(address, out if shared else None) as cluster:
            build_copies(out / "schools.csv", ["kursk"], out=out, executor=cluster, told=tell, **PAPERS)
    return [between(told[0], told[-1])]


# -- All runs ------------------------------------------------------------------------------------------------


def bound() -> float:
    """How many times as fast two processes typeset as one, without a cluster: what this machine allows."""
    library = Library(shipped())
    plan = make_plan(library, Request(("kursk",), ("public",), ("briefing",), (), ("pdf",)), Path("build"))
    page = render(plan.targets[0].briefing, library)
    jobs = [Job(number, "pdf", page, library) for number in range(4)]
    seconds = []
    for count in (1, 2):
        with WorkerPool(count) as pool:
            list(pool.run(jobs[:count]))  # which loads the typesetter
            seconds.append(timed(lambda pool=pool: list(pool.run(jobs))))  # type: ignore[misc]
    return seconds[0] / seconds[1]


def run(folder: Path, workers: int, asked: argparse.Namespace) -> dict[str, list[Span]]:
    """The spans of each command, with so many workers."""
    with dask(folder, workers) as (address, processes):

        def command(work: str) -> list[Span]:
            out, options = folder / "build", [*map(str, processes)]
            told = [work, address, str(out), *options, "--rows", str(asked.rows)]
            told += [word for name in asked.audience for word in ("--audience", name)]
            done = subprocess.run([sys.executable, __file__, "--do", *told], stdout=subprocess.PIPE, check=True)
            shutil.rmtree(out)
            return [Span(**span) for span in json.loads(done.stdout)]

        return {work: command(work) for work in ("papers", "returned", "shared")}


def tell_papers(runs: Mapping[int, Sequence[Sequence[Span]]]) -> None:
    """A line for each part of each run, and how much faster two workers are than one."""
    head = ("workers", "part of the command", "seconds", *(f"processor s: {kind}" for kind in KINDS), "of all")
    print(f"| {' | '.join(head)} |\n|{' --- |' * len(head)}")
    for workers, found in runs.items():
        for part, span in ((part, span) for spans in found for part, span in zip(PARTS, spans, strict=True)):
            used = " | ".join(f"{each:.2f}" for each in (*span.used.values(), span.processor))
            print(f"| {workers} | {part} | {span.seconds:.1f} | {used} |")
    one, two = (least([spans[1] for spans in runs[workers]]) for workers in (1, 2))
    print(f"PDFs: two workers are {one.seconds / two.seconds:.2f} times as fast as one.")
    # One worker has to do all of its work; two share theirs, and a processor with whatever else runs.
    here, elsewhere = one.there * PROCESSORS / two.processor, one.there * 2 / two.there
    allowed = f"{here:.2f} on these {PROCESSORS} processors, {elsewhere:.2f} on machines of their own"
    print(f"Processor time allows {allowed}.")
    whole = [min(sum(span.seconds for span in spans) for spans in runs[workers]) for workers in (1, 2)]
    print(f"The whole command: {whole[0]:.1f} s, {whole[1]:.1f} s, {whole[0] / whole[1]:.2f} times.", flush=True)


def tell_copies(work: str, runs: Mapping[int, Sequence[Sequence[Span]]]) -> None:
    one, two = (least([spans[0] for spans in runs[workers]]) for workers in (1, 2))
    used = ", ".join(f"{kind} {span:.2f}" for kind, span in two.used.items() if span)
    ratio = f"{one.seconds:.1f} s, {two.seconds:.1f} s, {one.seconds / two.seconds:.2f} times as fast"
    print(f"Copies, {work}: {ratio}; processor s with two workers: {used}")


def least(spans: Sequence[Span]) -> Span:
    """The shorter one: what else the machine does makes each longer."""
    return min(spans, key=lambda span: span.seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000)
    parser.add_argument("--audience", action="append", default=[], help="only these: a trial of the benchmark")
    parser.add_argument("--do", nargs="+", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.do:
        work, address, out, *started = asked.do
        place, processes = (address, Path(out)), [int(each) for each in started]
        commands: dict[str, Callable[[], list[Span]]] = {
            "papers": lambda: papers(*place, processes, asked.audience),
            "returned": lambda: copies(*place, processes, asked.rows, shared=False),
            "shared": lambda: copies(*place, processes, asked.rows, shared=True),
        }
        print(json.dumps([vars(span) for span in commands[work]()]))
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended
    print(f"load before: {os.getloadavg()[0]:.1f}")
    print(f"without a cluster two processes typeset {bound():.2f} times as fast as one", flush=True)
    runs: dict[int, list[dict[str, list[Span]]]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as name:
        for workers in (1, 2, 1, 2):
            found = run(Path(name), workers, asked)
            runs[workers].append(found)
            print(f"# {workers}: {found['papers'][1].seconds:.1f} s for the PDFs", file=sys.stderr, flush=True)
    tell_papers({workers: [each["papers"] for each in done] for workers, done in runs.items()})
    for work in ("returned", "shared"):
        tell_copies(work, {workers: [each[work] for each in done] for workers, done in runs.items()})
    print(f"load after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
