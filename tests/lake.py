"""A small pack that breaks no rule (tests/rules/lake), extended by fixtures or by one text, and checked."""

import json
import re
import shutil
from pathlib import Path

from conftest import HERE

from briefings.checking.context import CheckContext
from briefings.checking.run_rules import CheckResult, applicable_rules, check_result, run_rules
from briefings.composing.project import compose_requested, is_empty
from briefings.language.strings import load_strings
from briefings.language.wording import Wording
from briefings.library import Library
from briefings.loading.load import load

FIXTURES = HERE / "rules"


def write_lake(folder: Path, additions: str = "") -> Path:
    """A project with the pack, and `additions` appended to its files: each follows a comment with a file name.

    Sections without a file to fill them are left out: an empty one is a finding. With the comment "taken away" the pack
    does not say why it has no map.
    """
    pack = Path(shutil.copytree(FIXTURES / "lake", folder / "data" / "lake"))
    for section, key in (("history", "parts:"), ("exercises", "exercises:")):
        if f"\n{key}" not in additions:
            info = (pack / "pack.yaml").read_text()
            (pack / "pack.yaml").write_text(re.sub(rf"  - {{id: {section},.*\n", "", info))
    if "taken away" in additions:
        info = (pack / "pack.yaml").read_text()
        (pack / "pack.yaml").write_text(re.sub(r"^accept:.*\n", "", info, flags=re.M))
    for name, added in re.findall(r"^# (\w+\.yaml)\n(.*?)(?=^# \w+\.yaml\n|\Z)", additions, re.M | re.S):
        with (pack / name).open("a") as file:
            file.write(added)
    return pack


def check_folder(pack: Path, source_texts: dict[str, str] | None = None, *, composed: bool = True) -> CheckResult:
    """The result of all rules on a pack; those that need documents run only if it is `composed`."""
    library = Library(pack.parents[1])
    loaded = load(pack, "lake")
    wording = Wording("en", load_strings(library, "en"))
    briefings = compose_requested(loaded, library) if composed else ()
    made, empty = ([each for each in briefings if is_empty(each) is nothing] for nothing in (False, True))
    context = CheckContext(loaded, made, wording, source_texts, empty=empty)
    ran = applicable_rules(context)
    return check_result(context, run_rules(context, ran), ran)


def context_of(folder: Path, additions: str = "", source_texts: dict[str, str] | None = None) -> CheckContext:
    """The context of the pack with `additions`, without documents."""
    return CheckContext(load(write_lake(folder, additions), "lake"), source_texts=source_texts)


def statement(text: str | dict[str, str], more: str = "") -> str:
    """An addition: a chapter of the background that holds one statement, with more fields of it."""
    fields = f"id: before-1, text: {json.dumps(text, ensure_ascii=False)}{more}"
    return f"# history.yaml\nparts:\n  - id: before\n    title: Before\n    paragraphs:\n      - {{{fields}}}\n"
