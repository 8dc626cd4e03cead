"""The preview server against wrong and unkind clients, strangers' packs that hang, and files that come and go."""

import asyncio
import contextlib
import os
import resource
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from conftest import POND
from served import Server, is_running, patience, read_all, statuses, within

from briefings.composing.open_project import open_project
from briefings.serve.page_makers import PageMakers
from briefings.serve.page_process import PreviewSetup

pytestmark = pytest.mark.slow  # each needs a running server, which takes a second to start

ENDLESS = (
    "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}"
)
PAGE = "pond/pupils-briefing.html"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all attacks that leave it as it was; at the end, it has logged nothing and leaves nothing."""
    project = Path(shutil.copytree(POND, tmp_path_factory.mktemp("served") / "project"))
    temporary = project.parent / "tmp"
    temporary.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(temporary))
        running = Server(project)
    assert running.get("pond/")[0] == 200
    yield running
    assert running.get("pond/")[0] == 200
    children = running.children()
    assert running.stop() == 0
    assert running.log() == ""
    assert not is_running(children)
    assert list(temporary.iterdir()) == []


@pytest.fixture
def own(project: Path) -> Iterator[Callable[..., Server]]:
    """Start a server of its own for a test that changes the project."""
    running: list[Server] = []

    def start(*options: str, before: str = "") -> Server:
        running.append(Server(project, *options, before=before))
        return running[0]

    yield start
    for each in running:
        each.kill()


def request(*lines: str, host: str = "127.0.0.1", to: str = f"GET /{PAGE} HTTP/1.1") -> bytes:
    sent = [to, f"Host: {host}", *lines, "Connection: close", "", ""]
    return "\r\n".join(sent).encode("latin-1")


# -- what is asked ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        *("[", "]", "[::1", "[x]", "::1", "[]", "", " ", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:80:80", "a b"),
        *("http://127.0.0.1", "evil.example@127.0.0.1", "127.0.0.1/", "127.0.0.1?", "127.0.0.1#", "\xff", "[::1]x"),
        *("[::1%25eth0]", "127.0.0.1:123456", "localhost\tx", "%31"),
    ],
)
def test_a_malformed_host_is_a_wrong_request(server: Server, host: str) -> None:
    assert statuses(server.answer(request(host=host))) == [400]


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "0x7f.1", "a" * 999]
)
def test_another_host_is_refused(server: Server, host: str) -> None:
    assert statuses(server.answer(request(host=host))) == [403]


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1:8000", "[::1]", "[::1]:80", "192.168.0.7"])
def test_names_of_this_machine_are_answered(server: Server, host: str) -> None:
    assert statuses(server.answer(request(host=host))) == [200]


def test_two_hosts_or_none_are_a_wrong_request(server: Server) -> None:
    assert statuses(server.answer(request("Host: localhost"))) == [400]
    assert statuses(server.answer(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")) == [400]
    assert statuses(server.answer(b"GET / HTTP/1.0\r\n\r\n")) == [400]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"), 403),  # <img src>
        (("Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"), 403),  # of another port
        (("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script"), 403),
        (("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"), 403),
        (("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: object"), 403),
        (("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"), 403),
        (("Sec-Fetch-Site: cross-site",), 403),
        (("Sec-Fetch-Site: none", "Sec-Fetch-Site: cross-site"), 403),
        (("Sec-Fetch-Site: odd",), 403),
        (("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"), 200),  # a link
        (("Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"), 200),  # typed
        (("Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"), 200),
        (("Origin: null",), 403),
        (("Origin: https://127.0.0.1",), 403),
        (("Origin: http://127.0.0.1:1",), 403),
        (("Origin: http://127.0.0.1", "Origin: http://evil.example"), 403),
        (("Origin: http://127.0.0.1",), 200),
    ],
)
def test_only_our_own_pages_and_navigation_get_an_answer(server: Server, headers: tuple[str, ...], status: int) -> None:
    assert statuses(server.answer(request(*headers))) == [status]


def test_what_is_refused_makes_no_work(server: Server) -> None:
    """A page of the web that names sixty PDFs in <img> elements makes this machine typeset none."""
    began = time.monotonic()
    for name in range(60):
        to = f"GET /pond/pupils-briefing.pdf?{name} HTTP/1.1"
        assert statuses(server.answer(request("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", to=to))) == [403]
    assert within(10, began)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "PROPFIND", "X"])
def test_other_methods_are_not_allowed(server: Server, method: str) -> None:
    answer = server.answer(request("Content-Length: 0", to=f"{method} /{PAGE} HTTP/1.1"))
    assert statuses(answer) == [405]
    assert b"allow: GET, HEAD" in answer.lower().replace(b"get, head", b"GET, HEAD")


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("CONNECT 127.0.0.1:80 HTTP/1.1", (405, 400)),
        ("OPTIONS * HTTP/1.1", (405,)),
        ("GET http://evil.example/ HTTP/1.1", (400,)),
        ("GET pond/ HTTP/1.1", (400,)),
        ("GET /pond/\x00 HTTP/1.1", (400,)),
        ("GET /pond/\xff HTTP/1.1", (400,)),
        ("GET / HTTP/9.9", (307, 400, 505)),
        ("GET /", (400,)),
        ("\x16\x03\x01\x02\x00", (400,)),  # TLS
        ("PRI * HTTP/2.0", (400, 405, 505)),
        ("GET /pond/ HTTP/1.0", (200,)),
        (f"HEAD /{PAGE} HTTP/1.1", (200,)),
        (f"GET /{'a' * 3000} HTTP/1.1", (414,)),
        (f"GET /?{'a' * 3000} HTTP/1.1", (414,)),
        (f"GET /{'a' * 70_000} HTTP/1.1", (400, 414)),
        ("GET /pond/%00 HTTP/1.1", (404,)),
        ("GET /%00/ HTTP/1.1", (404,)),
        ("GET /pond/%ff%fe.html HTTP/1.1", (404,)),
        ("GET /%ff/ HTTP/1.1", (404,)),
        ("GET /pond/..%2f..%2fetc/passwd HTTP/1.1", (404,)),
        ("GET /..%5c..%5cetc%5cpasswd HTTP/1.1", (404,)),
        ("GET /pond/%252e%252e/pack.yaml HTTP/1.1", (404,)),
        ("GET /../../../../etc/passwd HTTP/1.1", (404,)),
        ("GET //evil.example/ HTTP/1.1", (307,)),  # to the one pack there is
        ("GET /pond/%F0%9F%90%B8%0d%0aX-Y:z HTTP/1.1", (404,)),
        ("GET /%0d%0aX-Y:z HTTP/1.1", (404,)),
    ],
)
def test_an_odd_request_has_a_proper_answer(server: Server, to: str, expected: tuple[int, ...]) -> None:
    answer = server.answer(request(to=to))
    assert len(statuses(answer)) == 1
    assert statuses(answer)[0] in expected, answer[:300]
    assert b"root:" not in answer
    assert b"Traceback" not in answer
    assert b"\nx-y:" not in answer.lower()
    assert b"location: http" not in answer.lower()


@pytest.mark.parametrize(
    "headers",
    [
        ("X: " + "a" * 70_000,),
        tuple(f"X-{number}: a" for number in range(20_000)),
        ("Content-Length: -1",),
        ("Content-Length: 1", "Content-Length: 2"),
        ("Transfer-Encoding: chunked", "Content-Length: 4"),
        ("Transfer-Encoding: gzip",),
        ("X : a",),
        ("\x00: a",),
        ("X: a\x00b",),
    ],
    ids=lambda headers: f"{headers[0][:20]}…{len(headers)}",
)
def test_wrong_headers_end_in_a_wrong_request(server: Server, headers: tuple[str, ...]) -> None:
    answer = server.answer(request(*headers))
    assert statuses(answer) in ([400], [431], [501], [])  # nothing: ended while it was sending
    assert server.get("pond/")[0] == 200


def test_pipelined_requests_are_answered_in_turn(server: Server) -> None:
    one = f"GET /{PAGE} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    assert statuses(server.answer(one * 5 + request())) == [200] * 6


def test_a_wrong_request_behind_a_right_one(server: Server) -> None:
    one = f"GET /{PAGE} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    assert statuses(server.answer(one + b"\x00\x01nonsense\r\n\r\n"))[:1] in ([200], [400], [])
    assert server.get("pond/")[0] == 200


def test_an_upgrade_is_not_made(server: Server) -> None:
    answer = server.answer(request("Upgrade: websocket", "Connection: upgrade", to=f"GET /{PAGE} HTTP/1.1"))
    assert statuses(answer) == [200]


def test_a_body_that_never_comes_does_no_harm(server: Server) -> None:
    with server.connect(
        f"GET /{PAGE} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n".encode()
    ) as slow:
        assert slow.recv(12) == b"HTTP/1.1 200"
    with server.connect(
        f"GET /{PAGE} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    ) as slow:
        slow.sendall(b"ffff\r\n" + b"a" * 3000)
        assert slow.recv(12) == b"HTTP/1.1 200"
    assert server.get("pond/")[0] == 200


# -- many and slow ------------------------------------------------------------------------------------------


def test_more_slow_clients_than_files_may_be_open(server: Server) -> None:
    """The oldest ones that have asked nothing make room."""
    before = resource.prlimit(
        server.process.pid, resource.RLIMIT_NOFILE, (128, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    )
    clients = []
    try:
        for _ in range(200):
            clients.append(server.connect(b"GET /pond/ HTTP/1.1\r\nHost: localhost\r\nX: "))
        began = time.monotonic()
        assert server.get("pond/")[0] == 200
        assert within(2, began)
    finally:
        for client in clients:
            client.close()
        resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, before)


def test_a_client_that_never_finishes_its_request_is_dropped(own: Callable[..., Server]) -> None:
    running = own(before="import briefings.serve.server_connections as module; module.ASK_SECONDS = 1.0")
    with running.connect(b"GET /pond/ HTTP/1.1\r\n", seconds=15) as client:
        answered = threading.Event()

        def drip() -> None:
            for number in range(100):
                if answered.wait(0.3):
                    return
                try:
                    client.sendall(b"X%d: a\r\n" % number)
                except OSError:
                    return

        dripping = threading.Thread(target=drip)
        dripping.start()
        assert read_all(client) == b"", "it was ended without an answer, and not by the client's patience"
        answered.set()
        dripping.join()


def test_the_index_stays_responsive_while_sixty_pdfs_are_asked_for(server: Server) -> None:
    paths = [f"/pond/{name}.pdf" for name in ("pupils-briefing", "secondary-briefing", "university-briefing")]
    with ThreadPoolExecutor(60) as pool:
        to = [f"GET {paths[number % 3]}?{number} HTTP/1.1" for number in range(60)]
        answers = [pool.submit(server.answer, request(to=each), 120) for each in to]
        time.sleep(0.3)
        slowest = 0.0
        for _ in range(5):
            began = time.monotonic()
            assert server.get("pond/")[0] == 200
            slowest = max(slowest, time.monotonic() - began)
        began = time.monotonic()
        assert {tuple(statuses(answer.result())) for answer in answers} == {(200,)}
    # Three PDFs are made, and not sixty.
    assert within(45, began)
    assert slowest < patience(), f"the index took {slowest:.1f} s"


def test_a_pdf_that_nobody_waits_for_is_not_made(server: Server) -> None:
    clients = [
        server.connect(request(to=f"GET /pond/{each}-briefing.pdf HTTP/1.1"))
        for each in ("pupils", "secondary", "university") * 5
    ]
    for client in clients:
        client.close()
    began = time.monotonic()
    assert server.get("pond/pupils-briefing.pdf")[0] == 200
    assert within(15, began)


def test_a_client_that_takes_nothing_does_not_hold_others_up(server: Server) -> None:
    with server.connect(f"GET /{PAGE} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() * 40):
        began = time.monotonic()
        assert server.get("pond/")[0] == 200
        assert within(2, began)


def test_streams_of_changes_are_bounded(server: Server) -> None:
    sent = b"GET /@changes HTTP/1.1\r\nHost: localhost\r\n\r\n"
    clients = [server.connect(sent) for _ in range(80)]
    try:
        found = sorted(statuses(client.recv(4096))[0] for client in clients)
        assert found.count(503) >= 80 - 64
        assert server.get("pond/")[0] == 200
    finally:
        for client in clients:
            client.close()


# -- what strangers' files do -------------------------------------------------------------------------------


def hang(project: Path) -> None:
    (project / "templates/documents").mkdir(parents=True)
    (project / "templates/documents/briefing.html").write_text(ENDLESS)


def test_a_page_that_never_ends_asked_for_many_times(project: Path, own: Callable[..., Server]) -> None:
    hang(project)
    running = own()
    assert running.get("pond/")[0] == 200
    with ExitStack() as clients:
        for _ in range(5):
            clients.enter_context(running.connect(request()))
        with ExitStack() as leaving:
            for _ in range(40):
                leaving.enter_context(running.connect(request()))
            began = time.monotonic()
            assert running.get("pond/")[0] == 200
            assert within(2, began)
        began = time.monotonic()
        assert running.get("pond/")[0] == 200
        assert within(2, began)
        children = running.children()
        began = time.monotonic()
        assert running.stop() == 0
        assert within(2, began)
        assert not is_running(children)
        assert running.log() == ""


def test_a_page_that_takes_all_memory(project: Path, own: Callable[..., Server]) -> None:
    """It fails in its own process, at the limit that this has, and not where the system runs out of memory."""
    (project / "templates/documents").mkdir(parents=True)
    (project / "templates/documents/briefing.html").write_text("{% set a = ['a' * 10**9] * 9 %}{{ a | join | length }}")
    running = own()
    status, page = running.get(PAGE)
    assert status in (500, 503)
    assert b" data-error>" in page
    assert running.get("pond/")[0] == 200


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_with_slow_clients_of_every_kind(server: Server, own: Callable[..., Server], number: int) -> None:
    running = own()
    assert running.get("pond/")[0] == 200
    sent = [
        b"",
        b"GET /pond/ HT",
        b"GET /@changes HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /pond/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n",
        b"GET /pond/pupils-briefing.html HTTP/1.1\r\nHost: localhost\r\n\r\n" * 40,
        b"GET /pond/pupils-briefing.pdf HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ]
    with ExitStack() as clients:
        for each in sent:
            clients.enter_context(running.connect(each))
        time.sleep(0.3)
        began = time.monotonic()
        assert running.stop(number) in (0, -number)
        assert within(2, began)
        assert running.log() == ""


def test_ctrl_c_before_the_first_page(own: Callable[..., Server]) -> None:
    running = own()
    began = time.monotonic()
    assert running.stop() in (0, 130)  # 130: before there was a server
    assert within(2, began)
    assert running.log().strip() in ("", "briefings: stopped")


def test_killed_processes_are_replaced(server: Server) -> None:
    server.get(PAGE)
    for child, number in zip(server.children(), (signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV), strict=False):
        os.kill(child, number)
    for path in ("pond/", PAGE):
        assert server.get(path)[0] == 200


def test_a_stopped_process_is_given_up_in_time_and_replaced(project: Path) -> None:
    """Here without a server, so that one page has less time than the others."""
    version, pages = "1", list[subprocess.Popen[bytes]]()

    async def ask() -> list[int]:
        nonlocal version
        makers = PageMakers(PreviewSetup(partial(open_project, project)), lambda: version)
        try:
            first = await makers.respond(PAGE)
            pages.append(makers._pages.process.start())
            os.kill(pages[0].pid, signal.SIGSTOP)
            makers._pages.seconds = 0.3
            stopped = await makers.respond(PAGE)
            makers._pages.seconds, version = 60.0, "2"
            again = await makers.respond(PAGE)
            pages.append(makers._pages.process.start())
            return [first.status, stopped.status, again.status]
        finally:
            makers.close()

    assert asyncio.run(ask()) == [200, 503, 200]
    for each in pages:
        assert each.stdout
        each.stdout.close()


def test_a_process_killed_in_every_request_ends_in_a_page_that_says_so(server: Server) -> None:
    killing = threading.Event()

    def kill() -> None:
        while not killing.wait(0.05):
            for child in server.children():
                try:
                    os.kill(child, signal.SIGKILL)
                except ProcessLookupError:
                    continue

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        status, page = server.get("pond/university-briefing.pdf")
    finally:
        killing.set()
        thread.join()
    assert status == 500
    assert b"<h1>This page could not be made</h1>" in page
    assert b" data-error>" in page
    assert server.get("pond/university-briefing.pdf")[0] == 200


def test_files_that_come_and_go(project: Path, own: Callable[..., Server]) -> None:
    running = own()
    assert running.get(PAGE)[0] == 200
    ended = threading.Event()

    def churn() -> None:
        number = 0
        data = project / "data/pond"
        while not ended.is_set():
            number += 1
            (data / f"n{number}.yaml").write_text("x: 1\n")
            (data / f"f{number}").mkdir()
            (data / f".#l{number}").symlink_to("nobody@nowhere")
            (data / "phases.yaml").rename(data / "phases.old")
            (data / "phases.old").rename(data / "phases.yaml")
            for path in (data / f"n{number}.yaml", data / f".#l{number}"):
                path.unlink()
            (data / f"f{number}").rmdir()

    thread = threading.Thread(target=churn)
    thread.start()
    try:
        answers = [running.get(path) for path in ("pond/", PAGE) * 5]
    finally:
        ended.set()
        thread.join()
    # Whatever was there at the moment: a page, or one that says what was missing and reloads.
    for status, page in answers:
        assert status in (200, 404, 500)
        assert b"/@preview.js" in page
        assert b"Traceback" not in page
        assert status == 200 or b" data-error>" in page
    assert running.get(PAGE)[0] == 200
    assert running.stop() == 0
    assert running.log() == ""


def test_reloading_survives_folders_that_come_and_go(project: Path, own: Callable[..., Server]) -> None:
    running = own()
    with running.connect(b"GET /@changes HTTP/1.1\r\nHost: localhost\r\n\r\n") as stream:
        (project / "data").rename(project / "gone")
        time.sleep(0.5)
        (project / "gone").rename(project / "data")
        time.sleep(0.5)
        stream.settimeout(0.2)
        with contextlib.suppress(TimeoutError):
            read_all(stream)
        stream.settimeout(5)
        (project / "data/pond/glossary.yaml").touch()
        assert b"data: " in stream.recv(4096)


def test_the_name_of_a_folder_is_text_in_the_list_of_packs(project: Path, own: Callable[..., Server]) -> None:
    names = ["<img src=x onerror=alert(1)>", 'a" onclick="x', "a&amp;b", "50%", "a?b#c", "a b", "\udcff"]
    for name in names:
        (project / "data" / name).mkdir()
        (project / "data" / name / "pack.yaml").write_text("id: x\n")
    running = own()
    status, page = running.get("")
    assert status == 200
    assert b"<img" not in page
    assert b'onclick="' not in page
    links = [part.partition('"')[0] for part in page.decode().split('href="/')[1:] if not part.startswith("pond")]
    assert len(links) == len(names)
    for link in links:
        status, page = running.get(link)
        assert status == 500  # it is found, and it is no good pack
        assert b"error[" in page


def test_links_that_lead_nowhere_or_in_a_circle(project: Path, own: Callable[..., Server]) -> None:
    data = project / "data/pond"
    (data / ".#pack.yaml").symlink_to("nobody@nowhere.1234")
    (data / "notes").symlink_to("nowhere")
    (data / "circle").symlink_to("circle")
    os.mkfifo(data / "queue")
    running = own()
    assert running.get("pond/")[0] == 200
    assert running.get(PAGE)[0] == 200
    assert running.stop() == 0
    assert running.log() == ""
