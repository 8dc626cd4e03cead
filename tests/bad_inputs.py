"""The inputs of tests/bad: each folder is copied over the pond; some are made here."""

import shutil
from collections.abc import Callable
from pathlib import Path

from conftest import HERE

BAD = HERE / "bad"
GLOSSARY = "data/pond/glossary.yaml"


def write_file(name: str, content: bytes) -> Callable[[Path], object]:
    def write(project: Path) -> None:
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    return write


# Changes that cannot or should not be files in the repository.
GENERATED: dict[str, Callable[[Path], object]] = {
    "not-utf8": write_file(GLOSSARY, "terms:\n  - {id: spawn, term: spawn, text: Œufs}\n".encode("cp1252")),
    "too-large": write_file(GLOSSARY, b"terms: []\n" + b"# frog\n" * 150_000),
    "too-deep": write_file(GLOSSARY, b"terms: " + b"[" * 900 + b"]" * 900 + b"\n"),
    "too-many-values": write_file(GLOSSARY, b"terms:\n" + (b"- [" + b"1, " * 99 + b"1]\n") * 500),
    "too-many-entries": write_file(GLOSSARY, b"terms: [" + b"a, " * 1000 + b"a]\n"),
    "too-long-text": write_file(GLOSSARY, b"terms:\n  - {id: spawn, term: spawn, text: " + b"a " * 5001 + b"}\n"),
    "crowded-letter": write_file(
        GLOSSARY, ("terms:\n  - {id: spawn, term: spawn, text: Fro" + "\u0301" * 31 + "g}\n").encode()
    ),
    "pack-id-spaces": lambda project: (project / "data/pond").rename(project / "data/The Pond"),
    "pack-id": lambda project: (project / "data/pond").rename(project / "data/lake"),
    "style-not-utf8": write_file("templates/css/theme.css", "/* Œufs */".encode("cp1252")),
    "out-is-a-file": write_file("notes.txt", b"mine"),
    "folder-is-a-file": write_file("taken/pond", b"mine"),
}


def apply_bad_input(name: str, project: Path) -> None:
    """Turn a copy of the pond into the bad input of this name."""
    shutil.copytree(BAD / name, project, dirs_exist_ok=True)
    if name in GENERATED:
        GENERATED[name](project)
