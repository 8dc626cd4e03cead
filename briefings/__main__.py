"""The console script. Standard library only: what needs more is imported by cli."""

import os
import sys


def main() -> None:
    """Run one command and exit with its code."""
    from .cli import STOPPED, run

    code = run(sys.argv[1:])
    if code == STOPPED:  # workers were ended in the middle of something: waiting for them could last for ever
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    main()
