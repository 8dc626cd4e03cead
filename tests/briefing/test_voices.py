"""By which names a reader learns that reports disagree."""

import packs
import pytest

from briefings.briefing.items import EstimateView
from briefings.briefing.voices import disagreeing
from briefings.composing.audience_view import AudienceView
from briefings.schema.figures import Estimate


def rows_of(name: str) -> dict[str, EstimateView]:
    pack = packs.pack(name)
    view = AudienceView(pack, next(packs.choices(name))[0])
    return {ref: view.estimate(ref) for ref, value in pack.index.items() if isinstance(value, Estimate)}


@pytest.mark.parametrize("name", packs.FOLDERS)
def test_a_voice_that_disagrees_is_named_once_and_never_the_report_s_own_without_its_number(name: str) -> None:
    rows = rows_of(name)
    for row in rows.values():
        told = list(disagreeing(row, rows))
        others = [other.by for other, own in told if not own]
        assert len(others) == len({*others}), row.ref
        assert row.by not in others, row.ref
        # nobody is missing
        assert {other.by for other, _ in told} == {rows[ref].by for ref in row.rivals}, row.ref
