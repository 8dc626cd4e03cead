"""The commands as functions: ids or folders of packs -> what `check`, `why` and `balance` print, as values."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from .check.run import CheckReport, check_packs, read_source_texts
from .composing.project import UsageError
from .library import Library
from .query.balance import Balance, balance_packs
from .query.why import SearchResult, search_packs

Names = str | Path | Iterable[str | Path]  # one, or several


def check(
    packs: Names = (),
    *,
    project: str | Path = ".",
    themes: Names = (),
    texts: str | Path | Mapping[str, str] | None = None,
    pages: bool | None = None,
) -> CheckReport:
    """Check packs and templates. Every problem is in the report, and errors are not raised.

    `packs` are ids or folders; by default, all of the project. `texts` are your own copies of sources: a folder of
    <source-id>.txt, or texts by source id. `pages` says whether to render every page too; by default, only if the
    project has templates of its own. Raises UsageError (no such pack).
    """
    copies = texts if texts is None or isinstance(texts, Mapping) else read_source_texts(Path(texts))
    return check_packs(_library(project, themes), _names(packs), copies, pages=pages)


def why(
    text: str, packs: Names = (), *, project: str | Path = ".", themes: Names = (), out: str | Path = "build"
) -> list[SearchResult]:
    """Find where a number or a text on a page comes from: a result for each pack, which is false if it has nothing.

    `out` is the folder with the built PDFs, which tell the sheets. Raises ProblemError (a pack that cannot be loaded)
    and UsageError (no such pack).
    """
    return search_packs(text, _names(packs), _library(project, themes), out=out)


def balance(packs: Names = (), *, project: str | Path = ".") -> list[Balance]:
    """Count, for each pack, its sources by country and kind, the length of its positions, and how its sides speak.

    Raises ProblemError (a pack that cannot be loaded) and UsageError (no such pack).
    """
    return balance_packs(_names(packs), _library(project))


def _library(project: str | Path, themes: Names = ()) -> Library:
    folders = [Path(folder) for folder in (project, *_names(themes))]
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"there is no folder {folder}")
    return Library(folders[0], tuple(folder.resolve() for folder in folders[1:]))


def _names(names: Names) -> tuple[str, ...]:
    """Several names; a single one is not split into its letters."""
    return (str(names),) if isinstance(names, str | Path) else tuple(map(str, names))
