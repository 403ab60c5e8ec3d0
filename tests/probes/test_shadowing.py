"""Libraries that variables put before torch's own: which count, and which are torch's own after all."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from doctor.probes import _shadowing
from tests.probes.trees import lay

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names and variables of Linux")


def names(env: dict[str, str], executable: str = "/opt/env/bin/python") -> list[tuple[str, str]]:
    return [(one.library, one.variable) for one in _shadowing.find_shadowing(env, executable)]


def test_libraries_are_found_by_what_programs_ask_for(tmp_path: Path) -> None:
    wanted = [
        "libcudart.so.11.0",
        "libcudnn.so.8",
        "libcublas.so.12",
        "libnvJitLink.so.12",
        "libtorch_cpu.so",
        "libnccl.so.2",
    ]
    others = ["libcudnn.so", "libcudnn.so.8.9.7", "libcudnn_static.a", "libpng16.so.16", "libcuda.so.1", "cudnn.h"]
    lay(tmp_path, dict.fromkeys(wanted + others, ""))
    assert names({"LD_LIBRARY_PATH": str(tmp_path)}) == [(name, "LD_LIBRARY_PATH") for name in sorted(wanted)]


def test_the_first_folder_counts(tmp_path: Path) -> None:
    lay(tmp_path, {"a/libcudnn.so.9": "", "b/libcudnn.so.9": "", "c/libcudnn.so.9": "-> nowhere"})
    found = _shadowing.find_shadowing({"LD_LIBRARY_PATH": f":{tmp_path}/gone:{tmp_path}/c:{tmp_path}/b:{tmp_path}/a:"})
    assert [one.path for one in found] == [f"{tmp_path}/b/libcudnn.so.9"]


def test_preloading(tmp_path: Path) -> None:
    lay(tmp_path, {"lib/libcudnn.so.9": ""})
    env = {
        "LD_PRELOAD": "/usr/lib/libjemalloc.so.2 /opt/x/libcudnn.so.9:/opt/libgomp.so.1",
        "LD_LIBRARY_PATH": f"{tmp_path}/lib",
    }
    assert names(env) == [("libcudnn.so.9", "LD_PRELOAD"), ("libgomp.so.1", "LD_PRELOAD")]


@pytest.mark.parametrize("folder", ["cuda/lib64/stubs", "cuda-12.4/compat"])
def test_a_libcuda_that_is_not_the_drivers(tmp_path: Path, folder: str) -> None:
    lay(tmp_path, {f"{folder}/libcuda.so.1": "", "wsl/lib/libcuda.so.1": ""})
    assert names({"LD_LIBRARY_PATH": f"{tmp_path}/wsl/lib:{tmp_path}/{folder}"}) == [
        ("libcuda.so.1", "LD_LIBRARY_PATH")
    ]


@pytest.mark.parametrize(
    ("folder", "own"),
    [
        ("env/lib/python3.12/site-packages/torch/lib", True),
        ("env/lib/python3.12/site-packages/nvidia/cudnn/lib", True),
        ("env/lib", True),
        ("home/.local/lib/python3.12/site-packages/nvidia/cudnn/lib", True),
        ("other/lib/python3.12/site-packages/nvidia/cudnn/lib", False),
        ("other/lib", False),
        ("usr/local/cuda/lib64", False),
    ],
)
def test_the_targets_own_libraries_do_not_count(tmp_path: Path, folder: str, own: bool) -> None:
    lay(tmp_path, {f"{folder}/libcudnn.so.9": "", "env/bin/python": ""})
    env = {"LD_LIBRARY_PATH": str(tmp_path / folder), "HOME": str(tmp_path / "home")}
    assert (names(env, str(tmp_path / "env/bin/python")) == []) is own


def test_packages_of_the_systems_python() -> None:
    packages = Path("/usr/local/lib/python3.10/dist-packages/torch/lib/libtorch.so")
    system = _shadowing.own_prefixes({}, "/usr/bin/python3")
    assert _shadowing.is_own(packages, system)
    assert not _shadowing.is_own(Path("/usr/local/lib/libcudnn.so.9"), system)
    assert not _shadowing.is_own(Path("/usr/local/cuda/lib64/libcudnn.so.9"), system)
    assert not _shadowing.is_own(packages, _shadowing.own_prefixes({}, "/opt/env/bin/python"))


def test_a_virtual_environment_on_top_of_conda_owns_what_conda_has(tmp_path: Path) -> None:
    lay(tmp_path, {"conda/conda-meta/history": "", "conda/bin/python": "", "conda/lib/libcudnn.so.9": ""})
    lay(tmp_path, {"venv/bin/python": f"-> {tmp_path}/conda/bin/python"})
    assert names({"LD_LIBRARY_PATH": f"{tmp_path}/conda/lib"}, f"{tmp_path}/venv/bin/python") == []


def test_condas_library_shadows_the_one_that_pip_brought_for_torch(tmp_path: Path) -> None:
    lay(tmp_path, {"env/conda-meta/history": "", "env/bin/python": ""})
    lay(tmp_path, {"env/lib/libcudnn.so.9": "", "env/lib/libcublas.so.12": ""})
    lay(tmp_path, {"env/lib/python3.12/site-packages/nvidia/cudnn/lib/libcudnn.so.9": ""})
    found = names({"LD_LIBRARY_PATH": f"{tmp_path}/env/lib"}, f"{tmp_path}/env/bin/python")
    assert found == [("libcudnn.so.9", "LD_LIBRARY_PATH")]


def test_a_home_in_a_path_is_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    lay(tmp_path, {"lib/libcudnn.so.9": ""})
    assert [one.path for one in _shadowing.find_shadowing({"LD_LIBRARY_PATH": f"{tmp_path}/lib"})] == [
        "~/lib/libcudnn.so.9"
    ]
