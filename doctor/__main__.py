"""`python -m doctor`, and where the installed program begins."""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # `signal` makes classes first, which takes time
import os
import sys

if __name__ == "__main__" and _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)  # until we heed it: a Ctrl-C finds nothing to tidy, nor to say
if __name__ == "__main__" and not sys.flags.safe_path:
    # `python -m` searches the working folder first: a `random.py` there is for us to find, not to import
    del sys.path[0]
# clusters lead every Python to packages of one of them: ours come first, and what is nowhere else is still found there
_absolute = os.path.abspath  # pathlib itself would be looked for there
_own = os.path.dirname(os.path.dirname(_absolute(__file__)))  # noqa: PTH120
_named = {_absolute(folder) for folder in os.environ.get("PYTHONPATH", "").split(os.pathsep) if folder} - {_own}
sys.path.sort(key=lambda folder: _absolute(folder) in _named)

from doctor.bootstrap import ending  # noqa: E402 - of ours


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
