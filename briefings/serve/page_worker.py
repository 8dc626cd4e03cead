"""Paths on stdin -> responses on stdout: the program of a process that makes pages for the preview."""

import contextlib
import os
import pickle
import queue
import signal
import threading

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

from ..processes.messages import receive, resident_bytes, write_message
from .page_process import PreviewSetup
from .preview import Preview
from .responses import plain_page

MAX_MEMORY = 3 * 2**30  # bytes of address space; a large pack needs half of one gigabyte


def page_main() -> None:
    """Make pages until the parent closes stdin or ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints to stdout must not write into the responses: send it to stderr
    if resource:
        with contextlib.suppress(ValueError, OSError):  # a lower limit holds already
            resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    inbox: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=receive, args=(requests, inbox), daemon=True).start()
    setup, typesets = pickle.loads(inbox.get())
    if typesets:
        _prepare_typesetting()
    preview: Preview | None = None
    with contextlib.suppress(Exception):  # such as a wrong project file, of which the first page will tell
        preview = _preview(setup)
        preview.warm_up()
    while True:
        path, version = pickle.loads(inbox.get())
        try:
            preview = preview or _preview(setup)
            response = preview.respond(path, version)
        except Exception as error:
            response = plain_page("Errors", str(error), version, 500)
        write_message(replies, (response, resident_bytes()))


def _preview(setup: PreviewSetup) -> Preview:
    return Preview(setup.library(), setup.packs, setup.paper, setup.library)


def _prepare_typesetting() -> None:
    from ..pdf.typeset import warm_up

    warm_up(alone=True)
    if hasattr(os, "nice"):
        os.nice(5)  # the pages that a reader looks at come first
