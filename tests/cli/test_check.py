from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import psutil
import pytest

from tests.cli.in_process import program
from tests.environments import fake_torch, lend_pip, package, site_packages, venv
from tests.surroundings import SIGNALS

ROOT = Path(__file__).resolve().parent.parent.parent
HEALTHY_DUMP = """\
PyTorch version: 2.6.0+cu124
Is debug build: False
CUDA used to build PyTorch: 12.4
ROCM used to build PyTorch: N/A
OS: Ubuntu 22.04.5 LTS (x86_64)
Python version: 3.11.9 (main, Apr  6 2024, 17:59:24) [GCC 11.4.0] (64-bit runtime)
Is CUDA available: True
GPU models and configuration: GPU 0: NVIDIA GeForce RTX 4090
Nvidia driver version: 550.54.14
"""


def doctor(*words: str | Path, stdin: str = "", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """In a process of its own where it has an environment of its own."""
    argv = ["check", *map(str, words)]
    if env is None:
        done = program(*argv, stdin=stdin.encode())
        return subprocess.CompletedProcess(argv, done.returncode, done.stdout.decode(), done.stderr.decode())
    argv = [sys.executable, "-m", "doctor", *argv]
    return subprocess.run(argv, input=stdin, capture_output=True, text=True, encoding="utf-8", env=env)


def report(*words: str | Path, stdin: str = "", env: dict[str, str] | None = None) -> dict[str, Any]:
    done = doctor(*words, "--format", "json", stdin=stdin, env=env)
    assert done.returncode in (0, 1, 4), done.stderr
    return dict(json.loads(done.stdout))


def primary(found: dict[str, Any]) -> list[str]:
    return [f["rule"] for f in found["findings"] if f["primary"]]


def test_a_bare_environment_lacks_torch(bare_python: str) -> None:
    done = doctor("--python", bare_python, "--format", "json")
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert primary(found) == ["torch-not-installed"]
    assert found["healthy"] is False
    commands = [c for f in found["findings"] for r in f["remedies"] for c in r["commands"]]
    assert any("torch" in " ".join(argv) for argv in commands)


def test_the_machine_alone() -> None:
    """Nothing of an environment is asked, judged or drawn."""
    found = report("--machine")
    assert found["verdict"] != "undetermined"
    looked = {name for name, reading in found["facts"].items() if reading.get("status") != "skipped"}
    assert "host" in looked and not looked & {"python", "packages", "torch", "runtime", "environments"}
    drawn = doctor("--machine")
    assert drawn.returncode == (0 if found["healthy"] else 1)
    assert "examining this machine" in drawn.stderr
    assert "PyTorch  " not in drawn.stdout and "Python  " not in drawn.stdout
    assert doctor("--machine", "--python", sys.executable).returncode == 2


@pytest.mark.parametrize(
    ("installer", "has_pip", "program"),
    [
        ("uv", True, "python"),
        ("uv", False, "uv"),
        ("pip", True, "python"),
        ("pip", False, "python"),
    ],
    indirect=["installer"],
)
def test_what_a_remedy_installs_with_is_there(tmp_path: Path, installer: str, has_pip: bool, program: str) -> None:
    folder = venv(tmp_path / "env").parents[1]
    files = {"torch/__init__.py": "", "torch/version.py": "__version__ = '2.7.1'"}
    package(site_packages(folder), "torch", "2.7.1", files, ("filelock>=3",))
    if has_pip:
        lend_pip(folder)
    found = report("--fast", "--python", str(folder), "--only", "unmet-requirements")
    (commands,) = (remedy["commands"] for finding in found["findings"] for remedy in finding["remedies"])
    assert {Path(command[0]).stem for command in commands} == {program}
    assert commands[0][1:3] == ["-m", "ensurepip"] or len(commands) == 1  # pip is made where nothing else installs


def test_the_report_is_valid_against_the_published_schema(bare_python: str) -> None:
    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text("utf-8"))
    jsonschema.validate(report("--python", bare_python), schema)


def test_the_report_tells_nobody_who_the_user_is(bare_python: str, tmp_path: Path) -> None:
    home = tmp_path / "somebody-private"
    home.mkdir()
    env = {**os.environ, "HOME": str(home), "USER": "somebody-private"}
    assert "somebody-private" not in json.dumps(report("--python", bare_python, env=env))


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_form_names_the_cause(bare_python: str, form: str) -> None:
    done = doctor("--python", bare_python, "--format", form)
    assert done.returncode == 1
    assert "torch-not-installed" in done.stdout


def test_html_is_one_file_that_asks_nothing_of_the_network(bare_python: str) -> None:
    page = doctor("--python", bare_python, "--format", "html").stdout
    assert page.startswith("<!doctype html>")
    for word in ("<script", "<link", "src=", "@import", "url("):
        assert word not in page


def test_a_report_of_elsewhere_gets_the_same_verdict(bare_python: str, tmp_path: Path) -> None:
    first = report("--python", bare_python)
    saved = tmp_path / "report.json"
    saved.write_text(json.dumps(first), encoding="utf-8")
    second = report("--from", str(saved))
    assert primary(second) == primary(first)


def test_a_dump_without_a_fault_shows_no_computation_on_its_gpu() -> None:
    done = doctor("--from", "-", "--format", "json", stdin=HEALTHY_DUMP)
    found = json.loads(done.stdout)
    assert done.returncode == 4, done.stdout
    assert found["findings"] == [] and found["healthy"] is None
    assert "no computation on it was tried" in found["undetermined"][0]


def test_a_dump_without_a_driver_shows_not_whether_there_is_a_gpu() -> None:
    dump = HEALTHY_DUMP.replace("+cu124", "+cpu").replace("available: True", "available: False")
    dump = re.sub(r"12\.4$|(?<=: )(?:NVIDIA GeForce RTX 4090|GPU 0.*|550.*)$", "No CUDA", dump, flags=re.M)
    done = doctor("--from", "-", "--format", "json", stdin=dump)
    found = json.loads(done.stdout)
    assert (done.returncode, found["healthy"], found["findings"]) == (4, None, [])
    assert "not known whether there is a working GPU" in found["undetermined"][0]


def test_a_report_that_saw_the_bus_without_a_gpu_is_healthy() -> None:
    facts = {
        "host": {"status": "ok", "value": {"os": "linux"}},
        "python": {"status": "ok", "value": {"version": "3.11.9"}},
        "torch": {"status": "ok", "value": {"version": "2.6.0+cpu", "build": "cpu", "cuda_version": ""}},
        "nvidia": {"status": "ok", "value": {"driver_version": "", "gpus": [], "pci_gpus": []}},
        "runtime": {"status": "ok", "value": {"imported": True, "cuda_available": False}},
    }
    done = doctor("--from", "-", "--format", "json", stdin=json.dumps({"facts": facts}))
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["healthy"] is True


def test_an_error_text_beside_a_dump_names_the_cause(tmp_path: Path) -> None:
    error = tmp_path / "error.txt"
    error.write_text("RuntimeError: operator torchvision::nms does not exist\n")
    found = report("--from", "-", "--error", str(error), stdin=HEALTHY_DUMP)
    assert primary(found) == ["torch-torchvision-mismatch"]


def test_the_log_of_an_installer_tells_what_an_error_beside_it_means(tmp_path: Path) -> None:
    error = tmp_path / "error.txt"
    error.write_text("ModuleNotFoundError: No module named 'torch'\n", "utf-8")
    log = (
        "Collecting demo-op\n  Installing build dependencies: finished with status 'done'\n"
        "  Getting requirements to build wheel: finished with status 'error'\n"
    )
    found = report("--from", "-", "--error", str(error), stdin=log)
    assert primary(found) == ["build-isolation-hides-torch"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--python", "/nonexistent/python"), str(Path("nonexistent/python"))),
        (("--from", "/nonexistent/report"), "cannot read the report"),
        (("--only", "no-such-rule"), "no-such-rule"),
        (("--timeout", "0"), "--timeout"),
        (("--from", "-", "--error", "-"), "stdin"),
        (("--from", "-", "--python", "python"), "--from"),
    ],
)
def test_wrong_usage_is_2_and_says_what_is_wrong(words: tuple[str, ...], said: str) -> None:
    done = doctor(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_empty_input_is_2() -> None:
    done = doctor("--from", "-", stdin="  \n")
    assert done.returncode == 2
    assert "empty" in done.stderr


def test_a_file_that_is_no_python_is_said_so(tmp_path: Path) -> None:
    script = tmp_path / "python"
    script.write_text("#!/bin/sh\necho hello\n")
    assert doctor("--python", str(script)).returncode == 2
    script.chmod(0o755)
    done = doctor("--python", str(script))
    assert done.returncode == 2
    assert str(script) in done.stderr


def test_without_path_home_or_locale_there_is_still_a_report(bare_python: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o500)
    env = {"PATH": "/nonexistent", "HOME": str(home), "LANG": "C", "LC_ALL": "C"}
    done = doctor("--python", bare_python, "--format", "json", env=env)
    assert primary(json.loads(done.stdout)) == ["torch-not-installed"]
    text = doctor("--python", bare_python, env={**env, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    assert "torch-not-installed" in text.stdout


def test_a_path_with_spaces_and_chinese(tmp_path: Path) -> None:
    assert primary(report("--python", str(venv(tmp_path / "我的 环境")))) == ["torch-not-installed"]


def test_closed_stdout_is_no_traceback(bare_python: str) -> None:
    argv = [sys.executable, "-m", "doctor", "check", "--python", bare_python, "--format", "json"]
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(argv, stdout=write, stderr=subprocess.PIPE, text=True)
    os.close(write)
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr


SLOW = "import subprocess, time\nsubprocess.Popen(['sh', '-c', 'setsid sleep 600 &'])\ntime.sleep(600)\n"


def slow_check(python: str, folder: Path) -> tuple[list[str], dict[str, str]]:
    """The command, and the variables with which the import of torch takes long, beside what it started."""
    fake_torch(folder, SLOW)
    argv = [sys.executable, "-m", "doctor", "check", "--python", python, "--format", "json"]
    return argv, {**os.environ, "PYTHONPATH": str(folder)}


def importing(pid: int) -> list[psutil.Process]:
    """All that came of the command, once its target has come to the import."""
    while True:
        family = psutil.Process(pid).children(recursive=True)
        with contextlib.suppress(psutil.Error):
            if any("sleep" in each.name() for each in family):
                return family
        time.sleep(0.05)


def none_left(family: list[psutil.Process]) -> bool:
    _, alive = psutil.wait_procs(family, timeout=10)
    return not [each for each in alive if each.status() != psutil.STATUS_ZOMBIE]


@SIGNALS
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_ended_from_outside_it_leaves_no_process(bare_python: str, tmp_path: Path, name: str, code: int) -> None:
    argv, env = slow_check(bare_python, tmp_path / "slow")
    child = subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    family = importing(child.pid)
    child.send_signal(signal.Signals[name])
    out, err = child.communicate(timeout=30)
    assert (child.returncode, out) == (code, b""), err
    assert b"interrupted" in err
    assert none_left(family)


@SIGNALS
def test_a_closed_terminal_ends_it(bare_python: str, tmp_path: Path) -> None:
    import pty

    argv, env = slow_check(bare_python, tmp_path / "slow")
    pid, terminal = pty.fork()
    if not pid:
        os.execve(argv[0], argv, env)
    family = importing(pid)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 129
    assert none_left(family)


def test_list_names_rules_and_areas() -> None:
    done = doctor("--list")
    assert done.returncode == 0
    assert "torch-not-installed" in done.stdout


def test_skip_leaves_a_rule_out(bare_python: str) -> None:
    found = report("--python", bare_python, "--skip", "torch-not-installed")
    assert "torch-not-installed" not in [f["rule"] for f in found["findings"]]


def test_only_collects_only_what_its_rule_needs(bare_python: str) -> None:
    found = report("--python", bare_python, "--only", "torch-not-installed")
    assert primary(found) == ["torch-not-installed"]
    assert "cpu" not in found["timings"]


def test_an_error_text_beside_an_unknown_one_is_judged_alone(tmp_path: Path) -> None:
    error = tmp_path / "error.txt"
    error.write_text("RuntimeError: CUDA error: no kernel image is available for execution on the device", "utf-8")
    for text in ("nothing that a machine would print", "  "):
        done = doctor("--from", "-", "--error", str(error), "--format", "json", stdin=text)
        assert json.loads(done.stdout)["findings"][0]["rule"] == "gpu-arch-newer-than-build"
        assert done.returncode == 1 and "only the error text is judged" in done.stderr
