"""Paths -> responses, made in a process that can be ended whatever it does.

A page is made of files and templates of strangers. One that never ends, or takes all memory, takes its process with it
and not the server, which does nothing but ask and wait.
"""

import contextlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..composing.open_project import Project
from ..library import Library
from ..pdf.temporary import TemporaryFolder
from ..processes.messages import read_message, write_message
from .responses import PreviewResponse

MAX_BYTES = 700 * 2**20  # of memory that a process may keep for the next page
_START = "import sys; sys.path[:] = {path!r}; from briefings.serve.page_worker import page_main; page_main()"


class ProcessLostError(Exception):
    """The process ended before it answered."""


@dataclass(frozen=True)
class PreviewSetup:
    """What a process needs to make pages. It is pickled: `open_project` is a function of a module, or a partial."""

    open_project: Callable[[], Project]
    packs: Sequence[str] = ()
    paper: str = ""

    def library(self) -> Library:
        """The library of the project, opened again, since the project file may have changed."""
        return self.open_project().library


class PageProcess:
    """A process that makes pages, one at a time. It starts with the first request, and again after it was lost.

    All methods may be called from any thread; only `ask` waits.
    """

    def __init__(self, setup: PreviewSetup, *, typesets: bool = False) -> None:
        self._setup, self._typesets = setup, typesets
        self._lock = threading.Lock()
        self._running: subprocess.Popen[bytes] | None = None
        self._folder: TemporaryFolder | None = None
        self._closed = False

    def start(self) -> subprocess.Popen[bytes]:
        """Start the process unless it runs. Raises ProcessLostError."""
        with self._lock:
            if self._closed:
                raise ProcessLostError("the server is ending")
            if self._running and self._running.poll() is None:
                return self._running
            self._end()
            # Its own folder, so that nothing is left behind of a process that had to be killed.
            self._folder = TemporaryFolder()
            self._running = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-c", _START.format(path=sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=os.environ | {"TMPDIR": self._folder.name},
                process_group=0 if os.name == "posix" else None,  # so that Ctrl-C reaches only the parent
            )
            assert self._running.stdin
            with contextlib.suppress(OSError):  # `ask` will find out that it ended
                write_message(self._running.stdin, (self._setup, self._typesets))
            return self._running

    def ask(self, path: str, version: str) -> PreviewResponse:
        """The response for a path; call it from one thread at a time. Raises ProcessLostError, also after `kill`."""
        running = self.start()
        assert running.stdin
        assert running.stdout
        try:
            write_message(running.stdin, (path, version))
            response, memory = pickle.loads(read_message(running.stdout))
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            self.kill()
            raise ProcessLostError("the process that made it ended unexpectedly") from None
        if memory > MAX_BYTES:
            self.kill()
        assert isinstance(response, PreviewResponse)
        return response

    def kill(self) -> None:
        """End the process, whatever it does, and remove its temporary files."""
        with self._lock:
            self._end()

    def close(self) -> None:
        """End the process, and start none any more."""
        with self._lock:
            self._closed = True
            self._end()

    def _end(self) -> None:
        running, folder, self._running, self._folder = self._running, self._folder, None, None
        if running:
            running.kill()
            running.wait()
            # A thread that still reads from stdout comes to its end now, and close() waits for it.
            for pipe in (running.stdin, running.stdout):
                with contextlib.suppress(OSError):
                    assert pipe
                    pipe.close()
        if folder:
            folder.cleanup()
