"""An incremental build makes only what changed, and its files equal those of a clean build byte for byte."""

import contextlib
import errno
import json
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from conftest import ALL_CASES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import briefings as package
from briefings.library import Library
from briefings.output import folder as folder_module
from briefings.output import ledger
from briefings.output.files import lock_folder
from briefings.output.formats import FORMATS
from briefings.output.ledger import LedgerEntry, digest, out_of_date_reason
from briefings.output.output_file import Output
from briefings.output.page_entry import page_entry
from briefings.output.update import Report, UnfinishedError
from briefings.page.page import Page
from briefings.page.render import _environment
from briefings.pdf import versions
from briefings.problems import ProblemError
from briefings.safe_files import write_part

pytestmark = pytest.mark.usefixtures("in_one_process")

# A whole project in a few lines, so that hundreds of builds take seconds; edits change {all}, {count} and so on.
PACK = {
    "data/tiny/pack.yaml": """
id: tiny
title: Frogs
deck: How many are there?
kicker: A test
language: en
as_of: 2024-06-30
edition: {{number: 1, date: 2024-07-01}}
authors: [The authors]
licence: CC BY 4.0
licence_url: https://creativecommons.org/licenses/by/4.0/
sections:
  - id: established
    title: What is established
    paragraphs:
      - {{id: all-1, depth: core, text: "All read of {all}: [=frogs/class|value]. [@diary]"}}
      - {{id: full-1, depth: full, text: "Few read of {full}. [@diary]"}}
  - {{id: figures, title: Figures, holds: figures}}
""",
    "data/tiny/sources.yaml": """
sources:
  - {{id: diary, title: Diary, authors: [Class], publisher: Class, published: 2024-05, kind: data,
     country: Nowhere, standpoint: Those who counted.}}
""",
    "data/tiny/figures.yaml": """
units: {{frogs: {{one: frog, many: frogs}}}}
figures:
  - id: frogs
    title: Frogs
    kind: rival
    unit: frogs
    estimates: [{{id: class, value: {count}, as_of: 2024-04-12, by: diary, basis: counted, sources: diary}}]
""",
    "data/audiences/pupils.yaml": """
{{id: pupils, title: Pupils {title}, order: 1, level: plain, words_per_minute: 130,
 sections: [{{section: established, depth: core}}], documents: [{{document: briefing, look: page}}]}}
""",
    "data/audiences/university.yaml": """
{{id: university, title: University, order: 2, level: advanced, words_per_minute: 200,
 sections: [{{section: established, depth: full}}], documents: [{{document: briefing, look: page}}]}}
""",
    "templates/documents/briefing.html": """
<html lang="en"><head><meta charset="utf-8"><title>{{{{ briefing.title }}}}</title>
<link rel="stylesheet" href="css/tokens.css">
<link rel="stylesheet" href="css/theme.css">
</head><body>
<h1>{{{{ briefing.audience.title }}}} {{{{ house.school }}}}</h1>
{{% for chapter in briefing.chapters %}}{{% for paragraph in chapter.intro %}}
<p>{{{{ inline(paragraph.text) }}}}</p>
{{% endfor %}}{{% endfor %}}
{{% for note in briefing.notes %}}<p id="note-{{{{ note.number }}}}">{{{{ note.source.title }}}}</p>{{% endfor %}}
{{% include "partials/foot.html" %}}
</body></html>
""",
    "templates/index.html": """
<html lang="en"><head><meta charset="utf-8"><title>All</title></head><body>{{{{ house.school }}}}
{{% for entry in entries %}}{{% for file in entry.files.values() %}}<a href="{{{{ file }}}}">{{{{ file }}}}</a>
{{% endfor %}}{{% endfor %}}
</body></html>
""",
    "templates/partials/foot.html": '<p class="{mark}">Foot {foot}</p>',
    "templates/css/tokens.css": """
@import 'more.css';
@font-face {{ font-family: Face; src: url('../fonts/SourceSans3-Regular.ttf') format('truetype') }}
html {{ font-family: Face; color: {token} }}
""",
    "templates/css/more.css": "p {{ margin: {more}px }}",
}
WORDS = {
    **{"all": "ponds", "full": "ditches", "count": "1200", "title": "A", "foot": "one", "token": "#111", "more": "1"},
    "mark": "m",  # in the markup alone
}
OVERRIDES = {  # overrides for the theme: a partial, a style sheet that is empty as shipped, and an imported one
    "partials/foot.html": "<p>Another foot</p>",
    "css/theme.css": "p {{ color: #222 }}",
    "css/more.css": "p {{ margin: 9px }}",
}
AUDIENCES = ["pupils", "university"]
ALL = ["index.html", *(f"{name}-briefing.{form}" for name in AUDIENCES for form in ("html", "pdf"))]


def digesting(page: Page, library: Library) -> Output:
    """A fake typesetter that requests the same files, and returns a digest of everything it received."""
    asked: dict[str, str] = {}

    def ask(name: str) -> None:
        path = library.find(name)
        assert path, name
        content = path.read_bytes()
        asked[name] = digest(content)
        if name.endswith(".css"):
            for other in re.findall(r"(?:@import |url\()'([^']+)'", content.decode()):
                ask(os.path.normpath(f"css/{other}"))

    for name in re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.html):
        ask(name)
    received = [asdict(page), asked, versions.versions()]
    return Output(f"{page.name}.pdf", json.dumps(received, sort_keys=True).encode(), 1, asked)


class Project:
    """The tiny project on disk, with an empty theme, and the folders it is built into."""

    def __init__(self, place: Path) -> None:
        self.place, self.words = place, dict(WORDS)
        for name in PACK:
            self.write(name)
        (place / "theme").mkdir()

    def write(self, name: str) -> None:
        path = self.place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PACK[name].format(**self.words))

    def edit(self, word: str, value: str) -> None:
        self.words[word] = value
        for name, text in PACK.items():
            if f"{{{word}}}" in text:
                self.write(name)

    def override(self, name: str) -> None:
        """Add an override to the theme, or remove it if it exists."""
        path = self.place / "theme" / name
        if path.exists():
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(OVERRIDES[name].format())

    def add(self, name: str, text: str) -> None:
        (self.place / name).write_text(text)

    def touch(self) -> None:
        for path in self.place.rglob("*.*"):
            os.utime(path, ns=(1, 1))

    def files(self) -> list[Path]:
        return sorted(path for path in (self.place / "again/tiny").iterdir() if not path.name.startswith("."))

    def build(self, name: str = "again", **how: object) -> Report:
        _environment.cache_clear()  # as in a new process
        folders = {"project": self.place, "out": self.place / name, "themes": [self.place / "theme"]}
        return package.build(["tiny"], audiences=AUDIENCES, jobs=1, **folders, **how)  # type: ignore[arg-type]


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setitem(FORMATS, "pdf", digesting)
    return bare(Project(tmp_path), monkeypatch)


def made(report: Report) -> list[str]:
    return sorted(path.name for path in report.written)


def contents(place: Path) -> dict[str, bytes]:
    files = [path for path in place.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in files}


# --- the property ------------------------------------------------------------------------------------------------

_words = st.text("abcdefgh", min_size=1, max_size=3)
_edits = st.one_of(
    st.tuples(st.just("edit"), st.sampled_from(["all", "full", "title", "foot", "mark"]), _words),
    st.tuples(st.just("edit"), st.just("count"), st.integers(1, 9).map(str)),
    st.tuples(st.just("edit"), st.just("token"), st.sampled_from(["#111", "#222", "#333"])),
    st.tuples(st.just("edit"), st.just("more"), st.integers(1, 3).map(str)),
    st.tuples(st.just("override"), st.sampled_from(sorted(OVERRIDES))),
    st.tuples(st.just("delete"), st.integers(0, 4)),
    st.tuples(st.just("deface"), st.integers(0, 4)),
    st.tuples(st.just("engine"), st.integers(1, 3).map(str)),
    st.tuples(st.just("touch")),
)


def apply(project: Project, edit: tuple[object, ...], monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Apply an edit; return the options for the next build."""
    kind, *what = edit
    if kind in ("delete", "deface"):
        path = project.files()[int(str(what[0]))]
        if kind == "delete":
            path.unlink()
            return {}
        path.write_bytes(b"mine")
        with pytest.raises(ProblemError, match="edited by hand"):
            project.build()
        assert path.read_bytes() == b"mine"
        return {"force": True}
    if kind == "engine":
        monkeypatch.setattr(versions, "versions", lambda: {"weasyprint": str(what[0])})
    else:
        getattr(project, str(kind))(*what)
    return {}


def bare(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The project without other audiences and warnings: no output depends on them, and they take most of the time."""
    project.add("briefings.toml", f"audiences = {json.dumps(AUDIENCES)}\n")
    for checks in ("lint", "theme_warnings"):
        monkeypatch.setattr(f"briefings.output.build.{checks}", lambda _: [])
    return project


def holds(project: Project, edit: tuple[object, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """After an edit an incremental build equals a clean one byte for byte, and a second one makes nothing."""
    project.build(**apply(project, edit, monkeypatch))
    shutil.rmtree(project.place / "anew", ignore_errors=True)
    project.build("anew")
    assert contents(project.place / "again") == contents(project.place / "anew")
    assert made(project.build()) == []


@pytest.mark.slow
@settings(max_examples=16 if ALL_CASES else 6, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
@given(edits=st.lists(_edits, min_size=10, max_size=10))
def test_an_incremental_build_equals_a_clean_one(
    edits: list[tuple[object, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setitem(FORMATS, "pdf", digesting)
        monkeypatch.setattr(versions, "versions", lambda: {"weasyprint": "0"})
        project = bare(Project(tmp_path_factory.mktemp("tiny")), monkeypatch)
        project.build()
        for edit in edits:
            holds(project, edit, monkeypatch)


@pytest.mark.slow
def test_an_incremental_build_equals_a_clean_one_with_the_real_typesetter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = bare(Project(tmp_path), monkeypatch)
    project.build()
    edits: list[tuple[object, ...]] = [
        *(("edit", "all", "lakes"), ("edit", "full", "a well"), ("edit", "count", "1300"), ("edit", "title", "B")),
        *(("edit", "foot", "two"), ("edit", "token", "#222"), ("edit", "more", "2"), ("touch",)),
        *(("override", name) for name in sorted(OVERRIDES)),
        *(("delete", 3), ("deface", 4), ("engine", "71.0"), ("edit", "more", "3")),
        *(("override", name) for name in sorted(OVERRIDES)),
        *(("delete", 0), ("edit", "all", "ponds")),
    ]
    assert len(edits) == 20
    for edit in edits:
        holds(project, edit, monkeypatch)


# --- what is made, and why ---------------------------------------------------------------------------------------


def planned(project: Project) -> dict[str, str]:
    """What would be made: name -> why. Nothing is written."""
    before = contents(project.place)
    report = project.build(dry_run=True)
    assert contents(project.place) == before
    assert report.written == ()
    return {path.name: reason for path, reason in report.reasons.items() if reason}


TEXT = "the text changed"
SHOWN = {"index.html": "pupils-briefing.pdf, university-briefing.pdf changed"}  # it has pictures of their sheets


@pytest.mark.parametrize(
    ("edit", "plan"),
    [
        # a statement that only the university briefing contains
        (
            ("edit", "full", "a well"),
            {
                "university-briefing.html": TEXT,
                "university-briefing.pdf": TEXT,
                "index.html": "university-briefing.pdf changed",
            },
        ),
        (("edit", "token", "#222"), dict.fromkeys(ALL, "css/tokens.css changed") | SHOWN),
        (("override", "css/more.css"), {name: "css/more.css changed" for name in ALL if name.endswith(".pdf")} | SHOWN),
        (("edit", "mark", "n"), dict.fromkeys(ALL, "the page's html changed, but not its text") | SHOWN),
        (("touch",), {}),
        (
            ("add", "style.yaml", "school: Frog School\n"),
            dict.fromkeys(ALL, "style.yaml:1: 'school' is Frog School, and is new"),
        ),
    ],
)
def test_only_outputs_that_an_edit_affects_are_made(tiny: Project, edit: tuple[str, ...], plan: dict[str, str]) -> None:
    assert made(tiny.build()) == sorted(ALL)
    assert planned(tiny) == {}
    getattr(tiny, edit[0])(*edit[1:])
    before = {path: path.stat().st_mtime_ns for path in tiny.files()}
    assert planned(tiny) == plan
    assert made(tiny.build()) == sorted(plan)
    assert {path.name for path in tiny.files() if path.stat().st_mtime_ns != before[path]} == set(plan)
    assert made(tiny.build()) == []


@pytest.mark.slow
def test_html_is_written_again_when_the_package_renders_it_differently(
    tiny: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.build()
    html = FORMATS["html"]

    def otherwise(page: Page, library: Library) -> Output:
        return replace(made := html(page, library), content=made.content + b"<!-- new -->")

    monkeypatch.setitem(FORMATS, "html", otherwise)
    assert planned(tiny)["pupils-briefing.html"] == "the content changed"
    tiny.build()
    assert contents(tiny.place / "again")["tiny/pupils-briefing.html"].endswith(b"<!-- new -->")


KEPT = LedgerEntry(
    {"words": "w", "html": "h"}, {"css/a.css": "1", "css/b.css": "2"}, {"pango": "1"}, {"format": "pdf"}, "out"
)


@pytest.mark.parametrize(
    ("kept", "now", "files", "found", "sentence"),
    [
        (KEPT, KEPT, KEPT.files, "out", None),
        (KEPT, KEPT, KEPT.files, None, "the file is missing"),
        (None, KEPT, KEPT.files, "out", "the ledger has no entry for the file"),
        (KEPT, KEPT, KEPT.files, "other", "the file was edited by hand since the last build"),
        (replace(KEPT, begun="new"), KEPT, KEPT.files, "new", "the last build was stopped while it made the file"),
        (replace(KEPT, begun="new"), KEPT, KEPT.files, "other", "the file was edited by hand since the last build"),
        (replace(KEPT, begun="new"), KEPT, KEPT.files, "out", None),
        (KEPT, replace(KEPT, page={"words": "v", "html": "g"}), {}, "out", TEXT),
        (KEPT, replace(KEPT, page={"words": "w", "html": "g"}), {}, "out", "the page's html changed, but not its text"),
        (KEPT, KEPT, {"css/a.css": "1", "css/b.css": "3"}, "out", "css/b.css changed"),
        (KEPT, KEPT, {"css/a.css": "1"}, "out", "css/b.css was removed"),
        (KEPT, KEPT, {}, "out", "css/a.css, css/b.css changed"),
        (
            KEPT,
            replace(KEPT, engine={"pango": "2"}),
            KEPT.files,
            "out",
            "the typesetter changed: pango was 1 and is 2",
        ),
        (
            replace(KEPT, style={"school": "s.yaml:1 Old", "ink": "s.yaml:2 #111", "tint": "s.yaml:3 #eee"}),
            replace(KEPT, page={}, style={"school": "s.yaml:4 New", "footer": "s.yaml:5 F", "tint": "s.yaml:6 #eee"}),
            KEPT.files,
            "out",
            "s.yaml:4: 'school' is New and was Old; s.yaml:5: 'footer' is F, and is new; s.yaml: 'ink' was removed",
        ),
        (KEPT, replace(KEPT, style={"school": "s.yaml:1 New"}), KEPT.files, "out", None),  # the page does not show it
        (KEPT, replace(KEPT, options={"format": "x"}), KEPT.files, "out", "the build options changed"),
    ],
)
def test_out_of_date_reason(
    kept: LedgerEntry | None, now: LedgerEntry, files: Mapping[str, str], found: str | None, sentence: str | None
) -> None:
    assert out_of_date_reason(kept, now, files.get, found) == sentence


@pytest.mark.slow
def test_an_output_edited_by_hand_is_kept_and_the_others_are_made_unless_forced(tiny: Project) -> None:
    tiny.build()
    path = tiny.place / "again/tiny/pupils-briefing.pdf"
    good = path.read_bytes()
    path.write_bytes(b"mine")
    tiny.edit("all", "lakes")
    with pytest.raises(UnfinishedError, match=r"edited-output.*pupils-briefing\.pdf.*--force") as caught:
        tiny.build()
    assert path.read_bytes() == b"mine"
    assert b"lakes" in (path.parent / "pupils-briefing.html").read_bytes()
    assert path not in caught.value.written
    assert sorted(p.name for p in caught.value.written) == sorted(name for name in ALL if name != path.name)
    with pytest.raises(UnfinishedError) as caught:  # kept and named again, and nothing else to do
        tiny.build()
    assert path.read_bytes() == b"mine"
    assert caught.value.written == ()
    tiny.edit("all", "ponds")
    assert made(tiny.build(force=True)) == sorted(ALL)
    assert path.read_bytes() == good
    assert made(tiny.build()) == []


@pytest.mark.slow
def test_unwanted_outputs_are_listed_and_pruned(tiny: Project) -> None:
    tiny.build()
    mine = tiny.place / "again/tiny/mine.pdf"
    mine.write_bytes(b"not ours")
    audience = tiny.place / "data/audiences/university.yaml"
    audience.write_text(audience.read_text().replace("document: briefing,", "document: briefing, formats: [html],"))
    unwanted = [tiny.place / "again/tiny/university-briefing.pdf"]
    report = tiny.build()
    assert (list(report.unwanted), report.pruned) == (unwanted, ())
    assert unwanted[0].exists()
    report = tiny.build(prune=True)
    assert (report.unwanted, list(report.pruned)) == ((), unwanted)
    assert not unwanted[0].exists()
    assert b"university-briefing.pdf" not in (tiny.place / "again/tiny/index.html").read_bytes()  # no broken link
    assert mine.exists()  # not in the ledger
    assert made(tiny.build(paper="letter")) != []
    assert tiny.build(paper="letter").unwanted == tiny.build().unwanted == ()  # the other paper is still wanted


@pytest.mark.slow
def test_files_of_an_audience_that_nobody_asked_for_are_never_unwanted(tiny: Project) -> None:
    tiny.build()
    audience = tiny.place / "data/audiences/university.yaml"
    audience.write_text(audience.read_text().replace("document: briefing,", "document: nothing,"))
    for asked in (("pupils",), ["pupils", "public"]):
        report = package.build(
            ["tiny"], audiences=asked, jobs=1, project=tiny.place, out=tiny.place / "again", prune=True
        )
        assert (report.unwanted, report.pruned) == ((), ())
    assert (tiny.place / "again/tiny/university-briefing.pdf").exists()


# --- a ledger that cannot be trusted -----------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("harm", "complaint"),
    [
        (lambda raw: raw[: len(raw) // 2], "is cut short or damaged"),
        (lambda raw: b"", "is cut short or damaged"),
        (lambda raw: b"\xff\xfe", "is cut short or damaged"),
        (lambda raw: b"[]", "is cut short or damaged"),
        (lambda raw: raw.replace(b'"ledger":1', b'"ledger":7'), "has version 7, not 1"),
        (lambda raw: raw.replace(b'"sheets":1', b'"sheets":2'), "was changed by hand"),
    ],
)
def test_an_untrusted_ledger_is_quarantined_and_pdfs_are_made_again(
    tiny: Project, harm: Callable[[bytes], bytes], complaint: str
) -> None:
    tiny.build()
    file = tiny.place / "again" / ledger.LEDGER_NAME
    harmed = harm(file.read_bytes())
    assert harmed != file.read_bytes()
    file.write_bytes(harmed)
    report = tiny.build()
    assert [(p.severity, p.code) for p in report.warnings] == [("warning", "ledger")]
    assert complaint in report.warnings[0].message
    assert (file.parent / ledger.QUARANTINE_NAME).read_bytes() == harmed
    # the other HTML is the same
    assert made(report) == ["index.html", "pupils-briefing.pdf", "university-briefing.pdf"]
    report = tiny.build()
    assert (report.written, report.warnings) == ((), ())


# --- errors ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("place", range(1, 9))
def test_a_build_stopped_between_two_writes_leaves_whole_files(
    tiny: Project, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    """Wherever a build stops, every file is the old or the new one, and the next build is right."""
    tiny.build()
    before = contents(tiny.place / "again")
    tiny.edit("all", "lakes")
    tiny.build("anew")
    after = contents(tiny.place / "anew")
    writes, replace_file = 0, os.replace

    def stop(source: str, target: str) -> None:
        nonlocal writes
        writes += 1
        if writes == place:
            raise KeyboardInterrupt
        replace_file(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", stop)
        with contextlib.suppress(KeyboardInterrupt):
            tiny.build()
    left = contents(tiny.place / "again")
    assert all(content in (before[name], after[name]) for name, content in left.items())
    assert set(left) == set(before)
    tiny.build()
    assert contents(tiny.place / "again") == after
    assert made(tiny.build()) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])  # a full disk, and a read-only folder
@pytest.mark.parametrize(
    ("file", "start"),
    [("pupils-briefing.html", rb"\s*<"), ("pupils-briefing.pdf", rb"\["), (ledger.LEDGER_NAME, rb'\{"body"')],
)
def test_a_file_that_cannot_be_written_is_left_as_it_was(
    tiny: Project, monkeypatch: pytest.MonkeyPatch, file: str, start: bytes, number: int
) -> None:
    tiny.build()
    before = contents(tiny.place / "again")
    tiny.edit("all", "lakes")
    write = os.write

    def full(handle: int, content: bytes) -> int:
        if re.match(start, content):
            write(handle, content[:5])
            raise OSError(number, os.strerror(number))
        return write(handle, content)

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(ProblemError, match=f"cannot write .*{os.strerror(number).lower()}"):
            tiny.build()
    left = contents(tiny.place / "again")
    assert set(left) == set(before)
    assert left.get(f"tiny/{file}") == before.get(f"tiny/{file}")  # not its first five bytes
    assert not list((tiny.place / "again").rglob("*.part"))
    tiny.build()
    tiny.build("anew")
    assert contents(tiny.place / "again") == contents(tiny.place / "anew")


def test_pdfs_of_a_large_folder_are_written_several_at_a_time(tiny: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny.build("anew")
    monkeypatch.setattr(folder_module, "_ENTRIES", 1)
    saved: list[int] = []
    save, replace_file = ledger.save, os.replace
    monkeypatch.setattr(ledger, "save", lambda folder, entries: (saved.append(len(entries)), save(folder, entries)))
    tiny.build()
    assert contents(tiny.place / "again") == contents(tiny.place / "anew")
    assert len(saved) == 5  # before and after the pages, before both PDFs, before the index, and at the end

    def refuse(source: str, target: str) -> None:
        if str(target).endswith("pupils-briefing.pdf"):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        replace_file(source, target)

    tiny.edit("foot", "two")
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(UnfinishedError, match=r"cannot write .*read-only") as caught:
        tiny.build()
    assert "university-briefing.pdf" in {path.name for path in caught.value.written}
    assert len(caught.value.problems) == 1


def test_leftovers_of_a_killed_build_are_removed(tiny: Project) -> None:
    tiny.build()
    folder = tiny.place / "again/tiny"
    part = Path(write_part(folder, b"half"))
    foreign = [folder / ".pupils-briefing.pdf.part", folder / ".briefings-mine.part", folder.parent / ".film.mkv.part"]
    for path in foreign:
        path.write_bytes(b"mine")
    tiny.build()
    assert not part.exists()
    assert all(path.exists() for path in foreign)


def test_a_second_build_into_a_folder_waits_for_the_first(tiny: Project) -> None:
    out = tiny.place / "again"
    said: list[str] = []
    order: list[str] = []

    def second() -> None:
        with lock_folder(out, said.append):
            order.append("second")

    with lock_folder(out, said.append):
        thread = threading.Thread(target=second)
        thread.start()
        while not said:
            time.sleep(0.01)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]
    assert said == [f"waiting for another build that writes to {out}"]
    assert not out.exists()  # it was empty


@pytest.mark.parametrize("added", ["<!-- a comment -->", "<span></span>", "\n\n"])
def test_an_added_tag_or_comment_does_not_change_the_text(added: str) -> None:
    before, after = (page_entry(Page("a", "T", f"<p>Ponds{text}</p>"), "pdf") for text in ("", added))
    assert before.page["words"] == after.page["words"]
    assert before.page["html"] != after.page["html"]
