"""A request -> a refusal, unless it comes from a page of this server and is one that it answers."""

import contextlib
import ipaddress
import re
from collections.abc import Mapping, Sequence

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = ("GET", "HEAD")
MAX_ADDRESS, MAX_HEADERS = 2_000, 16_000  # bytes of a path with its query, and of all headers
# A name, an IPv4 address or an IPv6 one in brackets, and perhaps a port.
_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::\d{1,5})?")


class Guard:
    """Refuses requests for another host name or from another site's pages, and those that no page of ours makes.

    Without it, a page on the web could read the drafts, by a request across origins or by making its own host name
    resolve to this machine (DNS rebinding); or let this machine make pages until it has no time for anything else.
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._names = {"localhost", host.lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, also where the application fails: the browser gets an answer and the log no traceback."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        answered = False

        async def watched_send(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        refusal = self._refusal(scope)
        if refusal:
            return await refusal(scope, receive, send)
        try:
            await self._app(scope, receive, watched_send)
        except Exception as error:
            if not answered:  # else the connection is lost, or its answer cannot be taken back
                await _text(500, f"{type(error).__name__}: {error}")(scope, receive, send)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers: dict[bytes, list[str]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name, []).append(value.decode("latin-1"))
        if scope["method"] not in METHODS:
            return _text(405, "only GET and HEAD are answered", {"Allow": ", ".join(METHODS)})
        if len(scope["raw_path"]) + len(scope["query_string"]) > MAX_ADDRESS:
            return _text(414, f"the address is longer than {MAX_ADDRESS:,} characters")
        if sum(len(name) + len(value) for name, value in scope["headers"]) > MAX_HEADERS:
            return _text(431, f"the headers have more than {MAX_HEADERS:,} characters")
        hosts = [_HOST.fullmatch(host) for host in headers.get(b"host", ())]
        is_double = b"content-length" in headers and b"transfer-encoding" in headers  # where does the body end?
        if len(hosts) != 1 or not hosts[0] or is_double or not scope["path"].startswith("/"):
            return _text(400, "this is no valid request: see its address, its Host and the length of its body")
        if not self._knows(hosts[0]["name"].strip("[]")) or _is_foreign(headers, hosts[0][0]):
            return _text(403, "briefings serve answers only requests from its own pages")
        return None

    def _knows(self, name: str) -> bool:
        """Whether a host is allowed: known names, and any IP address, because rebinding needs a name."""
        with contextlib.suppress(ValueError):
            return bool(ipaddress.ip_address(name))
        return name.lower() in self._names


def _is_foreign(headers: Mapping[bytes, Sequence[str]], host: str) -> bool:
    """Whether a page of another site asks. Whoever follows a link to here, or types the address, may."""
    if any(origin.lower() != f"http://{host.lower()}" for origin in headers.get(b"origin", ())):
        return True
    if all(site in ("same-origin", "none") for site in headers.get(b"sec-fetch-site", ())):
        return False  # also without the header: a browser of before 2023, or no browser
    return headers.get(b"sec-fetch-mode") != ["navigate"] or headers.get(b"sec-fetch-dest") != ["document"]


def _text(status: int, message: str, headers: Mapping[str, str] | None = None) -> PlainTextResponse:
    return PlainTextResponse(f"{message}\n", status, {"Connection": "close", **(headers or {})})
