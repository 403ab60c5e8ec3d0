"""The distributions of this checkout, built as a release would build them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]


def built(into: Path) -> Path:
    """A wheel and an sdist in `into`. The build's own requirements come from this Python or from the network."""
    argv = [sys.executable, "-m", "build", "--outdir", str(into), str(CHECKOUT)]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return into
