"""The console script. Standard library only: what needs more is imported by cli."""

import gc
import sys


def main() -> None:
    """Run one command and exit with its code."""
    from .cli.last_run import print_if_unchanged

    if print_if_unchanged(sys.argv[1:]):
        return
    # to look for what may be thrown away takes a tenth of the time: a check leaves all to the end of its process
    gc.set_threshold(0 if sys.argv[1:2] == ["check"] else 100_000)
    from .cli.main import run

    code = run(sys.argv[1:])
    gc.freeze()  # nor need it be looked through once more at the end
    sys.exit(code)


if __name__ == "__main__":
    main()
