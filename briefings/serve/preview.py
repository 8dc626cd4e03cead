"""A requested path -> a page, a PDF or an error page, made for this request."""

import contextlib
import mimetypes
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ..composing.compose import compose
from ..composing.editions.own import with_editions
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
from ..pack.pack import Pack
from ..page.render import render
from ..pdf.typeset import NotInstalledError
from ..problems import Problem, ProblemError
from ..safe_files import root_of, walk
from ..schema.audience import Audience, DocumentChoice
from .responses import (
    PreviewResponse,
    failure_page,
    pack_list,
    plain_page,
    problems_page,
    quoted,
    with_reload_script,
)

_BYTES = "application/octet-stream"
_PAUSES = (0.05, 0.15, 0)  # seconds before another try to read files


class Preview:
    """Answers requests for pages, one at a time. Caches each pack."""

    def __init__(
        self,
        library: Library,
        packs: Sequence[str] = (),
        paper: str = "",
        reopen: Callable[[], Library] | None = None,
    ) -> None:
        self._library, self._packs, self._paper = library, tuple(packs), paper
        self._reopen = reopen or (lambda: library)  # reads the project file again, which may have changed
        self._pack_cache: dict[Path, tuple[object, Pack]] = {}

    def warm_up(self) -> None:
        """Load the packs, so that the first page does not wait for it. Whatever is wrong, the first page will say."""
        with contextlib.suppress(Exception):
            for folder in find_packs(self._library, self._packs).values():
                self._pack(folder)

    def respond(self, path: str, version: str = "") -> PreviewResponse:
        """The response for `path`: the list of packs, a pack's index, a page or a PDF, else an error page.

        `version` is the one of before any file was read: a change while the page is made then reloads it.
        """
        for pause in _PAUSES:
            try:
                return self._respond(path.split("/"), version)
            except ProblemError as error:
                return problems_page(error.problems, version)
            except (UsageError, NotInstalledError) as error:
                return plain_page("Not found", str(error), version, 404)
            # A file that was just being replaced, or that came and went.
            except OSError as error:
                failure: Exception = error
                time.sleep(pause)
            # Whatever went wrong, the browser needs a page that reloads once it is mended.
            except Exception as error:
                return failure_page(error, version)
        return failure_page(failure, version)

    def _respond(self, parts: Sequence[str], version: str) -> PreviewResponse:
        self._library = self._reopen()
        folders = find_packs(self._library, self._packs)
        pack_id, *rest = parts
        if not pack_id:
            if len(folders) == 1:
                return PreviewResponse(redirect=f"/{quoted(next(iter(folders)))}/")
            return pack_list(folders, version)
        require_known("pack", (pack_id,), folders)
        if not rest:
            return PreviewResponse(redirect=f"/{quoted(pack_id)}/")  # the links of its index are relative
        pack = self._pack(folders[pack_id])
        documents = self._documents(pack)
        file = "/".join(rest)
        if file in ("", "index.html"):
            briefings = [compose(pack, *each) for each in documents.values()]
            entries = [{"briefing": b, "files": {n: file_name(b.name, n) for n in formats_of(b)}} for b in briefings]
            return PreviewResponse(with_reload_script(index_page(entries, self._library), version))
        files = {file_name(name, form): (each, form) for name, each in documents.items() for form in each[1].formats}
        require_known("page", (file,), files)
        document, form = files[file]
        briefing = compose(pack, *document)
        require_known("page", (file,), {file_name(briefing.name, name) for name in formats_of(briefing)})
        if briefing.choice.companions:  # which are composed only for whoever lists them
            (briefing,) = with_companions((briefing,), compose_all(pack, self._library))
        (briefing,) = with_editions((briefing,), pack)
        page = render(briefing, self._library, screen=form in SCREEN_FORMATS)
        if form in SCREEN_FORMATS:
            return PreviewResponse(with_reload_script(FORMATS[form](page, self._library).content, version))
        if form in TYPESET_FORMATS:
            return PreviewResponse(FORMATS[form](page, self._library).content, "application/pdf")
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
        state = (self._library.selection.language, list(_file_states(folder)))
        if folder not in self._pack_cache or self._pack_cache[folder][0] != state:
            self._pack_cache[folder] = state, load_pack(folder, self._library)
        return self._pack_cache[folder][1]


def _file_states(folder: Path) -> Iterator[tuple[str, int, int, int, int]]:
    """What tells whether a file of a pack changed. Files and folders may disappear while they are looked at.

    The time of a change tells of a file that was replaced by another of the same size and date.
    """
    for path in walk(folder, inside=root_of(folder)):
        if not is_stray(os.path.basename(path)):
            with contextlib.suppress(OSError):
                stat = os.stat(path)
                yield path, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino
