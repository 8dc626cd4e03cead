"""Fixtures for attacks: a small project that a stranger could have made."""

import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent.parent
POND = HERE / "pond"


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """A folder with `project/`, a copy of the pond, and `secret.yaml` beside it."""
    shutil.copytree(POND, tmp_path / "project")
    (tmp_path / "project/briefings.toml").write_text("# every setting has its default\n")
    (tmp_path / "secret.yaml").write_text("canary: [nobody may read this line\n")
    return tmp_path
