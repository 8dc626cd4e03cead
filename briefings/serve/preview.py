"""A path asked for -> a page rendered now, a PDF typeset now, or what is wrong; and word of every change."""

import asyncio
import contextlib
import html
import threading
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..composing.compose import compose
from ..composing.project import Request, UsageError, find_packs, requested_documents, require_known
from ..library import Library
from ..loading.load import load
from ..output.formats import FORMATS, SCREEN_FORMATS
from ..output.index import index_page
from ..output.workers import Job, WorkerPool
from ..pack.pack import Pack
from ..page.page import Page
from ..page.render import render
from ..pdf.typeset import NotInstalledError
from ..problems import Problem, ProblemError
from ..schema.audience import Audience, DocumentChoice
from .watch import changes

_KEEPALIVE_SECONDS = 15.0  # s
_PLAIN = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }}
pre {{ white-space: pre-wrap; overflow-wrap: anywhere; border-left: 4px solid #b3261e; padding-left: 1rem; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


@dataclass(frozen=True)
class PreviewResponse:
    """What the browser gets: a status of HTTP, and a file; or where else to look."""

    content: bytes = b""
    media_type: str = "text/html"
    status: int = 200
    redirect: str = ""


class Preview:
    """What the server answers with. Holds the number of the last change, and the packs as they were last read."""

    def __init__(self, library: Library, packs: Sequence[str] = (), paper: str = "") -> None:
        self._library, self._packs, self._paper = library, tuple(packs), paper
        self._started, self._change = time.time_ns(), 0
        self._waiting: set[asyncio.Event] = set()
        self._closed = False
        self._cache_lock = threading.Lock()
        self._pack_cache: dict[Path, tuple[object, Pack]] = {}
        self._typesetter = Typesetter(library)

    @property
    def version(self) -> str:
        """Another one after each change, and after each start of the server."""
        return f"{self._started}.{self._change}"

    # -- changes ---------------------------------------------------------------------------------

    async def watch(self) -> None:
        """Note every change, until cancelled."""
        async for _ in changes(self._library, find_packs(self._library, self._packs).values()):
            self._notify()

    def warm_up(self) -> None:
        """Get the typesetter ready before anybody asks for a PDF."""
        self._typesetter.warm_up()

    def close(self) -> None:
        """Let every browser go, so that the server can stop at once."""
        self._closed = True
        self._notify()
        self._typesetter.close()

    def _notify(self) -> None:
        self._change += 1
        for event in self._waiting:
            event.set()

    async def versions(self) -> AsyncIterator[str]:
        """Server-sent events: the version now, and after each change."""
        changed = asyncio.Event()
        self._waiting.add(changed)
        try:
            while not self._closed:
                changed.clear()
                yield f"data: {self.version}\n\n"
                while not changed.is_set():
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(changed.wait(), _KEEPALIVE_SECONDS)
                    if not changed.is_set():
                        yield ": still here\n\n"
        finally:
            self._waiting.discard(changed)

    # -- answers ---------------------------------------------------------------------------------

    def respond(self, path: str) -> PreviewResponse:
        """What `path` leads to: the packs, a pack's gallery, a page, or a PDF."""
        version = self.version  # before anything is read, so that what changes meanwhile makes the page old
        try:
            return self._answer(path.split("/"), version)
        except ProblemError as error:
            return PreviewResponse(_with_reload_script(_error_page(error.problems), version, mistake=True), status=500)
        except (UsageError, NotInstalledError) as error:
            page = _PLAIN.format(title="Not there", body=f"<p>{html.escape(str(error))}</p>")
            return PreviewResponse(_with_reload_script(page.encode(), version, mistake=True), status=404)

    def _answer(self, parts: Sequence[str], version: str) -> PreviewResponse:
        folders = find_packs(self._library, self._packs)
        pack_id, *rest = parts
        if not pack_id:
            return (
                PreviewResponse(redirect=f"/{next(iter(folders))}/") if len(folders) == 1 else _packs(folders, version)
            )
        require_known("pack", (pack_id,), folders)
        pack = self._pack(folders[pack_id])
        there = self._documents(pack)
        file = "/".join(rest)
        if file in ("", "index.html"):
            briefings = [compose(pack, *each) for each in there.values()]
            entries = [{"briefing": b, "files": {n: f"{b.name}.{n}" for n in b.choice.formats}} for b in briefings]
            return PreviewResponse(_with_reload_script(index_page(entries, self._library), version))
        files = {f"{name}.{ending}": (each, ending) for name, each in there.items() for ending in each[1].formats}
        require_known("page", (file,), files)
        each, ending = files[file]
        page = render(compose(pack, *each), self._library, screen=ending in SCREEN_FORMATS)
        if ending in SCREEN_FORMATS:
            return PreviewResponse(_with_reload_script(FORMATS[ending](page, self._library).content, version))
        return PreviewResponse(self._typesetter.pdf(page), "application/pdf")

    def _documents(self, pack: Pack) -> dict[str, tuple[Audience, DocumentChoice, str]]:
        """Every document there could be, by the name of its files: only what is asked for is composed."""
        problems: list[Problem] = []
        there = list(requested_documents(pack, self._library, Request(paper=self._paper), problems))
        if problems:
            raise ProblemError(dict.fromkeys(problems))
        return {choice.file_name(audience.id, paper): (audience, choice, paper) for audience, choice, paper in there}

    def _pack(self, folder: Path) -> Pack:
        """The pack, read again only when one of its files is another than before."""
        with self._cache_lock:
            stats = [(path, path.stat()) for path in sorted(folder.rglob("*"))]
            looks = [(path, stat.st_mtime_ns, stat.st_size, stat.st_ino) for path, stat in stats]
            if folder not in self._pack_cache or self._pack_cache[folder][0] != looks:
                self._pack_cache[folder] = looks, load(folder, self._library.show(folder))
            return self._pack_cache[folder][1]


def _packs(folders: Iterable[str], version: str) -> PreviewResponse:
    items = "".join(f'<li><a href="/{name}/">{name}</a></li>' for name in folders)
    page = _PLAIN.format(title="Packs", body=f"<ul>{items}</ul>")
    return PreviewResponse(_with_reload_script(page.encode(), version))


def _error_page(problems: Iterable[Problem]) -> bytes:
    body = "<p>The page comes back by itself when this is mended.</p>\n"
    body += "\n".join(f"<pre>{html.escape(str(problem))}</pre>" for problem in problems)
    return _PLAIN.format(title="Something to mend", body=body).encode()


def _with_reload_script(content: bytes, version: str, *, mistake: bool = False) -> bytes:
    """A page that asks for the server's changes, and may."""
    data = f'data-version="{version}"{" data-mistake" if mistake else ""}'
    script = f'<script src="/@preview.js" {data}></script>\n</body>'
    content = content.replace(b"default-src 'none'", b"default-src 'none'; connect-src 'self'; script-src 'self'", 1)
    return content.replace(b"</body>", script.encode(), 1)


class Typesetter:
    """One process that stays warm: the first PDF costs a second, the next ones less than half."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._workers = WorkerPool(1)
        self._lock = threading.Lock()

    def warm_up(self) -> None:
        """Get ready before anybody waits for it."""
        self._workers.start()

    def pdf(self, page: Page) -> bytes:
        """Raises ProblemError."""
        with self._lock:
            ((_, made),) = self._workers.run([Job(page.name, "pdf", page, self._library)])
        if isinstance(made, Exception):
            raise made
        return bytes(made.content)

    def close(self) -> None:
        """End the process."""
        self._workers.close()
