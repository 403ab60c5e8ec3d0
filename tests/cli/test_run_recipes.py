"""`torch-doctor run-recipes` as a user runs it, on small recipes and, if heavy, on the real ones with real torch."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from doctor.cli import main
from tests.smoke import stub_recipes

RECIPES = Path(__file__).resolve().parents[2] / "recipes"


@pytest.fixture
def stubs(tmp_path):
    return stub_recipes.write(tmp_path / "stubs", "passes", "passes", "disagrees", "crashes")


def doctor(*words: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "doctor", "run-recipes", *map(str, words)]
    return subprocess.run(argv, capture_output=True, text=True, encoding="utf-8", cwd=cwd, check=False, timeout=280)


def stubbed(stubs: Path, *words: object) -> subprocess.CompletedProcess[str]:
    return doctor("--folder", stubs, "--python", sys.executable, "--device", "cpu", "--quick", *words)


def test_json_is_the_contract_and_alone_on_stdout(stubs):
    done = stubbed(stubs, "--format", "json")
    assert done.returncode == 1
    document = json.loads(done.stdout)
    assert document["kind"] == "recipes"
    assert {"recipe", "status", "seconds", "first_loss", "final_loss", "detail", "cause"} <= set(document["results"][0])
    assert [r["status"] for r in document["results"]] == ["passed", "passed", "failed", "crashed"]
    assert "04_crashes" in done.stderr  # the results stream there


def test_junit_and_markdown(stubs):
    root = ET.fromstring(stubbed(stubs, "--format", "junit").stdout.encode())
    assert len(root.findall(".//testcase")) == 4
    assert "| `02_passes` | cpu | passed |" in stubbed(stubs, "--format", "markdown", "2").stdout


def test_all_passed_is_exit_0(stubs):
    done = stubbed(stubs, "1-2")
    assert done.returncode == 0
    assert "2 of 2 passed" in done.stdout


def test_plots(stubs, tmp_path):
    assert "02_passes on cpu" in stubbed(stubs, "1-2", "--plot").stdout
    for name, start in (("a.html", b"<!doctype html>"), ("a.svg", b"<svg xmlns=")):
        assert stubbed(stubs, "2", "--plot", tmp_path / name).returncode == 0
        assert (tmp_path / name).read_bytes().startswith(start)
    assert stubbed(stubs, "2", "--plot", tmp_path / "no folder" / "a.svg").returncode == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["no-such"], "no recipe of that name"),
        (["11"], "no recipe of that name"),
        (["--device", "gpu"], "there is no device of that kind"),
        (["--device", "cuda:x"], "there is no device of that kind"),
        (["--timeout", "0"], "a number of seconds above 0"),
        (["--plot", "4"], "--plot writes .svg or .html files"),
        (["--plot", "losses.png"], "--plot writes .svg or .html files"),
        (["--folder", "no such folder"], "no recipes in that folder"),
    ],
)
def test_wrong_usage_is_exit_2(words, said, capsys):
    assert main(["run-recipes", *words]) == 2
    assert said in capsys.readouterr().err


def test_the_list_tells_what_each_is(capsys):
    assert main(["run-recipes", "--list", "4"]) == 0
    assert capsys.readouterr().out == "04_autograd_function   Rung 4: an autograd function of our own.\n"


@pytest.mark.heavy
def test_the_ladder_passes_with_real_torch(torch_python, tmp_path):
    done = doctor("--python", torch_python, "--device", "cpu", "--quick", "--data-root", tmp_path, "--format", "json")
    results = json.loads(done.stdout)["results"]
    assert [r["status"] for r in results] == ["passed"] * 10, done.stderr
    assert done.returncode == 0
    assert all(r["final_loss"] == pytest.approx(6.947e-05, rel=1e-3) for r in results[:8])
    assert "TensorFlow is not installed: its half is not proven" in results[4]["detail"]
    assert results[9]["data"] == "synthetic"
    assert "synthetic" in results[9]["detail"]


@pytest.mark.heavy
def test_a_torchvision_of_another_build_fails_cifar10_with_its_cause(broken_pair_python):
    done = doctor("--python", broken_pair_python, "--device", "cpu", "--quick", "--format", "json", "9", "10")
    results = json.loads(done.stdout)["results"]
    assert [r["status"] for r in results] == ["passed", "failed"], done.stderr
    assert results[1]["cause"] == "torch-torchvision-mismatch"
    assert done.returncode == 1


# One change of one part in a million in each rung; that of rung 1, the oracle of the others, has a test of its own
WRONG = {
    "02_tensor": ("2.0 * (y_pred - y)", "2.000002 * (y_pred - y)"),
    "03_autograd": ("w1 -= ladder.LEARNING_RATE", "w1 -= 1.000001 * ladder.LEARNING_RATE"),
    "04_autograd_function": ("grad_x = grad_output.clone()", "grad_x = grad_output.clone() * 1.000001"),
    "05_static_graph": ("2.0 * difference", "2.000002 * difference"),
    "06_nn": ("torch.nn.Parameter(w1.t().clone())", "torch.nn.Parameter(w1.t().clone() * 1.000001)"),
    "07_optim": ("learning_rate=ladder.LEARNING_RATE", "learning_rate=1.000001 * ladder.LEARNING_RATE"),
    "08_custom_module": ("clamp(min=0)", "clamp(min=0) * 1.000001"),
    "09_dynamic": ("h = self.inner(h).clamp(min=0)", "h = self.inner(h).clamp(min=0) * 1.000001"),
}


@pytest.mark.heavy
def test_one_part_in_a_million_fails_every_rung(torch_python, tmp_path):
    altered = shutil.copytree(RECIPES, tmp_path / "altered")
    for name, (right, wrong) in WRONG.items():
        path = altered / f"{name}.py"
        source = path.read_text(encoding="utf-8")
        assert source.count(right) == 1
        path.write_text(source.replace(right, wrong), encoding="utf-8")
    done = doctor(
        "--folder", altered, "--python", torch_python, "--device", "cpu", "--quick", "--format", "json", "2-9"
    )
    results = json.loads(done.stdout)["results"]
    assert [r["status"] for r in results] == ["failed"] * 8, done.stderr
    assert all("step " in r["detail"] for r in results)
    assert done.returncode == 1


@pytest.mark.heavy
def test_a_device_that_is_not_there_is_an_error_with_its_cause(torch_python):
    done = doctor("--python", torch_python, "--device", "xpu:7", "--quick", "--format", "json", "2", "3")
    results = json.loads(done.stdout)["results"]
    assert [(r["status"], r["device"]) for r in results] == [("failed", "xpu:7")] * 2
    assert "xpu:7" in results[0]["detail"]
    assert done.returncode == 1


@pytest.mark.heavy
def test_a_recipe_runs_alone(torch_python):
    argv = [str(torch_python), "-B", str(RECIPES / "04_autograd_function.py"), "--json"]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=120)
    assert json.loads(done.stdout)["final_loss"] == pytest.approx(6.947e-05, rel=1e-3), done.stderr
