"""`briefings theme new|list|copy|check`."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import HERE, Run

from briefings.library import shipped
from briefings.schema.project import StyleFile

STYLE = (shipped() / "starter/style.yaml").read_text()


def test_new_writes_a_style_with_every_key_and_overwrites_nothing(run: Run, project: Path) -> None:
    done = run(["theme", "new"], project)
    assert (done.code, done.out.partition(";")[0]) == (0, "style.yaml")
    assert (project / "style.yaml").read_text() == STYLE
    assert run(["build", "--audience", "pupils", "--format", "html", "-q"], project).code == 0
    again = run(["theme", "new"], project)
    assert (again.code, again.err) == (2, "briefings: style.yaml exists already, and is never overwritten\n")


def test_the_style_that_new_writes_shows_every_key() -> None:
    assert re.findall(r"^(?:# )?([a-z_]+):(?: |$)", STYLE, re.MULTILINE) == list(StyleFile.model_fields)


@pytest.mark.slow
def test_every_commented_key_may_be_used(run: Run, project: Path) -> None:
    shutil.copy(HERE / "bad/style-crest-without-words/crest.svg", project)
    (project / "fonts").mkdir()
    for name in ("Regular", "Italic", "Bold"):
        shutil.copy(shipped() / "templates/fonts/SourceSerif4-Regular.ttf", project / f"fonts/Own-{name}.ttf")
    text = re.sub(r"^# (?=[a-z_]+: )", "", STYLE, flags=re.MULTILINE)
    text = re.sub(r"^(crest_alt|department|header|footer): +#", r"\1: Words #", text, flags=re.MULTILINE)
    assert text.count("\n# ") < STYLE.count("\n# ") - 15
    (project / "style.yaml").write_text(text)
    assert run(["build", "--audience", "pupils", "--format", "html", "-q"], project) == (0, "", "")


def test_list_shows_what_may_be_replaced_and_what_is(run: Run, project: Path) -> None:
    (project / "templates/partials").mkdir(parents=True)
    (project / "templates/partials/colophon.html").write_text("<p>mine</p>")
    done = run(["theme", "list"], project)
    assert "+ partials/colophon.html\n" in done.out
    assert "  partials/cover.html\n" in done.out
    assert re.search(r"^documents/poster.html: .*\bcover\b", done.out, re.MULTILINE)
    assert "--reported: #9b1c16" in done.out
    assert "base.html:" not in run(["theme", "list", "tokens"], project).out


def test_copy_takes_one_template_into_the_project(run: Run, project: Path) -> None:
    name = "partials/colophon.html"
    done = run(["theme", "copy", name], project)
    assert (done.code, done.out.partition(";")[0]) == (0, f"templates/{name}")
    assert (project / "templates" / name).read_bytes() == (shipped() / "templates" / name).read_bytes()
    assert run(["theme", "copy", name], project).code == 2
    done = run(["theme", "copy", "partials/colofon.html"], project)
    assert (done.code, "did you mean 'partials/colophon.html'?" in done.err) == (2, True)
    (project / "school").mkdir()
    assert run(["theme", "copy", name, "--theme", "school"], project).code == 0
    assert (project / "school" / name).is_file()


@pytest.mark.slow
def test_check_tries_real_papers_and_names_what_is_wrong(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run(["theme", "check"], project)
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(r"tried \S+-briefing, \S+-\S+, specimen-.*: no problems\n", done.out)
    shutil.copy(shipped() / "templates/fonts/SourceSerif4-Regular.ttf", project / "own.ttf")
    (project / "style.yaml").write_text("school: Pond School\nfont: own.ttf\n")
    (project / "templates/css").mkdir(parents=True)
    (project / "templates/css/theme.css").write_text(
        "@layer theme { :root { --reportd: #0b4f6c; --sans: Arial; }\n"
        ".deck { margin-left: 400mm; white-space: nowrap; } }"
    )
    (project / "templates/partials").mkdir()
    (project / "templates/partials/colofon.html").write_text("<p>x</p>")
    done = run(["theme", "check", "--out", "tried"], project)
    assert done.code == 0
    for line in (
        "templates/partials/colofon.html:1:1: warning[unused-file]: nothing uses the file",
        "templates/css/theme.css:1:24: warning[unknown-token]: nothing reads the token '--reportd'",
        "templates/css/theme.css:1:44: warning[unknown-font]: no @font-face declares the font 'Arial'",
        "style.yaml:2:1: warning[missing-face]: the font has no file for bold words",
        "leaves the sheet",
    ):
        assert line in done.err
    assert list((project / "tried/pond").glob("*.pdf"))
    # What is found without papers is enough for this, and making them takes seconds.
    monkeypatch.setattr("briefings.output.theme_trial._build", lambda *_: ())
    assert run(["theme", "check", "--strict"], project).code == 1
