"""A Preview -> an HTTP server on this machine that answers only requests from its own pages."""

import asyncio
import contextlib
import errno
import ipaddress
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ..composing.project import UsageError, find_packs
from ..library import Library
from ..safe_files import read_bytes
from .preview import Preview

PORT = 8000
_PORTS_TO_TRY = 20  # from PORT on, if the user names no port
# no-store: the browser must not show an old page from its cache after a reload
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_SCRIPT = Path(__file__).with_name("preview.js")


class SameOriginMiddleware:
    """Refuses requests for another host name or from another site's pages.

    Without it, a page on the web could read the drafts: by a request across origins, or by making its own host name
    resolve to this machine (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._names = {"localhost", "127.0.0.1", "::1", host}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
            host, origin = headers.get(b"host", ""), headers.get(b"origin")
            if not self._allows(host) or (origin is not None and origin.partition("://")[2] != host):
                refusal = PlainTextResponse("briefings serve answers only requests from its own pages\n", 403)
                return await refusal(scope, receive, send)
        await self._app(scope, receive, send)

    def _allows(self, host: str) -> bool:
        """Whether a Host header is allowed: known names, and any IP address, because rebinding needs a name."""
        name = urlsplit(f"//{host}").hostname or ""
        with contextlib.suppress(ValueError):
            return bool(ipaddress.ip_address(name))
        return name in self._names


def create_app(preview: Preview, host: str) -> ASGIApp:
    """The ASGI application of the server. `host` is the name or address that it listens on."""

    async def page(request: Request) -> Response:
        response = await run_in_threadpool(preview.respond, request.path_params["path"])
        if response.redirect:
            return RedirectResponse(response.redirect, headers=HEADERS)
        return Response(response.content, response.status, HEADERS, response.media_type)

    async def script(_: Request) -> Response:
        return Response(read_bytes(_SCRIPT), media_type="text/javascript", headers=HEADERS)

    async def change_events(_: Request) -> Response:
        return StreamingResponse(preview.versions(), media_type="text/event-stream", headers=HEADERS)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        preview.warm_up()
        watching = asyncio.create_task(preview.watch())
        yield
        watching.cancel()

    routes = [Route("/@preview.js", script), Route("/@changes", change_events), Route("/{path:path}", page)]
    return SameOriginMiddleware(Starlette(routes=routes, lifespan=lifespan), host)


class _Server(uvicorn.Server):
    """Uvicorn's server, which on Ctrl-C also closes the streams of change events.

    Uvicorn waits for open responses, and these streams never end by themselves.
    """

    preview: Preview

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        asyncio.get_running_loop().call_soon_threadsafe(self.preview.close)
        super().handle_exit(sig, frame)


def serve(
    library: Library,
    packs: Sequence[str] = (),
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    paper: str = "",
    ready: Callable[[str], None] = lambda _: None,
    reopen: Callable[[], Library] | None = None,
) -> None:
    """Serve until Ctrl-C. Calls `ready` with the address. Raises UsageError (no such pack, a port in use).

    `reopen` opens the library again for each page, since the project file may have changed.
    """
    find_packs(library, packs)  # raises UsageError now, not at the first request
    sock = bind_socket(host, port)
    preview = Preview(library, packs, paper, reopen)
    server = _Server(uvicorn.Config(create_app(preview, host), log_level="warning", access_log=False))
    server.preview = preview
    name = f"[{host}]" if ":" in host else host
    ready(f"http://{name}:{sock.getsockname()[1]}/")
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[sock])


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
