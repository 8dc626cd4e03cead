"""A project -> an HTTP server on this machine that answers only requests from its own pages."""

import asyncio
import contextlib
import errno
import logging
import os
import socket
import warnings
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Iterable
from pathlib import Path
from types import FrameType
from urllib.parse import unquote_to_bytes

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from ..composing.project import UsageError, find_packs
from ..library import Library
from ..page.policy import header, policy_of
from ..pdf.temporary import remove_left_behind
from ..safe_files import read_bytes
from .change_events import ChangeEvents
from .page_makers import PageMakers
from .page_process import PreviewSetup
from .responses import PreviewResponse
from .server_connections import BURST, TimedProtocol, end_waiting
from .server_guard import Guard

PORT = 8000
_PORTS_TO_TRY = 20  # from PORT on, if the user names no port
# no-store: the browser must not show an old page from its cache after a reload
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": header(),
}
_SCRIPT = Path(__file__).with_name("preview.js")


def create_app(
    library: Library, folders: Iterable[Path], pages: PageMakers, events: ChangeEvents, host: str
) -> ASGIApp:
    """The ASGI application of the server. `host` is the name or address that it listens on."""

    async def page(request: Request) -> Response:
        # As bytes, since a folder's name may be no UTF-8.
        path = os.fsdecode(unquote_to_bytes(request.scope["raw_path"])).removeprefix("/")
        response = await _unless_gone(request, pages.respond(path))
        if response is None:
            return Response(status_code=204)  # to nobody
        if response.redirect:
            return RedirectResponse(response.redirect, headers=HEADERS)
        rules = policy_of(response.content) if response.media_type == "text/html" else ""
        headers = HEADERS | {"Content-Security-Policy": header(rules)}
        return Response(response.content, response.status, headers, response.media_type)

    async def script(_: Request) -> Response:
        return Response(read_bytes(_SCRIPT), media_type="text/javascript", headers=HEADERS)

    async def change_events(_: Request) -> Response:
        if events.is_full:
            return PlainTextResponse("too many pages are open\n", 503, HEADERS)
        stream = events.stream()
        first = await anext(stream)  # begun at once: only then does it count
        return StreamingResponse(_chained(first, stream), media_type="text/event-stream", headers=HEADERS)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        working = [asyncio.create_task(events.watch(library, folders)), asyncio.create_task(pages.warm_up())]
        yield
        for task in working:
            task.cancel()

    routes = [Route("/@preview.js", script), Route("/@changes", change_events), Route("/{path:path}", page)]
    return Guard(Starlette(routes=routes, lifespan=lifespan), host)


async def _chained(first: str, rest: AsyncGenerator[str, None]) -> AsyncIterator[str]:
    async with contextlib.aclosing(rest):
        yield first
        async for event in rest:
            yield event


async def _unless_gone(request: Request, response: Coroutine[None, None, PreviewResponse]) -> PreviewResponse | None:
    """The response, or None if the client has gone: then nobody waits for it any more."""
    making, going = asyncio.ensure_future(response), asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({making, going}, return_when=asyncio.FIRST_COMPLETED)
        return making.result() if making.done() else None
    finally:
        making.cancel()
        going.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


class _Server(uvicorn.Server):
    """Uvicorn's server, which on Ctrl-C also ends the streams of change events and the pages that are being made.

    Uvicorn waits for open responses, and these may never end by themselves.
    """

    closing: Callable[[], None]

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        asyncio.get_running_loop().call_soon_threadsafe(self.closing)
        super().handle_exit(sig, frame)


def serve(
    setup: PreviewSetup,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve until Ctrl-C. Calls `ready` with the address. Raises UsageError (no such pack, a port in use)."""
    library = setup.library()
    folders = find_packs(library, setup.packs)  # raises UsageError now, not at the first request
    remove_left_behind()
    sock = bind_socket(host, port)
    events = ChangeEvents()
    pages = PageMakers(setup, lambda: events.version)
    app = create_app(library, folders.values(), pages, events, host)
    server = _Server(_config(app))

    def closing() -> None:
        events.close()
        pages.close()
        end_waiting()

    server.closing = closing
    name = f"[{host}]" if ":" in host else host
    ready(f"http://{name}:{sock.getsockname()[1]}/")
    try:
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[sock])
    finally:
        pages.close()


def _config(app: ASGIApp) -> uvicorn.Config:
    """Nothing that a client sends is logged: a wrong request, or one that ends too early, is no error of ours."""
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    # Ctrl-C may come between the start of the loop and that of the server.
    warnings.filterwarnings("ignore", "coroutine 'Server.serve' was never awaited", RuntimeWarning)
    return uvicorn.Config(
        app,
        http=TimedProtocol,
        ws="none",
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=1,
        backlog=BURST,
    )


def bind_socket(host: str, port: int | None) -> socket.socket:
    """A listening socket on `port`; without one, on the first free port from PORT on. Raises UsageError.

    The socket is bound here and not by uvicorn, so that no other process can take the port in between.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in (port,) if port is not None else (*range(PORT, PORT + _PORTS_TO_TRY), 0):  # 0: any free port
        sock = socket.socket(family)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((host, number))
            sock.listen()
            return sock
        except OSError as error:
            sock.close()
            if error.errno != errno.EADDRINUSE:
                reason = (error.strerror or str(error)).lower()
                raise UsageError(f"cannot listen on {host}, port {number}: {reason}") from None
    raise UsageError(f"port {port} is in use; leave out --port to take the next free one")
