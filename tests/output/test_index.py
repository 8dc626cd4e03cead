"""Briefings and existing files -> index.html."""

from pathlib import Path

from briefings.briefing.parts import Briefing
from briefings.library import Library
from briefings.output.index import indexes, picture


def test_the_index_links_to_existing_and_ready_files_only(
    briefings: dict[str, Briefing], library: Library, tmp_path: Path
) -> None:
    (tmp_path / "pupils-briefing.html").write_text("x")
    shown = {tmp_path: (briefings["pupils"], briefings["public"])}
    ((path, content),) = indexes(shown, library, {tmp_path / "pupils-briefing.pdf"})
    assert path == tmp_path / "index.html"
    assert b'href="pupils-briefing.html"' in content
    assert b'href="pupils-briefing.pdf"' in content
    assert b"public-briefing" not in content


def test_a_pack_without_any_file_gets_no_index(
    briefings: dict[str, Briefing], library: Library, tmp_path: Path
) -> None:
    assert list(indexes({tmp_path: (briefings["pupils"],)}, library, ())) == []


def test_a_picture_is_a_data_url_or_empty(briefings: dict[str, Briefing], project: Path) -> None:
    library = Library(project)
    assert picture(briefings["pupils"], library) == ""
    (project / "data/pond/pictures").mkdir()
    (project / "data/pond/pictures/pupils-briefing.png").write_bytes(b"abc")
    assert picture(briefings["pupils"], library) == "data:image/png;base64,YWJj"
