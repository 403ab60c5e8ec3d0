"""Looks for texts that make a reader fail, or take over five seconds; each becomes a case that the tests read again.

    python scripts/fuzz.py                       every reader for ten minutes of the processor, one after another
    python scripts/fuzz.py intake lock --minutes 1 --seed 7

With atheris (`pip install --group fuzz`) libFuzzer chooses what to change by the lines and comparisons that a text
reaches, and changes it in turn with our own mutations, which know lines, words and JSON. It has wheels for few Pythons
and no Windows, so nothing else needs it: without it our own search runs (`tests/fuzz/engine.py`), guided by the lines
that a text reaches on Python 3.12 and newer.

A text that fails is made shorter and written to tests/fuzz/cases/READER/. Exit code: 0 nothing was found, 1 something.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

CASES = ROOT / "tests" / "fuzz" / "cases"
REPORT = "{reader}: {done} texts in {minutes:.1f} min, {failures} failures, the slowest took {slowest:.2f} s"


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readers", nargs="*", metavar="READER", help="default: all")
    parser.add_argument("--minutes", type=float, default=10, help="of the processor, for each reader (default: 10)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=("atheris", "own"), default="atheris" if find_spec("atheris") else "own")
    parser.add_argument("--keep", metavar="FOLDER", help="write texts that reached something new to FOLDER/READER")
    return parser.parse_args()


def main() -> int:
    options = parse_args()
    if len(options.readers) == 1:
        return (with_atheris if options.engine == "atheris" else with_own_search)(options.readers[0], options)
    return max(alone(reader) for reader in options.readers or known())


def known() -> list[str]:
    from tests.fuzz.readers import READERS

    return list(READERS)


def alone(reader: str) -> int:
    """In a process of its own: libFuzzer ends the one that it runs in."""
    words = [word for word in sys.argv[1:] if word not in known()]
    return subprocess.run([sys.executable, __file__, reader, *words], check=False).returncode


class Tally:
    """What one reader's search has come to; failures are written as they are found, each place once."""

    def __init__(self, reader: str) -> None:
        self.reader, self.began = reader, time.process_time()
        self.done, self.slowest, self.places = 0, 0.0, set[str]()

    def tell(self) -> int:
        minutes = (time.process_time() - self.began) / 60
        print(REPORT.format(minutes=minutes, failures=len(self.places), **vars(self)), flush=True)
        return int(bool(self.places))

    def found(self, failure: object) -> None:
        self.places.add(failure.place)
        path = CASES / self.reader / hashlib.sha256(failure.data).hexdigest()[:12]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(failure.data)
        print(f"{failure.trace}\n{failure.place}: {path.relative_to(ROOT)}", flush=True)


def with_own_search(reader: str, options: argparse.Namespace) -> int:
    from tests.fuzz.engine import Search

    search, tally = Search(reader, options.seed), Tally(reader)
    until = tally.began + options.minutes * 60
    for failure in search.run(lambda done: time.process_time() < until):
        tally.found(failure)
    keep(search.kept, reader, options)
    tally.done, tally.slowest = search.done, search.slowest
    return tally.tell()


def with_atheris(reader: str, options: argparse.Namespace) -> int:
    import atheris

    # what is imported late, rules above all, stays as it is: there are hundreds of them, and they read facts
    with atheris.instrument_imports(include=["doctor"]):
        from tests.fuzz import engine, readers
        from tests.fuzz.mutation import mutated
    starts = readers.starts(reader)
    tally = Tally(reader)
    until = tally.began + options.minutes * 60

    def one_input(data: bytes) -> None:
        if time.process_time() > until:
            keep([path.read_bytes() for path in Path(folder).iterdir() if path.name not in given], reader, options)
            code = tally.tell()
            sys.stdout.flush()
            os._exit(code)
        began = time.process_time()
        failure = engine.attempt(reader, data)
        tally.done += 1
        tally.slowest = max(tally.slowest, time.process_time() - began)
        if failure and failure.place not in tally.places:
            tally.places.add(failure.place)
            tally.found(engine.smaller(failure))

    def changed(data: bytes, limit: int, seed: int) -> bytes:
        random = Random(seed)
        ours = random.random() < 0.5
        return mutated(data, starts, random, limit) if ours else atheris.Mutate(data, limit)

    folder = tempfile.mkdtemp(prefix="doctor-fuzz-")
    given = {f"{place:04}" for place, data in enumerate(starts) if Path(folder, f"{place:04}").write_bytes(data)}
    limits = [f"-max_len={readers.MAX_BYTES}", "-rss_limit_mb=4096", "-report_slow_units=1000"]  # by the wall's clock
    words = [f"-seed={options.seed}", "-verbosity=0", *limits, folder]
    atheris.Setup([sys.argv[0], *words], one_input, custom_mutator=changed)
    atheris.Fuzz()
    return 0


def keep(texts: list[bytes], reader: str, options: argparse.Namespace) -> None:
    if options.keep:
        folder = Path(options.keep) / reader
        folder.mkdir(parents=True, exist_ok=True)
        for data in texts:
            (folder / hashlib.sha256(data).hexdigest()[:12]).write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
