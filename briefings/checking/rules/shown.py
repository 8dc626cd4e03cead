"""Rules on what readers get: nothing of a pack vanishes from all papers, and no title stands alone."""

from collections.abc import Iterator, Sequence

from ...briefing.parts import Briefing, DrawingView, ItemView
from ...briefing.walk import all_parts
from ...composing.whole_pack import sections_wanted
from ...schema.audience import SectionChoice
from ...schema.classroom import Exercise
from ...schema.drawings import Drawing, PhaseDrawing
from ...schema.fields import is_within_depth
from ...schema.judgements import Judgement
from ...schema.statements import Aspect, Item
from ...schema.topic import Position, Question, Section
from ..context import CheckContext, Located
from ..rule import Finding, Rule, at_value

# What an item of a section may have under its title, besides its section's introduction.
_UNDER_A_TITLE = {"paragraphs", "brief", "events", "estimates", "arguments"}


def never_shown(context: CheckContext) -> Iterator[Finding]:
    # What shows the whole pack was not asked for any part of it.
    chosen = [briefing for briefing in context.briefings if briefing.choice.sections or briefing.audience.sections]
    shown = _shown(chosen or context.briefings)
    bare: set[int] = set()  # the identities of what is reported: nothing inside it is reported again
    aspects = _paragraphs_by_aspect(context)
    for located in context.located_values:
        value = located.value
        if not bare.isdisjoint(map(id, located.ancestors)):
            continue
        if isinstance(value, Section) and value.holds in _LISTS:
            continue
        if isinstance(value, Section | Item | Drawing | Exercise | Judgement) and value.id not in shown:
            name = "drawing" if isinstance(value, Drawing) else _NAMES.get(type(value), type(value).__name__.lower())
            hint = f"ask for it in {_asked_in(located)}, delete it, or accept the finding with the reason"
            message = f"no document shows {name} '{value.id}'"
            if isinstance(value, Section) and not (value.paragraphs or _fills(context, value)):
                message, hint = f"section '{value.id}' is empty, and no document shows it", "fill it, or delete it"
            yield at_value(located, message, hint)
            bare.add(id(value))
        elif isinstance(value, Position) and value.arguments and not any(a.id in shown for a in value.arguments):
            message = f"no document shows an argument of position '{value.id}'"
            yield at_value(located, message, "ask for the part 'arguments' of its section in an audience", "arguments")
            bare |= {id(argument) for argument in value.arguments}
        elif isinstance(value, Aspect):
            section = located.nearest(Section)
            own = aspects.get((section.id, value.id), []) if section else []
            if section and own and shown.isdisjoint(own):
                aspect = f"aspect '{value.id}' of section '{section.id}'"
                message = f"no document shows the {aspect} ({len(own)} of its paragraphs)"
                hint = "give it a lesser depth, or ask for it in an audience's 'aspects'"
                yield at_value(located, message, hint)


_LISTS = ("people", "places", "glossary")  # to look things up in: a reader without them misses nothing
_NAMES: dict[type, str] = {Exercise: "question"}


def _fills(context: CheckContext, section: Section) -> bool:
    """Whether a section has items, questions or advice to hold."""
    held = {"exercises": context.pack.exercises, "guidance": context.pack.guidance}
    return bool(held.get(section.holds or "") or context.pack.items(section))


def _asked_in(located: Located) -> str:
    if isinstance(located.value, Drawing):
        return f"the 'drawings' of section '{located.value.section}' in an audience ({located.value.kind})"
    return "an audience, at its depth"


def _shown(briefings: Sequence[Briefing]) -> set[str]:
    """The ids of everything that some document shows, also in a drawing."""
    shown: set[str] = set()
    for briefing in briefings:
        for part in all_parts((briefing.key_figures, briefing.judgements, briefing.chapters)):
            shown.add(getattr(part, "id", ""))
            if isinstance(part, DrawingView):
                shown |= {getattr(inner, "id", "") for inner in all_parts((part.pieces, part.happened))}
    return shown


def _paragraphs_by_aspect(context: CheckContext) -> dict[tuple[str, str], list[str]]:
    """The ids of each section's paragraphs, and of its items', by (section, aspect)."""
    found: dict[tuple[str, str], list[str]] = {}
    for section in context.pack.info.sections:
        holders: list[Section | Item] = [section, *context.pack.items(section)]
        holders += [position for item in holders if isinstance(item, Question) for position in item.positions]
        for holder in holders:
            for paragraph in holder.paragraphs:
                if paragraph.aspect:
                    found.setdefault((section.id, paragraph.aspect), []).append(paragraph.id)
    return found


def left_bare(context: CheckContext) -> Iterator[Finding]:
    lacking: dict[str, dict[str, None]] = {}  # item -> documents as an ordered set: one has several papers
    for briefing in context.briefings:
        for choice in sections_wanted(context.pack, briefing.audience, briefing.choice):
            for item_id in _without_content(context, briefing, choice):
                lacking.setdefault(item_id, {})[briefing.name] = None
    for located, item in context.values_of(Item):
        if documents := lacking.get(item.id):
            message = f"'{item.id}' is left out of {', '.join(documents)}: nothing would stand under its title there"
            hint = "write what these documents show of its section, such as a paragraph of the aspect that they ask for"
            yield at_value(located, message, hint)


def _without_content(context: CheckContext, briefing: Briefing, choice: SectionChoice) -> Iterator[str]:
    """The items that a document wants, by depth, and leaves out since it shows nothing of what they have."""
    section = next((s for s in context.pack.info.sections if s.id == choice.section), None)
    if choice.only:  # what no question rests on is left out on purpose
        return
    if section is None or not (choice.parts is None or _UNDER_A_TITLE & {*choice.parts}):
        return
    chapters = [chapter for chapter in briefing.chapters if chapter.id == section.id]
    if not chapters and choice.unless_judged:
        return
    drawings = [drawing for chapter in chapters for drawing in chapter.drawings]
    parts = [*all_parts(chapters), *all_parts([drawing.pieces for drawing in drawings])]
    there = {part.id for part in parts if isinstance(part, ItemView)}
    for drawing in drawings:  # its phases are bars, also those without an event
        if isinstance(drawing.thing, PhaseDrawing):
            there |= {*(drawing.thing.phases or (phase.id for phase in context.pack.phases))}
    for item in context.pack.items(section):
        # A question stands or falls with its positions.
        for each in item.positions if isinstance(item, Question) else (item,):
            wanted = is_within_depth(item.depth, choice.depth) and is_within_depth(each.depth, choice.depth)
            if wanted and each.id not in there:
                yield each.id


def empty_document(context: CheckContext) -> Iterator[Finding]:
    # Nobody misses a paper on what a pack of its own choice has not, such as a debate.
    if lacking := [briefing for briefing in context.empty if not briefing.choice.shows]:
        pack = next(located for located in context.located_values if located.value is context.pack.info)
        names = ", ".join(dict.fromkeys(briefing.name for briefing in lacking))
        message = f"not made, since nothing would stand under the title: {names}"
        yield at_value(pack, message, "add the map, text or drawing that it shows, or accept the finding")


RULES = (
    Rule(
        "never-shown",
        "warning",
        "a part of the pack is shown by no document",
        "Whoever writes something expects that somebody reads it. The rule looks at every document of every audience "
        "for each section, item, argument, drawing, question and judgement, and for each aspect that has paragraphs; "
        "lists of people, places and terms are left out, and a document of the whole pack does not count, since nobody "
        "chose its parts. An empty section is reported too. What is inside something that is never shown is not "
        "reported again.",
        "drawings: [{id: dates, kind: timeline, section: phases, ...}]    # no audience asks for a timeline",
        "sections: [{section: phases, drawings: [timeline]}]    # in an audience",
        never_shown,
        ("briefings", "all-briefings"),
    ),
    Rule(
        "left-bare",
        "warning",
        "an item would be a title with nothing under it, and is left out of a document",
        "A heading promises a text. An audience chooses by depth, part and aspect; an item of which it wants something "
        "and gets nothing is left out of the document, and its author should know. So a position whose case is told "
        "only in arguments is missing where readers get only its case.",
        "- {id: pos-keep, title: It should stay, arguments: [...]}    # an audience asks for paragraphs only",
        "- {id: pos-keep, title: It should stay, paragraphs: [{id: keep-1, aspect: case, ...}], arguments: [...]}",
        left_bare,
        ("briefings",),
    ),
    Rule(
        "empty-document",
        "warning",
        "a document is not made, since it would have only a title",
        "A map sheet of a pack without a map, or a poster without what it shows, would be a sheet with a title and a "
        "list of sources. It is not made. A document that shows parts of lesson.yaml is left out, and not reported: a "
        "pack has the lessons, cards and debates that its topic asks for.",
        "drawings: []    # and an audience has a map-sheet",
        "drawings: [{id: places-map, kind: map, ...}]",
        empty_document,
        ("briefings",),
    ),
)
