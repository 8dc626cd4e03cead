"""A library -> the versions of everything that makes files of a pack; two of them -> what differs, in words."""

import os
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path

from ..library import Library
from ..pack.edition import Edition
from ..pdf.versions import versions
from ..safe_files import read_bytes, walk

_OURS = {"program": "this program", "templates": "the templates", "audiences": "the audiences"}


def engine(library: Library) -> dict[str, str]:
    """Name -> version, or the digest of what has none: this program, the templates and the audiences."""
    package = Path(__file__).parent.parent
    # A project whose templates are the shipped ones has their folder twice, and one without any a folder without files.
    folders = [[*walk(folder)] for folder in library.template_folders]
    audiences = [str(path) for _, path in sorted(library.all_audience_files().items())]
    return {
        **versions(),
        "program": _digest(path for path in walk(package) if path.endswith(".py")),
        "templates": "-".join(dict.fromkeys(_digest(files) for files in folders if files)),
        "audiences": _digest(audiences),
    }


def _digest(paths: Iterable[str]) -> str:
    """The digest of some files and their names."""
    digest = blake2b(digest_size=8)
    for path in paths:
        digest.update(os.path.basename(path).encode() + b"\0" + read_bytes(path) + b"\0")
    return digest.hexdigest()


def engine_differences(edition: Edition, now: Mapping[str, str]) -> Iterator[str]:
    """A line if an edition was closed with another engine: its files may be others than those of that time."""
    names = [name for name in sorted({*edition.engine, *now}) if edition.engine.get(name) != now.get(name)]
    if not names:
        return
    told = [_OURS[name] for name in _OURS if name in names]
    told += [
        f"{name} {now.get(name, 'absent')} (was {edition.engine.get(name, 'absent')})"
        for name in names
        if name not in _OURS and name != "briefings"
    ]
    others = f"its files may be others than when it was closed; what differs: {', '.join(told)}"
    yield f"edition {edition.number} says what it said, but {others}"
