"""Read quiz files back with parsers of other people: what a learning platform would find in them."""

import io
import json
import subprocess
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import moodle_xml_parser.parser as moodle_parser
import xmlschema
from conftest import HERE, node_module
from pyslet.qtiv2 import tests as qti_tests
from pyslet.qtiv2.items import AssessmentItem
from pyslet.qtiv2.variables import ItemSessionState
from pyslet.qtiv2.xml import QTIDocument
from pyslet.rfc2396 import URI
from pyslet.xml.structures import Element

_SCHEMA = xmlschema.XMLSchema10(HERE / "output/moodle.xsd")
# How a test adds up the marks of its items: QTI defines it, and pyslet knows only items.
_NOT_READ = ("weight", "outcomeProcessing", "setOutcomeValue", "sum", "testVariables")
_PARSE_GIFT = """
const path = process.argv[1];
const parser = require(path + '/' + require(path + '/package.json').main);
console.log(JSON.stringify(parser.parse(require('fs').readFileSync(0, 'utf8'))));
"""


def read_moodle(content: bytes) -> list[Any]:
    """The choices of a Moodle XML file, which must keep to the schema."""
    _SCHEMA.validate(io.BytesIO(content))
    return moodle_parser.parse_bytes(content)["multichoice"]


def read_gift(content: bytes) -> list[Any]:
    """The questions of a GIFT file, as JSON of gift-pegjs."""
    folder = node_module("gift-pegjs/package.json").parent
    done = subprocess.run(["node", "-e", _PARSE_GIFT, folder], input=content, capture_output=True, check=True)
    found: list[Any] = json.loads(done.stdout)
    return found


def read_qti(content: bytes, folder: Path) -> list[AssessmentItem]:
    """The items of a QTI package, in the order of its test. Each element must be one that QTI defines."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        package.extractall(folder)
    test = _document(folder / "test.xml")
    names = [ref.href for ref in test.find_children_depth_first(qti_tests.AssessmentItemRef)]
    return [_document(folder / str(name)) for name in names]


def _document(path: Path) -> Any:
    document = QTIDocument(base_uri=URI.from_path(str(path)))
    with _old_names():
        document.read()
    # Pyslet leaves out what QTI does not define.
    found = (document.root, *document.root.find_children_depth_first(Element))
    read = [element.xmlname for element in found if element.xmlname not in _NOT_READ]
    assert read == [tag.rpartition("}")[2] for tag in _tags(path)], f"{path.name} has an element that QTI lacks"
    return document.root


def _tags(path: Path) -> list[str]:
    tags = (element.tag for element in ElementTree.parse(path).iter())
    return [tag for tag in tags if tag.rpartition("}")[2] not in _NOT_READ]


def right_answer(item: AssessmentItem) -> Any:
    """What an item calls correct: an identifier, a list of them, or a dictionary with pairs as keys."""
    return _session(item)["RESPONSE.CORRECT"].value


def score(item: AssessmentItem, answer: object) -> float:
    """What an item gives for an answer."""
    state = _session(item)
    state["RESPONSE"].set_value(answer)
    with _old_names():
        item.ResponseProcessing.run(state)
    return float(state["SCORE"].value)


def _session(item: AssessmentItem) -> ItemSessionState:
    with _old_names():
        state = ItemSessionState(item)
        state.begin_session()
    return state


@contextmanager
def _old_names() -> Iterator[None]:
    """Pyslet calls functions of its own by names that it has replaced."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield
