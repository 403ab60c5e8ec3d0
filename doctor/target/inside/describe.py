"""Says what the target interpreter is and what lies installed in it. Imports nothing of the user's.

Each answer is given as soon as it is known, the quick ones first. Arguments: "full" or "sample", the user's folder.
"""

import os
import sys

from _answer import answer
from _distributions import installed, leftovers
from _dlls import dlls_of
from _interpreter import interpreter, shadowing
from _torch_files import damaged_files, torch_on_disk


def main(full, folder):
    path = list(getattr(sys, "doctor_path", sys.path))
    answer(python=interpreter())
    answer(shadowing=shadowing(path, folder))
    distributions, unreadable = installed(path)
    answer(distributions=distributions, unreadable=unreadable)
    answer(leftovers=leftovers(path, distributions))
    torch = torch_on_disk(path, distributions)
    answer(torch=torch)
    dlls = dlls_of(torch["location"]) if torch and sys.platform == "win32" else {}
    answer(absent=dlls.get("absent"))
    damaged = damaged_files(distributions, full)
    known = {os.path.normcase(file["path"]) for file in damaged}
    answer(damaged=damaged + [file for file in dlls.get("damaged", []) if os.path.normcase(file["path"]) not in known])


if __name__ == "__main__":
    main(sys.argv[2] == "full", sys.argv[3])
