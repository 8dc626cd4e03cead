"""A project -> the time `briefings serve` takes from a save to the new page, and to the new PDF."""

import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable
from http.client import HTTPResponse
from pathlib import Path


def times(briefings: Path, project: Path, edit: Callable[[], None], page: str) -> dict[str, float]:
    """Seconds from a save to the complete new page, and to the complete new PDF, on a warm server."""
    command = [briefings, "serve", "--no-open"]
    server = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True)
    assert server.stdout
    try:
        address = server.stdout.readline().split()[0]
        for ending in ("html", "pdf"):
            _get(f"{address}{page}.{ending}")
        return {f"serve, edit to {ending}": _after(edit, address, f"{page}.{ending}") for ending in ("html", "pdf")}
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(10)


def _after(edit: Callable[[], None], address: str, path: str) -> float:
    with urllib.request.urlopen(f"{address}@changes", timeout=60) as events:
        _next(events)
        began = time.perf_counter()
        edit()
        _next(events)
        _get(address + path)
        return time.perf_counter() - began


def _next(events: HTTPResponse) -> None:
    while not events.readline().startswith(b"data:"):
        pass


def _get(address: str) -> None:
    with urllib.request.urlopen(address, timeout=60) as answer:
        answer.read()
