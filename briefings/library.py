"""Names -> files: the user's folders first, then what is shipped. The one lookup rule."""

import os
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from .problems import Mark


@cache
def shipped() -> Path:
    """The folder that holds the shipped `templates/` and `data/`: in a wheel, else the checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parent


TEMPLATE_KINDS = {"document": ("documents", ".html"), "look": ("css/looks", ".css"), "paper": ("css/paper", ".css")}


@dataclass(frozen=True)
class Library:
    """Where templates, styles, fonts, images, strings and audiences are found; the first folder that has a name wins.

    `themes` are folders laid out like `templates/`; `project` is a folder with `data/` and, if wanted, `templates/`.
    """

    project: Path
    themes: tuple[Path, ...] = ()

    @cached_property  # a page asks a hundred times
    def template_folders(self) -> tuple[Path, ...]:
        """In the order they are asked."""
        folders = (*self.themes, (self.project / "templates").resolve(), self.shipped_templates)
        return tuple(dict.fromkeys(folders))

    @property
    def overrides(self) -> bool:
        """Whether there are templates beside the shipped ones. In a checkout its own templates are the shipped ones."""
        others = (folder for folder in self.template_folders if folder != self.shipped_templates)
        return any(path.is_file() for folder in others for path in folder.rglob("*"))

    @property
    def shipped_templates(self) -> Path:
        """What an override extends, as `shipped:name`."""
        return shipped() / "templates"

    def find(self, name: str) -> Path | None:
        """The file called `name` ("css/tokens.css"), or None. Never one outside the folders."""
        return next((path for folder in self.template_folders if (path := find_inside(folder, name))), None)

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """The names, without `suffix`, of the files in `folder` of any template folder."""
        found = {
            p.name.removesuffix(suffix) for base in self.template_folders for p in (base / folder).glob("*" + suffix)
        }
        return tuple(sorted(found))

    def kinds(self, kind: str) -> tuple[str, ...]:
        """What there is of a kind of template that an audience names: a document, look or paper."""
        return self.names(*TEMPLATE_KINDS[kind])

    def styles(self, document: str) -> tuple[str, ...]:
        """The styles that stand beside the parts, a theme's among them, in a fixed order; then this document's own."""
        parts = [
            f"{folder}/{n}.css" for folder in ("partials", "sections", "drawings") for n in self.names(folder, ".css")
        ]
        own = f"documents/{document}.css"
        return (*parts, *([own] if self.find(own) else []))

    def folders(self, packs: tuple[str, ...] = ()) -> list[str]:
        """All folders that a build of these packs reads from, this package's own among them; none inside another."""
        named = [Path(pack) for pack in packs if Path(pack).is_dir()]
        ours = (self.project / "data", shipped() / "data", Path(__file__).parent)
        every = sorted({str(path.resolve()) for path in (*self.template_folders, *ours, *named)})
        return [path for path in every if not any(path.startswith(other + os.sep) for other in every)]

    def audience_files(self) -> dict[str, Path]:
        """Every audience by id: the project's own win over the shipped ones of the same name."""
        folders = (shipped() / "data" / "audiences", self.project / "data" / "audiences")
        return {path.stem: path for folder in folders for path in sorted(folder.glob("*.yaml"))}

    def pack_folders(self) -> dict[str, Path]:
        """Every pack of the project by id; the shipped ones where the project has none."""
        own = _packs(self.project / "data")
        return own or _packs(shipped() / "data")

    def mention(self, needle: str, folders: tuple[Path, ...] = ()) -> Mark | None:
        """Where a template, a style or a file of the data `folders` first says `needle`; None when none does."""
        for folder in (*self.template_folders, *folders):
            for path in sorted(p for p in folder.rglob("*") if p.suffix in (".html", ".css", ".svg", ".yaml")):
                for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
                    if needle in line:
                        return Mark(self.show(path), number, line.index(needle) + 1)
        return None

    def show(self, path: Path) -> str:
        """A path as a person would type it: relative to where they stand when it lies below."""
        try:
            return path.resolve().relative_to(Path.cwd().resolve()).as_posix()
        except ValueError:
            return path.as_posix()


def find_inside(folder: Path, name: str) -> Path | None:
    """The file `name` in `folder`, links resolved before it is compared, so that nothing leads out."""
    base = os.path.realpath(folder)
    path = os.path.realpath(os.path.join(base, name))
    return Path(path) if path.startswith(os.path.join(base, "")) and os.path.isfile(path) else None


def _packs(data: Path) -> dict[str, Path]:
    return {path.parent.name: path.parent for path in sorted(data.glob("*/pack.yaml"))}
