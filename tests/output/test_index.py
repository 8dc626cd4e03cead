"""Briefings and existing files -> index.html."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from briefings.briefing.leading import leading
from briefings.briefing.parts import Briefing
from briefings.composing.compose import compose
from briefings.library import Library, shipped
from briefings.loading.load import load, load_audience
from briefings.output.index import FANNED, IndexPage, IndexPages, indexes
from briefings.problems import ProblemError


def test_the_index_links_to_existing_and_ready_files_only(
    briefings: dict[str, Briefing], library: Library, tmp_path: Path
) -> None:
    (tmp_path / "pupils-briefing.html").write_text("x")
    shown = {tmp_path: (briefings["pupils"], briefings["public"])}
    (index,) = indexes(shown, {tmp_path / "pupils-briefing.pdf"}, {tmp_path / "pupils-briefing.pdf": 3})
    assert index.path == tmp_path / "index.html"
    content = index.content(library, lambda path: [path.name.encode()])
    assert b'href="pupils-briefing.html"' in content
    assert b'href="pupils-briefing.pdf"' in content
    assert "3\u00a0sheets".encode() in content
    assert b'<img src="data:image/webp;base64,cHVwaWxzLWJyaWVmaW5nLnBkZg=="' in content  # its own picture
    assert b"public-briefing" not in content


def test_an_index_is_filled_once_and_again_for_pictures(
    briefings: dict[str, Briefing], library: Library, tmp_path: Path
) -> None:
    shown = {tmp_path: (briefings["pupils"],)}
    pages, drawn = IndexPages(library), tmp_path / "drawn"
    (html_only,) = indexes(shown, {tmp_path / "pupils-briefing.html"}, {})
    (first,) = pages.fill([html_only])
    (again,) = pages.fill([html_only], lambda _: [(drawn.write_bytes(b"") and b"") or b"a"])
    assert again is first
    assert not drawn.exists()
    (printed,) = indexes(shown, {tmp_path / "pupils-briefing.pdf"}, {})
    (other,) = pages.fill([printed], lambda _: [b"a picture"])
    assert isinstance(other, IndexPage)
    assert b"data:image/webp" in other.whole
    assert b"data:image/webp" not in other.plain
    assert b"pupils-briefing.pdf" in other.plain


@pytest.mark.slow
def test_an_index_whose_pictures_take_too_long_is_ended_and_the_others_are_made(
    briefings: dict[str, Briefing], library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFINGS_PATIENCE", "0.02")  # 0.6 s
    shown = {tmp_path / name: (briefings["pupils"],) for name in ("endless", "short")}
    ready = {folder / "pupils-briefing.pdf" for folder in shown}

    def previews(path: Path) -> list[bytes]:
        while path.parent.name == "endless":
            pass
        return [b"a picture"]

    ended, made = IndexPages(library).fill(list(indexes(shown, ready, {})), previews)
    assert isinstance(ended, ProblemError)
    assert [(problem.code, problem.message.split(":")[0]) for problem in ended.problems] == [
        ("limit", "index.html was ended")
    ]
    assert isinstance(made, IndexPage)


def test_a_pack_without_any_file_gets_no_index(briefings: dict[str, Briefing], tmp_path: Path) -> None:
    assert list(indexes({tmp_path: (briefings["pupils"],)}, (), {})) == []


def test_an_index_shows_a_few_documents_of_each_audience_and_one_deck(
    briefings: dict[str, Briefing], tmp_path: Path
) -> None:
    def use(briefing: Briefing, document: str, *uses: str) -> Briefing:
        choice = briefing.choice.model_copy(update={"document": document, "uses": uses})
        return replace(briefing, choice=choice)

    pupils, public = briefings["pupils"], briefings["public"]
    several = [use(pupils, f"paper-{n}", "read") for n in range(FANNED + 2)]
    decks = [use(briefing, "slides", "project") for briefing in (pupils, public)]
    shown = (pupils, use(pupils, "large", "large-print"), *several, public, *decks)
    ready = {tmp_path / f"{briefing.name}.pdf" for briefing in shown}
    (index,) = indexes({tmp_path: shown}, ready, {})
    names = ["pupils-slides", "pupils-briefing", "pupils-paper-0", "pupils-paper-1", "public-briefing"]
    assert [path.stem for path in index.pdfs] == names


def test_each_link_says_what_one_gets_and_each_number_on_the_map_is_explained(tmp_path: Path) -> None:
    library = Library(shipped())
    pack = load(shipped() / "data/kursk", "data/kursk")
    audience = load_audience(library.audience_files()["pupils"], "pupils.yaml", pack, library)
    shown = tuple(
        compose(pack, audience, document) for document in audience.documents if document.document != "slide-notes"
    )
    ready = {tmp_path / f"{briefing.name}.{name}" for briefing in shown for name in ("html", "pdf")}
    sheets = {path: n for n, path in enumerate(sorted(ready), 2)}
    (index,) = indexes({tmp_path: shown}, ready, sheets)
    html = index.content(library, lambda path: []).decode()
    links = re.findall(r'class="as-[^>]+>(.*?)<span class="hidden', html)
    assert len(links) == len(ready)
    printed = [link for link in links if "PDF" in link]
    assert len(set(printed)) == len(printed) == len(shown)
    drawn = (drawn for briefing in shown for chapter in briefing.chapters for drawn in chapter.drawings)
    picture = leading(drawn)
    assert picture
    events = re.findall(r'<li data-statement="([^"]+)"', html)
    assert events == [said.id for _, said in picture.happened]
    assert len(events) > 2
    # lower than half of a desktop's window, so that sheets are on the first screen
    sizes = re.search(r'class="form wide">\s*<svg[^>]+ width="([^"]+)" height="([^"]+)"', html)
    assert sizes
    assert float(sizes[2]) < 0.6 * float(sizes[1])


def test_a_tile_for_each_audience_with_sheets_leads_to_its_papers(
    briefings: dict[str, Briefing], library: Library, tmp_path: Path
) -> None:
    shown = {tmp_path: (briefings["pupils"], briefings["public"])}
    ready = {tmp_path / "pupils-briefing.pdf", tmp_path / "public-briefing.html"}
    (index,) = indexes(shown, ready, {})
    html = index.content(library, lambda path: [b"first", b"second", b"third"]).decode()
    tiles = html[html.index('<div class="tiles">') : html.index('<div class="readers">')]
    assert re.findall(r'href="#([^"]+)"', tiles) == ["pupils"]
    assert tiles.count("<img") == html.count("<img") == 2  # each sheet once
    assert re.findall(r'<section class="reader" id="([^"]+)"', html) == ["pupils", "public"]
    assert '<div class="tiles">' not in index.content(library, lambda path: []).decode()
