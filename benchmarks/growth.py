"""Measure a project of n, 2n and 4n documents, and a pack of as many statements: docs/scale.md has the result.

Processor time, since a machine at work disturbs it least. With a number as argument that is n for documents, else 250.
"""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import grow
from measure import Cost, cost

BRIEFINGS = Path(sys.executable).with_name("briefings")
STATEMENTS = 2_500


def processor(words: list[str], folder: Path, *, memory: bool = False) -> tuple[float, Cost]:
    """The seconds of the processor that a command takes with all its processes, and its cost."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    measured = cost([BRIEFINGS, *words], folder, memory=memory)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, measured


def project(folder: Path, *, statements: int, documents: int) -> Path:
    """A project that wants nothing but its own audiences."""
    made = grow.project(folder, statements=statements, documents=documents)
    names = ", ".join(f'"reader-{number}"' for number in range(documents))
    (made / "briefings.toml").write_text(f"audiences = [{names}]\n")
    return made


def main() -> None:
    smallest = int(sys.argv[1]) if len(sys.argv) > 1 else 250
    with tempfile.TemporaryDirectory() as name:
        print(
            "| size | check | plan all PDFs | build all HTML | build all PDFs | its memory | nothing to do |",
            flush=True,
        )
        for factor in (1, 2, 4):
            sizes = ((STATEMENTS * factor, 1), (STATEMENTS, smallest * factor))
            for statements, documents in sizes:
                folder = project(Path(name) / f"{statements}-{documents}", statements=statements, documents=documents)
                check, _ = processor(["check"], folder)
                plan, _ = processor(["build", "-q", "--dry-run", "--format", "pdf"], folder)
                html, _ = processor(["build", "-q", "--format", "html"], folder)
                pdf, whole = processor(["build", "-q", "--format", "pdf", "--jobs", "2"], folder, memory=True)
                nothing, _ = processor(["build", "-q", "--format", "pdf", "--jobs", "2"], folder)
                times = " | ".join(f"{seconds:.1f} s" for seconds in (check, plan, html, pdf))
                size = f"{statements:,} statements, {documents:,} documents"
                print(f"| {size} | {times} | {whole.mib:.0f} MiB | {nothing:.2f} s |", flush=True)
    print(f"python -c pass: {min(processor_of_python() for _ in range(5)):.3f} s")


def processor_of_python() -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
