"""A text and a name -> whether the text has the name, however its apostrophes, spaces and case are typed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

# A phone types ’ where a keyboard has '; ʼ is the letter apostrophe. A line may end within a name, and a name may have
# spaces and hyphens at which no line breaks.
_APOSTROPHES = "'’‘ʼ′`´"
_HYPHENS, _INVISIBLE = "\u2010\u2011", "\u00ad\u2060"
_ONE_FORM = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_HYPHENS, "-") | dict.fromkeys(_INVISIBLE, "")
)


@dataclass(frozen=True)
class SearchText:
    """A text in which names are looked for: in one form of apostrophes and spaces, and the same without its case."""

    exact: str
    folded: str

    @classmethod
    def of(cls, *texts: str) -> "SearchText":
        """Several texts, one after the other."""
        exact = " ".join(" ".join(texts).translate(_ONE_FORM).split())
        return cls(exact, exact.casefold())


def mentions(text: SearchText, name: str, joined: str = "", within: Iterable[str] = ()) -> bool:
    """Whether a text has a name as whole words, and not only as a part of one of the longer names `within`.

    Characters in `joined` do not end a word. The case of a name does not matter unless all its letters are capitals:
    "US" is not in "they told us".
    """
    where, needle = _needle(text, name)
    longer = [span for other in within for span in _spans(*_needle(text, other), joined)]
    return any(not any(a <= start and end <= b for a, b in longer) for start, end in _spans(where, needle, joined))


def longer_names(names: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The names of each thing -> by thing, the longer names of others that contain one of its own."""
    forms = {key: [one_form(name) for name in own] for key, own in names.items()}
    return {
        key: tuple(
            other
            for other_key, others in forms.items()
            if other_key != key
            for other in others
            if any(len(other) > len(form) and form in other for form in own)
        )
        for key, own in forms.items()
    }


@cache
def name_pattern(name: str) -> str:
    """A regular expression for a name, with any kind of apostrophe and any white space in it."""
    written = re.escape(re.sub(r"\s+", " ", name.translate(_ONE_FORM)))
    return written.replace("\\ ", r"\s+").replace("'", f"[{_APOSTROPHES}]")


def one_form(name: str) -> str:
    """A name as it is compared with another."""
    return " ".join(name.translate(_ONE_FORM).casefold().split())


def is_acronym(name: str) -> bool:
    """Whether all letters of a name are capitals, and there are several."""
    return sum(char.isupper() for char in name) > 1 and not any(char.islower() for char in name)


@cache
def _normalized(name: str) -> tuple[str, bool]:
    if is_acronym(name):
        return " ".join(name.translate(_ONE_FORM).split()), True
    return one_form(name), False


def _needle(text: SearchText, name: str) -> tuple[str, str]:
    needle, by_case = _normalized(name)
    return (text.exact if by_case else text.folded), needle


def _spans(where: str, needle: str, joined: str) -> Iterator[tuple[int, int]]:
    start = where.find(needle) if needle else -1
    while start >= 0:
        end = start + len(needle)
        around = where[start - 1 : start] + where[end : end + 1]
        if not any(char.isalnum() or char == "_" or char in joined for char in around):
            yield start, end
        start = where.find(needle, start + 1)
