"""The shipped project -> docs/benchmarks.md and docs/benchmarks.svg: all measurements, interleaved in one run.

`make bench` takes about a quarter of an hour on two cores. A missed limit is reported and does not fail the run.
"""

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

import grow
import live
import report
from measure import cost, timed
from playwright.sync_api import sync_playwright

from briefings.cli.machine import program

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent
BRIEFINGS = Path(sys.executable).with_name("briefings")
PASS = [sys.executable, "-c", "pass"]


class Bench:
    """A copy of the project to edit, and the samples of this round: in seconds, or MiB if the key ends in "memory"."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.project = folder, folder / "project"
        self.samples: dict[str, list[float]] = defaultdict(list)
        shutil.copytree(ROOT / "data", self.project / "data")
        done = subprocess.run(
            [sys.executable, HERE / "pages.py", self.project, folder / "pages"], check=True, capture_output=True
        )
        found = json.loads(done.stdout)
        self.pages = [Path(page) for page in found["pages"]]
        self.alone, self.line = found["alone"], found["line"]

    # -- one round -------------------------------------------------------------------------------

    def round(self) -> None:
        """Measure everything once, close together in time, so that a slow machine slows all of it."""
        for page in self.pages:
            self.process(
                "naive", [sys.executable, HERE / "naive.py", page, self.folder / "naive.pdf", ROOT / "templates"]
            )
        self.clean()
        self.build("all PDFs", "--format", "pdf", memory=True)
        self.clean()
        self.build("all HTML", "--format", "html")
        self.build("all, after HTML")
        for _ in range(5):
            self.process("pass", PASS)
            self.build("nothing changed")
        self.edit()
        self.build("one estimate")
        for key in ("check", "check, nothing changed"):
            self.process(key, [BRIEFINGS, "check"])
        for key, seconds in live.times(BRIEFINGS, self.project, self.edit, f"kursk/{self.shows()}").items():
            self.samples[key].append(seconds)
        self.chromium()
        self.mkdocs()

    def process(self, key: str, command: list[object], *, folder: Path | None = None, memory: bool = False) -> None:
        """Run a command and store its cost under `key`."""
        measured = cost([str(word) for word in command], folder or self.project, memory=memory)
        self.samples[key].append(measured.seconds)
        if memory:
            self.samples[f"{key}: memory"].append(measured.mib)

    def build(self, key: str, *options: str, memory: bool = False) -> None:
        """Run a build. The arguments must be equal for the next one to be recognised as having nothing to do."""
        self.process(key, [BRIEFINGS, "build", "-q", *options], memory=memory)

    def clean(self) -> None:
        """Remove all output and the ledger."""
        shutil.rmtree(self.project / "build", ignore_errors=True)

    def edit(self) -> None:
        """Add one to the value of the estimate that only one document shows."""
        path = next(self.project.glob("data/*/figures.yaml"))
        lines = path.read_text("utf-8").splitlines(keepends=True)
        place = next(n for n in range(self.line - 1, len(lines)) if re.search(r"\bvalue: \d", lines[n]))
        lines[place] = re.sub(r"(?<=\bvalue: )\d+", lambda number: str(int(number[0]) + 1), lines[place], count=1)
        path.write_text("".join(lines), "utf-8")

    def shows(self) -> str:
        """The name of the document that shows this estimate."""
        return next(page.stem for page in self.pages if f'"{self.alone}"' in page.read_text("utf-8"))

    def chromium(self) -> None:
        """Print the same pages with Chromium: with a process per page, and with one process for all."""
        browser = program("chromium")
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        files = sorted((self.project / "build").glob("*/*-*.html"))
        for file in files:
            to = f"--print-to-pdf={self.folder / 'chromium.pdf'}"
            self.process("Chromium, cold", [browser, *flags, f"--user-data-dir={self.folder / 'profile'}", to, file])
        with sync_playwright() as playwright:
            page = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"]).new_page()
            for file in files:
                self.samples["Chromium, kept"].append(timed(lambda f=file: (page.goto(f.as_uri()), page.pdf())))

    def mkdocs(self) -> None:
        """Run mkdocs on twelve pages that it has built before."""
        site = self.folder / "mkdocs"
        if not site.exists():
            (site / "docs").mkdir(parents=True)
            (site / "mkdocs.yml").write_text("site_name: pond\n")
            for number in range(12):
                (site / f"docs/page-{number}.md").write_text(f"# Page {number}\n\n" + "The pond was dug. " * 400)
            (site / "docs/index.md").write_text("# Pond\n")
            cost([sys.executable, "-m", "mkdocs", "build", "-q"], site)
        command = [sys.executable, "-m", "mkdocs", "build", "-q"]
        self.process("mkdocs, nothing new", command, folder=site)

    # -- growth ----------------------------------------------------------------------------------

    def growth(
        self, statements: tuple[int, ...] = (10, 100, 1000), documents: tuple[int, ...] = (10, 20, 50, 200)
    ) -> None:
        """Measure HTML of one document from larger and larger packs, and PDFs of more and more documents."""
        for count in statements:
            project = self.grown(statements=count, documents=1)
            words = [BRIEFINGS, "build", "-q", "--format", "html", "--audience", "reader-0"]
            self.process(f"{count} statements", words, folder=project)
        for count in documents:
            project = self.grown(statements=100, documents=count)
            readers = [word for number in range(count) for word in ("--audience", f"reader-{number}")]
            words = [BRIEFINGS, "build", "-q", "--format", "pdf", *readers]
            self.process(f"{count} documents", words, folder=project, memory=True)

    def grown(self, *, statements: int, documents: int) -> Path:
        """A new project of this size, without output."""
        folder = self.folder / f"grown-{statements}-{documents}"
        shutil.rmtree(folder, ignore_errors=True)
        return grow.project(folder, statements=statements, documents=documents)


def machine() -> dict[str, str]:
    """The processor, system and versions that were measured."""
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    packages = ("weasyprint", "pydyf", "jinja2", "pydantic", "mkdocs")
    return {
        "processor": f"{len(os.sched_getaffinity(0))} cores of {cpu[1] if cpu else platform.machine()}",
        "system": platform.freedesktop_os_release()["PRETTY_NAME"],
        "python": platform.python_version(),
        **{name: version(name) for name in packages},
    }


def main() -> None:
    """Measure, then write the report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-growth", action="store_true")
    parser.add_argument("--out", type=Path, default=ROOT / "docs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        bench = Bench(Path(name))
        rounds = []
        for number in range(1, options.rounds + 1):
            print(f"round {number} of {options.rounds}", flush=True)
            bench.samples = defaultdict(list)
            bench.round()
            if number == 1 and not options.no_growth:  # slow, and its values are compared only with each other
                bench.growth()
            rounds.append(dict(bench.samples))
    report.write(report.Found(machine(), len(bench.pages), rounds), options.out)


if __name__ == "__main__":
    main()
