"""`python -m doctor`, and where the installed program begins."""

from __future__ import annotations

import sys

if __name__ == "__main__" and not sys.flags.safe_path:
    # `python -m` searches the working folder first: a `random.py` there is for us to find, not to import
    del sys.path[0]

from doctor.bootstrap import ending


def main() -> int:
    """The exit code. Signals count before the command is there."""
    ending.heed()
    try:
        from doctor import cli

        return ending.over(cli.main())
    except (KeyboardInterrupt, RuntimeError):  # Python 3.11 makes the one into the other where a class is being made
        if not ending.begun():
            raise
        return ending.over(ending.code())


if __name__ == "__main__":
    sys.exit(main())
