"""The commands as functions: ids or folders of packs -> what `check`, `why` and `balance` print, as values."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from .checking.run import CheckReport, read_source_texts
from .composing.open_project import open_project
from .composing.project import Request
from .output.verdict import verdict
from .query.balance import Balance, balance_packs
from .query.why import SearchResult, search_packs

Names = str | Path | Iterable[str | Path]  # one, or several


def check(
    packs: Names = (),
    *,
    project: str | Path | None = None,
    themes: Names = (),
    texts: str | Path | Mapping[str, str] | None = None,
    pages: bool = True,
    audiences: Names = (),
    typeset: bool = False,
) -> CheckReport:
    """Check packs and templates. Every problem is in the report, and errors are not raised.

    `packs` are ids or folders; by default, all of the project. `project` is its folder; by default, the nearest one
    from the working directory upwards. `audiences` limits the documents that are checked to theirs. `texts` are your
    own copies of sources: a folder of <source-id>.txt, or texts by source id. `pages` says whether to render every page
    too, as a build does, and `typeset` whether to typeset them: without it, sheet limits and missing characters are not
    checked. Raises UsageError (no project, no such pack or
    audience) and ProblemError (a wrong briefings.toml).
    """
    copies = texts if texts is None or isinstance(texts, Mapping) else read_source_texts(Path(texts))
    names, wanted = _names(packs), _names(audiences)
    opened = open_project(project, packs=names, audiences=wanted, themes=_names(themes))
    request = Request(packs=names, audiences=wanted)
    return verdict(opened.library, request, copies, pages=pages, typeset=typeset)


def why(
    text: str,
    packs: Names = (),
    *,
    project: str | Path | None = None,
    themes: Names = (),
    out: str | Path | None = None,
) -> list[SearchResult]:
    """Find where a number or a text on a page comes from: a result for each pack, which is false if it has nothing.

    `out` is the folder with the built PDFs, which tell the sheets; by default, the project's. Raises ProblemError (a
    pack that cannot be loaded) and UsageError (no such pack).
    """
    names = _names(packs)
    opened = open_project(project, packs=names, themes=_names(themes), out=out)
    return search_packs(text, names, opened.library, out=opened.out)


def balance(packs: Names = (), *, project: str | Path | None = None) -> list[Balance]:
    """Count, for each pack, its sources by country and kind, the length of its positions, and how its sides speak.

    Raises ProblemError (a pack that cannot be loaded) and UsageError (no such pack).
    """
    names = _names(packs)
    return balance_packs(names, open_project(project, packs=names).library)


def _names(names: Names) -> tuple[str, ...]:
    """Several names; a single one is not split into its letters."""
    return (str(names),) if isinstance(names, str | Path) else tuple(map(str, names))
