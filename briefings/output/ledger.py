"""What each output was made from -> why it must be made again: a sentence, or None when it is up to date."""

import contextlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

VERSION = 1
LEDGER_NAME = ".briefings-ledger.json"
QUARANTINE_NAME = LEDGER_NAME + ".aside"
EDITED_BY_HAND = "it was edited by hand since it was made"

_SHARED = ("files", "engine")  # the same for many outputs: written once


@dataclass(frozen=True)
class LedgerEntry:
    """What an output was made from, each by its digest, and what it became.

    `page` are the fields of the Page, with its `words` alone beside its `html`; `files` are those the typesetter asked
    for, by their names in the Library, so that an override that appears or goes counts; `engine` is what typeset it.
    `output` is the file's own digest. `begun`: a new one was about to be written, so that the file may be either.
    """

    page: Mapping[str, str]
    files: Mapping[str, str] = field(default_factory=dict)
    engine: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    output: str = ""
    sheets: int = 0
    begun: bool = False


def digest(content: bytes) -> str:
    """What a file is remembered by."""
    return blake2b(content, digest_size=16).hexdigest()


def out_of_date_reason(
    recorded: LedgerEntry | None,
    current: LedgerEntry,
    library_digest: Callable[[str], str | None],
    output_digest: str | None,
) -> str | None:
    """Why an output must be made: a sentence, or None when it is up to date.

    `recorded` is its line in the ledger, `current` what it would be made from, `library_digest` the digest a file of
    the Library has
    today (None: it is gone), `output_digest` the digest of the output that lies there (None: none does).
    """
    if output_digest is None:
        return "it is missing"
    if recorded is None:
        return "the ledger does not know it"
    if output_digest != recorded.output:
        return "the last build was stopped while it was made" if recorded.begun else EDITED_BY_HAND
    return next(_changes(recorded, current, library_digest), None)


def _changes(recorded: LedgerEntry, current: LedgerEntry, library_digest: Callable[[str], str | None]) -> Iterator[str]:
    if recorded.page.get("words") != current.page.get("words"):
        yield "data changed: its text is different"
    fields = sorted(
        name for name in {*recorded.page, *current.page} if recorded.page.get(name) != current.page.get(name)
    )
    if fields:
        yield f"its {' and '.join(fields)} changed, not its words"
    files = sorted(
        (name, library_digest(name)) for name, before in recorded.files.items() if library_digest(name) != before
    )
    if files:
        told = ", ".join(name for name, _ in files[:3]) + (f" and {len(files) - 3} more" if len(files) > 3 else "")
        yield f"{told} {'is gone' if len(files) == 1 and files[0][1] is None else 'changed'}"
    for name in sorted({*recorded.engine, *current.engine}):
        before, after = recorded.engine.get(name, "absent"), current.engine.get(name, "absent")
        if before != after:
            yield f"what typesets is another: {name} was {before} and is {after}"
    if recorded.options != current.options:
        yield "it is asked for with other options"


def load(folder: Path) -> tuple[dict[str, LedgerEntry], str]:
    """The ledger of an output folder: path below it -> Trace; and, where it cannot be trusted, why not."""
    try:
        raw = (folder / LEDGER_NAME).read_bytes()
    except FileNotFoundError:
        return {}, ""
    try:
        written = json.loads(raw)
        if written["ledger"] != VERSION:
            return {}, f"is of version {written['ledger']}, not {VERSION}"
        if written["digest"] != digest(_canonical(written["body"])):
            return {}, "was changed by hand"
        return dict(_from_json(written["body"])), ""
    except (ValueError, TypeError, KeyError, RecursionError):
        return {}, "is cut short or damaged"


def save(folder: Path, traces: Mapping[str, LedgerEntry]) -> None:
    """Write the ledger whole: a reader sees the old one or the new one. Raises OSError."""
    body = _to_json(traces)
    part = folder / (LEDGER_NAME + ".part")
    try:
        part.write_bytes(_canonical({"ledger": VERSION, "digest": digest(_canonical(body)), "body": body}) + b"\n")
        os.replace(part, folder / LEDGER_NAME)
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def quarantine(folder: Path) -> Path:
    """Rename a ledger that cannot be trusted, for whoever wants to look at it."""
    os.replace(folder / LEDGER_NAME, folder / QUARANTINE_NAME)
    return folder / QUARANTINE_NAME


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _to_json(traces: Mapping[str, LedgerEntry]) -> dict[str, Any]:
    body: dict[str, Any] = {"outputs": {}, **{name: {} for name in _SHARED}}
    for path, trace in traces.items():
        line = asdict(trace)
        for name in _SHARED:
            key = digest(_canonical(line[name]))
            body[name][key] = line[name]
            line[name] = key
        body["outputs"][path] = line
    return body


def _from_json(body: Mapping[str, Any]) -> Iterator[tuple[str, LedgerEntry]]:
    for path, line in body["outputs"].items():
        yield path, LedgerEntry(**{**line, **{name: body[name][line[name]] for name in _SHARED}})
