"""Whoever holds a paper learns whether it is out of date: by its digest as typed, by its PDF, or by its edition."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import Run, raise_edition, replace_in

from briefings.composing.editions.content import document_digest
from briefings.editions.affected import Effects, find_digest
from briefings.editions.difference import Difference
from briefings.editions.states import read_edition, working_copy
from briefings.library import Library
from briefings.loading.load import load
from briefings.output.build import build
from briefings.pdf.embedded import data_file

pytestmark = pytest.mark.usefixtures("in_one_process")


def recorded(project: Path, number: int, document: str) -> str:
    body = json.loads((project / f"data/pond/editions/{number}/edition.json").read_text())["body"]
    return str(body["documents"][document].split()[0])


@pytest.fixture(scope="module")
def old_pdf(closed_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pupils' briefing of edition 1, and of edition 2, built."""

    out = tmp_path_factory.mktemp("old")
    for number in (1, 2):
        pack = closed_once / f"data/pond/editions/{number}/pond"
        build([pack], project=closed_once, out=out / str(number), audiences=["pupils"], documents=["briefing"], jobs=1)
    return out


def test_a_digest_as_somebody_types_it(closed: Path, run: Run) -> None:
    digest = recorded(closed, 1, "pupils-briefing")
    typed = f"{digest[:4].lower()} {digest[4:]}".replace("1", "l").replace("0", "o")
    done = run(["affected", typed], closed)
    assert done.code == 1
    lines = done.out.splitlines()
    assert lines[0] == "a paper of edition 1, 2024-07-01: pupils-briefing"
    assert lines[1].startswith("pupils-briefing: out of date; 0 added, ")
    current = recorded(closed, 2, "pupils-briefing")
    assert run(["affected", current], closed) == (
        0,
        "a paper of edition 2, 2024-08-01: pupils-briefing\n"
        "pupils-briefing: up to date; it says what it said in edition 2\n",
        "",
    )


def test_a_paper_that_did_not_change_since_an_old_edition(closed: Path, run: Run) -> None:
    done = run(["affected", recorded(closed, 1, "teachers-before")], closed)
    assert (done.code, done.out.splitlines()[1]) == (
        0,
        "teachers-before: up to date; it says what it said in edition 1",
    )


def test_a_paper_between_two_editions(closed: Path, run: Run) -> None:
    """It is up to date, and of no edition."""
    replace_in(closed / "data/pond/phases.yaml", "two days", "three days")
    pack = load(closed / "data/pond")
    now = working_copy(pack, Library(closed)).documents

    digest = document_digest(now["pupils-briefing"])
    assert find_digest(digest, pack, now).edition is None
    assert "of no edition that was closed" in run(["affected", digest], closed).out


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("ZZZZ-ZZZZ", "error[unknown-digest]: no edition of 'pond' has a paper with the digest ZZZZ-ZZZZ"),
        ("12", "error[not-a-digest]: '12' is no digest: it has eight letters and digits"),
        ("no/such.pdf", "error[unreadable]: this file cannot be read: no such file or directory"),
    ],
)
def test_what_is_no_paper_of_ours(closed: Path, run: Run, typed: str, message: str) -> None:
    done = run(["affected", typed], closed)
    assert (done.code, message in done.err) == (1, True), done.err


@pytest.mark.slow
def test_a_pdf_from_a_build(closed: Path, run: Run, old_pdf: Path) -> None:
    one, two = (old_pdf / str(number) / "pond/pupils-briefing.pdf" for number in (1, 2))
    data = data_file(one.read_bytes())
    assert data
    assert data["edition"]["digest"].replace("-", "") == recorded(closed, 1, "pupils-briefing")
    shutil.copytree(old_pdf / "1/pond", closed / "build/edition-1/pond")
    shutil.copytree(old_pdf / "2/pond", closed / "build/pond")
    done = run(["affected", str(one)], closed)
    assert done.code == 1
    assert "of the old paper\n" in done.out
    assert "of the new one\n" in done.out
    assert run(["affected", str(two)], closed).code == 0


def test_a_foreign_pdf(closed: Path, run: Run, old_pdf: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.pdf"
    foreign.write_bytes(
        b"%PDF-1.7\n1 0 obj\n<</Type /EmbeddedFile/Filter /FlateDecode/Length 4>>\nstream\nabcd\nendstream"
    )
    assert "error[foreign-pdf]: this is no PDF from 'briefings build'" in run(["affected", str(foreign)], closed).err
    other = (closed / "data/pond").rename(closed / "data/pool")
    replace_in(other / "pack.yaml", "id: pond\ntitle", "id: pool\ntitle")
    shutil.rmtree(other / "editions")
    paper = str(old_pdf / "1/pond/pupils-briefing.pdf")
    assert (
        "error[other-pack]: this is a paper of the pack 'pond', and not of 'pool'"
        in run(["affected", paper], closed).err
    )


def test_which_questions_have_another_answer(closed: Path, run: Run) -> None:
    raise_edition(closed, 3, "2024-09-01")
    replace_in(closed / "data/pond/classroom.yaml", "answer: Either, with", "answer: The keeper's, with")
    library = Library(closed)
    pack = load(closed / "data/pond")
    found = Difference(
        read_edition(closed / "data/pond", pack, 2, library), working_copy(pack, library), library, closed
    )
    effects = {change.key: Effects(found).of(change) for change in found.documents}
    assert effects["teachers-briefing"].answers == (("ex-1", "Q1"),)
    assert not effects["pupils-briefing"].out_of_date  # which prints no answers
    done = run(["affected", "--since", "2", "--json"], closed)
    assert [each["document"] for each in json.loads(done.out) if each["answers"]] == ["teachers-briefing"]


def test_either_a_paper_or_an_edition(closed: Path, run: Run) -> None:
    for arguments in (["affected"], ["affected", "ABCD", "--since", "1"]):
        assert run(arguments, closed).err == "briefings: name a digest or a PDF, or an edition with --since\n"


CORRECTIONS = """corrections:
  - {id: cor-1, edition: 2, kind: error, subjects: [frogs/class-april, est-1], text: "It is 1,300. [@diary]"}
"""


@pytest.mark.slow
@pytest.mark.tool("pdfinfo")
def test_a_slip_fits_one_sheet(closed: Path, run: Run) -> None:

    (closed / "data/pond/corrections.yaml").write_text(CORRECTIONS)
    done = run(["affected", "--since", "1", "--slip", "pupils-briefing"], closed)
    assert (done.code, done.out) == (0, "pupils-briefing-slip.pdf: one sheet\n"), done.err
    text = subprocess.run(
        ["pdftotext", "-layout", closed / "pupils-briefing-slip.pdf", "-"], capture_output=True, text=True
    )
    assert "1.1 It is 1,300." in " ".join(text.stdout.split())
    assert recorded(closed, 1, "pupils-briefing")[:4] in text.stdout
    many = "".join(
        f'  - {{id: cor-{n}, edition: 2, kind: error, subjects: [frogs/class-april], text: "It is {"long " * 40}."}}\n'
        for n in range(2, 60)
    )
    (closed / "data/pond/corrections.yaml").write_text(CORRECTIONS + many)
    done = run(["affected", "--since", "1", "--slip", "pupils-briefing", "--to", "slip.pdf"], closed)
    assert "more corrections have no room on it" in done.out, done
    nothing = run(["affected", "--since", "1", "--slip", "teachers-before"], closed)
    assert "error[nothing-to-correct]" in nothing.err
    assert "has no document 'pupils-poster'" in run(["affected", "--since", "1", "--slip", "pupils-poster"], closed).err
