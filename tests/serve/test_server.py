"""`briefings serve` with a real server, a real browser and real saves."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from served import Server
from watchfiles import Change
from window import open_browser

from briefings.library import Library
from briefings.serve.watch import is_relevant, watched_folders

PHASES = "data/pond/phases.yaml"
BEFORE, AFTER = "dug it in two days.", "dug it by hand."


@pytest.fixture
def server(project: Path) -> Iterator[Server]:
    running = Server(project)
    yield running
    running.kill()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 390, "height": 500})
    page.goto(f"{server.address}pond/secondary-briefing.html")
    expect(page.get_by_text(BEFORE)).to_be_visible()
    yield page
    page.close()


def write_in_place(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def write_and_rename(path: Path, text: str) -> None:
    """Save as vim and many other editors do."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, "utf-8")
    os.replace(beside, path)


def until(true: Callable[[], bool], seconds: float = 5) -> None:
    """Poll from outside: the page's content security policy forbids wait_for_function."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "timed out"
        time.sleep(0.02)


def words(page: Path) -> str:
    return re.sub("<[^>]*>", "", page.read_text()).replace("\N{NO-BREAK SPACE}", " ")


def scrolled(page: Page) -> int:
    return int(page.evaluate("Math.round(scrollY)"))


def scroll(page: Page, to: int = 700) -> None:
    page.evaluate(f"scrollTo(0, {to})")
    assert scrolled(page) == to


SAVES = pytest.mark.parametrize("save", [write_in_place, write_and_rename])
CHROMIUM = pytest.mark.tool("chromium", "libatomic")


@CHROMIUM
@pytest.mark.slow
@SAVES
def test_a_saved_file_reloads_the_page_at_the_same_position(
    page: Page, project: Path, save: Callable[[Path, str], None]
) -> None:
    scroll(page)

    save(project / PHASES, (project / PHASES).read_text().replace(BEFORE, AFTER))

    expect(page.get_by_text(AFTER)).to_be_visible()
    until(lambda: scrolled(page) == 700)


@CHROMIUM
@pytest.mark.slow
@SAVES
def test_an_error_is_shown_until_it_is_fixed(page: Page, project: Path, save: Callable[[Path, str], None]) -> None:
    good = (project / PHASES).read_text()
    scroll(page)

    save(project / PHASES, good.replace("start: 2023-03\n", "strat: 2023-03\n"))

    expect(page.get_by_text(re.compile(r"data/pond/phases\.yaml:4:5: error\[unknown-field\]"))).to_be_visible()

    save(project / PHASES, good.replace(BEFORE, AFTER))

    expect(page.get_by_text(AFTER)).to_be_visible()
    until(lambda: scrolled(page) == 700)


@CHROMIUM
@pytest.mark.slow
def test_changed_templates_and_new_folders_reload_the_page(page: Page, project: Path) -> None:
    assert not (project / "templates").exists()

    (project / "templates/partials").mkdir(parents=True)
    (project / "templates/partials/colophon.html").write_text("<p>Made by the pond class.</p>")

    expect(page.get_by_text("Made by the pond class.")).to_be_visible()

    (project / "templates/partials/colophon.html").write_text("<p>{{ briefing.nothing }}</p>")

    expect(page.get_by_text(re.compile(r"templates/partials/colophon\.html:1"))).to_be_visible()

    (project / "templates/partials/colophon.html").unlink()

    expect(page.get_by_text(BEFORE)).to_be_visible()


@CHROMIUM
@pytest.mark.slow
def test_a_burst_of_saves_is_one_reload(page: Page, project: Path) -> None:
    page.evaluate("sessionStorage.loads = 0")
    page.add_init_script("sessionStorage.loads = Number(sessionStorage.loads || 0) + 1")

    for number in range(20):
        write_in_place(project / PHASES, (project / PHASES).read_text() + f"# {number}\n")
    write_in_place(project / PHASES, (project / PHASES).read_text().replace(BEFORE, AFTER))

    expect(page.get_by_text(AFTER)).to_be_visible()
    page.wait_for_timeout(500)
    assert int(page.evaluate("sessionStorage.loads")) <= 2  # one, and one more where the burst met the first


@CHROMIUM
@pytest.mark.slow
def test_the_page_s_own_script_runs_and_no_frame_may_hold_it(browser: Browser, server: Server) -> None:
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    answer = page.goto(f"{server.address}pond/secondary-briefing.html")
    assert answer
    expect(page.get_by_text(BEFORE)).to_be_visible()
    rules = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert answer.headers["content-security-policy"] == f"{rules}; frame-ancestors 'none'"
    assert refused == []  # such as a script that the policy does not allow
    page.close()
    with urllib.request.urlopen(f"{server.address}@preview.js") as script:
        assert script.headers["Content-Security-Policy"] == "frame-ancestors 'none'"


@pytest.mark.slow
def test_requests_from_other_sites_are_refused(server: Server) -> None:
    status, gallery = server.get("pond/")
    assert status == 200
    assert b'href="pupils-briefing.html"' in gallery
    assert server.get()[1] == gallery  # the one pack there is

    assert server.get("pond/", Host="evil.example")[0] == 403
    assert server.get("pond/", Origin="https://evil.example")[0] == 403
    assert server.get("pond/", Origin=server.address.rstrip("/"))[0] == 200
    for path in (
        "pond/../../etc/passwd",
        "pond/%2e%2e/%2e%2e/etc/passwd",
        "pond/data/pack.yaml",
        "pond//etc/passwd",
        "x/",
    ):
        status, answer = server.get(path)
        assert status == 404
        assert b"root:" not in answer


@pytest.mark.slow
def test_a_pdf_is_made_on_request_even_after_the_typesetter_was_killed(server: Server) -> None:
    status, first = server.get("pond/pupils-briefing.pdf")
    assert (status, first[:5]) == (200, b"%PDF-")

    for child in Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split():
        os.kill(int(child), signal.SIGKILL)

    assert server.get("pond/pupils-briefing.pdf") == (200, first)


@pytest.mark.slow
def test_a_port_in_use(project: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "briefings", "serve", "--no-open", "--port", str(port)]
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=30)
    assert done.returncode == 2
    assert done.stderr == f"briefings: port {port} is in use; leave out --port to take the next free one\n"


@pytest.mark.slow
def test_without_a_port_the_next_free_one_is_taken(project: Path) -> None:
    first, second = Server(project), Server(project)
    try:
        assert first.address != second.address
        assert second.get("pond/")[0] == 200
    finally:
        for server in (first, second):
            server.kill()


@pytest.mark.slow
def test_ctrl_c_stops_at_once_while_a_browser_listens(server: Server) -> None:
    with urllib.request.urlopen(server.address + "@changes", timeout=10) as listening:
        assert listening.readline().startswith(b"data: ")
        began = time.monotonic()
        assert server.stop() == 0
    assert time.monotonic() - began < 2
    assert server.process.stderr
    assert server.process.stderr.read() == ""


@pytest.mark.parametrize("name", [".phases.yaml.swp", "phases.yaml~", "4913", ".#phases.yaml", "#phases.yaml#"])
def test_temporary_files_of_editors_are_ignored(name: str) -> None:
    assert not is_relevant(Change.added, f"/project/data/pond/{name}")
    assert is_relevant(Change.added, "/project/data/pond/phases.yaml")


def test_only_existing_folders_are_watched(project: Path, tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    theme.mkdir()
    watched = watched_folders(Library(project, (theme,)), [project / "data/pond"])
    assert theme in watched
    assert project / "data" in watched
    assert project / "templates" not in watched


@pytest.mark.slow
def test_build_watch_builds_again_after_a_change(project: Path) -> None:
    command = [
        sys.executable,
        "-u",
        "-m",
        "briefings",
        "build",
        "--watch",
        "--format",
        "html",
        "--audience",
        "secondary",
    ]
    watching = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert watching.stdout
    assert watching.stderr
    waiting = "waiting for changes (stop with Ctrl-C)\n"
    page = project / "build/pond/secondary-briefing.html"
    good = (project / PHASES).read_text()
    try:
        assert waiting in iter(watching.stdout.readline, "")
        assert BEFORE in words(page)

        write_and_rename(project / PHASES, good.replace("start: 2023-03\n", "strat: 2023-03\n"))
        message = "data/pond/phases.yaml:2:5: error[missing-field]: a phase needs 'start'; add 'start: …' here\n"
        assert watching.stderr.readline() == message
        assert waiting in iter(watching.stdout.readline, "")
        assert BEFORE in words(page)

        write_and_rename(project / PHASES, good.replace(BEFORE, AFTER))
        assert waiting in iter(watching.stdout.readline, "")
        assert AFTER in words(page)

        watching.send_signal(signal.SIGINT)
        assert watching.wait(10) == 0
    finally:
        watching.kill()
        watching.communicate()
