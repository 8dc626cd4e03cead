"""Pages that are rendered once for many builds of one project: for tests of what a build does with its files.

A build still renders in forked processes; these find the page in the memory that they share with the tests.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from briefings.composing.open_project import open_project
from briefings.composing.project import Request
from briefings.library import Library
from briefings.output import build as build_module
from briefings.output.build import plan_build
from briefings.output.plan import BuildTarget, Plan


@contextmanager
def pages_rendered_once() -> Iterator[Callable[..., None]]:
    """Inside, builds use the pages that are kept. The value is called with a project, to render and keep its pages.

    Builds of the same files, wherever these are, have the same pages.
    """
    render, kept = build_module._render_target, dict[tuple[Any, ...], Any]()

    def key(library: Library, target: BuildTarget) -> tuple[Any, ...]:
        return target.briefing.name, target.for_screen, _digest(library.project)

    def keep(project: Path, *audiences: str) -> None:
        opened = open_project(project, audiences=audiences)
        plan = plan_build(opened.library, Request(audiences=audiences), opened.out)
        for target in plan.targets:
            kept[key(opened.library, target)] = render(plan, opened.library, target)

    def rendered(plan: Plan, library: Library, target: BuildTarget) -> Any:
        return kept.get(key(library, target)) or render(plan, library, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build_module, "_render_target", rendered)
        yield keep


def _digest(project: Path) -> bytes:
    """Of all files that an author wrote."""
    digest = sha256()
    for folder in ("data", "templates"):
        for path in sorted((project / folder).rglob("*")):
            if path.is_file() and not path.is_symlink():
                digest.update(path.relative_to(project).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.digest()
