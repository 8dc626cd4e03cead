"""A pack -> its present state closed as an edition: a record, the files as they are, and a drafted list of changes."""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..checking.run import document_context
from ..checking.run_rules import blocking_errors
from ..composing.editions.content import FORM, document_digest
from ..composing.project import Request, load_pack
from ..library import Library, is_stray
from ..loading.editions import FORMAT, digest_of_file
from ..loading.file_models import FILE_MODELS
from ..pack.edition import CHANGES, FOLDER, RECORD, Edition, Printed
from ..pack.meaning import digest_of, digest_of_meaning
from ..pack.pack import Pack
from ..problems import Mark, Problem, ProblemError
from ..safe_files import listing, read_bytes, read_text, root_of
from .compare import State, compare_items
from .draft import drafted_changes
from .engine import engine
from .identity import identity_problems
from .states import read_edition, working_copy


@dataclass(frozen=True)
class Closed:
    """A closed edition: its folder, and how many items it added, changed and withdrew. `changes` is the drafted list,
    or None for a first edition."""

    number: int
    folder: Path
    items: int
    documents: int
    counts: Mapping[str, int]
    changes: Path | None


def close_edition(
    folder: Path, library: Library, note: str = "", *, history: bool = False, again: bool = False
) -> Closed:
    """Close the edition that pack.yaml names. Nothing of it is written unless all of it can be.

    `history`: it is a state of long ago, and the rules of today are not applied. `again`: replace the last edition,
    which nobody has yet, and keep its list of changes.

    Raises ProblemError: a number that was used, a pack with errors, an id that means something else than before.
    """
    pack = load_pack(folder, library)
    kept = ""
    if again and pack.editions and pack.editions[-1].number == pack.info.edition.number:
        kept = _changes_of(folder, pack.editions[-1].number)
        pack = replace(pack, editions=pack.editions[:-1])
    if problems := [*_number_problems(pack)]:
        raise ProblemError(problems)
    now = working_copy(pack, library)
    last = pack.editions[-1] if pack.editions else None
    before = read_edition(folder, pack, last.number, library) if last else None
    if problems := [*identity_problems(pack, now.meaning, before.meaning if before else {})]:
        raise ProblemError(problems)
    context = document_context(pack, library, Request(), now.documents.values())
    if not history and (problems := blocking_errors(context)):
        raise ProblemError(problems)
    changed = compare_items(before.meaning, now.meaning) if before else ()
    body = _record(now, last, folder, note)
    files = {RECORD: _as_text({"format": FORMAT, "digest": digest_of(body, 16), "body": body})}
    if before:
        files[CHANGES] = kept or drafted_changes(pack, before, now, changed)
    number = pack.info.edition.number
    _write(folder, number, pack.id, files)
    counts = {what: sum(change.what == what for change in changed) for what in ("added", "changed", "withdrawn")}
    made = folder / FOLDER / str(number)
    return Closed(number, made, len(now.meaning), len(body["documents"]), counts, made / CHANGES if before else None)


def _changes_of(folder: Path, number: int) -> str:
    """What the author wrote of an edition, or ""."""
    path = folder / FOLDER / str(number) / CHANGES
    return read_text(path, inside=root_of(folder)) if os.path.lexists(path) else ""


def _number_problems(pack: Pack) -> Iterator[Problem]:
    """Whether the number is the next one. That it is no earlier one, and its date, were checked when it was read."""
    if not pack.editions:
        return
    last, number = pack.editions[-1], pack.info.edition.number
    yaml_file, _ = next(each for each in pack.files if each[1] is pack.info or each[0].file.endswith("/pack.yaml"))
    mark = yaml_file.mark(("edition", "number"))
    if number == last.number:
        message = f"edition {number} was closed already, on {last.date}"
        yield yaml_file.problem("edition-number", message, mark, f"write {number + 1}, and its date")
    elif number > last.number + 1:
        message = f"edition {number} cannot follow edition {last.number}"
        yield yaml_file.problem("edition-number", message, mark, f"write {last.number + 1}")


def _record(now: State, last: Edition | None, folder: Path, note: str) -> dict[str, Any]:
    """What an edition records of itself, as JSON has it."""
    pack, number = now.pack, now.pack.info.edition.number
    printed: dict[str, Printed] = {}
    for key, briefing in now.documents.items():
        digest, old = document_digest(briefing), last.documents.get(key) if last else None
        printed[key] = old if old and old.digest == digest else Printed(digest, number)
    return {
        "number": number,
        "date": str(pack.info.edition.date),
        "note": note,
        "meaning": digest_of_meaning(now.meaning, pack.numbers),
        "content": FORM,
        "engine": engine(now.library),
        "files": {name: digest_of_file(folder / name) for name in _files(folder)},
        "documents": {key: f"{digest} {edition}" for key, (digest, edition) in printed.items()},
        "items": {key: f"{item.kind} {item.digest}" for key, item in sorted(now.meaning.items())},
    }


def _files(folder: Path) -> list[str]:
    """The names of the files that a pack consists of."""
    grounds = [name for name in listing(folder, ".geojson") if not is_stray(name)]
    return sorted([*(name for name in FILE_MODELS if os.path.lexists(folder / name)), *grounds])


def _as_text(record: Mapping[str, Any]) -> str:
    """JSON with a line for each document and item, for whoever reviews it."""
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _write(folder: Path, number: int, name: str, files: Mapping[str, str]) -> None:
    """Write the folder of an edition under another name, then rename it. Raises ProblemError."""
    shelf = folder / FOLDER
    part = shelf / f".closing-{number}"
    try:
        shelf.mkdir(exist_ok=True)
        shutil.rmtree(part, ignore_errors=True)
        (part / name).mkdir(parents=True)
        for file in _files(folder):
            (part / name / file).write_bytes(read_bytes(folder / file, inside=root_of(folder)))
        for file, text in files.items():
            (part / file).write_text(text, encoding="utf-8", newline="\n")
        if os.path.isdir(shelf / str(number)):
            shutil.rmtree(shelf / str(number))
        os.rename(part, shelf / str(number))
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        message = f"the edition cannot be written: {(error.strerror or str(error)).lower()}"
        hint = "check the free space and the rights"
        raise ProblemError([Problem("cannot-write", message, Mark(str(shelf), 1, 1), hint)]) from None
