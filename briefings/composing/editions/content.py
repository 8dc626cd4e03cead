"""Briefing -> the ids that it shows, each with what it says of them, and a digest of all this. Pure.

The digest depends on what the document says alone: not on its paper and look, the templates, or what other documents
say. The edition that it prints is no part of it either.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from typing import Any

from ...briefing.parts import Briefing, EstimateView
from ...pack.geojson import Ground
from ...pack.meaning import as_json, canonical
from ...problems import Mark
from ...schema.audience import Audience, DocumentChoice
from ...schema.dates import PartialDate
from ...schema.drawings import DrawingChoice
from ...schema.fields import LevelText, YamlModel
from ...schema.figures import Figure
from ...schema.topic import PackInfo

FORM = 1  # of the digest: raised when the same document gets another one
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: without I, L, O and U
_LENGTH = 8
_LONGEST_KEPT = 4096  # characters: longer views are shared by few documents, and hold the texts of others
# What a view has beside what it says: how it is shown, where it stands in the data, and what other papers there are.
_SKIPPED = {
    Briefing: ("audience", "choice", "paper", "rows", "references", "words", "minutes", "companions", "edition"),
    EstimateView: ("figure", "basis_kinds"),
}
_UNSAID = (Mark, Audience, DocumentChoice, DrawingChoice, Figure, LevelText)  # a view has the text of its level
_NUMBER = re.compile(r"\[=([a-z0-9-]+/[a-z0-9-]+)")
_TWINS = str.maketrans("ILOU", "110V")


def document_key(briefing: Briefing) -> str:
    """The name of a document on any paper, such as "pupils-briefing"."""
    return briefing.choice.file_name(briefing.audience.id, briefing.choice.papers[0])


Texts = dict[int, tuple[Any, str]]  # the id of a view -> the view, which is kept so that no other gets its id; its text


def document_digest(briefing: Briefing, texts: Texts | None = None) -> str:
    """The digest that a document prints: eight characters, to type by hand.

    `texts` keeps the texts of views for other documents of the same pack, which share most of theirs.
    """
    said = _text(briefing, {} if texts is None else texts)
    said += canonical(_mentioned(said, briefing.rows))
    number = int.from_bytes(blake2b(said.encode(), digest_size=5).digest(), "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))


def written(digest: str) -> str:
    """A digest in two groups, as it is printed: "7K2M-9QXA"."""
    return f"{digest[:4]}-{digest[4:]}"


def read_digest(text: str) -> str:
    """A digest as it was typed: in any case, with any spaces, and with the letters that are taken for others; "" if it
    is none."""
    digest = re.sub(r"[\W_]", "", text).upper().translate(_TWINS)
    return digest if len(digest) == _LENGTH and set(digest) <= set(ALPHABET) else ""


def shown_items(briefing: Briefing) -> dict[str, str]:
    """What a document says of each id that it shows: a text that is equal if it says the same."""
    found: dict[str, list[str]] = {}
    for key, value in _shown(briefing):
        found.setdefault(key, []).append(canonical(_said(value, inner=False)))
    for ref, said in _mentioned(canonical(_said(briefing)), briefing.rows).items():
        found.setdefault(ref, []).append(canonical(said))
    return {key: "\n".join(dict.fromkeys(texts)) for key, texts in found.items()}


def shown_ids(briefing: Briefing) -> set[str]:
    """The ids of what a document shows."""
    return {key for key, _ in _shown(briefing)}


def _shown(value: Any) -> list[tuple[str, Any]]:
    """Each part of a briefing with an id; a note, and a card of a source, has that of its source."""
    found: list[tuple[str, Any]] = []
    _collect(value, found)
    return found


def _collect(value: Any, found: list[tuple[str, Any]]) -> None:
    # A list that is passed on, not generators inside each other: this walks through a hundred thousand values.
    kind: Any = type(value)
    if kind is tuple:
        for inner in value:
            if type(inner) is not str:
                _collect(inner, found)
    elif _is_view(kind):
        key = getattr(value, "ref", "") or getattr(value, "id", "") or getattr(getattr(value, "source", None), "id", "")
        if key:
            found.append((key, value))
        for name in _names(kind):
            if (inner := getattr(value, name)) and type(inner) is not str:
                _collect(inner, found)


@cache
def _is_view(kind: Any) -> bool:
    return is_dataclass(kind)


def _mentioned(said: str, rows: Mapping[str, EstimateView]) -> dict[str, Any]:
    """What is said of the estimates that a text names, and that the texts of these name."""
    found: dict[str, Any] = {}
    waiting = [said]
    while waiting:
        for ref in _NUMBER.findall(waiting.pop()):
            if ref not in found and ref in rows:
                found[ref] = _said(rows[ref])
                waiting.append(canonical(found[ref]))
    return found


def _said(value: Any, inner: bool = True) -> Any:
    """What a value says, as JSON has it. Without `inner`, the items inside an item are left out."""
    kind: Any = type(value)
    if kind is str or value is None:
        return value
    if names := _names(kind):
        said = {}
        for name in names:
            each = getattr(value, name)
            if type(each) is str:
                if each:
                    said[name] = each
            elif each and (inner or not _is_item(each)):
                said[name] = _said(each, inner)
        return said
    if kind is tuple:
        return [_said(each) for each in value if inner or not _is_item(each)]
    if isinstance(value, _UNSAID):
        return None
    if isinstance(value, Mapping):
        return {str(key): _said(each) for key, each in value.items()}
    return sorted(value) if kind is frozenset else _OTHERWISE.get(kind, as_json)(value)


def _text(value: Any, texts: Texts) -> str:
    """The same as `canonical(_said(value))`."""
    kind: Any = type(value)
    if kind is tuple:
        return f"[{','.join([_text(each, texts) for each in value])}]"
    names = _names(kind)
    if not names:
        return canonical(_said(value))
    if known := texts.get(id(value)):
        return known[1]
    values = ((name, getattr(value, name)) for name in sorted(names))
    parts = [
        f'"{name}":{canonical(each) if type(each) is str else _text(each, texts)}' for name, each in values if each
    ]
    text = f"{{{','.join(parts)}}}"
    if len(text) < _LONGEST_KEPT:
        texts[id(value)] = value, text
    return text


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a view or a model that say something; none of another value."""
    if issubclass(kind, _UNSAID) or kind in _OTHERWISE:
        return ()
    if issubclass(kind, YamlModel):
        return tuple(name for name in kind.model_fields if name not in ("accept", "depth"))
    if is_dataclass(kind):
        return tuple(item.name for item in fields(kind) if item.name not in _SKIPPED.get(kind, ()))
    return ()


def _of_ground(ground: Ground) -> list[Any]:
    return [
        ground.file.rpartition("/")[2],
        ground.note,
        len(ground.regions),
        sum(len(region.rings) for region in ground.regions),
    ]


def _of_pack(info: PackInfo) -> list[str]:
    return [info.as_of.text, info.kicker, *info.authors, info.licence, info.language]


# What is said otherwise than by its fields.
_OTHERWISE: Mapping[type, Callable[[Any], Any]] = {PartialDate: as_json, Ground: _of_ground, PackInfo: _of_pack}


def _is_item(value: Any) -> bool:
    return is_dataclass(value) and (hasattr(value, "id") or hasattr(value, "ref"))
