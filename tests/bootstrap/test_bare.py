"""The body of the bootstrap, with all that it imports, needs a bare Python alone, and no folder but a wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.gate.markers import SECRET, TOKEN

CHECKOUT = Path(__file__).parents[2]
START = (
    "import sys; sys.path.insert(0, sys.argv[1]); import doctor.bootstrap.__main__ as body; from doctor import gate; "
)
SAYS = START + f"gate.say('{TOKEN} in /home/lindqvist/x')"


@pytest.mark.parametrize("kind", ["folder", "wheel"])
def test_it_starts_and_speaks_where_nothing_is_installed(kind: str, tmp_path: Path) -> None:
    source = CHECKOUT if kind == "folder" else tmp_path / "doctor.whl"
    if kind == "wheel":
        with zipfile.ZipFile(source, "w") as wheel:
            for file in (CHECKOUT / "doctor").rglob("*"):
                if file.suffix in (".py", ".toml", ".json") and "atlas" not in file.parts:
                    wheel.write(file, file.relative_to(CHECKOUT))
    done = subprocess.run([sys.executable, "-I", "-S", "-B", "-c", SAYS, str(source)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert " in /home/" in done.stderr and SECRET not in done.stderr and "lindqvist" not in done.stderr
