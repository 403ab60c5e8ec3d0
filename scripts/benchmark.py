"""Performance as ratios measured in one run: each command beside the plain command it is compared with.

    python scripts/benchmark.py                      every section but "evening", which fetches gigabytes
    python scripts/benchmark.py check match          some of them
    python scripts/benchmark.py check --python PATH  PATH: an interpreter with torch and torchvision

Commands are run in turn, A B A B …, after one warm-up each; the figure is the median of the ratios of the pairs.
Exit code 1 when a ratio is above its limit.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from benchmarks.measure import Row  # the folder was just put on the path

SECTIONS = sorted(p.stem for p in (Path(__file__).parent / "benchmarks").glob("*.py") if p.stem not in ("measure",))
ON_REQUEST = ("evening",)


def table(rows: list[Row]) -> str:
    head = ("what", "measured", "limit", "")
    cells = [(row.what, row.shown, row.limit_shown, "ok" if row.good else "ABOVE THE LIMIT") for row in rows]
    widths = [max(len(line[i]) for line in [head, *cells]) for i in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in [head, *cells]]
    return "\n".join(line.rstrip() for line in lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sections", nargs="*", choices=[*SECTIONS, []], metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--python", help="interpreter with torch and torchvision (default: this one)")
    parser.add_argument("--runs", type=int, default=5, help="pairs of runs a figure (default: 5)")
    options = parser.parse_args()
    rows: list[Row] = []
    for name in options.sections or (name for name in SECTIONS if name not in ON_REQUEST):
        print(f"measuring {name} …", file=sys.stderr)
        rows += importlib.import_module(f"benchmarks.{name}").measure(options.python or sys.executable, options.runs)
    print(table(rows))
    return int(not all(row.good for row in rows))


if __name__ == "__main__":
    sys.exit(main())
