"""Draw docs/images/check.svg, the README's picture, from the real report beside it (docs/images/check.json).

The report is `torch-doctor check --format json` in an environment with a CPU torch and PyPI's torchvision.
`--check` writes nothing and exits 1 when the picture is not what it would be.
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI

from doctor.diagnose import diagnose
from doctor.intake import read
from doctor.render import terminal
from doctor.render.areas import rows

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
COLUMNS = 100


def picture() -> str:
    report = diagnose(read((IMAGES / "check.json").read_text(encoding="utf-8")))
    out = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, highlight=False, markup=False)
    out.print("$ torch-doctor check")
    terminal.draw(report, rows(report), out)
    return out.export_svg(title="torch-doctor check", theme=MONOKAI, unique_id="check")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    file = IMAGES / "check.svg"
    drawn = picture()
    if parser.parse_args().check:
        return int(not file.exists() or file.read_text(encoding="utf-8") != drawn)
    file.write_text(drawn, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
