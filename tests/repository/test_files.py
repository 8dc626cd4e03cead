"""Only one module opens the files of a project, so that none is waited for, followed out of it or read without end."""

import ast

import pytest
from repository.test_architecture import MODULE_FILES, tree

# Each reads through a path, or asks about one in a way that fails where a folder may not be searched.
OPENING = {
    *("open", "read_text", "read_bytes", "iterdir", "glob", "rglob", "scandir", "listdir", "walk", "fwalk"),
    *("is_file", "is_dir", "exists", "is_symlink"),
}
ELSEWHERE = {"webbrowser.open", "ast.walk"}
# Modules that open something else than the files of a project, and what.
ALLOWED = {
    "safe_files": {"open", "scandir", "is_file", "is_dir", "is_symlink"},  # the one place
    "library": {"is_dir"},  # of the package
    "cli/last_run": {"scandir", "listdir", "is_file", "is_dir"},  # its own walk, which stats each file: it opens none
    "cli/machine": {"glob"},  # the package
    "cli/common": {"open"},  # the null device, in place of an output that is lost
    "output/files": {"open"},  # the folder itself, for its lock
    "pdf/temporary": {"open", "scandir", "is_dir"},  # the temporary folder of the system, and a lock in it
    "pdf/versions": {"listdir", "read_bytes"},  # the package, and installed packages
    "reference/descriptions": {"open"},  # the package
}


def opened(module: str) -> set[str]:
    """The names of calls in a module that open files, or look into folders."""
    found = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id == "open":
                found.add("open")
            elif isinstance(node.func, ast.Attribute) and ast.unparse(node.func) not in ELSEWHERE:
                found |= {node.func.attr} & OPENING
    return found


@pytest.mark.parametrize("module", MODULE_FILES)
def test_one_module_opens_files(module: str) -> None:
    assert opened(module) - ALLOWED.get(module, set()) == set(), "use briefings/safe_files.py, or os.path.isfile"


@pytest.mark.parametrize("module", MODULE_FILES)
def test_one_module_prints(module: str) -> None:
    """cli/common.py writes out what a terminal would obey. A record is printed only if it holds nothing of the kind."""
    calls = [ast.unparse(node.func) for node in ast.walk(tree(module)) if isinstance(node, ast.Call)]
    printing = {"print", "click.echo", "click.secho", "sys.stdout.write", "sys.stderr.write"}
    allowed = {"cli/common": {"click.echo"}, "cli/last_run": {"sys.stdout.write", "sys.stderr.write"}}
    allowed |= {"cli/machine": {"print"}}  # which runs without anything else of ours
    assert printing & set(calls) - allowed.get(module, set()) == set(), "use say() of cli/common.py"
