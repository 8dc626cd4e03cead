"""Names -> where a text has one of them as a whole word, in time with the length of the text."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from .mentions import first_word, is_acronym, name_pattern, one_form

# A word, as language.mentions divides them: a letter apostrophe is no letter.
_WORD = re.compile(r"[^\Wʼ]+")


def any_form_pattern(forms: Iterable[str], *, folded: bool | None = None) -> re.Pattern[str]:
    """Matches any of the forms as a whole word, the longest first. If one is in lower case, the case of none matters,
    except that of acronyms: 'us' is not the US. `folded` says so of forms that belong to more.

    It tries each form at each letter of a text; NameFinder finds one of many.
    """
    longest = sorted(forms, key=len, reverse=True)
    folded = _is_folded(longest) if folded is None else folded
    found = (f"(?i:{name_pattern(f)})" if folded and not is_acronym(f) else name_pattern(f) for f in longest)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(found)})(?![\w-])")


def _is_folded(forms: Iterable[str]) -> bool:
    return any(form.islower() for form in forms)


class NameFinder:
    """Finds what any_form_pattern finds. Only names that begin with a word of the text are tried, where it stands."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._forms = list(dict.fromkeys(forms))
        self._patterns: dict[str, list[tuple[int, re.Pattern[str]]]] = {}

    @cached_property
    def _by_word(self) -> dict[str, dict[int, list[str]]]:
        """First word -> how many signs stand before it in a form -> the forms."""
        found: dict[str, dict[int, list[str]]] = {}
        for form in self._forms:
            word = first_word(form)
            found.setdefault(word, {}).setdefault(max(0, one_form(form).find(word)), []).append(form)
        return found

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Each name in a text, in order; of names that begin at one place, the longest."""
        end = 0
        for word in _WORD.finditer(text):
            for signs, pattern in self._at_word(word[0].casefold()):
                start = word.start() - signs
                if start >= end and (match := pattern.match(text, start)):
                    yield match
                    end = match.end()
                    break

    def _at_word(self, word: str) -> list[tuple[int, re.Pattern[str]]]:
        if word not in self._patterns:
            if word not in self._by_word:
                return []
            folded = _is_folded(self._forms)
            groups = sorted(self._by_word[word].items(), reverse=True)
            self._patterns[word] = [(signs, any_form_pattern(forms, folded=folded)) for signs, forms in groups]
        return self._patterns[word]
