"""A PDF and some of its objects -> the PDF with these replaced, by an incremental update (ISO 32000-1, 7.5.6).

What is there stays as it is; new objects and a cross-reference stream follow. So a copy costs as much as copying bytes.
PDF/A-3 permits it.
"""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

_LAST = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_SIZE, _ROOT, _INFO = (re.compile(rb"/%s (\d+)" % name) for name in (b"Size", b"Root", b"Info"))


@dataclass(frozen=True)
class Pdf:
    """A PDF whose cross-reference is a stream, as WeasyPrint writes it."""

    content: bytes

    @cached_property
    def _previous(self) -> int:
        last = _LAST.search(self.content, max(0, len(self.content) - 1000))
        if not last:
            raise ValueError("no cross-reference")
        return int(last[1])

    @cached_property
    def _trailer(self) -> bytes:
        end = self.content.index(b"stream", self._previous)
        return self.content[self._previous : end]

    def _number(self, pattern: re.Pattern[bytes]) -> int:
        found = pattern.search(self._trailer)
        if not found:
            raise ValueError("no cross-reference stream")
        return int(found[1])

    @cached_property
    def size(self) -> int:
        """The first number that no object has."""
        return self._number(_SIZE)

    @cached_property
    def _root_and_info(self) -> tuple[int, int]:
        return self._number(_ROOT), self._number(_INFO)

    def updated(self, objects: Mapping[int, bytes], identifier: tuple[str, str]) -> bytes:
        """The file with these objects, by number; `identifier` is of the document and of this copy, in hexadecimal."""
        parts, places, end = [self.content], dict[int, int](), len(self.content)
        for number, body in sorted(objects.items()):
            parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
            places[number] = end
            end += len(parts[-1])
        own = max(self.size, *(number + 1 for number in objects))
        places[own] = end
        rows = b"".join(b"\x01" + place.to_bytes(5, "big") + b"\x00" for _, place in sorted(places.items()))
        root, info = self._root_and_info
        keys = b"/Type/XRef/Size %d/Prev %d/Root %d 0 R/Info %d 0 R" % (own + 1, self._previous, root, info)
        index = b" ".join(b"%d 1" % number for number in sorted(places))
        keys += b"/ID[<%b><%b>]/W[1 5 1]/Index[%b]" % (*(each.encode() for each in identifier), index)
        parts.append(b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (own, stream(keys, rows), end))
        return b"".join(parts)


def stream(keys: bytes, data: bytes) -> bytes:
    """The body of a stream object, compressed."""
    packed = zlib.compress(data, 9)
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (keys, len(packed), packed)
