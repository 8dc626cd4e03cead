"""Rules on derived numbers: marked as derived, correct, from the reports of one reporter, no share without a whole."""

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from graphlib import TopologicalSorter
from itertools import pairwise

from ...language import english
from ...schema.figures import Estimate
from ..context import CheckContext, Passage
from ..rule import Finding, Rule, at_text, at_value
from .estimates import each_estimate, is_share

Range = tuple[Fraction, Fraction]

# Words of a 'basis' or 'about' that admit to arithmetic: "our own calculation", "we added".
_WORKED_OUT = re.compile(
    r"\b(worked out|our (?:own )?(?:arithmetic|sum|calculation)|derived|calculated by us|we (?:added|subtracted))\b",
    re.I,
)
# Words between a share and an amount that equate the two: "[=loss/june], that is [=area/june]".
_THAT_IS = re.compile(r"\b(that is|which is|i\.e\.|equals?|which makes|making|meaning|in other words|so)\b|=", re.I)
# A number mark: [=figure/estimate] or [=figure/estimate form]; group 1 is the reference.
_NUMBER = re.compile(r"\[=([a-z0-9/-]+)[^\]]{0,300}\]")


def not_derived(context: CheckContext) -> Iterator[Finding]:
    for passage in context.passages:
        owner = passage.located.ancestors[-1]
        match = passage.field in ("basis", "about") and _WORKED_OUT.search(passage.prose)
        if match and isinstance(owner, Estimate) and owner.derived is None:
            message = f"the text says '{match[0]}', but the estimate is not marked as derived"
            yield at_text(passage, match.start(), message, "add derived: {of: [...], how: ...}")


def derived_wrong(context: CheckContext) -> Iterator[Finding]:
    for located, figure, estimate in each_estimate(context):
        stated = _range(estimate)
        if estimate.derived is None or stated is None or len(estimate.derived.of) < 2:
            continue
        inputs = [(_range(e), is_share(context, f, e)) for f, e in map(context.pack.estimate, estimate.derived.of)]
        results = _possible_results([(r, share) for r, share in inputs if r])
        inexact = [ref for ref in estimate.derived.of if context.pack.estimate(ref)[1].bound != "exactly"]
        if inexact and estimate.bound == "exactly":
            message = f"'{figure.id}/{estimate.id}' is given as exact, but its input '{inexact[0]}' is not"
            yield at_value(located, message, "use an 'operation', which calculates the bound too", "derived")
        elif results and stated not in results:
            options = list(dict.fromkeys(map(_written, results)))
            expected = (
                f"its inputs give {' or '.join(options)}" if len(options) < 4 else "no result of its inputs is that"
            )
            message = f"'{figure.id}/{estimate.id}' is {_written(stated)}, but {expected}"
            yield at_value(located, message, "correct the number, or the estimates in 'of'", "derived")
    yield from stray_numbers(context)


def stray_numbers(context: CheckContext) -> Iterator[Finding]:
    """Numbers in 'how' that are neither an input, nor the result, nor a possible result of the inputs."""
    for passage in context.passages if context.english else ():
        if passage.field != "how" or len(passage.located.ancestors) < 2:
            continue
        estimate = passage.located.ancestors[-2]
        if not isinstance(estimate, Estimate) or estimate.derived is None:
            continue
        inputs = map(context.pack.estimate, estimate.derived.of)
        ranges = [(r, is_share(context, f, e)) for f, e in inputs if (r := _range(e))]
        own = _range(estimate)
        known = {
            bound
            for r in (*_possible_results(ranges), *(r for r, _ in ranges), *((own,) if own else ()))
            for bound in r
        }
        for quantity in english.quantities(passage.prose):
            value = english.parse_number(quantity.written)
            if value is not None and value not in known:
                message = f"'{quantity.written}' is neither an input nor a result of this derivation"
                yield at_text(passage, quantity.offset, message, "use only numbers of the estimates in 'of'")


def _range(estimate: Estimate) -> Range | None:
    if estimate.value is not None:
        return estimate.value, estimate.value
    return (estimate.low, estimate.high) if estimate.low is not None and estimate.high is not None else None


def _possible_results(inputs: Sequence[tuple[Range, bool]]) -> list[Range]:
    """Every result of simple arithmetic on (range, is a share) inputs, in any order.

    Amounts are added, subtracted, multiplied or, if there are two, divided, also as a percentage. A share is taken of
    an amount, or away from it. The arithmetic is interval arithmetic: a difference is lowest where the number that is
    subtracted is highest.
    """
    results: list[Range] = []
    for place, ((low, high), share) in enumerate(inputs):
        if share:
            continue  # a share is only ever applied to an amount
        rest = [*inputs[:place], *inputs[place + 1 :]]  # their own order makes no difference
        plus = minus = times = (low, high)
        for (a, b), is_part in rest:
            scaled = (a / 100, b / 100) if is_part and b > 1 else (a, b)  # per cent, or a fraction such as 1/3
            plus = (plus[0] + a, plus[1] + b)
            minus = (
                (minus[0] * (1 - scaled[1]), minus[1] * (1 - scaled[0])) if is_part else (minus[0] - b, minus[1] - a)
            )
            times = (times[0] * scaled[0], times[1] * scaled[1])
        results += [minus, times] if any(is_part for _, is_part in rest) else [plus, minus, times]
        if len(rest) == 1 and not rest[0][1] and rest[0][0][0]:
            (a, b), _ = rest[0]
            results += [(low / b, high / a), (100 * low / b, 100 * high / a)]
    return results


def _written(value: Range) -> str:
    return str(value[0]) if value[0] == value[1] else f"{value[0]} to {value[1]}"


def derived_circular(context: CheckContext) -> Iterator[Finding]:
    circular = _circular(_inputs(context))
    for located, figure, estimate in each_estimate(context):
        ref = f"{figure.id}/{estimate.id}"
        if ref in circular:
            yield at_value(located, f"'{ref}' is derived from itself", "derive it from reported estimates", "derived")


def _inputs(context: CheckContext) -> dict[str, Sequence[str]]:
    """What each derived number comes from, by figure/estimate."""
    return {
        f"{figure.id}/{estimate.id}": estimate.derived.of
        for _, figure, estimate in each_estimate(context)
        if estimate.derived
    }


def _circular(inputs: Mapping[str, Sequence[str]]) -> set[str]:
    """The numbers that are derived from themselves, directly or through others.

    Kosaraju's algorithm: two numbers are on one circle if each leads to the other. Following 'of' from every number
    would take time with the square of their number.
    """
    used_by: dict[str, list[str]] = {}
    for ref, of in inputs.items():
        for each in of:
            used_by.setdefault(each, []).append(ref)
    seen: set[str] = set()
    order = [ref for start in inputs for ref in _post_order(start, inputs, seen)]
    circular, seen = set[str](), set()
    for start in reversed(order):
        group = _post_order(start, used_by, seen)
        if len(group) > 1 or start in inputs.get(start, ()):
            circular.update(group)
    return circular


def _post_order(start: str, graph: Mapping[str, Sequence[str]], seen: set[str]) -> list[str]:
    """What `start` leads to and is not `seen` yet, each after all that it leads to. Without recursion."""
    order: list[str] = []
    todo = [(start, iter(graph.get(start, ())))] if start not in seen else []
    seen.add(start)
    while todo:
        ref, rest = todo[-1]
        each = next((each for each in rest if each not in seen), None)
        if each is None:
            order.append(ref)
            todo.pop()
        else:
            seen.add(each)
            todo.append((each, iter(graph.get(each, ()))))
    return order


def share_to_area(context: CheckContext) -> Iterator[Finding]:
    for located, figure, estimate in each_estimate(context):
        if estimate.derived is None or is_share(context, figure, estimate):
            continue
        inputs = [(e, is_share(context, f, e)) for f, e in map(context.pack.estimate, estimate.derived.of)]
        if inputs and all(share for _, share in inputs):
            message = f"'{figure.id}/{estimate.id}' is calculated from a share without the whole"
            yield at_value(located, message, "add the whole to 'of'", "derived")
    for passage in context.passages:
        yield from _equated(context, passage)


def derived_mixed(context: CheckContext) -> Iterator[Finding]:
    reporters_of = _reporters(context)
    for located, figure, estimate in each_estimate(context):
        if estimate.derived is None:
            continue
        ref = f"{figure.id}/{estimate.id}"
        reporters = {of: by for of in estimate.derived.of if (by := reporters_of[of]) is not None}
        if reporters and not frozenset.intersection(*reporters.values()):
            given = ", ".join(f"'{of}' by {_listed(by)}" for of, by in reporters.items())
            message = f"'{ref}' combines numbers of different reporters: {given}"
            hint = "derive it from numbers that one of them gives, or leave it out"
            yield at_value(located, message, hint, "derived")


def _reporters(context: CheckContext) -> dict[str, frozenset[str] | None]:
    """Who gave each number: its `by`, or its sources if it has none; for a derived number, who gave all of its inputs.

    None for a number derived from itself, which derived-circular reports, and for one that comes from only such.
    """
    inputs = _inputs(context)
    circular = _circular(inputs)
    reporters: dict[str, frozenset[str] | None] = dict.fromkeys(circular)
    graph: dict[str, Sequence[str]] = {of: () for each in inputs.values() for of in each}
    graph |= {ref: () if ref in circular else of for ref, of in inputs.items()}
    for ref in TopologicalSorter(graph).static_order():
        if ref in circular:
            continue
        if ref in inputs:
            known = [by for of in graph[ref] if (by := reporters[of]) is not None]
            reporters[ref] = frozenset.intersection(*known) if known else None
        else:
            _, estimate = context.pack.estimate(ref)
            reporters[ref] = frozenset(estimate.by or estimate.sources)
    return reporters


def _listed(ids: frozenset[str]) -> str:
    return " and ".join(sorted(ids)) or "nobody"


def _equated(context: CheckContext, passage: Passage) -> Iterator[Finding]:
    """Amounts that a sentence equates with the share just before them, and that are not derived from it."""
    marks = list(_NUMBER.finditer(passage.raw)) if passage.raw.count("[=") > 1 else []
    for share, amount in pairwise(marks):
        between = passage.raw[share.end() : amount.start()]
        first, second = (context.pack.estimate(mark[1]) for mark in (share, amount))
        derived = second[1].derived
        equates = len(between) < 40 and "." not in between and _THAT_IS.search(between)  # close by, in one sentence
        if (
            equates
            and is_share(context, *first)
            and not is_share(context, *second)
            and not (derived and share[1] in derived.of)
        ):
            message = f"the text equates the share {share[0]} with {amount[0]}, which is not derived from it"
            yield at_text(passage, amount.start(), message, "remove it, or derive it from the share and its whole")


RULES = (
    Rule(
        "not-derived",
        "warning",
        "a calculated number is not marked as derived",
        "Readers must be able to tell reported numbers from our own arithmetic. The rule looks for words such as "
        "'our arithmetic', 'worked out' and 'we added' in 'basis' and 'about'. A derived number lists its inputs in "
        "'of' and says in 'how' what was done with them.",
        "- {id: left, value: 600, basis: our arithmetic, ...}",
        "- {id: left, value: 600, derived: {of: [area/spring, loss/june], how: 900 less a third}}",
        not_derived,
        ("english",),
    ),
    Rule(
        "derived-wrong",
        "error",
        "a derived number does not follow from its inputs",
        "briefings repeats the calculation. The number must be the sum, difference, product or quotient of the "
        "estimates in 'of'; a share may be taken of a whole or away from it. Ranges are calculated with both ends. "
        "A number with an input that is not exact cannot be exact. Every number in 'how' must be one of the inputs "
        "or a result of them.",
        "- {id: left, value: 500, derived: {of: [area/spring, loss/june], how: 900 less a third}}",
        "- {id: left, value: 600, derived: {of: [area/spring, loss/june], how: 900 less a third}}",
        derived_wrong,
    ),
    Rule(
        "derived-circular",
        "error",
        "a number is derived from itself",
        "A calculation must start from reported numbers. The rule follows 'of' through all derived inputs.",
        "- {id: left, value: 600, derived: {of: [area/left, loss/june], ...}}",
        "- {id: left, value: 600, derived: {of: [area/spring, loss/june], ...}}",
        derived_circular,
    ),
    Rule(
        "share-to-area",
        "warning",
        "a share is converted to an amount without the matching whole",
        "A share (a fraction or a percentage) gives an amount only together with the whole it is a share of. Derive "
        "the amount from the share and that whole. The rule also finds sentences that equate a share with an amount "
        "('that is', 'which makes').",
        'text: "[=loss/june] dried up, that is [=area/june]. [@diary]"',
        "derived: {of: [area/spring, loss/june], how: 900 less a third}",
        share_to_area,
    ),
    Rule(
        "derived-mixed",
        "error",
        "a derived number combines numbers of different reporters",
        "Two reporters may count different things, or mean different wholes. A number made from both is one that "
        "nobody reported. All inputs of a derivation must have a reporter in common: somebody in 'by' or, for an "
        "estimate without 'by', a source. A number derived from others has the reporters that all of them share.",
        "derived: {of: [area/moss-spring, loss/gazette-june], how: 900 less a third}",
        "derived: {of: [area/moss-spring, loss/moss-june], how: 900 less a third}",
        derived_mixed,
    ),
)
