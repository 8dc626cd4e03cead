"""veraPDF accepts every PDF of both packs for its standards, and rejects broken PDFs for the right rule."""

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import verapdf
from conftest import PACKS, POND, every_document, sheet

from briefings.checking.templates.markup import page_faults, template_faults
from briefings.library import Library
from briefings.page.page import Attachment
from briefings.pdf import tags, ua
from briefings.pdf.typeset import typeset

pytestmark = [pytest.mark.slow, pytest.mark.tool("javac")]

# Of processor time for each verdict, so that neither other processes nor the number of PDFs count. One process that
# validates all files takes 0.4 on a machine at work; one for each file takes more than 2.
SECONDS = 0.8


@pytest.fixture(scope="module")
def verdicts(built: Path) -> tuple[verapdf.Verdicts, float]:
    """veraPDF's verdicts on every built PDF, and the seconds of processor time that it took."""
    before = os.times()
    verdicts = verapdf.validate(sorted(built.rglob("*.pdf")))
    now = os.times()
    return verdicts, now.children_user + now.children_system - before.children_user - before.children_system


def test_every_document_passes_both_standards(
    verdicts: tuple[verapdf.Verdicts, float], record_property: Callable[[str, object], None]
) -> None:
    found = verdicts[0]
    fillable = {each.file for each in found.all if each.file.stem.endswith("-fillable")}
    # A PDF to fill in is PDF/UA-1 alone: PDF/A forbids fields that the reader's program draws.
    asked = [each for each in found.all if not (each.file in fillable and each.profile == "PDFA-3A")]
    failed = [str(verdict) for verdict in asked if not verdict.passed]
    assert failed == [], "\n".join(failed)
    # for docs/accessibility.md
    record_property("pdfs", len({each.file for each in found.all} - fillable))
    record_property("fillable", len(fillable))
    record_property("verapdf", found.version)
    record_property("rules", ", ".join(f"{count} of {name}" for name, count in found.rules.items()))
    assert all(verdict.assertions > 1000 for verdict in found.all), "the validator checked almost nothing"


@pytest.mark.parametrize("pack", PACKS)
def test_every_document_was_validated(built: Path, pack: str, verdicts: tuple[verapdf.Verdicts, float]) -> None:
    made = every_document(pack).items()
    expected = {name for name, each in made if "pdf" in each.choice.formats}
    expected |= {f"{name}-fillable" for name, each in made if "fillable" in each.choice.formats}
    for profile in verapdf.PROFILES:
        files = [each.file for each in verdicts[0].all if each.profile == profile]
        assert {file.stem for file in files if file.parent.name == pack} == expected


def test_validation_is_fast(verdicts: tuple[verapdf.Verdicts, float]) -> None:
    assert verdicts[1] < SECONDS * len(verdicts[0].all)


@pytest.mark.tool("qpdf")
def test_qpdf_finds_no_fault(built: Path) -> None:
    for file in sorted(built.rglob("*.pdf")):
        done = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "warning" not in (done.stdout + done.stderr).lower()


# -- broken ones ---------------------------------------------------------------------------------------

Edit = Callable[[Any], None]  # changes a finished pydyf.PDF


def without(*repairs: str) -> Callable[[pytest.MonkeyPatch], Edit]:
    """Skip repairs."""

    def edit(patch: pytest.MonkeyPatch) -> Edit:
        for repair in repairs:
            patch.setattr(ua, repair, lambda *_: None)
        return lambda _: None

    return edit


def after(change: Edit) -> Callable[[pytest.MonkeyPatch], Edit]:
    """Apply a change to the finished file."""
    return lambda _: change


def no_schema(patch: pytest.MonkeyPatch) -> Edit:
    patch.setattr(ua, "_UA_METADATA", f"{ua._UA_METADATA.splitlines()[0]}</rdf:RDF>")
    return lambda _: None


def dictionaries(pdf: Any, kind: str) -> Iterator[Any]:
    return (found for found in pdf.objects if isinstance(found, dict) and found.get("Type") == kind)


def delete_key(kind: str, key: str) -> Callable[[pytest.MonkeyPatch], Edit]:
    """Delete a key from every dictionary of a type."""

    def change(pdf: Any) -> None:
        for found in list(dictionaries(pdf, kind)):
            del found[key]

    return after(change)


def retag(old: str, new: str) -> Callable[[pytest.MonkeyPatch], Edit]:
    """Change the structure type of elements."""

    def change(pdf: Any) -> None:
        for element in tags.elements(pdf):
            if element["S"] == old:
                element["S"] = new

    return after(change)


GOOD = """<h1>A pond</h1><p>A frog<sup><a href="#note">1</a></sup>, <a href="https://example.org/">or <b>two</b></a></p>
<ul><li><p>one</p><p>two</p></li></ul><h2>How many</h2>
<table><thead><tr><th>a</th><th>b</th></tr></thead><tr><td>1</td><td>2</td></tr></table>
<svg width="9" height="9"><title>A dot</title><rect width="9" height="9"/></svg><p id="note">By hand</p>"""
SPANS = """<h1>A</h1><table><tr><th rowspan="2">a</th><th colspan="2">b</th></tr><tr><th>c</th><th>d</th></tr>
<tr><td>1</td><td>2</td><td>3</td></tr></table>"""
A, UA = verapdf.PROFILES

BROKEN: dict[str, tuple[str, str, str, Callable[[pytest.MonkeyPatch], Edit]]] = {
    # what is wrong: (profile, rule, HTML, how the file is broken)
    "not said to be PDF/UA": (UA, "5-1", GOOD, without("declare_pdf_ua")),
    "PDF/UA not described for PDF/A": (A, "6.6.2.3.1-1", GOOD, no_schema),
    "two annotations in a link": (UA, "7.18.5-1", GOOD, without("remove_nested_link_annotations")),
    "a list item without a body": (UA, "7.2-20", GOOD, without("wrap_list_bodies")),
    "headers that head nothing": (UA, "7.5-1", SPANS, without("set_header_scopes")),
    "opacity": (UA, "7.1-3", '<h1>A</h1><p style="opacity: .5">x</p>', after(lambda _: None)),
    "a drawing without a title": (UA, "7.3-1", '<h1>A</h1><svg width="9" height="9"/>', after(lambda _: None)),
    "a skipped heading level": (UA, "7.4.2-1", "<h1>A</h1><h3>B</h3>", after(lambda _: None)),
    "an irregular table": (UA, "7.2-43", GOOD.replace("<td>2</td>", ""), after(lambda _: None)),
    "a table that is a block": (
        UA,
        "7.2-3",
        GOOD.replace("<table", '<table style="display: block"'),
        after(lambda _: None),
    ),
    "a cell that is a grid": (
        UA,
        "7.2-10",
        GOOD.replace("<td>1", '<td style="display: grid">1'),
        after(lambda _: None),
    ),
    "links without descriptions": (UA, "7.18.5-2", GOOD, delete_key("/Annot", "Contents")),
    "no language": (UA, "7.2-34", GOOD, after(lambda pdf: pdf.catalog.pop("Lang"))),
    "no title shown": (UA, "7.1-10", GOOD, after(lambda pdf: pdf.catalog.pop("ViewerPreferences"))),
    "not marked as tagged": (A, "6.7.2.2-1", GOOD, after(lambda pdf: pdf.catalog.pop("MarkInfo"))),
    "no structure tree": (A, "6.7.3.3-1", GOOD, after(lambda pdf: pdf.catalog.pop("StructTreeRoot"))),
    "no order of tabs": (UA, "7.18.3-1", GOOD, delete_key("/Page", "Tabs")),
    "colours without an output intent": (A, "6.2.4.3-2", GOOD, after(lambda pdf: pdf.catalog.pop("OutputIntents"))),
    "annotations that do not print": (A, "6.3.2-1", GOOD, delete_key("/Annot", "F")),
    "an attachment without a relationship": (A, "6.8-3", GOOD, delete_key("/Filespec", "AFRelationship")),
    "an unknown tag": (UA, "7.1-5", GOOD, retag("/H2", "/Headline")),
    "a font that is not embedded": (A, "6.2.11.4.1-1", GOOD, delete_key("/FontDescriptor", "FontFile2")),
}


H, LINK = "<h1>A</h1>", '<a href="https://example.org/">'
REPAIRED = {  # what designers may write: the finisher repairs it, and the lint accepts it
    "an element in a link": f"{H}<p>{LINK}<b>one</b> two</a> {LINK}<i>three</i></a></p>",
    "a block in a link": f"{H}{LINK}<p>one</p></a>",
    "a drawing in a link": f'{H}{LINK}<svg width="9" height="9"><title>A dot</title><path d="M0 0"/></svg></a>',
    "two blocks in an item": f"{H}<ul><li><p>one</p><p>two</p></li><li>three <p>four</p></li></ul>",
    "a marker inside": f'{H}<ul style="list-style-position: inside"><li>one</li></ul>',
    "lists in lists": f"{H}<ol><li><p>one</p><ul><li>two</li></ul></li></ol>",
    "items laid out": f'{H}<ul><li style="display: grid"><p>one</p><p>two</p></li></ul>',
    "terms": f"{H}<dl><div><dt>one</dt><dd><p>two</p><p>three</p></dd></div></dl>",
    "spans in headers": SPANS,
    "headers of rows": f'{H}<table><tr><td></td><th>a</th></tr><tr><th scope="row">r</th><td>1</td></tr></table>',
    "running text": f"<style>@page {{ @top-left {{ content: 'one' }} }}</style>{H}<p>two</p>",
    "a link over lines": f'{H}<p style="width: 20px">{LINK}one two three four five</a></p>',
}


@pytest.fixture(scope="module")
def controls(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, verapdf.Verdict]]:
    """The verdicts on the broken files, the repaired ones and the good one they are made from."""
    folder = tmp_path_factory.mktemp("broken")
    whole = {name: (UA, "", html, after(lambda _: None)) for name, html in {"good": GOOD, **REPAIRED}.items()}
    broken = {**whole, **BROKEN}
    files = {name: folder / f"{name.replace('/', '-')}.pdf" for name in broken}
    for name, (_, _, html, breaks) in broken.items():
        files[name].write_bytes(made(html, breaks))
    verdicts = verapdf.validate(files.values())
    return {name: verdicts.of(file) for name, file in files.items()}


def made(html: str, breaks: Callable[[pytest.MonkeyPatch], Edit]) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        change, finisher = breaks(patch), ua.finisher

        def broken(root: Any, **options: Any) -> Callable[[Any, Any], None]:
            def finish_and_break(document: Any, pdf: Any) -> None:
                finisher(root, **options)(document, pdf)
                change(pdf)

            return finish_and_break

        patch.setattr(ua, "finisher", broken)
        page = replace(sheet(html), date="2026-11-25", attachment=Attachment("a.json", "What is shown", "{}"))
        return typeset(page, Library(POND)).pdf


@pytest.mark.parametrize("name", ["good", *REPAIRED])
def test_a_repaired_pdf_passes(name: str, controls: dict[str, dict[str, verapdf.Verdict]]) -> None:
    assert [str(verdict) for verdict in controls[name].values() if not verdict.passed] == []


@pytest.mark.parametrize("name", REPAIRED)
def test_the_lint_accepts_what_is_repaired(name: str) -> None:
    page = f'<html lang="en"><title>T</title>{REPAIRED[name]}'
    assert [*template_faults(REPAIRED[name]), *page_faults(page)] == []


@pytest.mark.parametrize(
    ("name", "code"),
    {
        "opacity": "opacity",
        "a drawing without a title": "untitled-drawing",
        "a skipped heading level": "skipped-heading",
        "an irregular table": "irregular-table",
        "a table that is a block": "table-display",
        "a cell that is a grid": "table-display",
    }.items(),
)
def test_the_lint_reports_what_cannot_be_repaired(name: str, code: str) -> None:
    html = BROKEN[name][2]
    page = f'<html lang="en"><title>T</title>{html}'
    assert {fault.code for fault in (*template_faults(html), *page_faults(page))} == {code}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_pdf_fails_for_its_rule(name: str, controls: dict[str, dict[str, verapdf.Verdict]]) -> None:
    profile, rule, *_ = BROKEN[name]
    verdict = controls[name][profile]
    assert not verdict.passed
    assert rule in verdict.failed, str(verdict)
