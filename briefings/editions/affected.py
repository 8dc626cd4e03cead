"""A printed digest, a PDF or an edition -> which papers are out of date, on which sheets, and with which answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ..briefing.parts import Briefing, ExerciseView, TaskView
from ..briefing.walk import all_parts
from ..composing.editions.content import document_digest, read_digest, written
from ..pack.edition import Edition
from ..pack.pack import Pack
from ..pdf.embedded import data_file
from ..problems import Mark, Problem, ProblemError
from ..safe_files import MAX_OUTPUT, read_bytes
from ..schema.corrections import Correction
from .compare import DocumentChange
from .difference import Difference

_ANSWERS = {"answer", "items", "farthest", "marks", "kind"}  # what decides on an answer
_TELLS = {"value", "low", "high", "words", "bound", "date", "start", "end", "by", "as_of", "status", "lat", "lon"}


@dataclass(frozen=True)
class Held:
    """A paper that somebody holds: of which edition, and which documents have this digest. `edition` is None where the
    working copy has it and no edition. `data` is what a PDF says of itself."""

    digest: str
    edition: Edition | None
    documents: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class Affected:
    """What became of a document since an edition: `sheets` of the old PDF, if it was built, and of the new one."""

    change: DocumentChange
    old_sheets: tuple[int, ...]
    sheets: tuple[int, ...]
    answers: tuple[tuple[str, str], ...]  # (id, number) of each question that has another answer
    corrections: tuple[Correction, ...]

    @property
    def out_of_date(self) -> bool:
        """Whether it says anything else."""
        return self.change.what is not None


def find_digest(text: str, pack: Pack, now: Mapping[str, Briefing]) -> Held:
    """The paper with a typed digest. `now` are the documents of the working copy. Raises ProblemError."""
    digest = read_digest(text)
    if not digest:
        message = f"'{text}' is no digest: it has eight letters and digits, such as 7K2M-9QXA"
        raise ProblemError([Problem("not-a-digest", message, None, "type it as it stands at the end of the paper")])
    for edition in pack.editions:
        if keys := tuple(key for key, printed in edition.documents.items() if printed.digest == digest):
            return Held(digest, edition, keys)
    if keys := tuple(key for key, briefing in now.items() if document_digest(briefing) == digest):
        return Held(digest, None, keys)
    message = f"no edition of '{pack.id}' has a paper with the digest {written(digest)}"
    hint = "compare it with the paper once more; what was made between two editions, or by others, is in none"
    raise ProblemError([Problem("unknown-digest", message, None, hint)])


def find_pdf(path: Path, pack: Pack, now: Mapping[str, Briefing]) -> Held:
    """The paper in a PDF. Raises ProblemError: it cannot be read, is foreign, or of another pack."""
    try:
        data = data_file(read_bytes(path, limit=MAX_OUTPUT))
    except OSError as error:
        message = f"this file cannot be read: {(error.strerror or str(error)).lower()}"
        raise ProblemError([_at(path, "unreadable", message, "name a PDF")]) from None
    if data is None:
        message = "this is no PDF from 'briefings build': it has no data file of a document"
        hint = "type the digest that stands at the end of the paper"
        raise ProblemError([_at(path, "foreign-pdf", message, hint)])
    if data["pack"] != pack.id:
        message = f"this is a paper of the pack '{data['pack']}', and not of '{pack.id}'"
        raise ProblemError([_at(path, "other-pack", message, "name that pack")])
    digest = data["edition"].get("digest", "") if isinstance(data["edition"], dict) else ""
    if not read_digest(str(digest)):
        number = data["edition"].get("number", "?") if isinstance(data["edition"], dict) else "?"
        message = f"this paper of edition {number} was made before papers had a digest"
        raise ProblemError([_at(path, "no-digest", message, f"see 'briefings affected --since {number}'")])
    return find_digest(str(digest), pack, now)


def _at(path: Path, code: str, message: str, hint: str) -> Problem:
    return Problem(code, message, Mark(str(path), 1, 1), hint)


@dataclass(frozen=True)
class Effects:
    """What the documents of an edition have to do with a difference to now."""

    difference: Difference

    def of(self, change: DocumentChange) -> Affected:
        """What became of one document."""
        number = self.difference.before.pack.info.edition.number
        old = self.difference.out / f"edition-{number}" / self.difference.after.pack.id / f"{change.key}.pdf"
        answers = tuple(self._answers(change)) if change.what else ()
        return Affected(
            change,
            self.difference.sheets_in(old, (*change.changed, *change.withdrawn)),
            self.difference.sheets(change),
            answers,
            tuple(self._corrections(change)),
        )

    def _answers(self, change: DocumentChange) -> Iterator[tuple[str, str]]:
        """The questions of the old document that have another answer now, or are gone."""
        if change.before is None:
            return
        for part in all_parts((change.before.chapters, change.before.worksheet)):
            if isinstance(part, ExerciseView | TaskView) and self._is_answered_otherwise(part.id):
                yield part.id, str(part.number)

    def _is_answered_otherwise(self, key: str) -> bool:
        found = self._changed.get(key, ())
        if set(found) & _ANSWERS or (key in self._changed and not found):
            return True
        task = self.difference.after.meaning.get(key)
        value: Mapping[str, Any] = task.value if task else {}
        named = [value.get("answer"), *value.get("items", ())]
        return any(isinstance(ref, str) and set(self._changed.get(ref, ())) & _TELLS for ref in named)

    @cached_property
    def _changed(self) -> dict[str, tuple[str, ...]]:
        """The fields of each item that changed; none for one that is gone."""
        return {item.key: item.fields if item.what == "changed" else () for item in self.difference.items}

    def _corrections(self, change: DocumentChange) -> Iterator[Correction]:
        told = {*change.added, *change.changed, *change.withdrawn}
        for correction in self.difference.corrections:
            if told & {*correction.subjects, *correction.removed}:
                yield correction
