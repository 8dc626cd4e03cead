"""Write amounts, dates and names as text, by the rules of a language and its strings file."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, get_month_names
from babel.numbers import format_compact_decimal, format_decimal

from ..briefing.parts import EstimateView
from ..schema.date_parts import read_part
from ..schema.dates import PartialDate
from ..schema.fields import decimals_of
from ..schema.figures import Unit
from .typography import Typography

NBSP = "\u00a0"
_EVERY_DIGIT = 15  # decimals that no number of a pack exceeds: they are below 10^15
_WIDTHS: tuple[Literal["wide"], Literal["abbreviated"]] = ("wide", "abbreviated")


@dataclass(frozen=True)
class Wording:
    """The wording of one language. `strings` is the content of templates/strings/<language>.yaml."""

    language: str
    strings: Mapping[str, Any]

    def amount(self, value: Fraction, *, fraction: bool = False) -> str:
        """Write a number, with all its digits: "1,200", "3.50", "3.5 million" or, with `fraction`, "a third"."""
        plain, decimals = Fraction(value), decimals_of(value)
        if fraction and str(plain) in self.strings["fractions"]:
            return str(self.strings["fractions"][str(plain)])
        exact = Decimal(plain.numerator) / Decimal(plain.denominator)
        if Fraction(exact) != plain:  # 1/3 has no exact decimal: write it as a fraction
            return f"{plain.numerator}/{plain.denominator}".replace("-", "−")
        compact = self._compact(exact) if abs(plain) >= 1_000_000 and not decimals else ""
        # decimal_quantization would round to the three decimals of the locale's pattern
        pattern = re.sub(r"\.#+", f".{'0' * decimals}", self._decimal_pattern) if decimals else None
        number = compact or format_decimal(exact, pattern, locale=self._locale, decimal_quantization=False)
        return str(number).replace("-", "−")

    def _compact(self, number: Decimal) -> str:
        """The number in millions with at most one decimal, or in billions with at most two, if that loses no digit."""

        def in_words(digits: int) -> str:
            written = format_compact_decimal(number, format_type="long", locale=self._locale, fraction_digits=digits)
            return str(written).replace(" ", NBSP)

        written = in_words(1 if abs(number) < 1_000_000_000 else 2)
        return written if written == in_words(_EVERY_DIGIT) else ""

    def estimate(self, row: EstimateView, form: str = "", beside: str = "") -> str:
        """Write an estimate: "more than 1,200 square kilometres", or in one of the forms of a number reference.

        `form` is "" (in full), "number" (more than 1,200), "value" (1,200) or "short" (over 1,200 km²; of a report in
        words, a few km²). `beside` is the text that follows: a unit that it names is left out, as in "59" before
        "countries with any case".
        """
        estimate, unit = row.estimate, row.unit
        if row.words:
            short = unit.short if form == "short" and not unit.short.startswith("%") else ""
            return row.words.replace(f" {unit.many}", f"{NBSP}{short}") if short else row.words
        said = [v for v in (estimate.value, estimate.low, estimate.high) if v is not None]
        fraction = unit.is_plain and all(str(Fraction(v)) in self.strings["fractions"] for v in said)
        before = unit.before if form in ("", "short") else ""
        bounds = self.strings["short_numbers" if form == "short" else "numbers"]
        if estimate.low is not None and estimate.high is not None:
            low, high = (_with_sign(before, self.amount(v, fraction=fraction)) for v in (estimate.low, estimate.high))
            # a dash beside a minus or between words cannot be read: "−4 to −1.5", "half to two-thirds"
            ranges = self.strings["numbers"] if fraction or "−" in low + high else bounds
            number = ranges["range"].format(low=low, high=high)
        else:
            assert estimate.value is not None
            number = _with_sign(before, self.amount(estimate.value, fraction=fraction))
        if form != "value":
            number = bounds[estimate.bound].format(n=number)
        if form in ("number", "value") or (beside and _names_unit(beside, unit)):
            return str(number)
        return self._with_unit(number, row, short=form == "short")

    def when(self, when: PartialDate, *, short: bool = False) -> str:
        """Write a date with its precision: "6 August 2024", "mid-November 2024", "26–27 April 2025"."""
        parts = [self._date(part, short) for part in when.parts]
        if len(parts) == 2:
            first, last = parts
            day, _, first_time = when.parts[0].partition("T")
            if first_time and when.parts[1].startswith(f"{day}T"):
                words = f"{first}–{when.parts[1].rpartition('T')[2]}"  # times of one day
            else:
                words = self._span(first, last, bc=all(read_part(part).bc for part in when.parts))
        else:
            words = parts[0]
        return str(self.strings["dates"][when.qualifier].format(date=words)) if when.qualifier else str(words)

    def dated(self, row: EstimateView, *, short: bool = False, date: str = "") -> str:
        """Write when an estimate was said, or "for 1972" if its source was published later; "" if it is undated.

        `date` is the date as it is written already, such as with markup.
        """
        when = row.estimate.as_of
        if when is None:
            return ""
        written = date or self.when(when, short=short)
        has_preposition = when.qualifier in ("by", "before", "after")  # "for by 1990" is no English
        return str(self.strings["dates"]["of"]).format(date=written) if row.later and not has_preposition else written

    def period(self, start: PartialDate, end: PartialDate | None, *, short: bool = False) -> str:
        """Write the time from one date to another: "Jun 2023 – Jul 2023"; see period_pattern()."""
        pattern = self.period_pattern(start, end)
        last = self.when(end, short=short) if end else ""
        return pattern.format(first=self.when(start, short=short), last=last)

    def period_pattern(self, start: PartialDate, end: PartialDate | None) -> str:
        """How to write a time of which {first} and {last} are the ends: equal ends are one, and an open end is said."""
        if end is None:
            # A span has an end of its own.
            return "{first}" if len(start.parts) > 1 else str(self.strings["dates"]["since"])
        return "{first}" if start.text == end.text else "{first} – {last}"

    def _span(self, first: str, last: str, *, bc: bool) -> str:
        era = re.escape(self.strings["dates"]["bc"].format(date="")) if bc else "(?!)"
        # drop month and year, or else the year, or what makes it BC, from the first
        for shared_tail in (r" \S+ \d{4}$", r" \d{4}$", f"{era}$"):
            tail = re.search(shared_tail, first)
            if tail and last.endswith(tail[0]):
                first = first.removesuffix(tail[0])
        return (
            f"{first}–{last}" if first.isdigit() else str(self.strings["dates"]["span"].format(first=first, last=last))
        )

    @cached_property
    def month_numbers(self) -> Mapping[str, int]:
        """The number of every month by its long and its short name."""
        long, short = (get_month_names(width, locale=self._locale) for width in _WIDTHS)
        return {name.rstrip("."): number for names in (long, short) for number, name in names.items()}

    @cached_property
    def typography(self) -> Typography:
        """How the language sets quotation marks, and what it keeps on one line."""
        rules = self.strings.get("typography", {})
        return Typography(self.language, rules, tuple(self.month_numbers), tuple(self.strings.get("number_words", ())))

    def month(self, day: date, *, year: bool = False) -> str:
        """Write the month of a day: its short name for an axis or, with `year`, "August 2024"."""
        pattern = self.strings["dates"]["month" if year else "axis_month"]
        return str(format_date(day, pattern, locale=self._locale))

    def tick(self, value: float, unit: Unit | None = None) -> str:
        """Write a round number on an axis, with a unit if given: "1,500 km²"."""
        number = self.amount(Fraction(str(value)))
        return number if unit is None else self._unit(_with_sign(unit.before, number), unit, short=True, one=False)

    def names(self, names: Sequence[str]) -> str:
        """Write names as a list: "A, B and C"."""
        rules = self.strings["list"]
        if len(names) < 2:
            return "".join(names)
        return str(rules["more"].join(names[:-1]) + rules["last"] + names[-1])

    def in_sentence(self, speakers: Sequence[str], *, all_of_them: bool = False) -> list[str]:
        """Return names as they stand in a sentence that the first begins: "a source", not "A source", after it.

        With `all_of_them` the first stands inside the sentence too. Not for places: The Hague keeps its capital.
        """
        begins = 0 if all_of_them else 1
        return [name if place < begins else self._with_small_article(name) for place, name in enumerate(speakers)]

    def speakers(self, speakers: Sequence[str], *, inside: bool = False) -> str:
        """Write who speaks as a list: "Reuters and a source". With `inside` the list does not begin the sentence."""
        return self.names(self.in_sentence(speakers, all_of_them=inside))

    def _with_small_article(self, name: str) -> str:
        first, space, rest = name.partition(" ")
        return first.lower() + space + rest if space and first in self.strings["list"]["articles"] else name

    def plural(self, word: Mapping[str, str], number: int) -> str:
        """Write a number with the right form of a word; `word` is like {one: minute, many: minutes}."""
        return f"{number}{NBSP}{word['one' if number == 1 else 'many']}"

    def language_name(self, code: str) -> str:
        """Write the name of another language in the document's own; the code itself if it is no language's."""
        try:
            return str(Locale.parse(self._locale).languages.get(code, code))
        except UnknownLocaleError:
            return code

    def _with_unit(self, number: str, row: EstimateView, *, short: bool) -> str:
        return self._unit(
            number, row.unit, short=short, one=row.estimate.value == 1 and not decimals_of(row.estimate.value)
        )

    def _unit(self, number: str, unit: Unit, *, short: bool, one: bool) -> str:
        word = unit.short if short and unit.short else unit.one if one else unit.many
        if word.startswith("%"):
            return number + word
        space = (
            " " if short and not unit.short else NBSP
        )  # short forms are for narrow labels, where a unit in full may wrap
        return f"{number}{space}{word}" if word else number

    def _date(self, part: str, short: bool) -> str:
        """Write one end of a date, such as "2024", "2024-autumn" or "2024-08-06"."""
        patterns, when = self.strings["dates"], read_part(part)
        if when.century:
            ordinals = patterns["ordinals"]
            form = Locale.parse(self._locale).ordinal_form(when.century)
            ordinal = ordinals.get(form, ordinals["other"]).format(n=when.century)
            words = patterns["century"].format(ordinal=ordinal)
        elif when.decade:
            words = patterns["decade"].format(year=when.year)
        elif when.season:
            words = patterns[when.season].format(year=when.year)
        elif when.month:
            key = ("short_" if short else "") + ("day" if when.day else "month")
            words = format_date(when.first, patterns[key], locale=self._locale)
        else:
            words = str(when.year)
        if when.time:
            words = patterns["time"].format(date=words, time=when.time)
        return str(patterns["bc"].format(date=words) if when.bc else words)

    @cached_property
    def _decimal_pattern(self) -> str:
        return str(Locale.parse(self._locale).decimal_formats[None].pattern)

    @property
    def _locale(self) -> str:
        return self.language.replace("-", "_")


def _names_unit(words: str, unit: Unit) -> bool:
    """Whether a text has one of the words that a unit is written with."""
    if unit.before:
        return False  # what stands after the number belongs to the currency: US$610 million
    names = {name.casefold() for name in (unit.one, unit.many, unit.short) if name and not name.startswith("%")}
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words.casefold()) for name in names)


def _with_sign(before: str, number: str) -> str:
    """The number after the sign of its currency, and that after a minus: "US$610", "−US$610"."""
    return f"−{before}{number[1:]}" if number.startswith("−") else before + number
