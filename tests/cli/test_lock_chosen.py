"""`torch-doctor lock` of what is chosen: several builds and platforms at once, and a project's own requirements."""

from __future__ import annotations

import json
import platform
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.pylock import Pylock, is_valid_pylock_path

from doctor.cli import main
from doctor.match import Wish
from doctor.setup import contract, project
from doctor.setup.session import SetupRequest, carry_out, prepare
from tests.environments import package, site_packages, venv
from tests.setup.conftest import use_own_caches
from tests.setup.wheel_index import Index, pure, serving, trio
from tests.surroundings import only

pytestmark = pytest.mark.skipif(
    (sys.platform, platform.machine()) != ("linux", "x86_64"), reason="the wheels are for Linux x86_64"
)
HERE = "{}.{}".format(*sys.version_info[:2])
CPU, CU126 = ("2.15.0+cpu", "0.29.2+cpu", "2.11.0+cpu"), ("2.14.1+cu126", "0.29.1+cu126", "2.11.0+cu126")
OLDER = ("2.12.1+cpu", "0.27.1+cpu", "2.11.0+cpu")
NEEDS = ("filelock", "colorama; sys_platform == 'win32'", "triton; sys_platform == 'linux'")


def wheels_of_torch() -> dict[str, bytes]:
    """The PyTorch index: builds for two systems, and old copies of what torch needs."""
    found: dict[str, bytes] = {}
    for system in ("manylinux_2_28_x86_64", "win_amd64"):
        for versions in (CPU, CU126, OLDER):
            found |= trio(system, *versions, *NEEDS)
    return found | pure("filelock", "3.1") | pure("colorama", "0.4.6") | pure("triton", "3.6.0") | pure("six", "1.10.0")


@pytest.fixture
def torch_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    """The index that --index-url names, and another that is the default."""
    use_own_caches(tmp_path, monkeypatch)
    usual = pure("six", "1.17.0") | pure("filelock", "3.20.0") | pure("einops", "0.8.0")
    usual |= pure("needy", "1.0", "torch<2.13", "six") | pure("colorama", "0.4.6") | pure("triton", "3.6.0")
    with serving(Index(wheels_of_torch())) as index, serving(Index(usual)) as default:
        index.knows_what_it_has = default.knows_what_it_has = True
        monkeypatch.setenv("UV_DEFAULT_INDEX", default.url)
        monkeypatch.setenv("PIP_INDEX_URL", default.url)
        yield index


def lock(index: Index, folder: Path, *words: str) -> int:
    return main(["lock", "-o", str(folder), "--index-url", index.url.replace("/simple", "/whl"), *words])


def packages(file: Path) -> dict[str, str]:
    found = Pylock.from_dict(tomllib.loads(file.read_text()))
    return {str(one.name): str(one.version) for one in found.packages}


def test_builds_for_platforms(tmp_path: Path, torch_index: Index, capfd: pytest.CaptureFixture[str]) -> None:
    words = ("--build", "cu126", "--build", "cpu", "--build", "cu42", "--python", HERE)
    assert lock(torch_index, tmp_path, *words, "--platform", "windows", "--platform", "linux") == 4
    files = sorted(path.name for path in tmp_path.glob("pylock.*"))
    names = ["cpu-linux", "cpu-windows", "cu126-linux", "cu126-windows"]
    assert files == [f"pylock.{name}.toml" for name in names]
    assert all(is_valid_pylock_path(Path(name)) for name in files)
    torch = {"torch": CU126[0], "torchvision": CU126[1], "torchaudio": CU126[2], "filelock": "3.1"}
    assert packages(tmp_path / "pylock.cu126-linux.toml") == torch | {"triton": "3.6.0"}
    assert packages(tmp_path / "pylock.cu126-windows.toml") == torch | {"colorama": "0.4.6"}
    builds = {one.name: one for one in contract.read(tmp_path / contract.FILE)}
    assert sorted(builds) == names
    assert (builds["cu126-windows"].os, builds["cu126-windows"].device) == ("windows", "cuda")
    assert (builds["cu126-linux"].glibc, builds["cpu-linux"].device, builds["cpu-linux"].python) == (
        "2.28",
        "cpu",
        HERE,
    )
    told = capfd.readouterr()
    assert "cu42 for windows cannot be locked: there is no build cu42 [lock-build]" in told.err
    assert told.err.count("cannot be locked") == 2
    assert f"cu126-linux: torch {CU126[0]}, Python {HERE}, linux x86_64, 5 packages" in told.out


def test_what_is_not_there_is_said_and_the_rest_written(
    tmp_path: Path, torch_index: Index, capfd: pytest.CaptureFixture[str]
) -> None:
    words = ("--build", "cu126", "--platform", "macos", "--platform", "linux-aarch64", "--platform", "linux")
    assert lock(torch_index, tmp_path, *words, "--format", "json", "--python", HERE) == 4
    told = capfd.readouterr()
    document = json.loads(told.out)
    assert [one["build"]["name"] for one in document["locks"]] == ["cu126-linux"]
    assert [one["what"] for one in document["failed"]] == ["cu126 for macos", "cu126 for linux-aarch64"]
    assert [Path(file).name for file in document["written"]] == ["pylock.cu126-linux.toml", "doctor.lock.toml"]
    assert "there is no cuda build for macos-arm64" in told.err
    assert "has no torch 2.14.1+cu126 for this machine" in told.err


def test_the_check_takes_the_build_of_this_system(
    tmp_path: Path, torch_index: Index, capfd: pytest.CaptureFixture[str]
) -> None:
    words = ("--build", "cu126", "--build", "cpu", "--platform", "windows", "--platform", "linux", "--python", HERE)
    assert lock(torch_index, tmp_path / "locks", *words) == 0
    venv(tmp_path / "env")
    for name, version in packages(tmp_path / "locks" / "pylock.cpu-linux.toml").items():
        package(site_packages(tmp_path / "env"), name, version, {f"{name}/__init__.py": ""})
    check = ("lock", "--check", "-o", str(tmp_path / "locks"), "--python", str(tmp_path / "env"))
    assert main([*check]) == 0
    assert main(["diff", str(tmp_path / "locks"), str(tmp_path / "env")]) == 0
    (tmp_path / "locks" / "doctor.lock.toml").unlink()
    for name in ("cpu-linux", "cu126-linux", "cu126-windows"):
        (tmp_path / "locks" / f"pylock.{name}.toml").unlink()
    capfd.readouterr()
    assert main([*check[:3], str(tmp_path / "locks" / "pylock.cpu-windows.toml"), *check[4:]]) == 1
    assert "  system: windows → linux" in capfd.readouterr().out


@pytest.fixture(params=["uv", "pip"])
def installer(request: pytest.FixtureRequest, tmp_path: Path, torch_index: Index) -> Iterator[str]:
    with only(request.param, tmp_path / "without"):
        yield request.param


def test_a_project(tmp_path: Path, torch_index: Index, installer: str) -> None:
    """torch within what the file allows, from its index; the rest from the default one, in its newest version."""
    file = tmp_path / "requirements.txt"
    file.write_text("torch>=2.10,<2.13\nsix>=1.16\neinops\nneedy\n")
    words = ("--build", "cpu", "--requirements", str(file), "--python", sys.executable)
    assert lock(torch_index, tmp_path / "locks", *words) == 0
    written = tmp_path / "locks" / "pylock.cpu.toml"
    found = packages(written)
    assert (found["torch"], found["six"], found["filelock"]) == (OLDER[0], "1.17.0", "3.20.0")
    assert {"torchvision", "torchaudio", "einops", "needy", "triton"} < set(found)
    places = {one["name"]: one.get("index", "") for one in tomllib.loads(written.read_text())["packages"]}
    assert places["torch"].endswith("/whl/cpu")
    assert places["six"] == places["needy"] == ""


@pytest.mark.heavy
def test_an_environment_for_a_project(
    tmp_path: Path, torch_index: Index, installer: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """`setup --requirements` takes torch from its index and the rest from the default one, and makes it so."""
    (tmp_path / "environment.yml").write_text(
        f"dependencies:\n  - python={HERE}\n  - pytorch<2.13\n  - ffmpeg\n  - pip:\n    - six>=1.16\n"
    )
    words = (
        "--requirements",
        str(tmp_path / "environment.yml"),
        "--accelerator",
        "cpu",
        "--env",
        str(tmp_path / "env"),
    )
    words = (*words, "--python", sys.executable, "--index-url", torch_index.url.replace("/simple", "/whl"))
    assert main(["setup", *words, "--dry-run", "--format", "json"]) == 0
    plan = json.loads(capfd.readouterr().out)["plan"]
    assert any(note.startswith("Not taken over from ") and note.endswith(": ffmpeg.") for note in plan["notes"])
    index = "--default-index" if installer == "uv" else "--index-url"
    assert [index in command for command in plan["commands"][-2:]] in ([True, False], [False, True])
    request = SetupRequest(
        folder=tmp_path / "env",
        python=sys.executable,
        wish=Wish(accelerator="cpu", index_url=torch_index.url.replace("/simple", "/whl")),
        project=project.read(str(tmp_path / "environment.yml")),
    )
    carry_out(prepare(request), lambda _: None)
    assert main(["diff", str(tmp_path / "environment.yml"), str(tmp_path / "env")]) == 0


def test_a_contradiction_is_said_in_three_lines(
    tmp_path: Path, torch_index: Index, installer: str, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "requirements.txt"
    file.write_text("torch>=2.14\nneedy\n")
    words = ("--build", "cpu", "--requirements", str(file), "--python", sys.executable)
    assert lock(torch_index, tmp_path / "locks", *words) == 4
    told = [line for line in capfd.readouterr().err.splitlines() if "…" not in line]
    by = "needy" if installer == "uv" else "needy==1.0"
    assert told == [
        "torch-doctor: cpu for this machine cannot be locked: the requirements contradict each other [setup-conflict]",
        f"  found: torch<2.13 (needed by {by}) against torch==2.15.0+cpu (chosen for this machine)",
        "  to do: name a torch that both allow with --torch, or loosen the other",
    ]
    assert lock(torch_index, tmp_path / "locks", *words, "--torch", "<2.13") == 4  # the file says 2.14
    assert "no torch fits" in capfd.readouterr().err
    assert not list(tmp_path.glob("locks/*"))


def test_a_package_that_nobody_has(
    tmp_path: Path, torch_index: Index, installer: str, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "requirements.txt"
    file.write_text("torch\nsixx>=1\n")
    words = ("--build", "cpu", "--requirements", str(file), "--python", sys.executable)
    assert lock(torch_index, tmp_path / "locks", *words) == 4
    told = capfd.readouterr().err
    assert "cannot be locked: sixx>=1 cannot be had" in told
    assert ("there is no sixx" if installer == "uv" else "/sixx/ answers HTTP 404") in told


def test_pip_is_not_asked_for_another_platform(
    tmp_path: Path, torch_index: Index, capfd: pytest.CaptureFixture[str]
) -> None:
    with only("pip", tmp_path / "without"):
        assert lock(torch_index, tmp_path / "locks", "--build", "cpu", "--platform", "windows") == 4
    assert "only uv can look for the files of another platform" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--platform", "windows"), "the GPU of a machine with windows is not known"),
        (("--platform", "beos", "--build", "cpu"), "expected linux, windows or macos"),
        (("--platform", "linux-z80", "--build", "cpu"), "z80"),
        (("--build", "banana"), "expected a build such as cu126"),
        (("--extra", "dev"), "--extra and --group need --requirements"),
        (("--check", "--build", "cpu"), "--check and --build exclude each other"),
        (("--build", "cpu", "--requirements", "/nonexistent"), "cannot read /nonexistent"),
    ],
)
def test_wrong_usage(words: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lock", "-o", str(tmp_path), *words]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
