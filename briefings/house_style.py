"""The house style: what a school's style.yaml says about every paper, as plain values. Without the file it is empty."""

from dataclasses import dataclass, replace
from pathlib import Path

STYLE_FILE = "style.yaml"
# The empty pictures of a box that each copy of a paper fills in: their addresses, and their pixels across and down.
_PNG = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAA"
BOX_WORDS_SIZE, BOX_CREST_SIZE = (7, 1), (1, 7)
BOX_WORDS = f"{_PNG}cAAAABCAAAAAA3YOsSAAAAEElEQVR42mP8z8DAwMDAAAAHCQEBeI2ZlAAAAABJRU5ErkJggg=="
BOX_CREST = f"{_PNG}EAAAAHCAAAAADsJ3hIAAAADUlEQVR42mP4z8SAgAANVQEMWaIyWAAAAABJRU5ErkJggg=="
BOX_WORDS_ALT = "The name of a school"  # of the empty picture; a copy has the name in its place
FOLDER = "house/"  # the name in the Library of a file that the house style names: house/crest.svg


@dataclass(frozen=True)
class HouseFace:
    """A font file of the school as a face: `family` is its name in CSS, `name` the file's name in the Library."""

    family: str
    name: str
    weight: int = 400
    italic: bool = False


@dataclass(frozen=True)
class HouseKey:
    """A key of style.yaml as it was written, and its line: a rebuild names it."""

    name: str
    value: str
    line: int


@dataclass(frozen=True)
class HouseStyle:
    """The house style of a project.

    `colours` and `dark_colours` are tokens with their values on paper and light screens, and on dark screens;
    `families` are the tokens of fonts. Lengths are in mm; 0 is none given. `crest` is a name in the Library.
    """

    id: str = ""  # the name of its file in the project
    school: str = ""
    department: str = ""
    header: str = ""
    footer: str = ""
    crest: str = ""
    crest_alt: str = ""
    crest_height: float = 0
    colours: tuple[tuple[str, str], ...] = ()
    dark_colours: tuple[tuple[str, str], ...] = ()
    families: tuple[tuple[str, str], ...] = ()
    faces: tuple[HouseFace, ...] = ()
    binding_margin: float = 0
    both_sides: bool = False
    paper: str = ""
    files: tuple[tuple[str, Path], ...] = ()  # name in the Library -> file
    keys: tuple[HouseKey, ...] = ()
    path: Path | None = None  # of the style file
    box: bool = False  # whether the head is a place that each copy fills in with its own words and crest

    def __bool__(self) -> bool:
        return bool(self.id)

    @property
    def for_copies(self) -> "HouseStyle":
        """The same style with a box in place of the school's own words and crest."""
        return replace(self, id=self.id or "copies", school="", department="", header="", crest="", box=True)

    @property
    def box_words(self) -> str:
        """The address of the empty picture in place of the words."""
        return BOX_WORDS

    @property
    def box_crest(self) -> str:
        """The address of the empty picture in place of the crest."""
        return BOX_CREST

    @property
    def box_alt(self) -> str:
        """What the empty picture says before it is filled in."""
        return BOX_WORDS_ALT

    @property
    def title(self) -> str:
        """The words that name the school beside its crest."""
        return ", ".join(filter(None, (self.school, self.department)))

    @property
    def written(self) -> dict[str, str]:
        """Key -> its place and value, such as "style.yaml:3 #0b4f6c": a rebuild names what changed."""
        return {key.name: f"{self.id}:{key.line} {key.value}" for key in self.keys}

    def find(self, name: str) -> Path | None:
        """The file of the house style that has this name in the Library, or None."""
        return dict(self.files).get(name) if name.startswith(FOLDER) else None


NO_STYLE = HouseStyle()
