"""Tasks from a worker of a cluster -> their results: the process that runs the engine which was sent there.

A process of its own, because a worker may have another version of this package, or do the work of two projects.
"""

import os
import pickle
import queue
import signal
import threading
from typing import Any

from ...pdf.versions import versions
from ...processes.messages import receive, write_message

_IDLE = 600.0  # seconds without a task, after which an agent ends: whoever sent it may be gone


def main() -> None:
    """Tell the versions of what typesets here, then answer each task with (whether it was done, result or error)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get into the answers
    inbox: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=receive, args=(requests, inbox), daemon=True).start()
    write_message(replies, versions())
    while True:
        try:
            payload = inbox.get(timeout=_IDLE)
        except queue.Empty:
            os._exit(0)
        write_message(replies, answer(payload))


def answer(payload: bytes) -> tuple[bool, Any]:
    """Whether the task of a payload was done, and its result or its exception."""
    try:
        work, arguments = pickle.loads(payload)
        return True, work(*arguments)
    except Exception as error:
        return False, _portable(error)


def _portable(error: Exception) -> Exception:
    """The error, or its words if it cannot be sent."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
