"""Silences: of which sources a sentence says that they leave something out."""

from pathlib import Path

import pytest
from lake import context_of, statement

from briefings.checking.rules.silences import silence_unread, silences

# The lake's sources: newsletter (read in part), gazette (known from notes), diary (read in full). Both papers relay the
# council's plan.


@pytest.mark.parametrize(
    ("text", "more", "of", "sources"),
    [
        ("Our sources say nothing.", "", "", ("newsletter", "gazette", "diary")),
        ("Our sources say nothing. [@diary]", "", "", ("newsletter", "gazette", "diary")),  # a citation limits nothing
        ("Our sources say nothing. It is wide. [@diary]", "", "", ("newsletter", "gazette", "diary")),
        ("No text that we read in full says so.", "", "", ("diary",)),
        ("No text that we read in full says so. [@gazette]", "", "", ("diary",)),
        ("It burst, [@diary] and The Gazette gives no date. [@gazette]", "", "Gazette", ("gazette",)),
        ("It is wide. [@diary] [@gazette] How wide, Moss does not say.", "", "Moss", ("diary",)),
        ("The council gives no date. [@gazette] [@diary]", "", "council", ("gazette",)),
        ("How wide, The Gazette does not say.", ", sources: [diary, gazette]", "Gazette", ("gazette",)),
        ("The Gazette gives no date. [@diary]", "", "Gazette", ("diary",)),
        ("The Gazette gives no date.", "", "Gazette", ("gazette",)),
        ("Why, it does not say. [@diary] [@gazette]", "", "it", ("diary", "gazette")),
        ("It is wide. [@diary] Why, it does not say. It is deep. [@gazette]", "", "it", ("diary",)),
        ("Why, it does not say. It is deep. [@gazette]", "", "it", ("gazette",)),
        ("Why, it does not say.", ", sources: [gazette]", "it", ("gazette",)),
    ],
)
def test_the_sources_that_are_silent(text: str, more: str, of: str, sources: tuple[str, ...], tmp_path: Path) -> None:
    found = [(silence.of, silence.sources) for silence in silences(context_of(tmp_path, statement(text, more)))]
    assert found == [(of, sources)]


def test_the_words_of_a_long_silence_are_cut(tmp_path: Path) -> None:
    text = "The Gazette sees that the old dam is near its end and names no cause. [@gazette]"
    (silence,) = silences(context_of(tmp_path, statement(text)))
    assert silence.words == "Gazette sees that … and names no"


def test_a_source_that_describes_itself(tmp_path: Path) -> None:
    fields = "title: Leaflet, publisher: A, published: 2024, kind: news, country: B"
    more = f"# sources.yaml\n  - {{id: leaflet, {fields}, standpoint: Who wrote it is not said.}}\n"
    (silence,) = silences(context_of(tmp_path, more))
    assert silence.sources == ("leaflet",)


def test_a_long_list_of_unread_sources_is_cut(tmp_path: Path) -> None:
    fields = "title: A, publisher: A, published: 2024, kind: news, country: B, standpoint: C"
    more = "".join(f"  - {{id: more-{number}, {fields}}}\n" for number in range(3))
    text = statement("Our sources say nothing.")
    (finding,) = silence_unread(context_of(tmp_path, f"# sources.yaml\n{more}{text}"))
    assert "a silence of newsletter, gazette, more-0 and 2 more, not read in full" in finding.message
