"""A package that is built here."""

from __future__ import annotations

from dataclasses import replace

from doctor.bootstrap.known_failures.reason import OTHER_PYTHON, Reason, Row

_BUILD = Reason(
    "build",
    "a package had to be built here, and that failed",
    f"{OTHER_PYTHON}: one that the package has wheels for; or install a compiler",
)
_BUILD_NEEDS = (
    r"torch|numpy|cython|setuptools|wheel|pip|packaging|psutil|ninja|pybind11"  # never to install a name unseen
)

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "build",
            "a package had to be built here, and needs {detail} for that",
            "install that first, and then the package with --no-build-isolation",
        ),
        (
            rf"no module named '?({_BUILD_NEEDS})\b.{{0,600}}"
            r"(?:did not run successfully|getting requirements|metadata-generation-failed|failed building wheel)",
            rf"the build backend returned an error.{{0,2000}}no module named '?({_BUILD_NEEDS})\b",
            rf"depends on `({_BUILD_NEEDS})`, but doesn't declare",
        ),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and that needs Python's header files",
            "on Debian and Ubuntu: sudo apt install python3-dev; on Fedora: sudo dnf install python3-devel",
        ),
        (r"python\.h: no such file",),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and {detail} of a library is not there",
            f"install what the library is developed with (-dev, -devel); or {OTHER_PYTHON}",
        ),
        (r"(?:fatal )?error: ([\w./+-]{1,80}\.h(?:pp)?): no such file",),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and that needs the CUDA toolkit",
            "install it in the version that PyTorch was built with, and let CUDA_HOME name its folder; "
            "or ask for a version of the package that has a wheel",
        ),
        (
            r"cuda_home environment variable is not set", r"nvcc was not found", r"no cuda toolset found",
            r"detected cuda version .{1,80} mismatches",
        ),
    ),
    (
        Reason(
            "build",
            "a package that was asked for is not made for Windows",
            "leave it out; or use Linux inside Windows (WSL)",
        ),
        (r"does(?: not|n't) support windows", r"not (?:currently )?supported on windows"),
    ),
    (
        Reason("build", "a package that was asked for is made for Python 2", "ask for a newer version of it"),
        (
            r"multiple exception types must be parenthesized",
            r"missing parentheses in call to", r"no module named '?(?:configparser|urllib2|c?stringio|htmlparser)\b",
            r"name '(?:unicode|raw_input|xrange)' is not defined",
        ),
    ),
    (
        Reason("build", "a package had to be built here, and Apple's tools are not there", "xcode-select --install"),
        (r"invalid active developer path", r"xcode-select: note"),
    ),
    (
        Reason(
            "build",
            "a package that had to be built here is too old for this CMake",
            "set CMAKE_POLICY_VERSION_MINIMUM=3.5, and run this again",
        ),
        (r"compatibility with cmake < ",),
    ),
    (
        Reason(
            "build",
            "a package needs pkg_resources, which newer versions of setuptools do not have",
            "ask for a newer version of it; or install 'setuptools<81', and build it with --no-build-isolation",
        ),
        (r"no module named '?pkg_resources",),
    ),
    (
        _BUILD,
        (
            r"visual c\+\+ [\d.]+ (?:or greater|is required)", r"vcvarsall",
            r"can't find rust compiler", r"unknown compiler\(s\)", r"error: command '[^'\"]+' failed",
            r"unable to execute '",
            r"linker `\w+` not found", r"rust package manager, is not installed", r"no cmake_\w+_compiler",
            r"cmake must be installed",
        ),
    ),
    (
        replace(_BUILD, is_general=True),
        (
            r"(?:wheel|setup\.py install) for .{1,120} \.\.\. error",
            r"failed (?:building wheel|to build)", r"did not run successfully", r"subprocess-exited-with-error",
            r"finished with status 'error'", r"sandboxviolation", r"build backend returned an error",
            r"metadata[ -]generation[ -]failed", r"legacy-install-failure", r"could not build wheels",
            r"command errored out with exit status", r"setup\.py \w+\"? (?:failed|exited with)", r"cmake error",
            r"errors? detected in the compilation", r"cmake_\w{1,40} is not set", r"aborting build",
            r"compilation terminated", r"ninja: build stopped", r"fatal error (?:c|lnk)\d{4}", r"could not compile",
            r"linker command failed", r"ld returned 1 exit",
        ),
    ),
)
# fmt: on
