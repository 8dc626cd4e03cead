"""A running `briefings serve`, and requests to it: proper ones, and bytes as no browser would send them."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


class Server:
    """A running `briefings serve`: its address, and what it has printed."""

    def __init__(self, project: Path, *options: str, before: str = "") -> None:
        """`before` is a statement that it runs first, such as one that makes a time shorter."""
        program = f"import sys; {before or 'pass'}; from briefings.__main__ import main; main()"
        command = [sys.executable, "-c", program, "serve", "--no-open", *options]
        self.process = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.address = self.process.stdout.readline().split(" ")[0].strip()

    @property
    def port(self) -> int:
        return int(self.address.rstrip("/").rpartition(":")[2])

    def get(self, path: str = "", **headers: str) -> tuple[int, bytes]:
        """The status and content of a page, as a browser gets it."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.address + path, headers=named)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def connect(self, sent: bytes = b"", seconds: float = 20) -> socket.socket:
        """A connection on which some bytes were sent. Close it."""
        connection = socket.create_connection(("127.0.0.1", self.port), seconds)
        with suppress(OSError):  # it may have been ended while it was sent
            connection.sendall(sent)
        return connection

    def answer(self, sent: bytes, seconds: float = 20) -> bytes:
        """All that comes back for some bytes, until the server ends the connection."""
        with self.connect(sent, seconds) as connection:
            return read_all(connection)

    def children(self) -> list[int]:
        """The processes that it started, in any of its threads."""
        lists = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(process) for each in lists for process in each.read_text().split()]

    def stop(self, signal_number: int = signal.SIGINT) -> int:
        """Ctrl-C; the exit code."""
        self.process.send_signal(signal_number)
        return self.process.wait(10)

    def log(self) -> str:
        """What it printed to stderr; only once it has ended."""
        return self.process.communicate()[1]

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.communicate()


def read_all(connection: socket.socket) -> bytes:
    received = b""
    with suppress(ConnectionError):
        while part := connection.recv(65536):
            received += part
    return received


def statuses(answer: bytes) -> list[int]:
    """The status of each answer in what came back."""
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", answer)]


def is_running(processes: Iterable[int]) -> list[int]:
    """Those of some processes that still run."""

    def runs(process: int) -> bool:
        with suppress(OSError):
            os.kill(process, 0)
            return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        return False

    return [process for process in processes if runs(process)]


def within(seconds: float, began: float) -> bool:
    """Whether no more than so many seconds passed since a time of time.monotonic(), or more on a busy machine."""
    return time.monotonic() - began < seconds * patience()


def patience() -> float:
    """How many times longer than usual everything takes: how many programs wait for each processor."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)) if hasattr(os, "getloadavg") else 1.0
