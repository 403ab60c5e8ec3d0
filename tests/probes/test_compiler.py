"""The host's C++ compiler: its family and version from what it says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from doctor.probes import _compiler
from tests.probes.trees import lay
from tests.surroundings import SCRIPTS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "g++ (Ubuntu 11.4.0-1ubuntu1~22.04) 11.4.0\nCopyright (C) 2021 Free Software Foundation, Inc.\n",
            "gcc 11.4.0",
        ),
        ("g++ (Debian 12.2.0-14+deb12u1) 12.2.0\n", "gcc 12.2.0"),
        ("g++ (GCC) 8.5.0 20210514 (Red Hat 8.5.0-22)\n", "gcc 8.5.0"),
        ("x86_64-conda-linux-gnu-c++ (conda-forge gcc 13.3.0-1) 13.3.0\n", "gcc 13.3.0"),
        ("Apple clang version 15.0.0 (clang-1500.3.9.4)\nTarget: arm64-apple-darwin23.5.0\n", "clang 15.0.0"),
        ("Ubuntu clang version 14.0.0-1ubuntu1.1\n", "clang 14.0.0"),
        ("Microsoft (R) C/C++ Optimizing Compiler Version 19.38.33135 for x64\n", "cl 19.38.33135"),
        ("Intel(R) oneAPI DPC++/C++ Compiler 2024.1.0 (2024.1.0.20240308)\n", "icx 2024.1.0"),
        ("", None),
        ("nonsense", None),
    ],
)
def test_versions(text: str, expected: str | None) -> None:
    assert _compiler.parse(text) == expected


def program(folder: Path, name: str, version: str) -> None:
    lay(folder, {name: f'#!/bin/sh\necho "{version}"\n'})
    (folder / name).chmod(0o755)


@SCRIPTS
def test_which_is_taken(tmp_path: Path) -> None:
    env = {"PATH": str(tmp_path)}
    assert _compiler.find_compiler(env) == ""
    program(tmp_path, "gcc", "gcc (X) 13.2.0")
    assert _compiler.find_compiler(env) == ""
    program(tmp_path, "clang++", "clang version 17.0.6")
    assert _compiler.find_compiler(env) == "clang 17.0.6"
    program(tmp_path, "g++", "g++ (X) 13.2.0")
    assert _compiler.find_compiler(env) == "gcc 13.2.0"
    program(tmp_path, "g++-9", "g++ (X) 9.4.0")
    assert _compiler.find_compiler({**env, "CXX": "g++-9 -m64"}) == "gcc 9.4.0"
    assert _compiler.find_compiler({**env, "CXX": "'half"}) == "gcc 13.2.0"


@SCRIPTS
def test_one_that_does_not_tell(tmp_path: Path) -> None:
    program(tmp_path, "g++", "")
    assert _compiler.find_compiler({"PATH": str(tmp_path)}) is None
