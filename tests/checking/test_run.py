"""`check_packs`: rules, documents and templates are checked, partly in child processes, with one result."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Run
from lake import FIXTURES, check_folder, write_lake

from briefings.checking.context import CheckContext
from briefings.checking.run import check_packs, deserialize, read_source_texts, serialize
from briefings.checking.run_rules import RULES, run_rules
from briefings.library import Library
from briefings.loading.load import load


@pytest.mark.slow
def test_a_child_process_reports_the_same_findings_on_documents(tmp_path: Path) -> None:
    codes = [rule.code for rule in RULES if "briefings" in rule.needs]
    assert codes
    for code in codes:
        pack = write_lake(tmp_path / code, (FIXTURES / code / "bad.yaml").read_text())
        expected = check_folder(pack)
        report = check_packs(Library(pack.parents[1]))
        assert code in {problem.code for problem in report.problems}
        assert [replace(p, mark=p.mark and p.mark._replace(file="")) for p in report.problems] == [
            replace(p, mark=p.mark and p.mark._replace(file="")) for p in expected.problems
        ]
        assert len(report.accepted) == len(expected.accepted)


def test_findings_survive_serialization(tmp_path: Path) -> None:
    """Into another process's copy of the pack, where each finding belongs to that copy's own value."""
    pack = write_lake(tmp_path, (FIXTURES / "estimate-bare/bad.yaml").read_text())
    rules = [rule for rule in RULES if rule.code == "estimate-bare"]
    parent, child = (CheckContext(load(pack, "lake")) for _ in range(2))
    (rule, received), *_ = deserialize(parent, serialize(child, run_rules(child, rules)), rules)
    (_, sent), *_ = run_rules(child, rules)
    assert (rule, received.message, received.mark, received.hint) == (rules[0], sent.message, sent.mark, sent.hint)
    assert received.located in parent.located_values
    assert received.located not in child.located_values


def test_a_pack_that_cannot_be_loaded_does_not_hide_the_others(tmp_path: Path) -> None:
    write_lake(tmp_path, (FIXTURES / "uncited/bad.yaml").read_text())
    (tmp_path / "data/other").mkdir()
    (tmp_path / "data/other/pack.yaml").write_text("id: other\n")
    report = check_packs(Library(tmp_path))
    assert report.packs == ("lake", "other")
    assert {"missing-field", "uncited"} <= {problem.code for problem in report.problems}


def test_source_texts_are_read_by_source_id(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("It was gone.")
    (tmp_path / "old.txt").write_bytes("Fenêtre".encode("latin-1"))
    (tmp_path / "notes.md").write_text("not a copy")
    assert read_source_texts(tmp_path) == {"diary": "It was gone.", "old": "Fen\ufffdtre"}


def test_templates_of_themes_are_checked(run: Run, project: Path) -> None:
    theme = project / "theme/css/theme.css"
    theme.parent.mkdir(parents=True)
    theme.write_text("h1 { opacity: 0.5 }\n")
    done = run(["check", "--no-pages", "--theme", "theme"], project)
    assert (done.code, done.err.splitlines()[0][:38]) == (1, "theme/css/theme.css:1:6: error[opacity")


@pytest.mark.slow
def test_a_check_without_pages_does_not_import_what_renders_or_typesets(project: Path) -> None:
    """Importing those takes longer than running all rules."""
    program = "import sys; from briefings.cli.main import run; run(['check', '--no-pages']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=project, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "briefings.checking.rules.numbers" in loaded
    assert not loaded & {
        "jinja2",
        "weasyprint",
        "markdown_it",
        "babel",
        "fontTools",
        "rich",
        "briefings.drawings.scene",
    }
