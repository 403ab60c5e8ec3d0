"""`python -m doctor` as a user starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path


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


def test_packages_of_another_python_on_pythonpath_are_not_ours(bare_python, tmp_path):
    """As environment modules of a cluster set it: psutil of another version of Python cannot be imported."""
    cluster = tmp_path / "cluster"
    cluster.mkdir()
    for name in ("psutil", "msgspec", "random"):
        (cluster / f"{name}.py").write_text("raise ImportError('built for another Python')")
    words = ["check", "--python", str(bare_python), "--format", "json", "--fast"]
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join([str(cluster), os.environ.get("PYTHONPATH", "")])}
    program = Path(sys.executable).with_name("torch-doctor.exe" if sys.platform == "win32" else "torch-doctor")
    installed = [[str(program)]] if program.exists() else []
    for start in ([sys.executable, "-m", "doctor"], *installed):
        done = subprocess.run([*start, *words], env=variables, capture_output=True, text=True, check=False)
        python = json.loads(done.stdout)["facts"]["python"]["value"]
        assert python["python_path"][0] == str(cluster), "what the target gets is as it was"


def test_what_is_on_pythonpath_alone_is_still_found(tmp_path):
    (tmp_path / "only_here.py").write_text("")
    code = "import runpy, sys; sys.argv = ['doctor', '--version']\n"
    code += "try: runpy.run_module('doctor', run_name='__main__')\nexcept SystemExit: import only_here"
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])}
    assert subprocess.run([sys.executable, "-P", "-c", code], env=variables, check=False).returncode == 0
