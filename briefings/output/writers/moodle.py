"""Quiz -> Moodle XML, which Moodle imports into a question bank.

The elements are those of https://docs.moodle.org/en/Moodle_XML_format. Only question types that each version of Moodle
has: to put things in order is to match each with its place.
"""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ...briefing.quiz import QuizItem
from ...library import Library
from ...page.page import Page
from ..output_file import Output

ENDING, ON_SCREEN, TYPESET = ".moodle.xml", False, False


def write(page: Page, library: Library) -> Output:
    """The questions of a page's quiz, in a category with its title."""
    quiz = page.quiz
    assert quiz, "plans hold no quiz of a page that has none"
    root = Element("quiz")
    category = SubElement(root, "question", type="category")
    # A slash would begin a category inside the category; Moodle reads two as one that is meant.
    _text(SubElement(category, "category"), f"$course$/top/{quiz.title.replace('/', '//')}")
    for item in quiz.items:
        _question(root, item)
    indent(root, " ")
    content = tostring(root, encoding="unicode", short_empty_elements=False)
    return Output(f"{page.name}{ENDING}", f'<?xml version="1.0" encoding="UTF-8"?>\n{content}\n'.encode())


def _question(root: Element, item: QuizItem) -> None:
    question = SubElement(root, "question", type="multichoice" if item.kind == "choice" else "matching")
    _text(SubElement(question, "name"), f"{item.number:02} {item.text}"[:255])  # as long as Moodle's database holds
    _text(SubElement(question, "questiontext", format="plain_text"), item.text)
    _text(SubElement(question, "generalfeedback", format="plain_text"), item.answered_by)
    SubElement(question, "defaultgrade").text = str(item.marks)
    SubElement(question, "penalty").text = "0"
    SubElement(question, "hidden").text = "0"
    SubElement(question, "idnumber").text = item.id
    if item.kind != "choice":
        SubElement(question, "shuffleanswers").text = "true"
        pairs, others = item.as_pairs()
        for first, second in [*pairs, *(("", other) for other in others)]:
            pair = SubElement(question, "subquestion", format="plain_text")
            _text(pair, first)
            _text(SubElement(pair, "answer"), second)
        return
    SubElement(question, "single").text = "true"
    SubElement(question, "shuffleanswers").text = "false"  # numbers stand in their order, as on the worksheet
    SubElement(question, "answernumbering").text = "ABCD"
    for option in item.options:
        answer = SubElement(question, "answer", fraction="100" if option.right else "0", format="plain_text")
        _text(answer, option.text)
        _text(SubElement(answer, "feedback", format="plain_text"), option.why)


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = text
