"""End every command by signals at moments spread over its run, and look for what that leaves behind.

    python scripts/kills.py                      a thousand kills over all commands: it takes most of an hour
    python scripts/kills.py check setup          some of them
    python scripts/kills.py --kills 100          a tenth as many of each

Two in three are SIGKILL or SIGTERM, the rest SIGHUP and SIGINT. Exit code 1 when a file is torn, a journal cannot be
read, a process is left, or a temporary folder is left by anything but SIGKILL.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.kills.killing import kill_all_over, table  # the path was just set
from tests.kills.situations import ALL


def main() -> int:
    names = {make.__name__: make for make in ALL}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commands", nargs="*", choices=[*names, []], metavar="COMMAND", help=", ".join(names))
    parser.add_argument("--kills", type=int, default=sum(ALL.values()), help="of all commands (default: 1000)")
    options = parser.parse_args()
    tallies = []
    for name in options.commands or names:
        kills = max(1, round(ALL[names[name]] * options.kills / sum(ALL.values())))
        with tempfile.TemporaryDirectory() as folder, names[name](Path(folder)) as situation:
            tallies.append(kill_all_over(situation, kills))
        print(*tallies[-1].told, sep="\n", file=sys.stderr, flush=True)
        print(table(tallies[-1:]), file=sys.stderr, flush=True)
    print(table(tallies))
    return int(not all(tally.clean for tally in tallies))


if __name__ == "__main__":
    sys.exit(main())
