"""A page -> its entry in the ledger, before anything is made of it."""

import re
from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType

from ..page.page import Page
from .ledger import LedgerEntry, digest

_TAG = re.compile(r"<[^>]*(?:>|\Z)")  # a tag or a comment, such as <p class="lead"> or </p>
_NOTHING: Mapping[str, str] = MappingProxyType({})


def page_entry(page: Page, form: str, style: Mapping[str, str] = _NOTHING) -> LedgerEntry:
    """The entry of an output before it is made: a digest of each field of its page, and of its text without tags.

    The text has a digest of its own only so that a reason can say whether the text or just the markup changed. White
    space is normalized, since an added tag or comment leaves some.
    """
    text = " ".join(_TAG.sub(" ", page.html).split())
    values = {item.name: getattr(page, item.name) for item in fields(page)} | {"words": text}
    raw = {name: value if isinstance(value, bytes) else str(value).encode() for name, value in values.items()}
    return LedgerEntry({n: digest(c) for n, c in raw.items()}, options={"format": form}, style=style)
