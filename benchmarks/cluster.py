"""Measure one Dask worker against two, with a scheduler on this machine: docs/scale.md has the result.

Papers of the shipped project are typeset, and copies made of two of them, returned and in a shared folder. The
clocks begin when the workers have work and end with the last file. The machine must be quiet: workers, scheduler and
this process share its processors. With a number as argument that is the number of rows, else 1,000.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefings.copies.make import build_copies
from briefings.output.build import build
from briefings.output.plan import BuildCallbacks
from briefings.output.remote.cluster import Cluster

PAPERS = {"sample": True, "audiences": ["policy", "public"], "documents": ["briefing"]}
PORT = 8799


@contextmanager
def dask(folder: Path, count: int) -> Iterator[str]:
    """A scheduler with so many workers of one thread each."""
    address = f"tcp://127.0.0.1:{PORT}"
    base = [sys.executable, "-W", "ignore", "-m"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    scheduler = [*base, "distributed.cli.dask_scheduler", "--port", str(PORT), "--no-dashboard", "--no-show"]
    worker = [*base, "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny"]
    running = [subprocess.Popen(scheduler, **quiet)]  # type: ignore[call-overload]
    time.sleep(3)
    running += [subprocess.Popen(worker, **quiet) for _ in range(count)]  # type: ignore[call-overload]
    time.sleep(4)
    try:
        yield address
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait()


def papers(cluster: Cluster, out: Path) -> float:
    """Seconds in which the PDFs of three audiences are typeset."""
    begun: list[float] = []
    told = BuildCallbacks(reason=lambda *_: begun.append(time.monotonic()))
    readers = ["policy", "public", "university"]
    build(["kursk"], sample=True, out=out, formats=["pdf"], audiences=readers, executor=cluster, told=told)
    return time.monotonic() - begun[-1]


def copies(cluster: Cluster, out: Path, count: int) -> float:
    """Seconds in which the copies of so many rows are made, after the first piece of rows."""
    out.mkdir(parents=True, exist_ok=True)
    rows = (f"School of Grove Street {number},Grove Street {number}; office@example.org" for number in range(count))
    (out / "schools.csv").write_text("\n".join(("name,contact", *rows)) + "\n")
    told: list[float] = []
    tell = BuildCallbacks(rows=lambda *_: told.append(time.monotonic()))
    build_copies(out / "schools.csv", ["kursk"], out=out, executor=cluster, told=tell, **PAPERS)  # type: ignore[arg-type]
    return told[-1] - told[0]


def measure(folder: Path, workers: int, rows: int) -> list[float]:
    """Seconds for papers, copies that are returned, and copies in a shared folder."""
    out, found = folder / "build", []
    with dask(folder, workers) as address:
        for shared in (None, out):
            with Cluster(address, shared) as cluster:
                cluster.submit(os.getpid).result()
                if shared is None:
                    found.append(papers(cluster, out / "papers"))
                    shutil.rmtree(out / "papers")
                copies(cluster, out / "copies", rows)  # the papers with an empty box are made, and kept
                shutil.rmtree(out / "copies/for-schools/kursk")
                found.append(copies(cluster, out / "copies", rows))
                shutil.rmtree(out / "copies/for-schools/kursk")
    return found


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as name:
        print(f"load before: {os.getloadavg()[0]:.1f}", flush=True)
        one, two = (measure(Path(name), count, rows) for count in (1, 2))
    print("| work | one worker | two workers | ratio |\n| --- | --- | --- | --- |")
    for work, first, second in zip(
        ("PDFs of three audiences", "copies, returned", "copies, shared"), one, two, strict=True
    ):
        print(f"| {work} | {first:.1f} s | {second:.1f} s | {first / second:.2f} |")


if __name__ == "__main__":
    main()
