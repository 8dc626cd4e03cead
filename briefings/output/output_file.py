"""Output: a file that a writer made and that is not written yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Output:
    """The content of an output file.

    `sheets` is 0 for a format without sheets. `used_files` are the Library's files that were read for it, each with its
    digest if the typesetter got it, else with "".
    """

    name: str
    content: bytes
    sheets: int = 0
    used_files: Mapping[str, str] = field(default_factory=dict)
