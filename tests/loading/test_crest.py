"""A crest's file -> why it cannot stand on a paper. Further faults are in tests/bad, as style-crest-…"""

from pathlib import Path

import pytest

from briefings.loading.crest import crest_fault, picture_fault

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect id="a" width="9" height="9"/>{}</svg>'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (SVG.format(""), None),
        (SVG.format('<use href="#a"/>'), None),
        (SVG.replace(' viewBox="0 0 9 9"', ' width="9" height="9"').format(""), None),
        (SVG.replace(' viewBox="0 0 9 9"', "").format(""), "how wide and high"),
        (SVG.format("<text>x</text>"), "has text"),
        (SVG.format("<script>x</script>"), "has a script"),
        (SVG.format('<use href="other.svg#a"/>'), "refers to 'other.svg#a'"),
        (SVG.format('<rect style="x" fill="//example.org/a"/>'), "refers to"),
        (SVG.format("<g>"), "this is no SVG: mismatched"),
        ("<html/>", "begins with <html>"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"), "entities"),
        (SVG.format("<!-- " + "x" * 300_000 + " -->"), "300 kB"),
    ],
)
def test_an_svg(tmp_path: Path, content: str, message: str | None) -> None:
    path = tmp_path / "crest.svg"
    path.write_text(content)
    fault = crest_fault(path)
    assert (fault is None) is (message is None)
    assert message is None or (fault and message in fault[0])
    assert fault is None or fault[1]


def test_other_pictures(tmp_path: Path) -> None:
    for name, content, fine in (
        ("a.png", b"\x89PNG\r\n\x1a\n...IEND\xaeB`\x82", True),
        ("b.png", b"\x89PNG\r\n\x1a\n...", False),  # the end is missing
        ("c.jpg", b"\xff\xd8", False),
    ):
        (tmp_path / name).write_bytes(content)
        assert (crest_fault(tmp_path / name) is None) is fine


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n...IEND\xaeB`\x82", None),
        ("a.png", b"\x89PNG\r\n\x1a\n", "no whole PNG"),
        ("a.jpg", b"\xff\xd8...\xff\xd9", None),
        ("a.jpeg", b"\xff\xd8...", "no whole JPEG"),
        ("a.svg", SVG.format("<text>x</text>").encode(), None),  # a theme's own picture may have texts
        ("a.svg", b"<svg>", "no SVG"),
        ("a.gif", bytes(1_000_001), "has 1,000 kB"),
    ],
)
def test_a_picture_of_a_theme(tmp_path: Path, name: str, content: bytes, message: str | None) -> None:
    (tmp_path / name).write_bytes(content)
    fault = picture_fault(tmp_path / name)
    assert (fault is None) is (message is None)
    assert message is None or (fault and message in fault[0] and fault[1])
