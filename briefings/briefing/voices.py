"""A report that others contradict -> how a reader can tell by whom. Pure."""

from collections.abc import Iterator, Mapping

from .items import EstimateView


def disagreeing(row: EstimateView, rows: Mapping[str, EstimateView]) -> Iterator[tuple[EstimateView, bool]]:
    """Yield the rivals of a report by whose names to list them, and whether each is of the report's own voice.

    Each other voice comes once, with its first report: its name is enough. Another report of the same voice must be
    told from this one by its number, so each comes. `rows` has all rivals, by ref. What we calculated is one voice.
    """
    told = set()
    for other in (rows[ref] for ref in row.rivals):
        if _voice(other) == _voice(row):
            yield other, True
        elif _voice(other) not in told:
            told.add(_voice(other))
            yield other, False


def _voice(row: EstimateView) -> tuple[str, ...]:
    return () if row.estimate.derived else row.by
