"""A folder -> the project that it belongs to. Imports nothing big: a run with nothing to do asks for it too."""

import os

from .safe_files import listing

PROJECT_FILE = "briefings.toml"


def find_root(start: str = ".") -> str | None:
    """The nearest project folder, from `start` upwards; None if there is none."""
    folder = os.path.abspath(start)
    while not is_project(folder):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


def is_project(folder: str) -> bool:
    """Whether a folder has a project file, or a pack in its data/: then every setting has its default."""
    if os.path.isfile(os.path.join(folder, PROJECT_FILE)):
        return True
    data = os.path.join(folder, "data")
    return any(os.path.isfile(os.path.join(data, name, "pack.yaml")) for name in listing(data))
