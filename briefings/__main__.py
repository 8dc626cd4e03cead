"""The console script. Standard library only: what needs more is imported by cli."""

import gc
import sys


def main() -> None:
    """Run one command and exit with its code."""
    from .lastrun import answer

    if answer(sys.argv[1:]):
        return
    if sys.argv[1:2] == ["check"]:
        gc.disable()  # what a check leaves behind goes with its process, and looking for it takes a tenth of the time
    from .cli import run

    code = run(sys.argv[1:])
    gc.freeze()  # nor need it be looked through once more at the end
    sys.exit(code)


if __name__ == "__main__":
    main()
