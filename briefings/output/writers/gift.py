"""Quiz -> GIFT, plain text that Moodle and other platforms import: https://docs.moodle.org/en/GIFT_format."""

import re

from ...briefing.quiz import QuizItem
from ...library import Library
from ...page.page import Page
from ..output_file import Output

ENDING, ON_SCREEN, TYPESET = ".gift.txt", False, False

_SPECIAL = re.compile(r"([\\~=#{}:])")


def write(page: Page, library: Library) -> Output:
    """The questions of a page's quiz, each with a comment that has its id."""
    quiz = page.quiz
    assert quiz, "plans hold no quiz of a page that has none"
    questions = [f"// {' '.join(quiz.title.split())}", *(_question(item) for item in quiz.items)]
    return Output(f"{page.name}{ENDING}", ("\n\n".join(questions) + "\n").encode())


def _question(item: QuizItem) -> str:
    if item.kind == "choice":
        answers = [
            f"{'=' if o.right else '~'}{_text(o.text)}{f'#{_text(o.why)}' if o.why else ''}" for o in item.options
        ]
    else:
        pairs, others = item.as_pairs()
        answers = [f"={_text(first)} -> {_text(second)}" for first, second in pairs]
        answers += [f"= -> {_text(other)}" for other in others]
    told = [f"####{_text(item.answered_by)}"] if item.answered_by else []
    lines = "\n".join(f"\t{line}" for line in [*answers, *told])
    return f"// [id:{item.id}]\n::{item.number:02}::[plain]{_text(item.text)}{{\n{lines}\n}}"


def _text(text: str) -> str:
    """The text with a backslash before each character that has a meaning in GIFT, on one line."""
    # "->" joins a pair. A dash is put in its place: GIFT has no way to write the two characters.
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()).replace("->", "–"))
