"""The console script. Standard library only: what needs more is imported by cli."""

import sys


def main() -> None:
    """Run one command and exit with its code."""
    from .lastrun import answer

    if answer(sys.argv[1:]):
        return
    from .cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
