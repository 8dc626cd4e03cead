"""Output: a file that a writer made and that is not written yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Output:
    """The content of an output file.

    `sheets` is 0 for a format without sheets. `used_files` maps the names of the Library's files that were read to
    their digests; the digest is "" for a file that the typesetter did not receive.
    """

    name: str
    content: bytes
    sheets: int = 0
    used_files: Mapping[str, str] = field(default_factory=dict)
