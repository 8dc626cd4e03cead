"""One build in which documents take too much in every way: each is named with what it did, and all others are made."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attacks.attack import SECONDS, assert_plain, attempt

from briefings.output import build, workers
from briefings.processes import limits

pytestmark = pytest.mark.slow

# What a strange document may lead to in the process that fills its page or typesets it. Stopped ones: test_limits.py.
WAYS: dict[str, tuple[str, str]] = {
    "pupils-briefing": ("while True: pass", "took more than 2 s of processor time"),
    "secondary-briefing": ("bytearray(3 * 2**30)", "took more than 2.0 GB of memory"),
    "public-briefing": ("os.kill(os.getpid(), signal.SIGKILL)", ""),  # as the kernel does where memory runs out
    "policy-briefing": (
        "return Output('policy-briefing.pdf', bytes(201 * 2**20), 1)",
        "made a file of more than 200 MB",
    ),
}
GOOD = ("university-briefing", "teachers-briefing", "teachers-lesson", "teachers-before")
STRANGE = "import os, signal\nfrom briefings.output.output_file import Output\ndef strange(name):\n" + "".join(
    f"    if name == {name!r}:\n        {way}\n" for name, (way, _) in WAYS.items()
)
WORKER = (
    "import sys; sys.path[:] = {path!r}\n"
    + STRANGE.replace("{", "{{").replace("}", "}}")
    + "from briefings.output import formats, workers\n"
    "from briefings.pdf import typeset\n"
    "typeset.warm_up = lambda **_: None\n"
    "formats.FORMATS['pdf'] = lambda page, _: strange(page.name) or Output(page.name + '.pdf', b'%PDF', 1)\n"
    "workers.worker_main()"
)


def less_of_everything() -> None:
    limits._TYPESET_SECONDS, limits._PER_CHARACTER, limits._RENDER_SECONDS = 2.0, 0.0, 2.0
    limits._FEW = 99


def in_sheets() -> None:
    less_of_everything()
    workers._START = WORKER


def in_pages() -> None:
    less_of_everything()
    own: dict[str, Any] = {}
    exec(STRANGE, own)
    render = build._render_target

    def strange(plan: Any, library: Any, target: Any) -> Any:
        name = target.briefing.name
        return (name != "policy-briefing" and own["strange"](name)) or render(plan, library, target)

    build._render_target = strange  # a page of such a size is refused by its template
    workers._START = WORKER.replace("strange(page.name) or", "")


@pytest.mark.parametrize("hang", [in_sheets, in_pages])
def test_what_takes_too_much_is_named_and_the_rest_is_made(victim: Path, hang: Callable[[], None]) -> None:
    project = victim / "project"
    command = ["build", "--format", "pdf", "--jobs", "2"]
    outcome = attempt(command, project, before=hang, seconds=3 * SECONDS, memory=2**40)
    assert_plain(outcome)
    assert outcome.code == 1
    ended = [name for name in WAYS if hang is in_sheets or name != "policy-briefing"]
    for name in ended:
        line = next(each for each in outcome.err.splitlines() if name in each and "error[" in each)
        assert WAYS[name][1] in line
        assert "error[limit]" in line or "error[typesetter-lost]" in line
    assert {path.stem for path in (project / "build/pond").glob("*.pdf")} == {*GOOD, *WAYS} - {*ended}
    assert not list(project.rglob("*.part"))
