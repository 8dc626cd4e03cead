"""A Preview -> a server on this machine that only its own pages may ask."""

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
from .preview import Preview

PORT = 8000
_NEXT = 20  # ports tried after the first, where any will do
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_SCRIPT = Path(__file__).with_name("preview.js")


class SameOriginMiddleware:
    """Lets nobody in by another name or from another site: a page elsewhere could read the drafts (DNS rebinding)."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._names = {"localhost", "127.0.0.1", "::1", host}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
            asked, origin = headers.get(b"host", ""), headers.get(b"origin")
            if not self._allows(asked) or (origin is not None and origin.partition("://")[2] != asked):
                refusal = PlainTextResponse("briefings serve answers only pages of its own\n", 403)
                return await refusal(scope, receive, send)
        await self._app(scope, receive, send)

    def _allows(self, asked: str) -> bool:
        """Known names, and any address: rebinding needs a name."""
        name = urlsplit(f"//{asked}").hostname or ""
        with contextlib.suppress(ValueError):
            return bool(ipaddress.ip_address(name))
        return name in self._names


def create_app(preview: Preview, host: str) -> ASGIApp:
    """The server's application."""

    async def page(request: Request) -> Response:
        answer = await run_in_threadpool(preview.respond, request.path_params["path"])
        if answer.redirect:
            return RedirectResponse(answer.redirect, headers=HEADERS)
        return Response(answer.content, answer.status, HEADERS, answer.media_type)

    async def script(_: Request) -> Response:
        return Response(_SCRIPT.read_bytes(), media_type="text/javascript", headers=HEADERS)

    async def told(_: Request) -> Response:
        return StreamingResponse(preview.versions(), media_type="text/event-stream", headers=HEADERS)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        preview.warm_up()
        watching = asyncio.create_task(preview.watch())
        yield
        watching.cancel()

    routes = [Route("/@preview.js", script), Route("/@changes", told), Route("/{path:path}", page)]
    return SameOriginMiddleware(Starlette(routes=routes, lifespan=lifespan), host)


class _Server(uvicorn.Server):
    """Uvicorn's, which would wait for browsers that listen for changes."""

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
) -> None:
    """Serve until stopped; `ready` is told the address. Raises UsageError (no such pack, a port in use)."""
    find_packs(library, packs)
    sock = bind_socket(host, port)
    preview = Preview(library, packs, paper)
    server = _Server(uvicorn.Config(create_app(preview, host), log_level="warning", access_log=False))
    server.preview = preview
    name = f"[{host}]" if ":" in host else host
    ready(f"http://{name}:{sock.getsockname()[1]}/")
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[sock])


def bind_socket(host: str, port: int | None) -> socket.socket:
    """A socket on `port`; without one, on the first free port from 8000 on. Raises UsageError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in (port,) if port is not None else (*range(PORT, PORT + _NEXT), 0):
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
    raise UsageError(f"port {port} is in use; without --port the next free one is taken")
