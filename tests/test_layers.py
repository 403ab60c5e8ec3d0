"""The import contracts of pyproject.toml bite: each kind of forbidden import, added to a copy, is named."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
UPWARD = "Imports go down, from the command line to the model"
MUTATIONS = {
    "upward": ("facts/base.py", "import doctor.rules", UPWARD),
    "upward, inside a function": ("match/aim.py", "def late():\n    from doctor.collect import collect", UPWARD),
    "sideways": ("smoke/causes.py", "from doctor.mirrors import choose", UPWARD),
    "a new room without a floor": ("attic/__init__.py", "", UPWARD),
    "judging that looks": (
        "explain/rank.py",
        "from doctor.process import run",
        "What judges and what draws looks at nothing",
    ),
    "a rule with a clock": ("rules/api.py", "import time", "Facts, catalog and rules know no machine and no clock"),
    "a child process": ("mirrors/run.py", "import subprocess", "Child processes are started in one room"),
    "a dependency inside the target": (
        "target/inside/describe.py",
        "import msgspec",
        "What runs in the target uses the standard library alone",
    ),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([program, "--no-logo", "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(CHECKOUT / "doctor", folder / "doctor", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CHECKOUT / "pyproject.toml", folder)
    return folder


@pytest.mark.parametrize("kind", MUTATIONS)
def test_an_import_that_is_forbidden_is_found(copy: Path, kind: str) -> None:
    name, line, contract = MUTATIONS[kind]
    path = copy / "doctor" / name
    before = path.read_text() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{before or ''}\n{line}\n")
    try:
        done = lint(copy)
    finally:
        path.write_text(before) if before is not None else shutil.rmtree(path.parent)
    assert done.returncode == 1
    assert f"{contract} BROKEN" in " ".join(done.stdout.split())


def test_the_copy_itself_keeps_all_contracts(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout
