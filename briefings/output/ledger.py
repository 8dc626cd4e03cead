"""What an output was made from -> why it must be made again: a sentence, or None if it is up to date."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from hashlib import blake2b
from itertools import count
from pathlib import Path
from typing import Any

from ..safe_files import is_plain_file, read_bytes, replace_file

VERSION = 1
MAX_BYTES = 100_000_000
LEDGER_NAME = ".briefings-ledger.json"
QUARANTINE_NAME = LEDGER_NAME + ".aside"
EDITED_BY_HAND = "the file was edited by hand since the last build"
NOT_OURS = "the ledger has no entry for the file"
UNREADABLE = "?"  # in place of the digest of what exists and is no file that can be read

_SHARED = ("files", "engine", "data")  # equal for many outputs: each distinct value is stored once, under its digest
_MAX_NAMES = 3  # changed files that a reason names


@dataclass(frozen=True)
class LedgerEntry:
    """What an output was made from, by digest, and what came of it. It holds no times: they change without cause.

    `page` maps each field of the Page, plus `words` (its text without tags), to a digest. `files` maps the files that
    the typesetter requested, by their name in the Library (so that an override that appears or disappears counts), to
    digests. `engine` holds the versions of everything that takes part in typesetting. `output` is the digest of the
    output itself. `begun` is that of a content which was about to replace it, so the file has one or the other. `style`
    maps the keys of the house style to their places and values: it explains a change, and is none by itself.
    `data` is the state of the pack, see pack/data_state.py: it names what changed, and does not tell that anything did.
    """

    page: Mapping[str, str]
    files: Mapping[str, str] = field(default_factory=dict)
    engine: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    output: str = ""
    sheets: int = 0
    begun: str = ""
    style: Mapping[str, str] = field(default_factory=dict)
    data: str = ""


def digest(content: bytes) -> str:
    """The digest of a content: 32 hexadecimal digits."""
    state: str = digest_state(content).hexdigest()
    return state


def digest_state(content: bytes) -> Any:
    """The digest of a content that goes on: it has `update`, `copy` and `hexdigest`."""
    return blake2b(content, digest_size=16)


def out_of_date_reason(
    recorded: LedgerEntry | None,
    current: LedgerEntry,
    library_digest: Callable[[str], str | None],
    output_digest: str | None,
) -> str | None:
    """Why an output must be made: a sentence, or None if it is up to date.

    `recorded` is its entry in the ledger, `current` what it would be made from now. `library_digest` returns the
    present digest of a file of the Library (None: it was removed). `output_digest` is the digest of the output on disk
    (None: it is missing; UNREADABLE: something else is in its place).
    """
    if output_digest is None:
        return "the file is missing"
    if recorded is None:
        return NOT_OURS
    if output_digest != recorded.output:
        stopped = output_digest == recorded.begun
        return "the last build was stopped while it made the file" if stopped else EDITED_BY_HAND
    return next(_changes(recorded, current, library_digest), None)


def _changes(recorded: LedgerEntry, current: LedgerEntry, library_digest: Callable[[str], str | None]) -> Iterator[str]:
    """Every change as a sentence, the most informative first: the caller shows only the first."""
    if recorded.page != current.page:
        yield from _style_reasons(recorded.style, current.style)
    if recorded.page.get("words") != current.page.get("words"):
        yield "the text changed"
    else:
        names = {*recorded.page, *current.page}
        if fields := sorted(name for name in names if recorded.page.get(name) != current.page.get(name)):
            yield f"the page's {' and '.join(fields)} changed, but not its text"
    files = {name: now for name, before in sorted(recorded.files.items()) if (now := library_digest(name)) != before}
    if files:
        yield _files_reason(files)
    for name in sorted({*recorded.engine, *current.engine}):
        before, after = recorded.engine.get(name, "absent"), current.engine.get(name, "absent")
        if before != after:
            yield f"the typesetter changed: {name} was {before} and is {after}"
    if recorded.options != current.options:
        yield "the build options changed"


def _style_reasons(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """A sentence for the keys of the house style that changed. A value begins with its place: "style.yaml:3 red"."""
    changed = []
    for key in dict.fromkeys((*after, *before)):
        place, _, value = after.get(key, "").partition(" ")
        file, _, old = before.get(key, "").partition(" ")
        if key not in after:
            changed.append(f"{file.rpartition(':')[0]}: '{key}' was removed")
        elif value != old or key not in before:
            changed.append(f"{place}: '{key}' is {value}" + (f" and was {old}" if key in before else ", and is new"))
    if changed:
        more = f"; and {len(changed) - _MAX_NAMES} more" if len(changed) > _MAX_NAMES else ""
        yield "; ".join(changed[:_MAX_NAMES]) + more


def _files_reason(files: Mapping[str, str | None]) -> str:
    """The sentence for changed files: name -> present digest, or None if the file was removed."""
    if list(files.values()) == [None]:
        return f"{next(iter(files))} was removed"
    more = f" and {len(files) - _MAX_NAMES} more" if len(files) > _MAX_NAMES else ""
    return f"{', '.join(list(files)[:_MAX_NAMES])}{more} changed"


def load(folder: Path) -> tuple[dict[str, LedgerEntry], str]:
    """The ledger of an output folder: (relative path -> entry, error).

    A ledger is trusted as a whole or not at all. If it is not, there are no entries, and the error completes the
    sentence "the ledger …". Without a ledger there is no error.
    """
    path = folder / LEDGER_NAME
    if not os.path.lexists(path):
        return {}, ""
    try:
        if not is_plain_file(path):
            return {}, "is no file"
        stored = json.loads(read_bytes(path, limit=MAX_BYTES))
        if stored["ledger"] != VERSION:
            return {}, f"has version {stored['ledger']}, not {VERSION}"
        if stored["digest"] != digest(_canonical(stored["body"])):
            return {}, "was changed by hand"
        entries = dict(_from_json(stored["body"]))
    except OSError as error:
        return {}, f"cannot be read: {(error.strerror or str(error)).lower()}"
    # The file may hold any JSON, or none; RecursionError comes from deeply nested lists.
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}, "is cut short or damaged"
    # The digest is no proof: whoever forges a ledger can calculate it.
    forged = next((name for name in entries if not _is_output_name(name) or os.path.islink(folder / name)), None)
    if forged is not None:
        return {}, f"names '{forged}', which is no output in this folder, so no build wrote it"
    return entries, ""


def _is_output_name(name: str) -> bool:
    """Whether a name is that of an output: a file in a pack's folder, PACK/FILE."""
    parts = name.split("/")
    return len(parts) == 2 and all(p and p[0] != "." and p.isprintable() and "\\" not in p for p in parts)


def save(folder: Path, entries: Mapping[str, LedgerEntry]) -> None:
    """Write the ledger atomically: a reader sees the old one or the new one. Raises OSError."""
    body = _canonical(_to_json(entries))
    # The body is written once and not once more for its digest; its key comes first in the order of keys.
    end = _canonical({"digest": digest(body), "ledger": VERSION})
    replace_file(folder / LEDGER_NAME, b'{"body":' + body + b"," + end[1:] + b"\n")


def quarantine(folder: Path) -> Path:
    """Rename an untrusted ledger so that it can be examined later; return its new path. Raises OSError."""
    numbered = (folder / f"{QUARANTINE_NAME}{number or ''}" for number in count())
    free = next(path for path in numbered if not os.path.lexists(path))
    os.rename(folder / LEDGER_NAME, free)
    return free


def _canonical(value: Any) -> bytes:
    """One byte string per value, so that its digest does not depend on key order or white space."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _to_json(entries: Mapping[str, LedgerEntry]) -> dict[str, Any]:
    body: dict[str, Any] = {"outputs": {}, **{name: {} for name in _SHARED}}
    keys: dict[int, str] = {}  # by identity: outputs of one build share most values, and a digest takes time
    for path, entry in entries.items():
        values = dict(vars(entry))
        for name in _SHARED:
            value = values[name]
            if (key := keys.get(id(value))) is None:
                key = keys[id(value)] = digest(value.encode() if isinstance(value, str) else _canonical(value))
            body[name][key] = value
            values[name] = key
        body["outputs"][path] = values
    return body


def _from_json(body: Mapping[str, Any]) -> Iterator[tuple[str, LedgerEntry]]:
    for path, values in body["outputs"].items():
        entry = LedgerEntry(**{**values, **{name: body[name][values[name]] for name in _SHARED if name in values}})
        entry = replace(entry, begun=entry.begun or "")  # was false or true
        for item in fields(entry):
            value, kind = getattr(entry, item.name), type(item.default)
            mapping = item.default is MISSING or item.default_factory is not MISSING
            if mapping and not (isinstance(value, dict) and all(isinstance(v, str) for v in value.values())):
                raise TypeError(item.name)
            if not mapping and type(value) is not kind:
                raise TypeError(item.name)
        yield path, entry
