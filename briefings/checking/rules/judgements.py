"""Rules on judgements: each has evidence, which bears its verdict out, and says no more than that evidence does."""

from collections.abc import Iterator

from ... import markdown
from ...schema.fields import LEVELS, LevelText
from ...schema.figures import Estimate, Figure
from ...schema.judgements import Judgement
from ...schema.statements import Item, Statement
from ...schema.topic import Argument, Person, Position, Source
from ..context import CheckContext
from ..rule import Finding, Rule, at_text, at_value
from .estimates import camp_of, rivals

_ONE_SIDED = ("claimed", "denied", "forecast")  # what only its speaker answers for


def judgement_bare(context: CheckContext) -> Iterator[Finding]:
    for located, judgement in context.values_of(Judgement):
        if not judgement.evidence:
            message = f"judgement '{judgement.id}' names no evidence"
            yield at_value(located, message, "list in 'evidence' the statements and estimates that bear it out")
    for passage in context.passages:
        owner = passage.located.ancestors[-1]
        if isinstance(owner, Judgement) and not passage.cites:
            message = f"judgement '{owner.id}' cites no source at level {passage.levels[0]}"
            yield at_text(passage, 0, message, "cite those of its evidence with [@source-id]")


def judgement_unfounded(context: CheckContext) -> Iterator[Finding]:
    for located, judgement in context.values_of(Judgement):
        if judgement.evidence and (reason := _unfounded(context, judgement)):
            message = f"judgement '{judgement.id}' says {judgement.verdict}, but {reason}"
            yield at_value(located, message, "change the verdict, or name the evidence that bears it out", "verdict")


def judgement_beyond(context: CheckContext) -> Iterator[Finding]:
    for passage in context.passages:
        judgement = passage.located.ancestors[-1]
        if not isinstance(judgement, Judgement) or not judgement.evidence:
            continue
        sources = {source for i in judgement.evidence for source in _sources(context, i)}
        refs = {ref for i in judgement.evidence for ref in _numbers(context, i)}
        for mark in markdown.find_marks(passage.raw):
            if isinstance(mark, markdown.Citation) and mark.source not in sources:
                message = f"judgement '{judgement.id}' cites '{mark.source}', which none of its evidence cites"
            elif isinstance(mark, markdown.NumberReference) and mark.ref not in refs:
                message = f"judgement '{judgement.id}' gives '{mark.ref}', which is not among its evidence"
            else:
                continue
            hint = "add to 'evidence' what it rests on, or say less"
            yield at_text(passage, passage.raw.index(mark.raw), message, hint)


def judgement_elsewhere(context: CheckContext) -> Iterator[Finding]:
    lacking: dict[str, dict[str, None]] = {}  # judgement -> documents as an ordered set: one has several papers
    for briefing in context.briefings:
        for view in briefing.judgements:
            if not view.evidence:
                lacking.setdefault(view.id, {})[briefing.name] = None
    for located, judgement in context.values_of(Judgement):
        if judgement.evidence and (documents := lacking.get(judgement.id)):
            message = f"judgement '{judgement.id}' is printed without any of its evidence in {', '.join(documents)}"
            yield at_value(located, message, "show some of it there, or give the judgement a greater depth", "evidence")


def _unfounded(context: CheckContext, judgement: Judgement) -> str:
    """What in the evidence does not bear the verdict out, as a clause, or ""."""
    if judgement.verdict == "settled":
        return _contested(context, judgement)
    if judgement.verdict == "disputed":
        return "" if _disagree(context, judgement) else "nothing in its evidence contradicts anything else in it"
    if judgement.verdict == "thin":
        origins = {origin for i in judgement.evidence for origin in _origins(context, i)}
        return "" if len(origins) < 2 else f"its evidence has more than one origin: {', '.join(sorted(origins))}"
    if judgement.verdict == "conditional":
        reasons = any(_is_reasoned(context, i) for i in judgement.evidence)
        return "" if reasons else "nothing in its evidence is somebody's assessment, forecast or argument"
    exact = [ref for ref, e in _estimates(context, judgement) if _is_answer(e) and not rivals(context, ref)]
    return f"'{exact[0]}' answers it exactly" if exact else ""


def _contested(context: CheckContext, judgement: Judgement) -> str:
    for ref, _ in _estimates(context, judgement):
        if others := rivals(context, ref):
            return f"'{sorted(others)[0]}' disagrees with '{ref}'"
    for i, value in _reports(context, judgement):
        if value.status in _ONE_SIDED:
            return f"'{i}' is {value.status}"
    argued = [i for i in judgement.evidence if isinstance(context.pack.index[i], Position | Argument)]
    return f"'{argued[0]}' is somebody's argument" if argued else ""


def _disagree(context: CheckContext, judgement: Judgement) -> bool:
    """Whether two pieces of evidence contradict each other: rivals, a denial of something, or claims of enemies."""
    refs = {ref for ref, _ in _estimates(context, judgement)}
    if any(rivals(context, ref) & refs for ref in refs):
        return True
    reports = list(_reports(context, judgement))
    if any(value.status == "denied" for _, value in reports) and len(reports) > 1:
        return True
    claims = [value for _, value in reports if value.status in ("claimed", "denied")]
    sides = {p.side for value in claims for p in (context.pack.index[i] for i in value.by) if isinstance(p, Person)}
    return len({camp for side in sides if (camp := camp_of(context, side)) is not None}) > 1


def _estimates(context: CheckContext, judgement: Judgement) -> Iterator[tuple[str, Estimate]]:
    """The estimates among the evidence, and those of a figure named as a whole, by figure/estimate."""
    for i in judgement.evidence:
        value = context.pack.index[i]
        if isinstance(value, Estimate):
            yield i, value
        elif isinstance(value, Figure):
            yield from ((f"{i}/{estimate.id}", estimate) for estimate in value.estimates)


def _reports(context: CheckContext, judgement: Judgement) -> Iterator[tuple[str, Estimate | Statement]]:
    """What has a status and a speaker: the estimates and the statements among the evidence."""
    yield from _estimates(context, judgement)
    for i in judgement.evidence:
        value = context.pack.index[i]
        if isinstance(value, Statement):
            yield i, value


def _is_answer(estimate: Estimate) -> bool:
    return estimate.value is not None and estimate.bound == "exactly" and estimate.status != "forecast"


def _is_reasoned(context: CheckContext, i: str) -> bool:
    value = context.pack.index[i]
    return isinstance(value, Position | Argument) or getattr(value, "status", None) in ("assessed", "forecast")


def _origins(context: CheckContext, i: str) -> set[str]:
    """Who stands behind a piece of evidence: its speakers, or else the reports that its sources print or relay."""
    value = context.pack.index[i]
    if isinstance(value, Figure):
        return {origin for e in value.estimates for origin in _origins(context, f"{value.id}/{e.id}")}
    speakers = getattr(value, "by", ())
    return set(speakers) or {origin for source in _sources(context, i) for origin in _reports_of(context, source)}


def _reports_of(context: CheckContext, source_id: str) -> tuple[str, ...]:
    source = context.pack.index[source_id]
    assert isinstance(source, Source)
    return source.relays or (source_id,)


def _sources(context: CheckContext, i: str) -> set[str]:
    """The sources of a piece of evidence, at any level; of a figure or a position, also those inside it."""
    value = context.pack.index[i]
    inner: list[object] = [value]
    if isinstance(value, Item):
        inner += [*value.paragraphs, *getattr(value, "estimates", ()), *getattr(value, "arguments", ())]
    inner += [said for v in tuple(inner) if isinstance(v, Argument) for said in (*v.evidence, *v.replies)]
    listed = {source for part in inner for source in getattr(part, "sources", ())}
    return listed | {mark.source for mark in _marks(inner) if isinstance(mark, markdown.Citation)}


def _numbers(context: CheckContext, i: str) -> set[str]:
    """The estimates that a piece of evidence is, holds, or names in its text."""
    value = context.pack.index[i]
    if isinstance(value, Estimate):
        return {i}
    held = {f"{i}/{estimate.id}" for estimate in value.estimates} if isinstance(value, Figure) else set()
    inner = [value, *getattr(value, "paragraphs", ())]
    return held | {mark.ref for mark in _marks(inner) if isinstance(mark, markdown.NumberReference)}


def _marks(values: list[object]) -> Iterator[markdown.TextMark]:
    texts = [text for value in values if isinstance(text := getattr(value, "text", None), LevelText)]
    for text in texts:
        for level in LEVELS:
            yield from markdown.find_marks(getattr(text, level) or "")


RULES = (
    Rule(
        "judgement-bare",
        "error",
        "a judgement names no evidence, or cites no source",
        "A judgement on a sheet is data and never a template's opinion: 'evidence' lists the statements, estimates, "
        "figures, positions or arguments that bear it out, and its text cites their sources at every level.",
        '- {id: judge-depth, verdict: settled, text: "The lake is three metres deep. [@diary]"}',
        '- {id: judge-depth, verdict: settled, evidence: [est-1], text: "The lake is three metres deep. [@diary]"}',
        judgement_bare,
    ),
    Rule(
        "judgement-unfounded",
        "error",
        "the evidence of a judgement does not bear its verdict out",
        "settled: no estimate in the evidence has a rival, no statement or estimate in it is claimed, denied or a "
        "forecast, and none is a position or an argument. disputed: two of its estimates are rivals, one piece denies "
        "something, or two sides at war claim something. thin: all of it has one independent origin, which is its "
        "speaker, or else the report that its sources print or relay. conditional: somebody's assessment, forecast, "
        "position or argument is in it. not-known: it holds no exact number without a rival. A figure stands for all "
        "its estimates.",
        "- {id: judge-area, verdict: settled, evidence: [area/spring], ...}     # area/gazette is its rival",
        "- {id: judge-area, verdict: disputed, evidence: [area/spring, area/gazette], ...}",
        judgement_unfounded,
    ),
    Rule(
        "judgement-beyond",
        "error",
        "a judgement cites a source or gives a number that none of its evidence has",
        "A judgement may say less than its evidence, never more. Each source that it cites must be a source of some "
        "of its evidence, at any level, and each number must be one of its evidence or stand in its text.",
        '- {id: judge-depth, verdict: settled, evidence: [est-1], text: "It is deep. [@gazette]"}   # est-1: [@diary]',
        '- {id: judge-depth, verdict: settled, evidence: [est-1], text: "It is deep. [@diary]"}',
        judgement_beyond,
    ),
    Rule(
        "judgement-elsewhere",
        "error",
        "a document prints a judgement and cannot say where any of its evidence is",
        "A reader of one paper must be able to look the evidence up. At least one piece of it must stand on that "
        "paper, as an argument, a row of a table or in a drawing, or be a numbered paragraph, whose number is the same "
        "in every document of the pack. The judgement names these places.",
        "- {id: judge-depth, evidence: [depth/moss], ...}   # a document prints no figures",
        "- {id: judge-depth, evidence: [depth/moss, history-1], ...}",
        judgement_elsewhere,
        ("briefings",),
    ),
)
