"""What a package has wheels for, which of its versions are looked at, and what may be built."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, ...]] = {
    "not-there": (
        "RuntimeError: PyTorch does not currently provide packages for PyPI (see there)",
        "error: package directory 'torch/cuda' does not exist",
        "ModuleNotFoundError: No module named 'tools.nnwrap'",
        "ERROR: a-1-cp39-cp39-any.whl is not a supported wheel on this platform.",
        "error: a can't be installed because the binary distribution is incompatible with the current platform",
        "error: the wheel a-1-cp39-cp39-linux_x86_64 is incompatible with the current Python 3.12",
        "because a has no wheels with a matching Python ABI tag",
        "because a has no wheels with a free-threading compatible ABI tag",
        "hint: You require CPython 3.14, but we only found wheels for `a` with the following Python ABI tag: cp312",
        "hint: You're on Windows, but `a` (v1) only has wheels for the following platforms: `macosx_11_0_arm64`",
        "error: Package `a` does not include a compatible wheel for the current platform",
        "it is unusable because no wheels are available with a matching platform tag",
        "because a has no `sys_platform == 'darwin'`-compatible wheels",
        "ERROR: Could not find a version that satisfies the requirement a==1.0+cu999 (from versions: 2.0)",
        "command: /a/python /a/pip install --no-index --find-links . -- wheel\n"
        "ERROR: No matching distribution found for wheel",
        "hint: `a` was found on https://a.example/cu118, but not at the requested version (a==9).",
        "hint: Pre-releases are available for `a` in the requested range, but pre-releases weren't enabled",
        "Only pre-releases of `a` match it, and build environments can't enable pre-releases automatically.",
        "hint: Wheels are required for `a` because building from source is disabled for all packages",
        "error: Package `a` can't be installed because it is marked as `--no-build` but has no binary distribution",
        "error: Building source distributions for `a` is disabled",
        "hint: A source distribution is required for `a` because using pre-built wheels is disabled",
        "error: Package `a` can't be installed because it is marked as `--no-binary` but has no source distribution",
        "hint: Packages were unavailable because index lookups were disabled",
    ),
    "configuration": ("hint: `a` was filtered by `exclude-newer` to only include packages uploaded before it.",),
}
