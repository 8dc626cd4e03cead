"""The design system: every colour and size is a token, and the tokens have the contrast that readers need."""

import re
from pathlib import Path

import pytest

from briefings.briefing.parts import StatementView
from briefings.composing.project import Request
from briefings.composing.specimen import _shortest_and_longest, specimen
from briefings.library import Library, shipped
from briefings.output.plan import make_plan
from briefings.pack.pack import Pack
from briefings.page.render import render

TEMPLATES = shipped() / "templates"
CSS = {path.relative_to(TEMPLATES).as_posix(): path.read_text() for path in sorted(TEMPLATES.rglob("*.css"))}
LOOKS = sorted(Path(name).stem for name in CSS if name.startswith("css/looks/"))
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_TOKEN = re.compile(r"--([a-z0-9-]+):\s*([^;}]+)")
_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|white|black|red|grey|gray)\b(?=[\s;(])", re.IGNORECASE)
_LENGTH = re.compile(r"(?<![\w.#-])\d*\.?[1-9]\d*(?:pt|mm|cm|in|px|pc)\b|(?<![\w.#-])[1-9]\d*(?:pt|mm|cm|in|px|pc)\b")
# The roles of the colour tokens. A style that uses a token in another role fails a test below.
TEXT = ("ink", "ink-soft", "reported", "speaker", "lane-ochre", "lane-green")
GROUNDS = ("paper", "tint", "raised", "speaker-tint")
LINES = ("ink", "reported", "speaker", "line", "lane-ochre", "lane-green")
MAPS = ("land", "land-other", "land-tinted", "sea")  # the grounds of names on a map; its borders are ink
DIVIDING = ("line-soft", "word")  # lines between or beside what is separate without them: they carry no meaning


def declarations(name: str) -> list[tuple[str, str]]:
    """The (property, value) pairs that a style sheet sets, without tokens."""
    css = _COMMENT.sub("", CSS[name])
    found = re.findall(r"[{;]\s*([a-z-]+)\s*:\s*([^;{}]+)(?=[;}])", css)
    return [(key, value) for key, value in found if not key.startswith("--")]


def tokens(*names: str) -> dict[str, str]:
    """Token -> value after applying the style sheets in order."""
    found: dict[str, str] = {}
    for name in names:
        found |= {key: value.strip() for key, value in _TOKEN.findall(_COMMENT.sub("", CSS[name]))}
    return found


def colour(found: dict[str, str], name: str) -> str:
    value = found[name]
    reference = re.fullmatch(r"var\(--([a-z-]+)\)", value)
    return colour(found, reference[1]) if reference else value


def luminance(value: str) -> float:
    """Relative luminance of #rrggbb, as WCAG 2.2 defines it."""
    channels = (int(value[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_calculated_as_in_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", CSS)
def test_no_colour_outside_the_tokens(name: str) -> None:
    assert [pair for pair in declarations(name) if _COLOUR.search(pair[1])] == []


@pytest.mark.parametrize("name", [name for name in CSS if name not in ("css/screen.css", "css/deck.css")])
def test_no_size_outside_the_tokens(name: str) -> None:
    assert [pair for pair in declarations(name) if _LENGTH.search(pair[1])] == []


@pytest.mark.parametrize("name", CSS)
def test_colours_are_used_in_the_roles_whose_contrast_is_tested(name: str) -> None:
    allowed = {"color": TEXT, "text-decoration-color": LINES, "background": GROUNDS + LINES}
    for key, value in declarations(name):
        used = set(re.findall(r"var\(--([a-z-]+)\)", value)) & {*TEXT, *GROUNDS, *LINES, *DIVIDING}
        if key == "color" and used == {"paper"}:
            continue  # on ink or a strong colour: the same contrast, inverted
        if key in allowed:
            assert used <= set(allowed[key]), (key, value)
        elif key.startswith(("border", "outline")):
            assert used <= {*LINES, *DIVIDING}, (key, value)


@pytest.mark.parametrize(
    ("sheets", "text_needs"),
    [
        *(((f"css/looks/{look}.css",), 7 if look == "large-print" else 4.5) for look in LOOKS),
        (("css/screen.css",), 4.5),  # its last tokens are the dark scheme's
    ],
)
def test_text_and_lines_have_enough_contrast(sheets: tuple[str, ...], text_needs: float) -> None:
    found = {"raised": "var(--paper)"} | tokens("css/tokens.css", *sheets)
    too_low = [
        (name, ground, round(ratio, 2))
        for names, needed in ((TEXT, text_needs), (LINES, 3))
        for name in names
        for ground in GROUNDS
        if (ratio := contrast(colour(found, name), colour(found, ground))) < needed
    ]
    assert too_low == []


@pytest.mark.parametrize("look", LOOKS)
def test_contrast_on_maps(look: str) -> None:
    """Names of regions and countries are ink-soft on land; names next to marks have a halo of paper colour."""
    found = tokens("css/tokens.css", f"css/looks/{look}.css")
    needed = 7 if look == "large-print" else 4.5
    ratios = {(n, g): contrast(colour(found, n), colour(found, g)) for n in ("ink", "ink-soft") for g in MAPS}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < needed} == {}
    # distinguishable on a black-and-white copier; a dotted line goes round a region that is singled out
    assert luminance(colour(found, "land")) - luminance(colour(found, "land-other")) > 0.1
    assert luminance(colour(found, "land-tinted")) - luminance(colour(found, "land-other")) > 0.1


def test_contrast_in_drawings_in_the_dark() -> None:
    """On a screen a drawing has the colours of its page: marks, names and borders on every ground that it may have."""
    found = {"raised": "var(--paper)"} | tokens("css/tokens.css", "css/screen.css")  # the last are the dark scheme's
    assert luminance(colour(found, "paper")) < 0.02
    too_low = {
        (name, ground): round(ratio, 2)
        for names, grounds, needed in (
            (("ink", "ink-soft"), MAPS, 4.5),
            (LINES, (*MAPS, *GROUNDS), 3),
            (("paper",), ("ink", "ink-soft", "reported", "speaker"), 4.5),  # words on bars and discs
            (("ink",), ("word",), 3),
        )
        for name in names
        for ground in grounds
        if (ratio := contrast(colour(found, name), colour(found, ground))) < needed
    }
    assert too_low == {}
    # told apart beside the line between them
    assert contrast(colour(found, "land"), colour(found, "land-other")) > 1.15
    assert contrast(colour(found, "land"), colour(found, "sea")) > 1.05


def test_every_token_is_used_and_every_used_token_is_defined() -> None:
    everything = "".join(CSS.values()) + "".join(p.read_text() for p in TEMPLATES.rglob("*.html"))
    drawn = "".join(p.read_text() for p in TEMPLATES.rglob("*.svg"))
    used_by_strokes = set(re.findall(r"\(\"([a-z-]+)\", [\d.]+, \"", drawn))  # the table in chart.svg
    sized = (shipped() / "briefings/drawings/layout.py").read_text()  # the sizes of drawings
    used = set(re.findall(r"var\(--([a-z0-9-]+)", everything)) | set(re.findall(r"token\[\"([a-z-]+)\"\]", drawn))
    used |= used_by_strokes
    used |= set(re.findall(r"tokens\.px\(\"([a-z-]+)\"\)", sized))
    begun = tuple(re.findall(r"tokens\.px\(f\"([a-z-]+-)\{", sized))  # "tiles-" of f"tiles-{frame}"
    known = set(tokens(*CSS))
    counted = set(re.findall(r"style=\"--([a-z-]+):", everything))  # by a template, for one element
    assert used <= known | counted
    assert {each for each in known | counted if not each.startswith(begun)} <= used


def test_type_sizes_of_school_and_large_print() -> None:
    school = tokens("css/tokens.css", "css/looks/school.css")
    large = tokens("css/tokens.css", "css/looks/large-print.css")
    points = {key: float(value[:-2]) for key, value in large.items() if re.fullmatch(r"[\d.]+pt", value)}
    lines = {"hair", "thin", "rule", "stripe", "bar", "band"}
    assert {key for key, size in points.items() if size < 18} == lines
    assert (large["slant"], large["capitals"], large["serif"]) == ("normal", "none", "var(--sans)")
    assert float(school["text"][:-2]) >= 12


# -- the specimen ------------------------------------------------------------------------------------


@pytest.mark.parametrize("look", LOOKS)
def test_the_specimen_shows_every_part(pond: Pack, library: Library, look: str) -> None:
    briefing = specimen(pond, look)
    html = render(briefing, library).html
    assert briefing.name == f"specimen-{look}"
    shown = {name for tag in re.findall(r'class="([^"]+)"', html) for name in tag.split()}
    parts = {"key-figures", "contents", "said", "held-by", "timeline", "estimates", "reason", "entries", "notes"}
    assert parts <= shown | ({"key-figures"} if not briefing.key_figures else set())
    holds = {chapter.holds for chapter in briefing.chapters}
    assert {section.holds or "" for section in pond.info.sections} - holds <= {"glossary"}  # no text has its word


def test_the_specimen_is_made_only_on_request(library: Library) -> None:
    usual = make_plan(library, Request(), Path("out")).targets
    assert not any(target.briefing.choice.document == "specimen" for target in usual)
    targets = make_plan(
        library, Request(documents=("specimen",), looks=("memo",), formats=("pdf",)), Path("out")
    ).targets
    assert [target.path.name for target in targets] == ["specimen-memo.pdf"]


def test_a_list_is_reduced_to_its_shortest_and_longest_item() -> None:
    statements = tuple(StatementView(f"s-{n}", " ".join(["word"] * n)) for n in (5, 2, 9, 4))
    assert [s.id for s in _shortest_and_longest(statements)] == ["s-2", "s-9"]
    assert _shortest_and_longest(statements[:1]) == statements[:1]
    assert _shortest_and_longest(()) == ()
