"""A requested path -> a response, without a server and without the typesetter."""

import os
import re
from pathlib import Path

import pytest

from briefings.composing.open_project import open_project
from briefings.library import Library
from briefings.serve import preview as module
from briefings.serve.preview import Preview


@pytest.fixture
def preview(project: Path) -> Preview:
    return Preview(Library(project))


def test_one_pack_is_shown_at_once(preview: Preview) -> None:
    assert preview.respond("").redirect == "/pond/"
    assert b'href="pupils-briefing.pdf"' in preview.respond("pond/").content


def test_several_packs_are_listed(preview: Preview, project: Path) -> None:
    (project / "data/lake").mkdir()
    (project / "data/lake/pack.yaml").write_text("id: lake")
    response = preview.respond("")
    assert b'<a href="/lake/">lake</a>' in response.content
    assert b'<a href="/pond/">pond</a>' in response.content


def test_a_page_contains_the_reload_script_and_may_run_it(preview: Preview) -> None:
    content = preview.respond("pond/pupils-briefing.html", "17.1").content.decode()
    assert '<script src="/@preview.js" data-version="17.1"></script>' in content
    (rules,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', content)
    names = [rule.partition(" ")[0] for rule in rules.split("; ")]
    assert len(names) == len(set(names))  # a browser takes the first of two, and forgot the page's own script
    assert re.search(r"script-src 'self' 'sha256-[\w+/=]+'; connect-src 'self'$", rules)


@pytest.mark.parametrize("path", ["lake/", "pond/nobody.html", "pond/pupils-briefing.docx"])
def test_an_unknown_path_is_404_and_names_what_exists(preview: Preview, path: str) -> None:
    response = preview.respond(path)
    assert response.status == 404
    assert b"<h1>Not found</h1>" in response.content
    assert b"there is no " in response.content


def test_an_error_in_the_data_is_shown_and_the_page_reloads_when_it_is_fixed(preview: Preview, project: Path) -> None:
    glossary = project / "data/pond/glossary.yaml"
    good = glossary.read_text()
    glossary.write_text("terms: 7 # <b>\n")
    response = preview.respond("pond/pupils-briefing.html")
    assert response.status == 500
    assert b"error[" in response.content
    assert b" data-error>" in response.content
    assert b"&lt;b&gt;" in response.content
    glossary.write_text(good)
    assert preview.respond("pond/pupils-briefing.html").status == 200


def test_a_pack_is_loaded_again_only_after_a_change(
    preview: Preview, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads: list[Path] = []
    load = module.load_pack
    monkeypatch.setattr(module, "load_pack", lambda folder, name: loads.append(folder) or load(folder, name))
    for _ in range(2):
        preview.respond("pond/")
    assert len(loads) == 1
    (project / "data/pond/glossary.yaml").write_text((project / "data/pond/glossary.yaml").read_text() + "\n")
    preview.respond("pond/")
    assert len(loads) == 2


def test_a_changed_project_file_takes_effect(project: Path) -> None:
    def reopen() -> Library:
        return open_project(project).library

    preview = Preview(reopen(), reopen=reopen)
    assert preview.respond("pond/public-briefing.html").status == 200
    (project / "briefings.toml").write_text('audiences = ["pupils"]\nlanguage = "en-US"\n')
    assert preview.respond("pond/public-briefing.html").status == 404
    assert b'<html lang="en-US"' in preview.respond("pond/pupils-briefing.html").content
    (project / "briefings.toml").write_text("audiences = pupils\n")
    response = preview.respond("pond/")
    assert response.status == 500
    assert b"error[toml-syntax]" in response.content


def test_an_address_without_its_last_slash_leads_to_the_pack(preview: Preview) -> None:
    assert preview.respond("pond").redirect == "/pond/"


def test_an_unforeseen_error_has_a_page_that_recovers(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(module, "load_pack", lambda *_: 1 / 0)
        response = preview.respond("pond/")
    assert response.status == 500
    assert b"division by zero" in response.content
    assert b" data-error>" in response.content
    assert preview.respond("pond/").status == 200


def test_a_link_that_leads_nowhere_does_no_harm(preview: Preview, project: Path) -> None:
    (project / "data/pond/.#figures.yaml").symlink_to("nobody@nowhere.1234")
    (project / "data/pond/notes").symlink_to("nowhere")
    assert preview.respond("pond/").status == 200


def test_a_file_that_is_being_replaced_is_read_again(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    load, failures = module.load_pack, [FileNotFoundError("phases.yaml"), OSError("gone")]
    monkeypatch.setattr(module, "_PAUSES", (0, 0, 0))

    def failing(folder: Path, library: Library) -> object:
        if failures:
            raise failures.pop()
        return load(folder, library)

    monkeypatch.setattr(module, "load_pack", failing)
    assert preview.respond("pond/").status == 200
    failures += [OSError("gone")] * 3
    (project_file := preview._library.project / "data/pond/glossary.yaml").touch()
    response = preview.respond("pond/")
    assert response.status == 500, project_file
    assert b"OSError: gone" in response.content
    assert b" data-error>" in response.content


def test_a_file_of_the_same_size_and_date_is_another(preview: Preview, project: Path) -> None:
    glossary = project / "data/pond/glossary.yaml"
    assert preview.respond("pond/").status == 200
    stat = glossary.stat()
    glossary.write_text(glossary.read_text().replace("terms:", "trems:"))
    os.utime(glossary, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert preview.respond("pond/").status == 500
