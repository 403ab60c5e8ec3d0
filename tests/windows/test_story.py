"""The evening this project began with: the CIFAR-10 tutorial with two workers on Windows, from its error to its end.

The script is the tutorial's, with pictures that torchvision makes up instead of the archive.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.windows.systems import Windows

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(900)]

SCRIPT = Path(__file__).parents[1] / "samples" / "cifar10_tutorial.py"
GUARD = "dataloader-spawn-no-main-guard"


def test_it_fails_is_found_explained_mended_and_runs(windows: Windows, tmp_path: Path) -> None:
    script = Path(shutil.copy(SCRIPT, tmp_path))
    lines = script.read_text().splitlines()
    iterated = next(number for number, line in enumerate(lines, 1) if "enumerate(trainloader" in line)

    failed = windows.run(windows.torch_python, script, cwd=tmp_path)
    assert failed.returncode != 0 and "Finished Training" not in failed.stdout

    linted = json.loads(windows.doctor("lint", "--format", "json", script).stdout)
    found = [one for one in linted["findings"] if one["rule"] == GUARD]
    assert [one["line"] for one in found] == [iterated]

    explained = windows.doctor("explain", "--format", "json", "-", stdin=failed.stderr)
    assert json.loads(explained.stdout)["causes"][0]["rule"] == GUARD

    mended = windows.doctor("lint", "--fix", "--yes", script)
    assert mended.returncode == 0, mended.stdout + mended.stderr
    assert 'if __name__ == "__main__":' in script.read_text()

    trained = windows.run(windows.torch_python, script, cwd=tmp_path)
    assert trained.returncode == 0 and "Finished Training" in trained.stdout, trained.stderr[-3000:]
