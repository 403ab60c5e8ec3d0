"""What a conda or pixi user gets: the commands run, a channel like conda-forge solved, the environment looked at.

The programs are stand-ins with pixi's own solver behind them (tests/conda_program.py), the channel is on disk: for each
build that the catalog knows of conda-forge a package with the recipe's names, build strings and conditions.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from doctor import catalog
from doctor.catalog import BuildTag, Version
from doctor.cli import main
from doctor.match import Device, Machine, Wish, match
from doctor.match.install_commands import install_commands
from doctor.probes import conda as conda_probe
from doctor.probes import torch as torch_probe
from doctor.setup import conda
from doctor.target import Target
from tests import conda_channel, conda_program
from tests.bootstrap.parts import tools_only

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the channel holds packages for Linux")
HERE = "{}.{}".format(*sys.version_info[:2])
PLATFORM = "linux-x86_64"
RELEASES = 3  # the newest of conda-forge
A100, RTX5090 = Device("cuda", "A100", "8.0"), Device("cuda", "RTX 5090", "12.0")
MACHINES = {
    "without a GPU": Machine(os="linux", arch="x86_64", python=HERE, driver=""),
    "A100, driver 550": Machine(os="linux", arch="x86_64", python=HERE, driver="550.54.14", devices=(A100,)),
    "A100, driver 580": Machine(os="linux", arch="x86_64", python=HERE, driver="580.65.06", devices=(A100,)),
    "RTX 5090, driver 575": Machine(os="linux", arch="x86_64", python=HERE, driver="575.57.08", devices=(RTX5090,)),
}
CARRIES = {"550.54.14": "12.4", "575.57.08": "12.9", "580.65.06": "13.0"}  # by `nvidia-smi`


@pytest.fixture(scope="module")
def channel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """pytorch in a CPU and its CUDA builds, the metapackages that choose between them, cuda-version, torchvision."""
    from rattler.index import index_fs

    folder = tmp_path_factory.mktemp("channel") / "conda-forge"
    conda_channel.python_package(folder)
    rows = [row for row in catalog.conda_forge().builds if row.platform == PLATFORM]
    newest = sorted({row.torch for row in rows}, key=Version.of)[-RELEASES:]
    for row in (row for row in rows if row.torch in newest):
        _torch(folder, row.torch, row.cuda)
    for cuda in sorted({row.cuda for row in rows if row.cuda}):
        needed = f"__cuda >={cuda.partition('.')[0]}"
        conda_channel.build(folder, "cuda-version", cuda, {}, constrains=(needed,))
    for release in newest:
        row = catalog.release(release)
        vision = row.torchvision.version if row and row.torchvision else "0.1"
        files = conda_channel.installed_by_conda("torchvision", "torchvision", vision)
        conda_channel.build(folder, "torchvision", vision, files, depends=(f"pytorch {release}.*",))
    asyncio.run(index_fs(folder))
    return folder


def _torch(folder: Path, release: str, cuda: str) -> None:
    kind, tag = ("gpu", f"cuda{cuda.replace('.', '')}") if cuda else ("cpu", "cpu")
    files = conda_channel.installed_by_conda("torch", "torch", release)
    stated = f"__version__ = '{release}'\ncuda: Optional[str] = {cuda or None!r}\nhip = None\n"
    files |= {f"{conda_channel.SITE}/torch/version.py": stated}
    major = int(cuda.partition(".")[0] or 0)
    needs = ("__cuda", f"cuda-version >={cuda},<{major + 1}") if cuda else ()
    string, number = f"{tag}_generic_h0_{200 if cuda else 0}", 200 if cuda else 0
    depends = ("python", *needs)
    conda_channel.build(folder, "pytorch", release, files, string=string, number=number, depends=depends)
    exact = (f"pytorch {release} {string}",)
    conda_channel.build(folder, f"pytorch-{kind}", release, {}, string=string, number=number, depends=exact)


@pytest.fixture
def root(tmp_path: Path, channel: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", tools_only(tmp_path / "path"))
    monkeypatch.setenv(conda_program.ROOT, str(tmp_path))
    monkeypatch.setenv(conda_program.CHANNEL, str(channel))
    for name in ("CONDA_EXE", "MAMBA_EXE", "CONDA_PREFIX", "CONDA_OVERRIDE_CUDA"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def on(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """`setup` and the solver see this machine."""
    monkeypatch.setattr(conda, "this_machine", lambda *_, **__: machine)
    if machine.driver:
        monkeypatch.setenv("CONDA_OVERRIDE_CUDA", CARRIES[machine.driver])


def versions(python: str) -> tuple[str, str, str]:
    """torch, what it was built for, and torchvision, as found in the environment."""
    torch, packages = torch_probe.probe(Target(python)), conda_probe.probe(Target(python)).packages
    vision = next(p.version for p in packages if p.name == "torchvision")
    assert torch.installer == "conda"
    return torch.version or "", torch.cuda_version or "", vision


@pytest.mark.parametrize("program", ["conda", "micromamba", "pixi"])
@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_setup(root: Path, program: str, machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment has the torch that was chosen, in the build that was chosen, with the torchvision of it."""
    conda_program.put_on_path(root / "path", program)
    on(machine, monkeypatch)
    monkeypatch.chdir(root)
    prepared = conda.prepare("train", HERE, Wish())
    python = conda.carry_out(prepared, lambda _: None)
    chosen = match(machine).conda
    row = catalog.release(chosen.torch) if chosen else None
    assert chosen and row and row.torchvision
    assert versions(python) == (chosen.torch, chosen.cuda, row.torchvision.version)
    told = {one.name: one.version for one in prepared.plan.downloads}
    assert program == "pixi" or (told["pytorch"], told["torchvision"]) == (chosen.torch, row.torchvision.version)
    assert conda.prepare("train", HERE, Wish()).plan.state == "existing"


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_beside_what_a_pip_user_gets(machine: Machine) -> None:
    """The same kind of build, with code for the same GPU and a CUDA that the same driver runs; never a newer torch."""
    found = match(machine)
    assert found.conda and found.choice
    assert bool(found.conda.cuda) == (BuildTag.of(found.choice.build).kind == "cuda")
    assert Version.of(found.conda.torch) <= Version.of(found.choice.torch)
    if machine.driver:
        carried = Version.of(CARRIES[machine.driver]).cut(1)
        assert Version.of(found.conda.cuda).cut(1) <= carried
        assert Version.of(BuildTag.of(found.choice.build).cuda).cut(1) <= carried


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_the_commands_that_match_prints(root: Path, machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    for program in ("conda", "pixi"):
        conda_program.put_on_path(root / "path", program)
    on(machine, monkeypatch)
    found = match(machine)
    commands = install_commands(found, machine)
    assert found.conda
    monkeypatch.setenv("CONDA_PREFIX", str(root / "envs" / "mine"))
    _run(commands["conda"][0], "create", "--yes", "--name", "mine", *commands["conda"][2:5], f"python={HERE}")
    _run(*commands["conda"])
    assert versions(str(root / "envs" / "mine" / "bin" / "python"))[:2] == (found.conda.torch, found.conda.cuda)
    _run("pixi", "init", "--channel", "conda-forge", str(root / "project"))
    monkeypatch.chdir(root / "project")
    for note in (note for note in found.notes if "pixi workspace" in note):
        _run(*note.partition("`")[2].partition("`")[0].split())
    _run(*commands["pixi"])
    python = root / "project" / ".pixi" / "envs" / "default" / "bin" / "python"
    assert versions(str(python))[:2] == (found.conda.torch, found.conda.cuda)


def _run(*argv: str) -> None:
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_pixi_is_told_of_the_gpu_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    conda_program.put_on_path(root / "path", "pixi")
    on(MACHINES["A100, driver 550"], monkeypatch)
    monkeypatch.chdir(root)
    words = [argv[1] for argv in conda.prepare("new", HERE, Wish()).plan.commands]
    assert words == ["init", "workspace", "add"]
    (root / "old").mkdir()
    (root / "old" / "pixi.toml").write_text('[workspace]\n[system-requirements]\ncuda = "12.4"\n')
    assert [argv[1] for argv in conda.prepare("old", HERE, Wish()).plan.commands] == ["add"]


def test_what_cannot_be_solved_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that sees no GPU refuses the build for one."""
    conda_program.put_on_path(root / "path", "conda")
    on(MACHINES["A100, driver 550"], monkeypatch)
    monkeypatch.delenv("CONDA_OVERRIDE_CUDA")
    prepared = conda.prepare("train", HERE, Wish())
    with pytest.raises(conda.DoctorError, match="conda failed") as error:
        conda.carry_out(prepared, lambda _: None)
    assert "__cuda" in error.value.context
    assert error.value.message.startswith("conda failed: conda sees no NVIDIA driver here")
    assert "install or update the driver" in error.value.hint
    assert not (root / "envs" / "train").exists()


def test_the_plan_as_a_user_sees_it(
    root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    conda_program.put_on_path(root / "path", "mamba")
    words = ("--conda", "train", "--python", HERE, "--accelerator", "cpu", "--dry-run", "--format", "json")
    assert main(["setup", *words]) == 0
    plan = json.loads(capfd.readouterr().out)["plan"]
    assert {"python", "pytorch", "pytorch-cpu", "torchvision"} == {one["name"] for one in plan["downloads"]}
    assert not (Path(os.environ[conda_program.ROOT]) / "envs").exists()
