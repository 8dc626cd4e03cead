"""A finished PDF -> the size of each of its glyphs on paper, and what is smaller than its readers need."""

import ctypes
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

from briefings.briefing.parts import Briefing
from briefings.library import shipped

# What pupils write on, and what a teacher reads while a class waits: nothing on these is small but the sources.
CLASS_PAPERS = ("worksheet", "source-cards", "debate", "verification", "words", "map-sheet")
TEACHER_PAPERS = ("lesson", "before", "worksheet-key", "source-cards-key", "verification-key", "slide-notes")
# What may be smaller on every paper, by the token that sets its size. Labels of drawings (--drawing-text) and pictures
# of slides are marked as figures, running heads (--running) as artifacts.
SMALL_ANYWHERE = ("tiny",)  # the sources, the colophon
# On other papers also tables, captions, cards and explained words; and the numbers of paragraphs in the margin.
SMALL_ELSEWHERE = ("tiny", "small", "reference")
# And words in sans within a text in serif, which look larger: parts of its size, in parts.css and judgements.css.
BESIDE_SERIF = (0.93, 0.9)
# The least that is read on a copy of a copy: of labels in drawings, and of sources, the colophon and running heads.
COPIED_LABEL, COPIED = 9, 8
CREDIT = "Map data:"  # under a map, in the words of its ground
PICTURES = 200  # points from the left edge: the pictures of slides on a sheet of notes


class Run(NamedTuple):
    """Letters of one size that follow each other, with what the PDF marks them as: Span for text, Figure, Artifact."""

    sheet: int
    size: float  # in points
    mark: str
    text: str
    left: float  # of its first letter, in points
    ink: tuple[int, int, int]  # of its first letter


def least_size(briefing: Briefing) -> float:
    """How large the text of a paper is at least, in points."""
    if briefing.choice.document in CLASS_PAPERS:
        return 11
    return 12 if briefing.audience.level == "plain" and briefing.choice.document == "briefing" else 9.2


def small_print(pdf: Path, briefing: Briefing, words: Mapping[str, Any]) -> list[str]:
    """The texts of a paper that are smaller than its readers need, and that no token makes so by its name.

    `words` are the fixed texts: on some papers nothing is small but what stands under the head of the sources.
    """
    tokens, least = sizes(briefing.choice.look), least_size(briefing)
    strict = briefing.choice.document in (*CLASS_PAPERS, *TEACHER_PAPERS) or briefing.choice.layout == "glance"
    named = [tokens[name] for name in (SMALL_ANYWHERE if strict else SMALL_ELSEWHERE)]
    named += [] if strict else [part * tokens[size] for part in BESIDE_SERIF for size in ("text", "small")]
    copied = briefing.choice.document in CLASS_PAPERS
    faults, sources = [], -1  # the sheet on which the sources begin; they may go on on the next
    for run in runs(pdf):
        if any(head in run.text for head in (words["sources"], words["colophon"], CREDIT)):
            sources = run.sheet
        if run.size >= least - 0.05 or re.fullmatch(r"Q?[\d\s,:./]+", run.text):  # calls for notes and numbers
            continue
        beside = run.mark == "Figure" or (run.mark == "Artifact" and run.size >= tokens["running"])
        beside |= briefing.choice.document == "slide-notes" and run.left < PICTURES
        meant = any(abs(run.size - size) < 0.06 for size in named) and (not strict or run.sheet - sources < 2)
        lost = copied and run.size < (COPIED_LABEL if run.mark == "Figure" else COPIED) - 0.05
        if lost or not (beside or meant):
            faults.append(f"sheet {run.sheet}, {run.size}pt: {run.text[:60]}")
    return faults


@cache
def sizes(look: str) -> dict[str, float]:
    """The tokens of a look that are sizes of type, in points."""
    folder = shipped() / "templates/css"
    css = "".join((folder / name).read_text() for name in ("tokens.css", f"looks/{look}.css"))
    return {name: float(size) for name, size in re.findall(r"--([a-z0-9-]+):\s*([\d.]+)pt", css)}


@cache
def runs(pdf: Path) -> tuple[Run, ...]:
    """The text of a PDF in reading order. Kept, since a file of these tests never changes."""
    return tuple(_runs(pdf))


def _runs(pdf: Path) -> Iterator[Run]:
    for sheet, page in enumerate(pypdfium2.PdfDocument(pdf), 1):
        found = page.get_textpage()
        now: tuple[float, str] = 0.0, ""
        text, left, ink = "", 0.0, (0, 0, 0)
        for index in range(found.count_chars()):
            letter = chr(raw.FPDFText_GetUnicode(found, index))
            if letter.isspace() or letter in "\u00ad\ufffe":
                text += " " if text and letter.isspace() else ""
                continue
            seen = _size(found, index), _mark(found, index)
            if seen != now and text:
                yield Run(sheet, *now, text.strip(), left, ink)
                text = ""
            left, ink = (left, ink) if text else (_left(found, index), _ink(found, index))
            now, text = seen, text + letter
        if text:
            yield Run(sheet, *now, text.strip(), left, ink)


def _size(page: pypdfium2.PdfTextPage, index: int) -> float:
    """The size of a glyph as it is printed: a drawing or the picture of a slide scales what it holds."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(page, index, ctypes.byref(matrix))
    scale = float(abs(matrix.a * matrix.d - matrix.b * matrix.c)) ** 0.5
    return round(float(raw.FPDFText_GetFontSize(page, index)) * scale, 1)


def _left(page: pypdfium2.PdfTextPage, index: int) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(page, index, ctypes.byref(x), ctypes.byref(y))
    return x.value


def _ink(page: pypdfium2.PdfTextPage, index: int) -> tuple[int, int, int]:
    red, green, blue, opaque = (ctypes.c_uint() for _ in range(4))
    raw.FPDFText_GetFillColor(page, index, red, green, blue, opaque)
    return red.value, green.value, blue.value


def _mark(page: pypdfium2.PdfTextPage, index: int) -> str:
    """The outermost mark of a glyph's content. Labels of a drawing that are set in groups have none of their own."""
    thing = raw.FPDFText_GetTextObject(page, index)
    if not thing or raw.FPDFPageObj_CountMarks(thing) == 0:
        return "Figure"
    name, length = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
    raw.FPDFPageObjMark_GetName(raw.FPDFPageObj_GetMark(thing, 0), name, ctypes.sizeof(name), ctypes.byref(length))
    return "".join(map(chr, name[: length.value // 2 - 1]))
