"""Rule on corrections: each belongs to an edition that exists, and what it calls removed is gone."""

from collections.abc import Iterator

from ...schema.corrections import Correction
from ..context import CheckContext
from ..rule import Finding, Rule, at_value


def correction_wrong(context: CheckContext) -> Iterator[Finding]:
    latest = context.pack.info.edition.number
    for located, correction in context.values_of(Correction):
        if correction.edition > latest:
            message = (
                f"correction '{correction.id}' is of edition {correction.edition}, but the pack is edition {latest}"
            )
            yield at_value(located, message, "raise the 'number' of the edition in pack.yaml", "edition")
        for index, removed in enumerate(correction.removed):
            # An id may return in a later edition; only the present one can still have what it says it removed.
            if correction.edition == latest and removed in context.pack.index:
                message = f"'{removed}' is called removed, but the pack has it"
                yield at_value(located, message, "list it in 'subjects', or remove it", "removed", index)


RULES = (
    Rule(
        "correction-wrong",
        "error",
        "a correction is of a future edition, or names as removed what the pack still has",
        "Readers of an earlier edition look up what changed. A correction belongs to an edition up to that of the "
        "pack, and the ids in 'removed' of the present edition must be gone.",
        "- {id: sum, edition: 3, kind: error, removed: [left/june], text: The sum is gone.}    # pack of edition 2",
        "- {id: sum, edition: 2, kind: error, removed: [left/june], text: The sum is gone.}",
        correction_wrong,
    ),
)
