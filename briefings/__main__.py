"""The console script. It imports only the standard library; the modules in cli import the rest when needed."""

import gc
import sys


def main() -> None:
    """Run one command and exit with its code."""
    # Garbage collection takes a tenth of the time. A check ends soon, so it needs none at all.
    gc.set_threshold(0 if sys.argv[1:2] == ["check"] else 100_000)
    # Before anything else is imported: with nothing to do, the imports would be most of the time.
    from .cli.last_run import print_if_unchanged

    if print_if_unchanged(sys.argv[1:]):
        return
    from .cli.main import run

    code = run(sys.argv[1:])
    gc.freeze()  # else the interpreter searches all objects once more when it exits
    sys.exit(code)


if __name__ == "__main__":
    main()
