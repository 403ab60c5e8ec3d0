"""`python -m doctor` as a user starts it."""

from __future__ import annotations

import json
import subprocess
import sys


def test_files_in_the_working_folder_are_found_not_imported(bare_python, tmp_path):
    here = tmp_path / "work"
    here.mkdir()
    for name in ("random", "json", "secrets", "msgspec", "argparse"):
        (here / f"{name}.py").write_text("raise SystemExit('this one must not be loaded')")
    words = ["check", "--python", str(bare_python), "--format", "json", "--fast", "--only", "module-shadowed"]
    done = subprocess.run(
        [sys.executable, "-m", "doctor", *words], cwd=here, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr  # without the names of the real ones, torch breaks in that folder
    assert json.loads(done.stdout)["findings"][0]["rule"] == "module-shadowed"
