"""Pack -> its meaning: the value of each item by its id, without formatting, comments or the order of keys.

Two packs with equal meanings say the same. `editions` are compared by it. An item inside another one, such as a
paragraph, is an item of its own, and is no part of the value of the item around it: so a change is found where it is.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from hashlib import blake2b
from typing import Any

from ..schema.corrections import Correction
from ..schema.dates import PartialDate
from ..schema.fields import YamlModel
from ..schema.figures import Estimate, Unit
from ..schema.statements import Aspect
from ..schema.topic import PackInfo
from .geojson import Ground
from .pack import Pack

PACK_KEY = "pack.yaml"  # of what pack.yaml says of the pack itself; no id has a point
# Settings of `check` and the number of the edition mean nothing to a reader.
_NOT_MEANT = {"accept", "capitals", "edition", "history_before", "id", "stale_after"}


@dataclass(frozen=True)
class Meant:
    """What an item means. `key` is its id (an estimate's as "figure/estimate"), `within` the key of the item around it.

    `value` consists of what JSON has. A field with its default is left out, so that a field which a later version of
    the format adds changes no item.
    """

    key: str
    kind: str
    within: str
    value: Mapping[str, Any]

    @cached_property
    def digest(self) -> str:
        """16 hexadecimal digits."""
        return digest_of([self.kind, self.within, self.value], 8)


Meaning = Mapping[str, Meant]  # by key


def meaning_of(pack: Pack) -> dict[str, Meant]:
    """Every item of a pack by its key, in the order of the files. Corrections are none: they tell of other items."""
    found: dict[str, Meant] = {}
    for yaml_file, value in pack.files:
        drawn = yaml_file.file.rpartition("/")[2] == "drawings.yaml"
        for item in _items(value, ""):
            found[item.key] = Meant(item.key, "drawing", "", item.value) if drawn and not item.within else item
    for name, ground in pack.grounds.items():
        found[name] = Meant(name, "ground", "", {"note": ground.note, "regions": _regions(ground)})
    return found


def digest_of_meaning(meaning: Meaning, numbers: Mapping[str, str]) -> str:
    """The digest of a whole pack, 32 hexadecimal digits; the numbers of its paragraphs tell their order."""
    return digest_of([{key: item.digest for key, item in meaning.items()}, dict(numbers)], 16)


def digest_of(value: Any, size: int) -> str:
    """The digest of a value as JSON, in which keys have one order: twice `size` hexadecimal digits."""
    return blake2b(canonical(value).encode(), digest_size=size).hexdigest()


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(value: Any) -> str:
    """One text for equal values."""
    return _ENCODER.encode(value)


def as_json(value: Any) -> Any:
    """A value of the data as JSON has it: dates and exact numbers as written, models without what has its default."""
    if isinstance(value, YamlModel):
        return dict(_fields(value))
    if isinstance(value, PartialDate):
        return value.text
    if isinstance(value, Fraction):
        return getattr(value, "_text", str(value))
    if isinstance(value, Mapping):
        return {str(key): as_json(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [as_json(inner) for inner in value]
    return value.strip() if isinstance(value, str) else value


def _fields(model: YamlModel) -> Iterator[tuple[str, Any]]:
    """The fields of a model that were given another value than the default, without the items inside."""
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        if name in _NOT_MEANT or _holds_items(value):
            continue
        default = () if info.is_required() else info.get_default(call_default_factory=True)
        if value != default:
            yield name, as_json(value)


def _items(value: Any, within: str) -> Iterator[Meant]:
    """Each item in a value, outer ones first."""
    if isinstance(value, tuple):
        for inner in value:
            yield from _items(inner, within)
    elif isinstance(value, Mapping):
        units = {key: inner for key, inner in value.items() if isinstance(inner, Unit)}
        yield from (Meant(f"units.{key}", "unit", within, as_json(unit)) for key, unit in units.items())
    elif isinstance(value, YamlModel) and not isinstance(value, Correction):
        key = _key(value, within)
        if key:
            yield Meant(key, _kind(value), within, as_json(value))
        for inner in vars(value).values():
            if isinstance(inner, tuple | YamlModel | Mapping):
                yield from _items(inner, "" if key == PACK_KEY else key or within)


def _key(value: YamlModel, within: str) -> str:
    """The key of an item; "" for a value that has none, such as a text by level."""
    if isinstance(value, PackInfo):
        return PACK_KEY
    name = str(getattr(value, "id", ""))
    # Their ids are unique in their figure, and in their section.
    return f"{within}/{name}" if name and isinstance(value, Estimate | Aspect) else name


def _kind(value: YamlModel) -> str:
    """The kind of an item in words, such as "source card"."""
    if isinstance(value, PackInfo):
        return "pack"
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(value).__name__).lower()


def _holds_items(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(isinstance(inner, Unit) for inner in value.values())
    first = value[0] if isinstance(value, tuple) and value else value
    return isinstance(first, YamlModel) and hasattr(first, "id")


def _regions(ground: Ground) -> list[Any]:
    return [[region.code, region.name, digest_of(region.rings, 8)] for region in ground.regions]
