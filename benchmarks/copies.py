"""Measure what copies for schools cost against typesetting the papers: docs/scale.md has the result.

Each list is made in a process of its own, in one run, so that the ratios hold on a machine at work.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from briefings.copies.make import build_copies
from briefings.output.plan import BuildCallbacks
from briefings.processes.messages import resident_bytes

SIZES = (10, 100, 1_000, 10_000)
_HEAD = (
    "rows",
    "copies",
    "processor s",
    "wall s",
    "nothing new, processor s",
    "memory after a quarter, half, all",
    "peak",
)
PAPERS = {"audiences": ["policy", "public"], "documents": ["briefing"]}


def measure(folder: Path, count: int) -> None:
    """Print a row of the table: seconds of this process, of the whole machine, and its memory."""
    path = folder / f"schools-{count}.csv"
    named = (f"School of Grove Street {number}" for number in range(count))
    rows = (f"{name},{name.removeprefix('School of ')}; office@example.org" for name in named)
    path.write_text("\n".join(("name,contact", *rows)) + "\n")
    out = folder / "build"
    first = build_copies(path, ["kursk"], sample=True, out=out / str(count), **PAPERS)  # type: ignore[arg-type]
    for copy in first.folders[0].glob("*/*.pdf"):
        copy.unlink()
    began, wall = time.process_time(), time.monotonic()
    sizes: list[int] = []
    told = BuildCallbacks(rows=lambda *_: sizes.append(resident_bytes() // 2**20))
    report = build_copies(path, ["kursk"], sample=True, out=out / str(count), told=told, **PAPERS)  # type: ignore[arg-type]
    used, waited = time.process_time() - began, time.monotonic() - wall
    again = time.process_time()
    build_copies(path, ["kursk"], sample=True, out=out / str(count), **PAPERS)  # type: ignore[arg-type]
    nothing = time.process_time() - again
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    over_time = ", ".join(str(sizes[max(len(sizes) * quarters // 4 - 1, 0)]) for quarters in (1, 2, 4))
    times = f"{used:.1f} | {waited:.1f} | {nothing:.1f}"
    print(f"| {count:,} | {report.made:,} | {times} | {over_time} MiB | {peak} MiB |", flush=True)


def typesetting(folder: Path) -> float:
    """The seconds of processor time of one paper, typeset in a process that has the typesetter loaded."""
    code = """
import sys, time
from pathlib import Path
from briefings.composing.project import Request
from briefings.library import Library, shipped
from briefings.output.plan import make_plan
from briefings.page.render import render
from briefings.pdf.typeset import typeset, warm_up
library = Library(shipped())
plan = make_plan(library, Request(("kursk",), ("policy", "public"), ("briefing",), (), ("pdf",)), Path(sys.argv[1]))
pages = [render(target.briefing, library) for target in plan.targets]
warm_up()
typeset(pages[0], library)
began = time.process_time()
for page in pages:
    typeset(page, library)
print((time.process_time() - began) / len(pages))
"""
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> None:
    if len(sys.argv) > 1:
        measure(Path(sys.argv[1]), int(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        print(f"One paper, typeset warm: {typesetting(Path(folder)):.2f} s of processor time", flush=True)
        print(f"| {' | '.join(_HEAD)} |\n|{' --- |' * len(_HEAD)}", flush=True)
        for count in SIZES:
            subprocess.run([sys.executable, __file__, folder, str(count)], check=True)


if __name__ == "__main__":
    main()
