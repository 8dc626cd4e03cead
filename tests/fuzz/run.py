"""Feed the targets for some minutes: `make fuzz`. Every new kind of finding is kept as a file and ends in exit code 1.

Atheris, where it is installed, prefers inputs that reach new code; without it, known inputs are changed at random.
"""

import argparse
import contextlib
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

HERE = Path(__file__).parent
MAX_BYTES = 4096
HUNG_SECONDS = 300  # for what even a signal does not end, such as one call into C
_SIGNS = "\n: []{}#&*!|>'\"%@`-\t\0\u2028\ufeff\u0301\U0001f438<;()=~^/\\"
MAX_SECONDS = 5.0  # of the processor, for one input


class TooSlowError(Exception):
    """An input took more than its time."""


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooSlowError after so many seconds of the processor, which other programs do not use up."""

    def stop(_: int, __: FrameType | None) -> None:
        raise TooSlowError(f"more than {seconds:g} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


class Session:
    """The inputs of one target: how many there were, and each kind of finding with its first input."""

    def __init__(self, target: str, found: Path) -> None:
        from targets import TARGETS, run

        assert target in TARGETS
        self.target, self.found, self.run = target, found / target, run
        self.count, self.began, self.kinds = 0, time.time(), dict[str, int]()
        self.saved = self.began

    def feed(self, data: bytes) -> None:
        self.count += 1
        try:
            with time_limit(MAX_SECONDS):
                self.run(self.target, data)
        except Exception as error:
            self.keep(data, error)
        if time.time() - self.saved > 2:
            self.save()

    def keep(self, data: bytes, error: Exception) -> None:
        """Keep an input, unless another one failed at the same line in the same way."""
        frames = [f for f in traceback.extract_tb(error.__traceback__) if "/briefings/" in f.filename]
        frames = frames or traceback.extract_tb(error.__traceback__)
        kind = f"{type(error).__name__} {Path(frames[-1].filename).name}:{frames[-1].name}"
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        if self.kinds[kind] == 1:
            self.found.mkdir(parents=True, exist_ok=True)
            name = hashlib.sha256(kind.encode()).hexdigest()[:12]
            (self.found / name).write_bytes(data)
            text = "".join(traceback.format_exception(error))
            (self.found / f"{name}.txt").write_text(f"{kind}\n{data!r}\n{text}", "utf-8", "backslashreplace")

    def save(self) -> None:
        self.saved = time.time()
        self.found.mkdir(parents=True, exist_ok=True)
        report = {
            "executions": self.count,
            "seconds": self.saved - self.began,
            "processor_seconds": time.process_time(),
            "findings": self.kinds,
        }
        (self.found / "report.json").write_text(json.dumps(report, indent=1))


def mutations(seeds: list[bytes], seed: int) -> Iterator[bytes]:
    """Endless changes of known inputs: bytes changed, cut, doubled, and put together from two inputs."""
    dice = random.Random(seed)
    words = sorted({word for each in seeds for word in each.split()}) or [b"a"]
    while True:
        data = bytearray(dice.choice(seeds))
        for _ in range(dice.choice((1, 1, 2, 4, 8))):
            at, end = sorted(dice.choices(range(len(data) + 1), k=2))
            match dice.randrange(6):
                case 0:
                    data[at : at + 1] = bytes([dice.randrange(256)])
                case 1:
                    del data[at : min(end, at + 40)]
                case 2:
                    data[at:at] = data[at : min(end, at + 200)] * dice.choice((1, 2, 20))
                case 3:
                    data[at:at] = dice.choice(words)
                case 4:
                    data[at:at] = dice.choice(seeds)[: dice.randrange(200)]
                case 5:
                    data[at:at] = dice.choice(_SIGNS).encode()
        yield bytes(data[:MAX_BYTES])


def corpus(target: str) -> list[bytes]:
    """The kept inputs of a target."""
    return [path.read_bytes() for path in sorted((HERE / "corpus" / target).iterdir())]


def _one(target: str, seconds: float, found: Path, seed: int) -> int:
    """Feed one target; the exit code."""
    sys.path.insert(0, str(HERE))
    try:
        import atheris
    except ImportError:
        atheris = None
    if atheris:
        with atheris.instrument_imports(include=["briefings"]):
            session = Session(target, found)
        work = found / target / "corpus"
        work.mkdir(parents=True, exist_ok=True)
        options = [f"-max_total_time={seconds:.0f}", f"-max_len={MAX_BYTES}", f"-seed={seed}", "-verbosity=0"]
        limits = [f"-timeout={HUNG_SECONDS}", f"-report_slow_units={HUNG_SECONDS}"]  # which measure no processor time
        limits += ["-rss_limit_mb=0", f"-artifact_prefix={found}/{target}/"]
        atheris.Setup(["fuzz", *options, *limits, str(work), str(HERE / "corpus" / target)], session.feed)
        atheris.Fuzz()  # never returns
    session = Session(target, found)
    end = time.time() + seconds
    for data in mutations(corpus(target), seed):
        session.feed(data)
        if time.time() > end:
            break
    session.save()
    return 0


def _report(command: list[str], seconds: float, found: Path) -> Any:
    """Run the process of a target. If it hung or ended early, that is a finding, with the input that libFuzzer kept."""
    memory = Path("/dev/shm")
    with (
        tempfile.TemporaryDirectory(prefix="briefings-fuzz-", dir=memory if memory.is_dir() else None) as folder,
        contextlib.suppress(subprocess.TimeoutExpired),
    ):
        quiet, own = subprocess.DEVNULL, os.environ | {"TMPDIR": folder}
        subprocess.run(command, stdout=quiet, stderr=quiet, env=own, timeout=seconds + 2 * HUNG_SECONDS)
    kept_report = found / "report.json"
    if not kept_report.is_file():
        return {
            "executions": 0,
            "seconds": 0,
            "processor_seconds": 0,
            "findings": {"it did not begin: is the machine too busy?": 1},
        }
    report = json.loads(kept_report.read_text())
    for kept in sorted(found.glob("*-*")):  # timeout-…, crash-…, oom-…
        report["findings"][f"{kept.name[:12]}"] = 1
    if report["seconds"] < seconds / 2:
        report["findings"]["it ended early, or hung"] = 1
    return report


def main() -> int:
    """Feed every target in a process of its own, since a fuzzer ends its process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=300, help="for all targets together")
    parser.add_argument("--target", help="only this one")
    parser.add_argument("--found", type=Path, default=Path("build/fuzz"), help="the folder of findings")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return _one(options.target, options.seconds, options.found, options.seed)
    names = [options.target] if options.target else sorted(path.name for path in (HERE / "corpus").iterdir())
    total, kinds = 0, 0
    for name in names:
        share = options.seconds / len(names)
        command = [sys.executable, __file__, "--inside", "--target", name, "--seconds", str(share)]
        command += ["--found", str(options.found.resolve()), "--seed", str(options.seed)]
        report = _report(command, share, options.found / name)
        total, kinds = total + report["executions"], kinds + len(report["findings"])
        times = f"{report['seconds']:>6.0f} s, {report['processor_seconds']:>6.0f} s of them working"
        print(f"{name:12} {report['executions']:>9,} executions  {times}", flush=True)
        for kind, count in report["findings"].items():
            print(f"             {count} x {kind}", flush=True)
    print(f"{total:,} executions, {kinds} kinds of findings" + (f"; see {options.found}" if kinds else ""))
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.exit(main())
