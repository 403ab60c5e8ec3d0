"""How the work of every reader grows: for each kind of input the exponent over three sizes, 1 for linear.

    python scripts/growth.py                    all readers
    python scripts/growth.py lint projects      some of them
    python scripts/growth.py lint --of loader   the kinds with that word in their name
    python scripts/growth.py calls              functions that are called more than twelve times as often for four times
                                                the input
    python scripts/growth.py expressions        regular expressions that go over a line again from each of its places,
                                                and what bounds the lines that they are given

What is counted, and how noise is kept out of it, is told in tests/growth/measure.py and calls.py. Exit code 1 when an
exponent is above the limit, a function is called too often, or nothing bounds such an expression.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.growth.calls import outgrowing
from tests.growth.expressions import bound, expressions, worst
from tests.growth.kinds import EVERY  # the checkout was just put on the path
from tests.growth.measure import Growth, grow

EXPRESSIONS, CALLS = "expressions", "calls"


def row(reader: str, name: str, found: Growth, limit: float) -> str:
    sizes = "  ".join(
        f"{size:>8} {1000 * took:>9.1f} ms" for size, took in zip(found.sizes, found.seconds, strict=True)
    )
    mark = "" if found.exponent <= limit else "  ABOVE THE LIMIT"
    return f"{found.exponent:5.2f}  {sizes}  {reader}: {name}{mark}"


def tell_expressions() -> int:
    found = [(one, unit) for one in expressions() if (unit := worst(one)[1])]
    for one, unit in found:
        print(f"{one.where}: {one.pattern!r} over {unit!r}: {bound(one) or 'UNBOUNDED'}")
    unbounded = sum(not bound(one) for one, _ in found)
    print(f"{len(found)} of {len(expressions())} expressions, unbounded: {unbounded}")
    return int(unbounded > 0)


def tell_calls(word: str) -> int:
    count = 0
    for reader, kinds in EVERY.items():
        for name, kind in kinds.items():
            for function, (few, many) in outgrowing(kind).items() if word in name else ():
                count += 1
                print(f"{few:>8} {many:>9}  {function}: {reader}: {name}", flush=True)
    print(f"functions that are called too often: {count}")
    return int(count > 0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "readers",
        nargs="*",
        choices=[*EVERY, EXPRESSIONS, CALLS, []],
        metavar="READER",
        help=", ".join((*EVERY, EXPRESSIONS, CALLS)),
    )
    parser.add_argument("--of", default="", metavar="WORD", help="only kinds with this in their name")
    parser.add_argument("--limit", type=float, default=1.2, help="of the exponent (default: 1.2)")
    parser.add_argument("--least", type=float, default=4.0, help="ms of work at the first size (default: 4)")
    options = parser.parse_args()
    if EXPRESSIONS in options.readers:
        return tell_expressions()
    if CALLS in options.readers:
        return tell_calls(options.of)
    kinds = [(reader, name) for reader in options.readers or EVERY for name in EVERY[reader] if options.of in name]
    exponents = measure(kinds, options)
    again = [kind for kind in kinds if exponents[kind] > options.limit]
    exponents |= measure(again, options)  # at another time: what the machine does beside it may have shown
    above = sum(one > options.limit for one in exponents.values())
    highest = max(exponents.values(), default=0)
    print(
        f"{len(kinds)} kinds of input, highest exponent {highest:.2f}, above the limit: {above} ({len(again)} before)"
    )
    return int(above > 0)


def measure(kinds: list[tuple[str, str]], options: argparse.Namespace) -> dict[tuple[str, str], float]:
    exponents = {}
    for reader, name in kinds:
        found = grow(EVERY[reader][name], options.least / 1000, options.limit)
        exponents[reader, name] = found.exponent
        print(row(reader, name, found, options.limit), flush=True)
    return exponents


if __name__ == "__main__":
    sys.exit(main())
