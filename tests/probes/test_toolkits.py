"""CUDA toolkits by files and by nvcc, cuDNN, and whether programs can be linked against libcuda."""

from __future__ import annotations

from pathlib import Path

import pytest

from doctor.probes import toolkits
from doctor.target import Target
from tests.probes.trees import lay
from tests.surroundings import LINUX, SCRIPTS

pytestmark = SCRIPTS

VERSION_JSON = (
    '{\n  "cuda" : {\n    "name" : "CUDA SDK",\n    "version" : "12.4.1"\n  },\n  "nvcc": {"version": "12.4.131"}\n}'
)
NVCC_TEXT = """nvcc: NVIDIA (R) Cuda compiler driver
Copyright (c) 2005-2024 NVIDIA Corporation
Built on Thu_Mar_28_02:18:24_PDT_2024
Cuda compilation tools, release 12.4, V12.4.131
Build cuda_12.4.r12.4/compiler.34097967_0
"""
SAYS = """#!/bin/sh
if [ "$1" = --version ]; then echo 'Cuda compilation tools, release 12.4, V12.4.131'
else echo compute_50; echo compute_90a
fi
"""
CUDNN_H = (
    "#define CUDNN_MAJOR 9\n#define CUDNN_MINOR 1\n#define CUDNN_PATCHLEVEL 0\n#define CUDNN_VERSION (CUDNN_MAJOR)\n"
)


def program(root: Path, name: str, text: str = SAYS) -> str:
    lay(root, {name: text})
    (root / name).chmod(0o755)
    return str((root / name).parent)


def test_nothing_at_all(tmp_path: Path) -> None:
    found = toolkits.find_toolkits({"PATH": "/nonexistent"}, root=tmp_path)
    assert (found.nvcc_version, found.cuda_home, found.installed, found.cudnn_version) == ("", "", (), "")
    assert (found.compiler, found.nvrtc_architectures, found.shadowing) == ("", (), ())


def test_one_toolkit_under_three_names(tmp_path: Path) -> None:
    path = program(tmp_path, "usr/local/cuda-12.4/bin/nvcc")
    lay(tmp_path, {"usr/local/cuda-12.4/version.json": VERSION_JSON, "usr/local/cuda": "-> cuda-12.4"})
    home = str(tmp_path / "usr/local/cuda")
    found = toolkits.find_toolkits({"PATH": path, "CUDA_HOME": home}, root=tmp_path)
    assert [(one.version, one.found_by) for one in found.installed] == [("12.4.1", "PATH")]
    assert (found.nvcc_version, found.cuda_home) == ("12.4.1", home)
    assert found.nvrtc_architectures == ("compute_50", "compute_90a")


def test_several_toolkits_and_an_emptied_one(tmp_path: Path) -> None:
    local = "usr/local"
    lay(
        tmp_path,
        {f"{local}/cuda-10.2/version.txt": "CUDA Version 10.2.89\n", f"{local}/cuda-11.8/lib64/libcudart.so.11.0": ""},
    )
    lay(tmp_path, {f"{local}/cuda-12.1/doc/readme": "", "home/me/cuda/include/cuda_runtime.h": ""})
    found = toolkits.find_installed({"CUDA_HOME": str(tmp_path / "home/me/cuda")}, None, "", tmp_path)
    versions = [(one.version, one.found_by) for one in found.values()]
    assert versions == [("", "CUDA_HOME"), ("10.2.89", "/usr/local"), ("11.8", "/usr/local")]


def test_nvcc_is_asked_when_no_file_tells(tmp_path: Path) -> None:
    found = toolkits.find_toolkits({"PATH": program(tmp_path, "env/bin/nvcc")}, root=tmp_path)
    assert found.nvcc_version == "12.4.131"
    assert [one.path for one in found.installed] == [str(tmp_path / "env")]


def test_a_script_that_only_calls_nvcc(tmp_path: Path) -> None:
    program(tmp_path, "usr/local/cuda-12.4/bin/nvcc")
    real = tmp_path / "usr/local/cuda-12.4/bin/nvcc"
    path = program(tmp_path, "usr/local/bin/nvcc", f'#!/bin/sh\nexec {real} "$@"\n')
    found = toolkits.find_toolkits({"PATH": path}, root=tmp_path)
    assert found.nvcc_version == "12.4.131"
    assert [one.path for one in found.installed] == [str(tmp_path / "usr/local/cuda-12.4")]


@pytest.mark.parametrize("text", ["#!/bin/sh\nexit 1\n", "#!/nonexistent/sh\n", "#!/bin/sh\necho '\\377 nonsense'\n"])
def test_an_nvcc_that_does_not_tell(tmp_path: Path, text: str) -> None:
    found = toolkits.find_toolkits({"PATH": program(tmp_path, "bin/nvcc", text)}, root=tmp_path)
    assert found.nvcc_version is None
    assert found.nvrtc_architectures == ()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cuda": 12}', '{"cuda": {"version": 12}}'])
def test_half_written_version_files(text: str) -> None:
    assert toolkits.parse_version_json(text) is None


def test_nvcc_texts() -> None:
    assert toolkits.parse_nvcc(NVCC_TEXT) == "12.4.131"
    assert toolkits.parse_nvcc("Cuda compilation tools, release 9.1") == "9.1"
    assert toolkits.parse_nvcc("nvcc fatal") is None


def test_cudnn_of_the_machine(tmp_path: Path) -> None:
    header = "usr/include/x86_64-linux-gnu/cudnn_version.h"
    assert (
        toolkits.find_toolkits({"PATH": "/nonexistent"}, root=lay(tmp_path, {header: CUDNN_H})).cudnn_version == "9.1.0"
    )


def test_cudnn_without_headers(tmp_path: Path) -> None:
    lay(tmp_path, {"usr/lib/libcudnn.so.8.9.7": "", "usr/lib/libcudnn.so.8": "-> libcudnn.so.8.9.7"})
    assert toolkits.find_toolkits({"PATH": "/nonexistent"}, root=tmp_path).cudnn_version == "8.9.7"


@LINUX
@pytest.mark.parametrize(
    ("files", "env", "expected"),
    [
        ({"usr/lib/libcuda.so.1": "", "usr/lib/libcuda.so": ""}, {}, True),
        ({"usr/lib/libcuda.so.1": ""}, {}, False),
        ({"usr/lib/libcuda.so.1": "", "stubs/libcuda.so": ""}, {"LIBRARY_PATH": "stubs"}, True),
        ({}, {}, False),
    ],
)
def test_linking_against_libcuda(tmp_path: Path, files: dict[str, str], env: dict[str, str], expected: bool) -> None:
    lay(tmp_path, files)
    env = {name: str(tmp_path / value) for name, value in env.items()}
    assert toolkits.find_toolkits({"PATH": "/nonexistent", **env}, root=tmp_path).libcuda_linkable is expected


def test_this_machine(target: Target) -> None:
    found = toolkits.probe(target)
    assert found.nvcc_version is None or not found.nvcc_version or found.nvcc_version[0].isdigit()
