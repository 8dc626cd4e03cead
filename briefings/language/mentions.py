"""A text and a name -> whether the text has the name, however its apostrophes, spaces and case are typed."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate

# A phone types ’ where a keyboard has '; ʼ is the letter apostrophe. A line may end within a name, and a name may have
# spaces and hyphens at which no line breaks.
_APOSTROPHES = "'’‘ʼ′`´"
_HYPHENS, _INVISIBLE = "\u2010\u2011", "\u00ad\u2060"
_WORD = re.compile(r"\w+")
_ONE_FORM = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_HYPHENS, "-") | dict.fromkeys(_INVISIBLE, "")
)


@dataclass(frozen=True)
class SearchText:
    """A text in which names are looked for: in one form of apostrophes and spaces, and the same without its case."""

    exact: str
    folded: str

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word, without its case: most names are in most texts not, and need not be searched for."""
        return frozenset(_WORD.findall(self.folded))

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
    if (first := first_word(name)) and first not in text.words:
        return False
    longer = sorted(span for other in within for span in _spans(*_needle(text, other), joined))
    furthest = list(accumulate((end for _, end in longer), max))  # how far the longer names up to each reach
    starts = [start for start, _ in longer]
    for start, end in _spans(where, needle, joined):
        place = bisect_right(starts, start) - 1
        if place < 0 or furthest[place] < end:
            return True
    return False


@cache
def first_word(name: str) -> str:
    """The first word of a name as SearchText.words has it; "" for a name of signs only."""
    found = _WORD.search(one_form(name))
    return found[0] if found else ""


class NameIndex:
    """Names of which those are asked for that may be in a text, so that many of them need not be searched for."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)
        words = {name: frozenset(_WORD.findall(one_form(name))) for name in self._names}
        count = Counter(word for each in words.values() for word in each)
        self._by_rarest: dict[str, list[str]] = {}
        for name in self._names:
            rarest = min(words[name], key=lambda word: count[word], default="")
            self._by_rarest.setdefault(rarest, []).append(name)

    @property
    def many(self) -> bool:
        """Whether there are so many that only some should be searched for in a text."""
        return len(self._names) > _FEW_NAMES

    def in_text(self, text: str) -> Collection[str]:
        """The names that a text may have: all if they are few, else those of which it has the rarest word."""
        if not self.many:
            return self._names
        words = {*_WORD.findall(one_form(text)), ""}
        return [name for word in sorted(words) for name in self._by_rarest.get(word, ())]


_FEW_NAMES = 1_000  # one pattern with all names is quicker up to here


def without_parenthesis(term: str) -> str:
    """'region (oblast)' is used in texts as 'region'."""
    start, end = term.find(" ("), term.rfind(")")
    return term[:start] + term[end + 1 :] if 0 <= start < end else term


def longer_names(names: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The names of each thing -> by thing, the longer names of others that contain one of its own as whole words."""
    forms = {key: [one_form(name) for name in own] for key, own in names.items()}
    having: dict[str, dict[tuple[str, str], None]] = {}  # word -> (thing, form) that has it, in order
    for key, own in forms.items():
        for form in own:
            for word in _WORD.findall(form):
                having.setdefault(word, {})[key, form] = None
    order = {pair: place for place, pair in enumerate((key, form) for key, own in forms.items() for form in own)}
    longer: dict[str, tuple[str, ...]] = {}
    for key, own in forms.items():
        found: set[tuple[str, str]] = set()
        for form in own:
            # A form that contains another has all of its words: those with its rarest word are looked at.
            rarest = min((having[word] for word in _WORD.findall(form)), key=len, default={})
            found |= {(k, other) for k, other in rarest if k != key and len(other) > len(form) and form in other}
        longer[key] = tuple(other for _, other in sorted(found, key=lambda pair: order[pair]))
    return longer


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
