"""`python -m doctor`."""

from __future__ import annotations

import sys

if __name__ == "__main__" and not sys.flags.safe_path:
    # `python -m` searches the working folder first: a `random.py` there is for us to find, not to import
    del sys.path[0]

from doctor.cli import main

if __name__ == "__main__":
    sys.exit(main())
