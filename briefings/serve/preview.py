"""A requested path -> a page, a PDF or an error page, made for this request; and an event for every change."""

import asyncio
import contextlib
import html
import mimetypes
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..composing.compose import compose
from ..composing.project import (
    Request,
    UsageError,
    compose_all,
    find_packs,
    load_pack,
    requested_documents,
    require_known,
    with_companions,
)
from ..library import Library, is_stray
from ..output.formats import FORMATS, SCREEN_FORMATS, TYPESET_FORMATS, file_name, formats_of
from ..output.index import index_page
from ..output.workers import Job, WorkerPool
from ..pack.pack import Pack
from ..page.page import Page
from ..page.render import render
from ..pdf.typeset import NotInstalledError
from ..problems import Problem, ProblemError
from ..safe_files import root_of, walk
from ..schema.audience import Audience, DocumentChoice
from .watch import changes

_BYTES = "application/octet-stream"
_KEEPALIVE_SECONDS = 15.0  # between comments that keep an idle stream open
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
    """The response to a request: content with its HTTP status, or a path to redirect to."""

    content: bytes = b""
    media_type: str = "text/html"
    status: int = 200
    redirect: str = ""


class Preview:
    """Answers requests for pages. Caches each pack, and counts changes."""

    def __init__(
        self,
        library: Library,
        packs: Sequence[str] = (),
        paper: str = "",
        reopen: Callable[[], Library] | None = None,
    ) -> None:
        self._library, self._packs, self._paper = library, tuple(packs), paper
        self._reopen = reopen or (lambda: library)  # reads the project file again, which may have changed
        self._started, self._change = time.time_ns(), 0
        self._waiting: set[asyncio.Event] = set()
        self._closed = False
        self._cache_lock = threading.Lock()
        self._pack_cache: dict[Path, tuple[object, Pack]] = {}
        self._typesetter = Typesetter()

    @property
    def version(self) -> str:
        """A string that differs after each change, and after each start of the server."""
        return f"{self._started}.{self._change}"

    # -- changes ---------------------------------------------------------------------------------

    async def watch(self) -> None:
        """Notify the browsers of every change, until cancelled."""
        async for _ in changes(self._library, find_packs(self._library, self._packs).values()):
            self._notify()

    def warm_up(self) -> None:
        """Start the typesetter, so that the first PDF does not wait for it."""
        self._typesetter.warm_up()

    def close(self) -> None:
        """End all streams of change events, so that the server can stop at once, and stop the typesetter."""
        self._closed = True
        self._notify()
        self._typesetter.close()

    def _notify(self) -> None:
        self._change += 1
        for event in self._waiting:
            event.set()

    async def versions(self) -> AsyncIterator[str]:
        """Server-sent events: the present version, then the new one after each change."""
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
                        yield ": keep-alive\n\n"  # a comment, which browsers ignore
        finally:
            self._waiting.discard(changed)

    # -- responses -------------------------------------------------------------------------------

    def respond(self, path: str) -> PreviewResponse:
        """The response for `path`: the list of packs, a pack's index, a page or a PDF, else an error page."""
        # Taken before any file is read: a change while the page is made then reloads it.
        version = self.version
        try:
            return self._respond(path.split("/"), version)
        except ProblemError as error:
            return PreviewResponse(_with_reload_script(_error_page(error.problems), version, is_error=True), status=500)
        except (UsageError, NotInstalledError) as error:
            page = _PLAIN.format(title="Not found", body=f"<p>{html.escape(str(error))}</p>")
            return PreviewResponse(_with_reload_script(page.encode(), version, is_error=True), status=404)
        # Whatever went wrong, the browser needs a page that reloads once it is mended.
        except Exception as error:
            return PreviewResponse(_with_reload_script(_failure_page(error), version, is_error=True), status=500)

    def _respond(self, parts: Sequence[str], version: str) -> PreviewResponse:
        self._library = self._reopen()
        folders = find_packs(self._library, self._packs)
        pack_id, *rest = parts
        if not pack_id:
            if len(folders) == 1:
                return PreviewResponse(redirect=f"/{next(iter(folders))}/")
            return _pack_list(folders, version)
        require_known("pack", (pack_id,), folders)
        if not rest:
            return PreviewResponse(redirect=f"/{pack_id}/")  # the links of its index are relative
        pack = self._pack(folders[pack_id])
        documents = self._documents(pack)
        file = "/".join(rest)
        if file in ("", "index.html"):
            briefings = [compose(pack, *each) for each in documents.values()]
            entries = [{"briefing": b, "files": {n: file_name(b.name, n) for n in formats_of(b)}} for b in briefings]
            return PreviewResponse(_with_reload_script(index_page(entries, self._library), version))
        files = {file_name(name, form): (each, form) for name, each in documents.items() for form in each[1].formats}
        require_known("page", (file,), files)
        document, form = files[file]
        briefing = compose(pack, *document)
        require_known("page", (file,), {file_name(briefing.name, name) for name in formats_of(briefing)})
        if briefing.choice.companions:  # which are composed only for whoever lists them
            (briefing,) = with_companions((briefing,), compose_all(pack, self._library))
        page = render(briefing, self._library, screen=form in SCREEN_FORMATS)
        if form in SCREEN_FORMATS:
            return PreviewResponse(_with_reload_script(FORMATS[form](page, self._library).content, version))
        if form in TYPESET_FORMATS:
            return PreviewResponse(self._typesetter.pdf(page, form, self._library), "application/pdf")
        return PreviewResponse(FORMATS[form](page, self._library).content, mimetypes.guess_type(file)[0] or _BYTES)

    def _documents(self, pack: Pack) -> dict[str, tuple[Audience, DocumentChoice, str]]:
        """The arguments of `compose` for every document, by the name of its files. Nothing is composed yet."""
        problems: list[Problem] = []
        documents = list(requested_documents(pack, self._library, Request(paper=self._paper), problems))
        if problems:
            raise ProblemError(dict.fromkeys(problems))
        return {
            choice.file_name(audience.id, paper): (audience, choice, paper) for audience, choice, paper in documents
        }

    def _pack(self, folder: Path) -> Pack:
        """The pack, read again only if one of its files, or the language that the project wants, changed."""
        # The lock: a browser requests several pages at once, each answered in a thread.
        with self._cache_lock:
            state = (self._library.selection.language, list(_file_states(folder)))
            if folder not in self._pack_cache or self._pack_cache[folder][0] != state:
                self._pack_cache[folder] = state, load_pack(folder, self._library)
            return self._pack_cache[folder][1]


def _file_states(folder: Path) -> Iterator[tuple[Path, int, int, int]]:
    """What tells whether a file of a pack changed. A file may disappear while it is looked at."""
    for path in map(Path, walk(folder, inside=root_of(folder))):
        if not is_stray(path.name):
            with contextlib.suppress(OSError):
                stat = path.stat()
                yield path, stat.st_mtime_ns, stat.st_size, stat.st_ino


def _failure_page(error: Exception) -> bytes:
    """The page for an error that nobody foresaw: a fault of this program, or of the computer."""
    body = "<p>This page could not be made. It reloads after the next change of a file.</p>\n"
    body += f"<pre>{html.escape(f'{type(error).__name__}: {error}')}</pre>"
    return _PLAIN.format(title="Something went wrong", body=body).encode()


def _pack_list(folders: Iterable[str], version: str) -> PreviewResponse:
    items = "".join(f'<li><a href="/{name}/">{name}</a></li>' for name in folders)
    page = _PLAIN.format(title="Packs", body=f"<ul>{items}</ul>")
    return PreviewResponse(_with_reload_script(page.encode(), version))


def _error_page(problems: Iterable[Problem]) -> bytes:
    body = "<p>This page reloads when the errors are fixed.</p>\n"
    body += "\n".join(f"<pre>{html.escape(str(problem))}</pre>" for problem in problems)
    return _PLAIN.format(title="Errors", body=body).encode()


def _with_reload_script(content: bytes, version: str, *, is_error: bool = False) -> bytes:
    """The page with the script that reloads it, and a content security policy that allows this script."""
    data = f'data-version="{version}"{" data-error" if is_error else ""}'
    script = f'<script src="/@preview.js" {data}></script>\n</body>'
    # A page has its own policy: only add to it, so that the preview refuses whatever the built page refuses.
    content = content.replace(b"default-src 'none'", b"default-src 'none'; connect-src 'self'; script-src 'self'", 1)
    return content.replace(b"</body>", script.encode(), 1)


class Typesetter:
    """A worker process that is kept: the first PDF takes a second, the next ones less than half."""

    def __init__(self) -> None:
        self._workers = WorkerPool(1)
        self._lock = threading.Lock()

    def warm_up(self) -> None:
        """Start the process."""
        self._workers.start()

    def pdf(self, page: Page, form: str, library: Library) -> bytes:
        """The page as PDF. Raises ProblemError, NotInstalledError or WorkerLostError."""
        # One page at a time: WorkerPool.run must not be called from two threads at once.
        with self._lock:
            ((_, result),) = self._workers.run([Job(page.name, form, page, library)])
        if isinstance(result, Exception):
            raise result
        return bytes(result.content)

    def close(self) -> None:
        """Stop the process."""
        self._workers.close()
