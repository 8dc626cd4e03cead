"""Values -> messages in a pipe between a process and its parent, and signs of life in between."""

import contextlib
import os
import pickle
import queue
import sys
import threading
import time
from typing import IO, TypeVar

from ..safe_files import read_bytes
from .limits import LimitError

# Seconds that the main thread waits at a time. Python looks for Ctrl-C between its instructions: one that comes between
# the last instruction and the beginning of a wait is seen only after it.
NOTICE = 0.2
SIGN_OF_LIFE = 0.5  # seconds between the messages of a working process
ALIVE = "alive"  # such a message, in place of a result


Value = TypeVar("Value")


def take(values: "queue.SimpleQueue[Value]") -> Value:
    """Wait for the next value, and for Ctrl-C."""
    while True:
        with contextlib.suppress(queue.Empty):
            return values.get(timeout=NOTICE)


def write_message(pipe: IO[bytes], value: object) -> None:
    """Write a pickled value, preceded by its length in 8 bytes."""
    content = pickle.dumps(value)
    pipe.write(len(content).to_bytes(8, "big") + content)
    pipe.flush()


def read_message(pipe: IO[bytes], most: int = 0) -> bytes:
    """The next message, still pickled. Raises EOFError if the other end was closed, LimitError if it is too large."""
    size = int.from_bytes(_read_exactly(pipe, 8), "big")
    if most and size > most:
        raise LimitError(f"made a file of more than {most // 2**20} MB")
    return _read_exactly(pipe, size)


def _read_exactly(pipe: IO[bytes], size: int) -> bytes:
    content = pipe.read(size)
    if len(content) < size:
        raise EOFError
    return content


class SignsOfLife:
    """Tells the parent each second that this process works, and how much processor time the present job has used."""

    def __init__(self, replies: IO[bytes]) -> None:
        self._replies, self._lock = replies, threading.Lock()
        self._begun = 0.0  # processor time at the beginning of the job, or of the start; negative between jobs
        threading.Thread(target=self._run, daemon=True).start()

    def begin(self) -> None:
        """A job begins."""
        self._begun = time.process_time()

    def end(self, message: object) -> None:
        """Send the result of the job."""
        with self._lock:
            self._begun = -1.0
            write_message(self._replies, message)

    def _run(self) -> None:
        with contextlib.suppress(OSError):  # the parent has gone; _receive ends this process
            while True:
                time.sleep(SIGN_OF_LIFE)
                with self._lock:
                    if self._begun >= 0:
                        write_message(self._replies, (ALIVE, time.process_time() - self._begun))


def receive(requests: IO[bytes], inbox: "queue.SimpleQueue[bytes]") -> None:
    """Put messages into `inbox`; end the process when the parent closes the pipe.

    This runs in a thread of its own so that the process ends with its parent also while it typesets.
    """
    try:
        while True:
            inbox.put(read_message(requests))
    except (EOFError, OSError):
        pass
    finally:
        # What the other thread says of files that are removed now is for nobody: a write to what is read from fails.
        os.dup2(requests.fileno(), 2)
        # The module is not loaded if the worker ends early. Temporary files are removed by the objects that made them.
        with contextlib.suppress(Exception):
            sys.modules["briefings.pdf.typeset"].clean_up()
        os._exit(1)  # sys.exit would end only this thread


def resident_bytes() -> int:
    """Bytes of memory that this process holds after it returned what it freed; 0 where the system does not say.

    glibc keeps freed memory for later, so that a process looks as large as its largest page was.
    """
    import ctypes  # here, since only workers ask

    with contextlib.suppress(AttributeError, OSError, TypeError):  # another C library; Windows, which takes no None
        ctypes.CDLL(None).malloc_trim(0)
    try:
        return int(read_bytes("/proc/self/statm").split()[1]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        return 0
