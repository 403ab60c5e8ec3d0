"""What the script finds on a machine is what the doctor finds, and its words are checked before anything is made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bootstrap.parts import SCRIPT, bootstrap, tree


def printed(home: Path, **variables: str) -> dict[str, str]:
    done = bootstrap("--print", home=home, **variables)
    assert done.returncode == 0, done.stderr
    return dict(line.split("=", 1) for line in done.stdout.splitlines())


def test_the_same_machine_as_match(home):
    found = printed(home)
    asked = [sys.executable, "-m", "doctor", "match", "--python", found["python"], "--format", "json"]
    same_home = {**os.environ, "HOME": str(home)}  # which is told as ~
    document = json.loads(subprocess.run(asked, capture_output=True, text=True, check=False, env=same_home).stdout)
    machine = document["machine"]
    for key in ("os", "arch", "libc", "glibc", "driver"):
        assert found[key] == machine.get(key, ""), key
    assert found["python_version"] == machine["python"]
    assert found["python"] == machine["interpreter"]


def test_print_makes_nothing(home):
    printed(home)
    assert tree(home) == {}


def test_a_proxy_is_seen_but_its_password_is_not_said(home):
    done = bootstrap("--print", home=home, HTTPS_PROXY="http://ada:secret@proxy.example.com:8080")
    assert "proxy=yes" in done.stdout
    assert "secret" not in done.stdout + done.stderr


def test_dry_run_says_folders_and_sizes_and_makes_nothing(home):
    done = bootstrap("--dry-run", home=home)
    assert done.returncode == 0
    assert "~/.local/share/torch-doctor" in done.stderr and str(home) not in done.stderr
    assert "MB to download" in done.stderr and "GB" in done.stderr
    assert tree(home) == {}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--nonsense"], "unknown option --nonsense"),
        (["--env"], "--env needs a value"),
        (["--env", "a", "--conda", "b"], "--conda excludes --env"),
        (["--mirror", "nobody"], "no mirror is called nobody"),
        (["--from", "missing.toml"], "there is no file missing.toml"),
        (["--offline", "missing"], "there is no folder missing"),
    ],
)
def test_wrong_usage(home, words, said):
    done = bootstrap(*words, home=home)
    assert done.returncode == 2
    assert said in done.stderr
    assert tree(home) == {}


def test_help_is_read_without_anything_else(home):
    done = bootstrap("--help", home=home, PATH="/usr/bin:/bin")
    assert done.returncode == 0
    for option in ("--check-only", "--dry-run", "--env", "--conda", "--mirror", "--from", "--offline", "--uninstall"):
        assert option in done.stdout


def test_a_python_that_is_too_old_or_broken_is_passed_over(home, tmp_path):
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, code in (("python3.14", "exit 1"), ("python3.13", "exec sleep 0"), ("python3.12", "kill -9 $$")):
        (folder / name).write_text(f"#!/bin/sh\n{code}\n")
        (folder / name).chmod(0o755)
    (folder / "python3.13").write_text("#!/bin/sh\nexit 9\n")
    (folder / "python3.11").symlink_to(sys.executable)
    found = printed(home, PATH=f"{folder}:/usr/bin:/bin", PYTHON="")
    assert found["python"] == str(folder / "python3.11")


def test_a_cut_download_of_the_script_does_nothing(home):
    """Everything is in functions and the call is the last line."""
    text = SCRIPT.read_text()
    for length in range(0, len(text) - len('main "$@"\n'), len(text) // 40):
        subprocess.run(["sh"], input=text[:length], cwd=home, env={"HOME": str(home), "PATH": "/usr/bin:/bin"},
                       capture_output=True, text=True, check=False)  # fmt: skip
        assert tree(home) == {}
