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
# what a package's own script says ends there: what stands below says another program
_ENDS = r"build backend|did not run|setup\.py\W|end of output|see above for|with error code|traceback \(most"
_WITHIN = rf"(?:(?!{_ENDS}).){{0,2000}}"
_OF_ITS_SCRIPT = rf"{_WITHIN}(?:traceback \(most{_WITHIN})?"
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
            r"(?:did not run successfully|getting requirements|metadata-generation-failed|failed building wheel"
            r"|failed with error code \d)",
            rf"setup\.py\W{_WITHIN}no module named '?({_BUILD_NEEDS})\b",
            r"(?:did not run successfully|build backend (?:returned an error|failed))"
            rf"{_OF_ITS_SCRIPT}no module named '?({_BUILD_NEEDS})\b",
            rf"depends on `({_BUILD_NEEDS})`, but doesn't declare", r"invalid command 'bdist_(wheel)'",
            r"package '(wheel)' is not installed",
        ),
    ),
    (
        Reason(
            "build",
            "this setuptools cannot read what a package asks for",
            "python -m pip install --upgrade pip setuptools; if they are new, ask for a newer version of the package",
        ),
        (r"'install_requires' must be a string or",),
    ),
    (
        Reason(
            "build",
            "a package is too old for the setuptools that builds it",
            "ask for a newer version of it; or install 'setuptools<58', and build it with --no-build-isolation",
        ),
        (
            r"use_2to3 is invalid", r"setup command: '?\w{1,40}'? must be",
            r"cannot import name '?\w{1,40}'? from '?setuptools", r"no module named '?setuptools\.\w",
        ),
    ),
    (
        Reason(
            "build",
            "the folder that is to be installed does not say what belongs to its package",
            "install it as its own page says",
        ),
        (r"multiple top-level (?:packages|modules) discovered", r"metadata field name not found"),
    ),
    (
        Reason(
            "build",
            "a package asks git for its version, and its folder has no history",
            "fetch it with git clone, not as a ZIP file",
        ),
        (r"setuptools[-_]scm was unable",),
    ),
    (
        Reason(
            "build",
            "a package is to be built with what is installed, and does not say beforehand what it needs",
            "take match-runtime out of the settings of uv; or ask for a version of the package that has a wheel",
        ),
        (r"declared with `match-runtime",),
    ),
    (
        Reason(
            "build",
            "a package that was asked for is not made for this system",
            "leave it out; or, on Windows, use Linux inside Windows (WSL)",
        ),
        (
            r"does(?: not|n't) support windows",
            r"(?<!operation is )not (?:currently )?supported on (?:windows|macos|darwin|this platform)",
            r"operating system is not supported", r"\bonly builds wheels for (?:linux|windows|macos)",
            r"module 'os' has no attribute '(?:uname|getuid|geteuid|fork)'",
            r"unsupported (?:platform|operating system)\b",
        ),
    ),
    (
        Reason("build", "a package that was asked for is made for Python 2", "ask for a newer version of it"),
        (
            r"multiple exception types must be parenthesized", r"meant only for python 2\b",
            r"missing parentheses in call to", r"no module named '?(?:configparser|urllib2|c?stringio|htmlparser)\b",
            r"name '(?:unicode|raw_input|xrange)' is not defined",
        ),
    ),
    (
        Reason(
            "build",
            "a package needs pkg_resources, which newer versions of setuptools do not have",
            "ask for a newer version of it; or install 'setuptools<81', and build it with --no-build-isolation",
        ),
        (
            r"no module named '?pkg_resources.{0,1500}(?:did not run successfully|egg_info|metadata|to build)",
            r"(?:setup\.py|build_meta|egg_info|get_requires|to build wheel).{0,3000}no module named '?pkg_resources",
        ),
    ),
    (
        Reason(
            "no-module",
            "a program needs pkg_resources, which newer versions of setuptools do not have",
            "pip install 'setuptools<81' into the environment in which it runs",
            is_general=True,
        ),
        (r"no module named '?pkg_resources",),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and Rust is not there",
            "python -m pip install --upgrade pip, and run this again; "
            f"or {OTHER_PYTHON}: one that the package has wheels for; or install Rust (rustup)",
        ),
        (
            r"can(?:'t| not) find rust compiler", r"rust not found, installing",
            r"rust package manager, is not installed",
        ),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and that needs Microsoft's C++ compiler",
            "install the Build Tools for Visual Studio, with 'Desktop development with C++'; "
            f"or {OTHER_PYTHON}: one that the package has wheels for",
        ),
        (r"visual c\+\+ [\d.]+ (?:or greater|is required)", r"vcvarsall"),
    ),
    (
        _BUILD,
        (
            r"unknown compiler\(s\)", r"unable to execute '", r"linker `\w+` not found", r"no cmake_\w+_compiler",
            r"cmake must be installed", r"cmake_\w{1,20}_compiler not set",
        ),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and needs another for that, which is not here",
            "look above which (No module named); if it is a package of PyPI, install it first, and then the other with "
            "--no-build-isolation",
            is_general=True,
        ),
        (
            r"no module named '?[\w.-]{1,60}'?.{0,600}"
            r"(?:did not run successfully|getting requirements|metadata-generation-failed|failed building wheel)",
            r"(?:did not run successfully|build backend returned an error)"
            rf"{_OF_ITS_SCRIPT}no module named '?[\w.-]{{1,60}}",
            r"depends on `[^`]{1,60}`, but doesn't declare it",
            r"complete output from command .{0,200}setup\.py.{0,600}no module named '?[\w.-]{1,60}",
        ),
    ),
    (
        replace(
            _BUILD,
            next_step="look above for the first error; ask for another version of the package; or "
            f"{OTHER_PYTHON}: one that the package has wheels for",
            is_general=True,
        ),
        (
            r"(?:wheel|setup\.py install) for .{1,120} \.\.\. error",
            r"failed (?:building wheel|to build)(?!: the command )(?!.{0,400}expected value at line 1)",
            r"(?<!install build dependencies )did not run successfully",
            r"(?<!dependencies \.\.\. error error: )subprocess-exited-with-error",
            r"error: command '[^'\"]{1,300}' failed",
            r"finished with status 'error'", r"sandboxviolation", r"cannot compile programs",
            r"build backend returned an error(?!.{0,200}expected value at line 1)",
            r"build backend failed to (?:determine|build|produce|prepare|get)\b",
            r"metadata[ -]generation[ -]failed", r"legacy-install-failure", r"could not build wheels",
            r"(?<!dependencies \.\.\. error error: )command errored out with exit status",
            r"setup\.py \w+\"? (?:failed|exited with)", r"cmake error",
            r"errors? detected in the compilation", r"cmake_\w{1,40} is not set", r"aborting build",
            r"compilation terminated", r"ninja: build stopped", r"fatal error (?:c|lnk)\d{4}", r"could not compile",
            r"linker command failed", r"ld returned 1 exit", r"error compiling objects",
            r"complete output from command .{0,300}setup\.py", r"failed with error code \d{1,3} in \S{0,80}pip",
            r"make\[\d{1,2}\]: \*\*\* \[[^\]]{1,300}\.(?:[lk]?o|so|l?a)\] (?:error|fehler|错误|erreur) \d",
            r"undeclared \(first use",
            r"no \.egg-info directory", r"configuring incomplete, errors",
            r"command '\['(?:/\S{0,80}/)?(?:ninja|cmake|make|cargo|nvcc|[cg]\+\+|g?cc)', ",
            r"distutilserror: command '\[",
            r"cmake build failed|while (?:building|configuring) with cmake",
             r"failed to generate package metadata",
        ),
    ),
)
# fmt: on
