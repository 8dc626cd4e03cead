"""Rules on derived numbers: marked as such, right, from something reported, and no share without its whole."""

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise, permutations

from ...language import english
from ...schema.figures import Estimate
from ..context import CheckContext, Passage
from ..rule import Finding, Rule, at_text, at_value
from .estimates import each_estimate, is_share

Range = tuple[Fraction, Fraction]

_WORKED_OUT = re.compile(
    r"\b(worked out|our (?:own )?(?:arithmetic|sum|calculation)|derived|calculated by us|we (?:added|subtracted))\b",
    re.I,
)
_THAT_IS = re.compile(r"\b(that is|which is|i\.e\.|equals?|which makes|making|meaning|in other words|so)\b|=", re.I)
_NUMBER = re.compile(r"\[=([a-z0-9/-]+)[^\]]*\]")


def not_derived(subject: CheckContext) -> Iterator[Finding]:
    for passage in subject.passages:
        owner = passage.located.ancestors[-1]
        found = passage.field in ("basis", "about") and _WORKED_OUT.search(passage.prose)
        if found and isinstance(owner, Estimate) and owner.derived is None:
            message = f"'{found[0]}', but the estimate is not marked as derived"
            yield at_text(passage, found.start(), message, "write derived: {of: [...], how: ...}")


def derived_wrong(subject: CheckContext) -> Iterator[Finding]:
    for spot, figure, estimate in each_estimate(subject):
        wanted = _range(estimate)
        if estimate.derived is None or wanted is None or len(estimate.derived.of) < 2:
            continue
        parts = [(_range(e), is_share(subject, f, e)) for f, e in map(subject.pack.estimate, estimate.derived.of)]
        results = _possible_results([(r, share) for r, share in parts if r])
        if len(results) and wanted not in results:
            reached = list(dict.fromkeys(map(_written, results)))
            gives = f"its parts give {' or '.join(reached)}" if len(reached) < 4 else "nothing its parts give is that"
            message = f"'{figure.id}/{estimate.id}' is {_written(wanted)}; {gives}"
            yield at_value(spot, message, "mend the number, or what it is derived from", "derived")
    yield from stray_numbers(subject)


def stray_numbers(subject: CheckContext) -> Iterator[Finding]:
    """A number in 'how' that is neither a part, the result, nor what two parts make."""
    for passage in subject.passages if subject.english else ():
        if passage.field != "how" or len(passage.located.ancestors) < 2:
            continue
        estimate = passage.located.ancestors[-2]
        if not isinstance(estimate, Estimate) or estimate.derived is None:
            continue
        parts = [(f, e) for f, e in map(subject.pack.estimate, estimate.derived.of)]
        ranges = [(r, is_share(subject, f, e)) for f, e in parts if (r := _range(e))]
        own = _range(estimate)
        known = {
            value
            for r in (*_possible_results(ranges), *(r for r, _ in ranges), *((own,) if own else ()))
            for value in r
        }
        for found in english.quantities(passage.prose):
            worth = english.parse_number(found.written)
            if worth is not None and worth not in known:
                message = f"'{found.written}' is neither a part of this sum nor its result"
                yield at_text(passage, found.offset, message, "write the numbers that 'of' names")


def _range(estimate: Estimate) -> Range | None:
    if estimate.value is not None:
        return estimate.value, estimate.value
    return (estimate.low, estimate.high) if estimate.low is not None and estimate.high is not None else None


def _possible_results(parts: Sequence[tuple[Range, bool]]) -> list[Range]:
    """What simple arithmetic makes of numbers: sum, remainder, product, quotient; a share of one, or less it."""
    out: list[Range] = []
    for order in permutations(parts):
        (low, high), share = order[0]
        if share:
            continue
        rest = order[1:]
        plus = minus = times = (low, high)
        for (a, b), part in rest:
            scaled = (a / 100, b / 100) if part and b > 1 else (a, b)
            plus = (plus[0] + a, plus[1] + b)
            minus = (minus[0] * (1 - scaled[1]), minus[1] * (1 - scaled[0])) if part else (minus[0] - b, minus[1] - a)
            times = (times[0] * scaled[0], times[1] * scaled[1])
        out += [minus, times] if any(part for _, part in rest) else [plus, minus, times]
        if len(order) == 2 and not order[1][1] and order[1][0][0]:
            (a, b), _ = order[1]
            out += [(low / b, high / a), (100 * low / b, 100 * high / a)]
    return out


def _written(value: Range) -> str:
    return str(value[0]) if value[0] == value[1] else f"{value[0]} to {value[1]}"


def derived_circular(subject: CheckContext) -> Iterator[Finding]:
    of = {
        f"{figure.id}/{estimate.id}": estimate.derived.of
        for _, figure, estimate in each_estimate(subject)
        if estimate.derived
    }
    for spot, figure, estimate in each_estimate(subject):
        ref = f"{figure.id}/{estimate.id}"
        if ref in _all_inputs(ref, of):
            yield at_value(spot, f"'{ref}' is derived from itself", "derive it from what somebody reported", "derived")


def _all_inputs(ref: str, of: Mapping[str, Sequence[str]]) -> set[str]:
    """Everything that an estimate rests on, through whatever it is derived from."""
    seen: set[str] = set()
    todo = list(of.get(ref, ()))
    while todo:
        if (one := todo.pop()) not in seen:
            seen.add(one)
            todo += of.get(one, ())
    return seen


def share_to_area(subject: CheckContext) -> Iterator[Finding]:
    for spot, figure, estimate in each_estimate(subject):
        if estimate.derived is None or is_share(subject, figure, estimate):
            continue
        of = [(f, e, is_share(subject, f, e)) for f, e in map(subject.pack.estimate, estimate.derived.of)]
        shares, bases = [e for _, e, share in of if share], [e for _, e, share in of if not share]
        if shares and not bases:
            message = f"'{figure.id}/{estimate.id}' is made from a share without the whole it is a share of"
            yield at_value(spot, message, "add the whole to 'of'", "derived")
        elif shares and not any(_one_voice(share, base) for share in shares for base in bases):
            message = f"'{figure.id}/{estimate.id}' takes a share of one source from a whole of another"
            yield at_value(spot, message, "use the whole that the share's own source names", "derived")
    for passage in subject.passages:
        yield from _multiplied(subject, passage)


def _one_voice(one: Estimate, other: Estimate) -> bool:
    return bool({*one.by, *one.sources} & {*other.by, *other.sources})


def _multiplied(subject: CheckContext, passage: Passage) -> Iterator[Finding]:
    """A share that the next words turn into an amount."""
    marks = list(_NUMBER.finditer(passage.raw)) if passage.raw.count("[=") > 1 else []
    for share, amount in pairwise(marks):
        between = passage.raw[share.end() : amount.start()]
        of = [(f, e, is_share(subject, f, e)) for f, e in (subject.pack.estimate(m[1]) for m in (share, amount))]
        derived = of[1][1].derived
        says_so = len(between) < 40 and "." not in between and _THAT_IS.search(between)
        if of[0][2] and not of[1][2] and says_so and not (derived and share[1] in derived.of):
            message = f"{share[0]} is a share; {amount[0]} is not derived from it"
            yield at_text(passage, amount.start(), message, "leave it out, or derive it from the share and its whole")


RULES = (
    Rule(
        "not-derived",
        "warning",
        "a number that was worked out is not marked as derived",
        "Readers must see which numbers somebody reported and which are our arithmetic.",
        "- {id: left, value: 600, basis: our arithmetic, ...}",
        "- {id: left, value: 600, derived: {of: [area/spring, loss/june], how: 900 less a third}}",
        not_derived,
        ("english",),
    ),
    Rule(
        "derived-wrong",
        "error",
        "a derived number is not what its parts give",
        "What is derived is worked out again: sum, remainder, product or quotient of its parts, ranges included, a "
        "share taken of a whole or from it.",
        "- {id: left, value: 500, derived: {of: [area/spring, loss/june], how: 900 less a third}}",
        "- {id: left, value: 600, derived: {of: [area/spring, loss/june], how: 900 less a third}}",
        derived_wrong,
    ),
    Rule(
        "derived-circular",
        "error",
        "a number is derived from itself",
        "Arithmetic begins with what somebody reported.",
        "- {id: left, value: 600, derived: {of: [area/left, loss/june], ...}}",
        "- {id: left, value: 600, derived: {of: [area/spring, loss/june], ...}}",
        derived_circular,
    ),
    Rule(
        "share-to-area",
        "warning",
        "a share is turned into an amount without its own whole",
        "Half of what? A share becomes an amount only as a derived estimate, from the whole that its own source "
        "names. A sentence that sets an amount beside a share as the same thing does it silently.",
        'text: "[=loss/june] dried up, that is [=area/june]. [@diary]"',
        "derived: {of: [area/spring, loss/june], how: 900 less a third}     # both hers",
        share_to_area,
    ),
)
