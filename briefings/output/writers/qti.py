"""Quiz -> a QTI 2.1 content package: a zip file with a test, an item for each question, and a manifest.

Elements are those of the 1EdTech specification "Question and Test Interoperability 2.1". Each item scores from 0 to 1;
its marks are its weight in the test. Rules say how it is scored, and name the standard's template that does the same,
for platforms that know only these. What a teacher is told stands in a rubric block that only scorers and tutors see.
"""

import io
import zipfile
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ...briefing.quiz import Quiz, QuizItem, mixed
from ...library import Library
from ...page.page import Page
from ..output_file import Output

ENDING, ON_SCREEN, TYPESET = ".qti.zip", False, False

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def write(page: Page, library: Library) -> Output:
    """The package. Its files are stored uncompressed and undated, so that the same quiz gives the same bytes."""
    quiz = page.quiz
    assert quiz, "plans hold no quiz of a page that has none"
    files = {f"{_name(item)}.xml": _item(item, quiz.language) for item in quiz.items}
    files = {"imsmanifest.xml": _manifest(quiz), "test.xml": _test(quiz), **files}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name, root in files.items():
            indent(root, " ")
            text = '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"
            package.writestr(zipfile.ZipInfo(name), text.encode())
    return Output(f"{page.name}{ENDING}", content.getvalue())


def _name(item: QuizItem) -> str:
    return f"question-{item.number:02}"


def _manifest(quiz: Quiz) -> Element:
    root = Element("manifest", xmlns=_PACKAGE, identifier=f"package-{quiz.id}")
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "QTIv2.1 Package"
    SubElement(metadata, "schemaversion").text = "1.0.0"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    test = SubElement(resources, "resource", identifier="test", type="imsqti_test_xmlv2p1", href="test.xml")
    SubElement(test, "file", href="test.xml")
    for item in quiz.items:
        SubElement(test, "dependency", identifierref=_name(item))
        file = f"{_name(item)}.xml"
        resource = SubElement(resources, "resource", identifier=_name(item), type="imsqti_item_xmlv2p1", href=file)
        SubElement(resource, "file", href=file)
    return root


def _test(quiz: Quiz) -> Element:
    root = Element("assessmentTest", xmlns=QTI, identifier="test", title=quiz.title)
    _outcome(root, "SCORE", 0)
    part = SubElement(root, "testPart", identifier="part", navigationMode="nonlinear", submissionMode="individual")
    section = SubElement(part, "assessmentSection", identifier="section", title=quiz.title, visible="true")
    for item in quiz.items:
        reference = SubElement(section, "assessmentItemRef", identifier=_name(item), href=f"{_name(item)}.xml")
        SubElement(reference, "weight", identifier="marks", value=str(item.marks))
    processing = SubElement(root, "outcomeProcessing")
    total = SubElement(SubElement(processing, "setOutcomeValue", identifier="SCORE"), "sum")
    SubElement(total, "testVariables", variableIdentifier="SCORE", weightIdentifier="marks")
    return root


def _item(item: QuizItem, language: str) -> Element:
    attributes = {"identifier": _name(item), "title": item.id, "adaptive": "false", "timeDependent": "false"}
    root = Element("assessmentItem", {"xmlns": QTI, **attributes, "xml:lang": language})
    body = Element("itemBody")
    template = {"choice": _choice, "order": _order, "match": _match}[item.kind](item, root, body)
    _outcome(root, "SCORE", 0)
    told = [item.answered_by, *(f"{_LETTERS[n]}: {o.why}" for n, o in enumerate(item.options) if o.why)]
    if any(told):
        rubric = SubElement(body, "rubricBlock", view="scorer tutor")
        for line in filter(None, told):
            SubElement(rubric, "p").text = line
    root.append(body)
    _processing(root, template)
    return root


def _processing(root: Element, template: str) -> None:
    processing = SubElement(root, "responseProcessing", template=f"{_TEMPLATES}/{template}")
    if template == "map_response":
        score = SubElement(processing, "setOutcomeValue", identifier="SCORE")
        SubElement(score, "mapResponse", identifier="RESPONSE")
        return
    right = SubElement(SubElement(processing, "responseCondition"), "responseIf")
    same = SubElement(right, "match")
    SubElement(same, "variable", identifier="RESPONSE")
    SubElement(same, "correct", identifier="RESPONSE")
    score = SubElement(right, "setOutcomeValue", identifier="SCORE")
    SubElement(score, "baseValue", baseType="float").text = "1"


def _choice(item: QuizItem, root: Element, body: Element) -> str:
    right = [_LETTERS[n] for n, option in enumerate(item.options) if option.right]
    _response(root, "single", "identifier", right)
    asked = _interaction(body, "choiceInteraction", item, shuffle="false", maxChoices="1")
    for letter, option in zip(_LETTERS, item.options, strict=False):
        SubElement(asked, "simpleChoice", identifier=letter).text = option.text
    return "match_correct"


def _order(item: QuizItem, root: Element, body: Element) -> str:
    shown = mixed(item.sequence, item.id)
    names = dict(zip(shown, _LETTERS, strict=False))
    _response(root, "ordered", "identifier", [names[text] for text in item.sequence])
    asked = _interaction(body, "orderInteraction", item, shuffle="true")
    for text in shown:
        SubElement(asked, "simpleChoice", identifier=names[text]).text = text
    return "match_correct"


def _match(item: QuizItem, root: Element, body: Element) -> str:
    """Each right pair earns its part of the mark. A second half may belong to several first halves."""
    seconds = mixed(tuple(dict.fromkeys([second for _, second in item.pairs] + list(item.others))), item.id)
    names = {text: f"T{n}" for n, text in enumerate(seconds, 1)}
    right = [f"S{n} {names[second]}" for n, (_, second) in enumerate(item.pairs, 1)]
    mapping = SubElement(_response(root, "multiple", "directedPair", right), "mapping", defaultValue="0")
    mapping.attrib |= {"lowerBound": "0", "upperBound": "1"}
    part = round(1 / len(right), 4)
    for number, pair in enumerate(right, 1):
        value = part if number < len(right) else round(1 - part * (len(right) - 1), 4)  # the last one gets the rest
        SubElement(mapping, "mapEntry", mapKey=pair, mappedValue=f"{value:g}")
    asked = _interaction(body, "matchInteraction", item, shuffle="true", maxAssociations=str(len(right)))
    given = SubElement(asked, "simpleMatchSet")
    for number, (first, _) in enumerate(item.pairs, 1):
        SubElement(given, "simpleAssociableChoice", identifier=f"S{number}", matchMax="1").text = first
    wanted = SubElement(asked, "simpleMatchSet")
    for text, name in names.items():
        SubElement(wanted, "simpleAssociableChoice", identifier=name, matchMax=str(len(right))).text = text
    return "map_response"


def _response(root: Element, cardinality: str, kind: str, right: list[str]) -> Element:
    response = SubElement(root, "responseDeclaration", identifier="RESPONSE", cardinality=cardinality, baseType=kind)
    correct = SubElement(response, "correctResponse")
    for value in right:
        SubElement(correct, "value").text = value
    return response


def _outcome(root: Element, name: str, value: int) -> None:
    outcome = SubElement(root, "outcomeDeclaration", identifier=name, cardinality="single", baseType="float")
    SubElement(SubElement(outcome, "defaultValue"), "value").text = str(value)


def _interaction(body: Element, kind: str, item: QuizItem, **attributes: str) -> Element:
    asked = SubElement(body, kind, {"responseIdentifier": "RESPONSE", **attributes})
    SubElement(asked, "prompt").text = item.text
    return asked
