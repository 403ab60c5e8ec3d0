"""Run by the Python for Windows: what the NVIDIA probe tells of each scenario, a line of JSON each.

python -m tests.windows.told_by_scenarios FOLDER...     each with `scenario` and the libraries of that driver
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import msgspec

from doctor.probes import nvidia
from doctor.target import Target
from tests.nvml_simulator.build import ON_WINDOWS

SYSTEM32 = Path(os.environ["WINDIR"], "System32")


def told(folder: Path) -> dict[str, object]:
    for name in ON_WINDOWS.values():
        (SYSTEM32 / name).unlink(missing_ok=True)
        if (folder / name).exists():
            shutil.copy(folder / name, SYSTEM32)
    env = {**os.environ, "NVML_SCENARIO": str(folder / "scenario"), "PATH": ""}
    try:
        return dict(msgspec.to_builtins(nvidia.probe(Target(sys.executable, env=env, deadline_s=60.0))))
    except Exception as error:  # noqa: BLE001 - as the collector does: it is the answer
        return {"raised": type(error).__name__, "message": str(error)}


if __name__ == "__main__":
    for word in sys.argv[1:]:
        print(msgspec.json.encode(told(Path(word))).decode(), flush=True)
