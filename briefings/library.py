"""Template, style, font and data names -> files, by one rule: the user's folders first, then the shipped ones."""

import os
import time
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from .house_style import NO_STYLE, STYLE_FILE, HouseStyle
from .limits import MAX_TEMPLATE
from .problems import Mark
from .project_root import PROJECT_FILE
from .safe_files import is_below, is_closed, is_plain_file, listing, names_in, read_text, walk


@cache
def shipped() -> Path:
    """The folder with the shipped `templates/` and `data/`: inside the installed package, or the checkout's root."""
    package = Path(__file__).resolve().parent
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parent


_LEFT_BEHIND = ("~", ".swp", ".swx", ".tmp", ".bak", ".orig")


def is_stray(name: str) -> bool:
    """Whether a file name is none of an author's: hidden, or left beside the real file by an editor or a system.

    Emacs locks `figures.yaml` with `.#figures.yaml`, macOS writes `._figures.yaml` on a stick, office programs lock
    with `~$`, and vim creates a file "4913" to test whether it can write to a folder.
    """
    return name.isdigit() or name.startswith((".", "#", "~$")) or name.endswith(_LEFT_BEHIND)


# The kinds of template that an audience names: folder and file ending of each.
TEMPLATE_KINDS = {
    "document": ("documents", ".html"),
    "layout": ("layouts", ".html"),
    "look": ("css/looks", ".css"),
    "paper": ("css/paper", ".css"),
}


@dataclass(frozen=True)
class Selection:
    """What a project wants of what there is; an empty tuple is no restriction.

    `papers` are in order of preference. `language` is the form of the packs' language that is used, such as en-US.
    """

    packs: tuple[str, ...] = ()  # ids or folders
    audiences: tuple[str, ...] = ()
    audiences_off: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    language: str = ""

    @property
    def narrows(self) -> bool:
        """Whether some documents that could be made of a pack are not wanted."""
        return bool(self.audiences or self.audiences_off or self.documents)


@dataclass(frozen=True)
class Library:
    """Finds templates, styles, fonts, images, strings, audiences and packs. The first folder that has a name wins.

    `themes` are folders laid out like `templates/`; `project` is a folder with `data/` and optionally `templates/`.
    """

    project: Path
    themes: tuple[Path, ...] = ()
    selection: Selection = Selection()
    house: HouseStyle = NO_STYLE

    @cached_property  # rendering a page reads it about a hundred times
    def template_folders(self) -> tuple[Path, ...]:
        """In the order they are searched: themes, the project's templates, the shipped templates."""
        folders = (*self.themes, (self.project / "templates").resolve(), self.shipped_templates)
        return tuple(dict.fromkeys(folders))

    @property
    def own_template_folders(self) -> tuple[Path, ...]:
        """The existing folders of themes and of the project. In a checkout, `templates/` is the shipped folder."""
        return tuple(each for each in self.template_folders if each != self.shipped_templates and os.path.isdir(each))

    @property
    def shipped_templates(self) -> Path:
        """The folder behind `shipped:name`, by which an override extends the template it replaces."""
        return shipped() / "templates"

    def find(self, name: str) -> Path | None:
        """The file called `name` ("css/tokens.css"), or None.

        Never a file outside the template folders, except those that the house style names: "house/crest.svg".
        """
        if own := self.house.find(name):
            return own
        return next((path for folder in self.template_folders if (path := find_inside(folder, name))), None)

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """The sorted names, without `suffix`, of the files in `folder` of every template folder."""
        names = (name for base in self.template_folders for name in names_in(base / folder, suffix, inside=base))
        return tuple(sorted({name.removesuffix(suffix) for name in names if not is_stray(name)}))

    def kinds(self, kind: str) -> tuple[str, ...]:
        """The names of all templates of a kind, one of TEMPLATE_KINDS."""
        return self.names(*TEMPLATE_KINDS[kind])

    def styles(self, document: str, layout: str) -> tuple[str, ...]:
        """The style sheets of all partials, sections and drawings in a fixed order, then document's and layout's."""
        shared = [
            f"{folder}/{n}.css" for folder in ("partials", "sections", "drawings") for n in self.names(folder, ".css")
        ]
        own = (f"documents/{document}.css", f"layouts/{layout}.css")
        return (*shared, *filter(self.find, own))

    def folders(self, packs: tuple[str, ...] = ()) -> list[str]:
        """Every folder that a build of these packs reads from, the package itself included; none is inside another.

        The files of `loose_files` are among them, whether or not they exist.
        """
        pack_folders = [Path(pack) for pack in packs or self.selection.packs if os.path.isdir(pack)]
        audiences = shipped() / "data" / "audiences"  # no other shipped data is read for a project of somebody else
        fixed = (self.project / "data", audiences, Path(__file__).parent, *self.loose_files)
        paths = sorted({str(path.resolve()) for path in (*self.template_folders, *fixed, *pack_folders)})
        return [path for path in paths if not any(path.startswith(other + os.sep) for other in paths)]

    @property
    def loose_files(self) -> tuple[Path, ...]:
        """The project file, the style file, and the files that this names: they may be in none of the folders."""
        style = self.house.path or self.project / STYLE_FILE
        return (self.project / PROJECT_FILE, style, *(path for _, path in self.house.files))

    def audience_files(self) -> dict[str, Path]:
        """The file of each audience that the project wants, by id."""
        wanted = self.selection
        return {
            name: path
            for name, path in self.all_audience_files().items()
            if (not wanted.audiences or name in wanted.audiences) and name not in wanted.audiences_off
        }

    def all_audience_files(self) -> dict[str, Path]:
        """Every audience's file by id. A file of the project replaces the shipped one of the same name."""
        return shipped_audience_files() | _files_by_stem(self.project / "data" / "audiences")

    def pack_folders(self) -> dict[str, Path]:
        """The folder of each pack of the project, by id.

        A folder of YAML is one, with or without a pack.yaml: that it is missing or misspelt is an error of the pack.
        """
        data = self.project / "data"
        names = (name for name in listing(data) if name != "audiences" and not is_stray(name))
        folders = {name: data / name for name in names}
        return {name: path for name, path in folders.items() if is_closed(path) or _holds_yaml(path)}

    def mention(self, needle: str, folders: tuple[Path, ...] = ()) -> Mark | None:
        """Where a template, a style sheet or a data file in `folders` first contains `needle`, or None."""
        for folder in (*self.template_folders, *folders):
            for path in text_files(folder, ".html", ".css", ".svg", ".yaml"):
                for number, line in enumerate(readable_text(path).splitlines(), 1):
                    if needle in line:
                        return Mark(self.show(path), number, line.index(needle) + 1)
        return None

    def show(self, path: Path) -> str:
        """The path as a user would type it: relative to the working directory if it is below that."""
        # The file itself may be a link, even one to itself: only its folder is resolved.
        real = os.path.join(os.path.realpath(path.parent), path.name)
        here = os.path.realpath(os.curdir)
        return Path(os.path.relpath(real, here)).as_posix() if is_below(real, here) else path.as_posix()


def find_inside(folder: Path, name: str) -> Path | None:
    """The file `name` in `folder`, or None if there is none or it is outside.

    Symbolic links and `..` are resolved before the comparison, so that neither leads out of the folder.
    """
    try:
        base = os.path.realpath(folder)
        path = os.path.realpath(os.path.join(base, name))
    except ValueError:  # a NUL or a lone surrogate, which no name of a file has
        return None
    return Path(path) if is_below(path, base) and is_plain_file(path) else None


def text_files(folder: Path, *suffixes: str) -> list[Path]:
    """The files of authors below a folder whose names end with one of `suffixes`, sorted."""
    paths = (Path(path) for path in walk(folder) if path.endswith(suffixes))
    return sorted(path for path in paths if not is_stray(path.name))


def shipped_audience_files() -> dict[str, Path]:
    """The file of each shipped audience, by id."""
    return _files_by_stem((shipped() / "data" / "audiences").resolve())


def _holds_yaml(folder: Path) -> bool:
    return any(not is_stray(name) for name in listing(folder, ".yaml"))


_listed: dict[Path, tuple[tuple[int, int, int], dict[str, Path]]] = {}
_SETTLED_NS = 50_000_000  # a folder that changed later may change again without another time


def _files_by_stem(folder: Path) -> dict[str, Path]:
    """The YAML files of a folder, by their names; kept until it changes, since each audience of many asks for all."""
    try:
        found = os.stat(folder)
    except OSError:
        return {}
    state = found.st_ino, found.st_mtime_ns, found.st_ctime_ns
    known = _listed.get(folder)
    if known and known[0] == state:
        return known[1]
    files = {name.removesuffix(".yaml"): folder / name for name in listing(folder, ".yaml") if not is_stray(name)}
    if time.time_ns() - max(state[1:]) > _SETTLED_NS:
        _listed[folder] = state, files
    return files


def readable_text(path: Path) -> str:
    """The text of a file, with a sign in place of what is no UTF-8; "" if it cannot be read, which `lint` reports."""
    try:
        return read_text(path, limit=MAX_TEMPLATE, errors="replace")
    except OSError:
        return ""
