"""Briefing and wording -> the Quiz of a paper that prints answers, in plain words."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from .. import markdown
from ..briefing.parts import Briefing
from ..briefing.quiz import Quiz, QuizItem, QuizOption
from ..briefing.worksheet import OptionView, TaskView
from ..language.wording import Wording


def option_words(wording: Wording, option: OptionView) -> str:
    """What an option says: an estimate with its short unit, a date, or names."""
    if option.row:
        words = wording.estimate(option.row, "short")
    else:
        words = wording.when(option.when) if option.when else wording.names(option.names)
    return words[:1].upper() + words[1:]


def quiz_of(briefing: Briefing, wording: Wording) -> Quiz | None:
    """The closed questions of a worksheet with their answers; None where the paper prints none."""
    if not briefing.has_quiz or briefing.worksheet is None:
        return None
    items = tuple(_item(briefing, wording, task) for task in briefing.worksheet.tasks if task.form != "open")
    return Quiz(briefing.name, _words(briefing, wording, briefing.worksheet.title), briefing.pack.language, items)


def _item(briefing: Briefing, wording: Wording, task: TaskView) -> QuizItem:
    words = partial(_words, briefing, wording)
    strings: Mapping[str, str] = wording.strings["worksheet"]
    seen = ", ".join(label or strings["key_figures"] for _, label in task.evidence)
    item = QuizItem(task.id, "choice", task.number, words(task.text), task.worth, seen)
    why = words(task.about)
    if task.form == "order":
        rows = sorted(task.rows, key=lambda row: row.place)
        return replace(item, kind="order", sequence=tuple(words(row.text) for row in rows))
    if task.form == "sort":
        pairs = tuple((words(row.text), strings["fact" if row.fact else "claim"]) for row in task.rows)
        return replace(item, kind="match", pairs=pairs)
    options = tuple(
        QuizOption(option_words(wording, option), option.right, "" if option.right else why) for option in task.options
    )
    return replace(item, options=options)


def _words(briefing: Briefing, wording: Wording, raw: str) -> str:
    """A text as plain words, with its numbers and without its citations."""

    def write(mark: markdown.ValidMark, _: bool) -> str:
        if isinstance(mark, markdown.NumberReference):
            return wording.estimate(briefing.rows[mark.ref], mark.form)
        return briefing.references[mark.target] if isinstance(mark, markdown.Reference) else ""

    # A citation leaves the space before it, and one before a comma.
    return " ".join(markdown.render_plain(raw, write).replace(" ,", ",").replace(" .", ".").split()) if raw else ""
