"""A number of statements and documents -> a project of that size: a folder of YAML that can be built."""

from pathlib import Path

import yaml

_TEXT = "The pond was dug by hand in two days of March and the class wrote down what came to it each week"
_WORDS = _TEXT.split()


# Statements of one file: a file has at most 1 MB. The first are chapters of pack.yaml, which the audiences read.
_OF_A_FILE = 2_500
_OTHER_FILES = (("history", "parts"), ("classroom", "guidance"), ("lesson", "before"))
MOST = _OF_A_FILE * (1 + len(_OTHER_FILES))


def project(folder: Path, *, statements: int, documents: int) -> Path:
    """Write a pack of `statements` numbered paragraphs, and `documents` audiences that each read ten of them."""
    pack = folder / "data" / "grown"
    audiences = folder / "data" / "audiences"
    for path in (pack, audiences):
        path.mkdir(parents=True)
    every = [_chapter(number, min(10, statements - number * 10)) for number in range((statements + 9) // 10)]
    size = _OF_A_FILE // 10
    chapters, others = every[:size], every[size:]
    for number, (name, key) in enumerate(_OTHER_FILES):
        if held := others[number * size : (number + 1) * size]:
            _write(pack / f"{name}.yaml", {key: held})
    _write(pack / "pack.yaml", _info(chapters))
    _write(pack / "sources.yaml", {"sources": [_SOURCE]})
    for number in range(documents):
        _write(audiences / f"reader-{number}.yaml", _audience(number, chapters[number % len(chapters)]["id"]))
    return folder


def _chapter(number: int, count: int) -> dict[str, object]:
    paragraphs = [
        {"id": f"c{number}-p{place}", "text": f"{_sentence(number * 10 + place)} [@log]"} for place in range(count)
    ]
    return {"id": f"chapter-{number}", "title": f"What the class saw, part {number + 1}", "paragraphs": paragraphs}


def _sentence(seed: int) -> str:
    """Sixty words that differ between paragraphs, so that no cache can profit from equal text."""
    words = [_WORDS[(seed * 7 + step * (1 + seed % 5)) % len(_WORDS)] for step in range(60)]
    return " ".join(words).capitalize() + "."


def _info(chapters: list[dict[str, object]]) -> dict[str, object]:
    return {
        "id": "grown",
        "title": "A pond",
        "deck": "What a class wrote down.",
        "kicker": "School pond",
        "language": "en",
        "as_of": "2024-06-30",
        "edition": {"number": 1, "date": "2024-07-01"},
        "authors": "The class",
        "licence": "CC BY 4.0",
        "sections": chapters,
    }


_SOURCE = {
    "id": "log",
    "title": "Log of the pond",
    "publisher": "The class",
    "published": "2024-06-30",
    "kind": "document",
    "country": "Nowhere",
    "standpoint": "Those who looked.",
}


def _audience(number: int, chapter: object) -> dict[str, object]:
    return {
        "id": f"reader-{number}",
        "title": f"Reader {number}",
        "level": "standard",
        "words_per_minute": 200,
        "documents": [{"document": "briefing", "look": "page"}],
        "sections": [{"section": chapter}],
    }


def _write(path: Path, value: object) -> None:
    path.write_text(yaml.safe_dump(value, sort_keys=False, allow_unicode=True), "utf-8")
