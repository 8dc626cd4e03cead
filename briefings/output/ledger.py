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
NAME = ".briefings-ledger.json"
ASIDE = NAME + ".aside"
EDITED = "it was edited by hand since it was made"

_SHARED = ("files", "engine")  # the same for many outputs: written once


@dataclass(frozen=True)
class Trace:
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


def why(kept: Trace | None, now: Trace, look: Callable[[str], str | None], found: str | None) -> str | None:
    """Why an output must be made: a sentence, or None when it is up to date.

    `kept` is its line in the ledger, `now` what it would be made from, `look` the digest a file of the Library has
    today (None: it is gone), `found` the digest of the output that lies there (None: none does).
    """
    if found is None:
        return "it is missing"
    if kept is None:
        return "the ledger does not know it"
    if found != kept.output:
        return "the last build was stopped while it was made" if kept.begun else EDITED
    return next(_changes(kept, now, look), None)


def _changes(kept: Trace, now: Trace, look: Callable[[str], str | None]) -> Iterator[str]:
    if kept.page.get("words") != now.page.get("words"):
        yield "data changed: its text is different"
    fields = sorted(name for name in {*kept.page, *now.page} if kept.page.get(name) != now.page.get(name))
    if fields:
        yield f"its {' and '.join(fields)} changed, not its words"
    files = sorted((name, look(name)) for name, before in kept.files.items() if look(name) != before)
    if files:
        told = ", ".join(name for name, _ in files[:3]) + (f" and {len(files) - 3} more" if len(files) > 3 else "")
        yield f"{told} {'is gone' if len(files) == 1 and files[0][1] is None else 'changed'}"
    for name in sorted({*kept.engine, *now.engine}):
        before, after = kept.engine.get(name, "absent"), now.engine.get(name, "absent")
        if before != after:
            yield f"what typesets is another: {name} was {before} and is {after}"
    if kept.options != now.options:
        yield "it is asked for with other options"


def load(folder: Path) -> tuple[dict[str, Trace], str]:
    """The ledger of an output folder: path below it -> Trace; and, where it cannot be trusted, why not."""
    try:
        raw = (folder / NAME).read_bytes()
    except FileNotFoundError:
        return {}, ""
    try:
        written = json.loads(raw)
        if written["ledger"] != VERSION:
            return {}, f"is of version {written['ledger']}, not {VERSION}"
        if written["digest"] != digest(_canonical(written["body"])):
            return {}, "was changed by hand"
        return dict(_unpacked(written["body"])), ""
    except (ValueError, TypeError, KeyError, RecursionError):
        return {}, "is cut short or damaged"


def save(folder: Path, traces: Mapping[str, Trace]) -> None:
    """Write the ledger whole: a reader sees the old one or the new one. Raises OSError."""
    body = _packed(traces)
    part = folder / (NAME + ".part")
    try:
        part.write_bytes(_canonical({"ledger": VERSION, "digest": digest(_canonical(body)), "body": body}) + b"\n")
        os.replace(part, folder / NAME)
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def set_aside(folder: Path) -> Path:
    """Rename a ledger that cannot be trusted, for whoever wants to look at it."""
    os.replace(folder / NAME, folder / ASIDE)
    return folder / ASIDE


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _packed(traces: Mapping[str, Trace]) -> dict[str, Any]:
    body: dict[str, Any] = {"outputs": {}, **{name: {} for name in _SHARED}}
    for path, trace in traces.items():
        line = asdict(trace)
        for name in _SHARED:
            key = digest(_canonical(line[name]))
            body[name][key] = line[name]
            line[name] = key
        body["outputs"][path] = line
    return body


def _unpacked(body: Mapping[str, Any]) -> Iterator[tuple[str, Trace]]:
    for path, line in body["outputs"].items():
        yield path, Trace(**{**line, **{name: body[name][line[name]] for name in _SHARED}})
