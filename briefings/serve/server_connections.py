"""Connections of clients -> the same, but each with a time to ask in, and not more of them than files may be open."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

try:
    import resource
except ImportError:  # Windows has no such limit
    resource = None  # type: ignore[assignment]

ASK_SECONDS = 10.0  # for a whole request, from the beginning of the connection or the end of the answer before
TAKE_SECONDS = 30.0  # for a client that takes nothing of an answer
BURST = 64  # connections that are accepted before any is looked at
_MOST = 200


def max_connections() -> int:
    """How many clients may be connected: well below the number of files that a process may open."""
    return min(_MOST, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 3) if resource else _MOST


class TimedProtocol(H11Protocol):
    """A connection that ends if its client asks nothing or takes nothing for long.

    Uvicorn limits only the time after an answer, and starts it again with every byte. Whoever opened connections
    and sent a byte now and then would use up all files that the process may open.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._ask_timer: asyncio.TimerHandle | None = None
        self._take_timer: asyncio.TimerHandle | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether nobody waits for an answer here, or does not take it."""
        return self.cycle is None or self.cycle.response_complete or self._take_timer is not None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the time for the first request; with too many connections, end the oldest one without a request."""
        super().connection_made(transport)
        self._restart_ask_timer()
        if len(self.connections) > max_connections():
            others = [each for each in _OPEN if each is not self and each.is_waiting]
            (others[0] if others else self).abort()
        _OPEN[self] = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        _OPEN.pop(self, None)
        for timer in (self._ask_timer, self._take_timer):
            if timer:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on. What h11 cannot make sense of ends the connection, without a traceback."""
        self._or_abort(super().data_received, data)

    def send_400_response(self, msg: str) -> None:
        """Answer a request that is none; in the middle of another answer, just end the connection."""
        self._or_abort(super().send_400_response, msg)

    def on_response_complete(self) -> None:
        """Start the time for the next request."""
        super().on_response_complete()
        self._restart_ask_timer()

    def pause_writing(self) -> None:
        """Start the time in which the client has to take some of what was sent."""
        super().pause_writing()
        if not self._take_timer:
            self._restart_take_timer()

    def resume_writing(self) -> None:
        """Stop this time."""
        super().resume_writing()
        if self._take_timer:
            self._take_timer.cancel()
            self._take_timer = None

    def timeout_keep_alive_handler(self) -> None:
        """End a connection that asked nothing more."""
        self._or_abort(super().timeout_keep_alive_handler)

    def shutdown(self) -> None:
        """End the connection, after its answer."""
        self._or_abort(super().shutdown)

    def abort(self) -> None:
        """End the connection at once, without what is left to send."""
        with contextlib.suppress(Exception):
            self.transport.abort()

    def _or_abort(self, act: Callable[..., None], *arguments: Any) -> None:
        """Do something that h11 refuses in some states: then the connection ends, without a traceback."""
        try:
            act(*arguments)
        except Exception:
            self.abort()

    def _restart_ask_timer(self) -> None:
        if self._ask_timer:
            self._ask_timer.cancel()
        self._ask_timer = self.loop.call_later(ASK_SECONDS, self._end_unless_answering)

    def _end_unless_answering(self) -> None:
        if self.is_waiting and not self.transport.get_write_buffer_size():
            self.abort()

    def _restart_take_timer(self) -> None:
        left = self.transport.get_write_buffer_size()
        self._take_timer = self.loop.call_later(TAKE_SECONDS, self._end_unless_taken, left)

    def _end_unless_taken(self, before: int) -> None:
        if self.transport.get_write_buffer_size() < before:
            self._restart_take_timer()
        else:
            self.abort()


_OPEN: dict[TimedProtocol, None] = {}  # the oldest connection first


def end_waiting() -> None:
    """End all connections on which nobody waits for an answer, or takes it."""
    for connection in [each for each in _OPEN if each.is_waiting]:
        connection.abort()
