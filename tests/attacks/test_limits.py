"""Documents that never end or take all memory, and processes that stop: each is named, and all others are made."""

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from briefings.checking.templates.markup import page_faults
from briefings.library import Library
from briefings.output import workers as module
from briefings.output.output_file import Output
from briefings.output.previews import HEIGHT, WIDTH, previews
from briefings.output.workers import Job, WorkerLostError, WorkerPool
from briefings.page.page import Page
from briefings.pdf.typeset import typeset
from briefings.problems import ProblemError
from briefings.processes import limits as process_limits
from briefings.processes.limits import LimitError, Watch

HEAD = '<meta charset="utf-8"><title>T</title><link rel="stylesheet" href="css/fonts.css">'
STYLE = '<style>html { font-family: "Source Sans 3" }</style>'
BOMB = "".join(f'<g id="a{n}">{f"""<use href="#a{n - 1}"/>""" * 10}</g>' for n in range(1, 9))
ENDLESS = {
    "svg-use": f'<svg viewBox="0 0 9 9"><title>t</title><g id="a0"><rect width="1" height="1"/></g>{BOMB}</svg>',
    "colspan": '<table><tr><td colspan="100000000" rowspan="100000000">a</td></tr></table>',
    "columns": "<style>p { columns: 100000000; }</style><p>a</p>",
    "grid": "<style>p { display: grid; grid-template-columns: repeat(100000000, 1fr); }</style><p><b>a</b></p>",
    "sheets": "<style>@page { size: 10mm 10mm; margin: 0 } p { height: 100000000mm }</style><p>a</p>",
}


def job(library: Library, name: str, body: str) -> Job:
    return Job(name, "pdf", Page(name, "T", f'<html lang="en">{HEAD}{STYLE}<body>{body}</body></html>'), library)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A twentieth of all limits, so that a document is ended after a second."""
    monkeypatch.setenv("BRIEFINGS_PATIENCE", "0.05")


@pytest.mark.slow
def test_documents_without_an_end_are_ended_and_the_others_are_made(library: Library, impatient: None) -> None:
    work = [job(library, name, body) for name, body in ENDLESS.items()]
    work.insert(0, job(library, "good", "<p>a</p>"))
    with WorkerPool(2) as pool:
        made = {each.key: result for each, result in pool.run(work)}
    good = made.pop("good")
    assert not isinstance(good, Exception), good
    assert good.content.startswith(b"%PDF-")
    assert {name for name, result in made.items() if isinstance(result, LimitError)} >= {"svg-use", "colspan", "grid"}
    assert all(isinstance(result, LimitError | ProblemError | Output) for result in made.values())


@pytest.mark.slow
def test_what_pango_prints_is_a_problem_and_not_on_the_terminal(
    library: Library, capfd: pytest.CaptureFixture[str]
) -> None:
    size = "<style>p { letter-spacing: 1px; font-size: 1000000000px }</style><p>a b c</p>"
    with WorkerPool(1) as pool:
        made = {each.key: result for each, result in pool.run([job(library, "size", size), job(library, "good", "a")])}
    assert isinstance(made["size"], ProblemError)
    assert not isinstance(made["good"], Exception), made["good"]
    assert "Pango" not in capfd.readouterr().err


def test_what_a_library_prints_is_kept_for_its_page(capfd: pytest.CaptureFixture[str]) -> None:
    """In a process of its own, as in a worker: what is redirected stays so."""
    script = (
        "import os\nfrom briefings.pdf import log\nlog.redirect_native_log()\ncollector = log.WarningCollector()\n"
        "os.write(2, b'of before')\nwith collector.capture():\n"
        "    os.write(2, b\"ours\\n(process:3): Pango-CRITICAL **: 14:12:18.457: f: 'size >= 0' failed\\n\\nmore\")\n"
        "print(collector.messages)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[\"Pango-CRITICAL: f: 'size >= 0' failed\"]\n"
    assert done.stderr == "of beforeours\nmore"


@pytest.mark.slow
def test_a_stopped_process_is_replaced(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_limits, "_SILENCE", 10)
    monkeypatch.setattr(process_limits.Watch, "_tick", 0.02)
    end = module._Process._end

    def slowly(process: module._Process) -> None:
        """End the process; the next one has the usual time."""
        monkeypatch.setattr(process_limits.Watch, "_tick", 1.0)
        end(process)

    monkeypatch.setattr(module._Process, "_end", slowly)
    with WorkerPool(1) as pool:
        pool.start()
        first = pool._processes[0]
        assert first
        os.kill(first._running.pid, signal.SIGSTOP)
        ((_, made),) = pool.run([job(library, "a", "<p>a</p>")])
        assert made.content.startswith(b"%PDF-")
        assert first._running.wait(2) == -signal.SIGKILL


def test_a_process_that_stops_twice_is_named(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_limits, "_SILENCE", 0)
    monkeypatch.setattr(module, "_START", "import time; time.sleep(99)")
    monkeypatch.setattr(process_limits.Watch, "_tick", 0.01)
    with WorkerPool(1) as pool:
        ((_, made),) = pool.run([job(library, "a", "<p>a</p>")])
    assert isinstance(made, WorkerLostError)
    assert str(made) == "the process that typeset a gave no sign of life for 0 s"


def test_a_file_that_is_too_large_is_refused(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    program = (
        "import sys, time; sys.stdout.buffer.write((2**40).to_bytes(8, 'big')); sys.stdout.flush(); time.sleep(99)"
    )
    monkeypatch.setattr(module, "_START", program)
    with WorkerPool(1) as pool:
        ((_, made),) = pool.run([job(library, "a", "<p>a</p>")])
    assert isinstance(made, LimitError)
    assert str(made) == "made a file of more than 200 MB"


TOO_MUCH = {
    "deep-div": ("<div>" * 1000 + "a" + "</div>" * 1000, "too-deep"),
    "deep-span": ("<p>" + "<span>" * 1000 + "a", "too-deep"),
    "deep-list": ("<ul><li>" * 500 + "a", "too-deep"),
    "deep-quote": ("<blockquote>" * 1000 + "a", "too-deep"),
    "deep-svg": ("<svg>" + "<g>" * 3000 + "</svg>", "too-deep|typesetting"),
    "counter": (
        "<style>@counter-style x { system: additive; additive-symbols: 1 i } li { list-style: x }</style>"
        '<ol start="1000000000"><li>a</ol>',
        "typesetting|limit",
    ),
    "imports": ('<link rel="stylesheet" href="a0.css"><p>a</p>', "limit"),
    "cycle": ('<link rel="stylesheet" href="c0.css"><p>a</p>', "limit|typesetting"),
    "nul": ('<img src="a%00b.png" alt="a">', "missing-file|typesetting"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_is_too_much_for_the_typesetter_is_a_problem(tmp_path: Path, name: str) -> None:
    html, code = TOO_MUCH[name]
    for n in range(25):
        (tmp_path / f"a{n}.css").write_text(f'@import "a{n + 1}.css"; @import "a{n + 1}.css";\n' if n < 24 else "p {}")
    for n in range(2):
        (tmp_path / f"c{n}.css").write_text(f'@import "c{1 - n}.css"; @import url(c{1 - n}.css);\n')
    library = Library(tmp_path, (tmp_path,))
    with pytest.raises(ProblemError) as caught:
        typeset(job(library, name, html).page, library)
    assert {problem.code for problem in caught.value.problems} <= set(code.split("|"))


@pytest.mark.slow
@pytest.mark.parametrize("size", ["1mm 2000mm", "0.001mm 5000mm", "5000mm 1mm", "1e7mm 1e7mm"])
def test_a_sheet_of_any_size_has_a_picture_of_a_usual_size(tmp_path: Path, library: Library, size: str) -> None:
    style = f"<style>@page {{ size: {size}; margin: 0 }} p {{ font-size: 1px }}</style><p>"
    (tmp_path / "a.pdf").write_bytes(typeset(job(library, "a", style).page, library).pdf)
    for picture in previews(tmp_path / "a.pdf"):
        width, height = Image.open(io.BytesIO(picture)).size
        assert 1 <= width <= WIDTH + 1
        assert 1 <= height <= HEIGHT + 1


PICTURE = f"data:image/png;base64,{'A' * 200_000}"


@pytest.mark.parametrize(
    "body",
    [f'<img alt="a" src="{PICTURE}">', f'<img alt="a" src="{"a" * 9999}.png">', f"<style>p {{ {'a' * 9999}: 1 }}"],
)
def test_a_message_of_the_typesetter_has_a_length(tmp_path: Path, body: str) -> None:
    with pytest.raises(ProblemError) as caught:
        typeset(job(Library(tmp_path, (tmp_path,)), "a", body).page, Library(tmp_path, (tmp_path,)))
    assert len(str(caught.value)) < 2_000


def test_a_cell_without_an_end_is_found_before_it_is_typeset() -> None:
    for cell in ('<td colspan="100000000">', '<td rowspan=" 1001 ">', "<td colspan=+99999>", "<col span=10000>"):
        html = f'<html lang="en"><title>t</title><h1>a</h1><table><tr>{cell}a</table>'
        assert "wide-cell" in [fault.code for fault in page_faults(html)]


def test_processor_time_is_what_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[bool] = []
    with Watch(5, lambda: ended.append(True)) as watch:
        watch.heard(4.9)
        assert (ended, watch.why) == ([], "")
        watch.heard(5.1)
        assert (ended, watch.why) == ([True], "took more than 5 s of processor time")


@pytest.mark.parametrize(("value", "factor"), [("", 1), ("4", 4), ("0.5", 0.5), ("no number", 1), ("-3", 0.01)])
def test_patience_multiplies_every_limit(monkeypatch: pytest.MonkeyPatch, value: str, factor: float) -> None:
    monkeypatch.setenv("BRIEFINGS_PATIENCE", value)
    monkeypatch.setattr(process_limits, "_RENDER_SECONDS", 1)
    assert process_limits.render_seconds() == factor
    assert process_limits.typeset_seconds(0) == 20 * factor


def test_memory_is_limited() -> None:
    program = "from briefings.processes.limits import limit_memory; limit_memory(); x = bytearray(3 * 2**30)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "MemoryError" in done.stderr
