"""Removes what was made, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from doctor.bootstrap.home import Home, remove_empty_parents
from doctor.bootstrap.options import Options
from doctor.bootstrap.records import environments
from doctor.bootstrap.stop import DONE, IN_THE_WAY


def uninstall(home: Home, options: Options, say: Callable[[str], None]) -> int:
    """The exit code: 1 where something remains."""
    if not home.is_ours:
        say(f"nothing to remove: there is no folder of torch-doctor's at {home.folder}")
        return DONE
    folders = [Path(known.folder) for known in environments(home) if known.made]
    for folder in (*folders, home.folder):
        say(f"removing {folder}")
        shutil.rmtree(folder, ignore_errors=True)
    remove_empty_parents(home)
    return IN_THE_WAY if home.folder.exists() else DONE
