"""What a package's own setup.py, meson.build or build tool trips over."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import OTHER_PYTHON, Reason, Row

_OF_ITS_OWN = r"[\w.-]{1,60}\.(?:txt|md|rst|cfg|in|json|toml|ya?ml)|version|readme|license"
_TOOLS = (
    r"setuptools|hatchling|flit_core|maturin|scikit_build_core|poetry|cmake|ninja"  # never to install a name unseen
)
_END = r".{0,900}(?:did not run successfully|metadata-generation-failed|failed building wheel|with error code \d)"

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "build",
            "what a package is built with is not here, and was not to be fetched (--no-build-isolation)",
            "install what it names; or leave --no-build-isolation out",
        ),
        (r"some build dependencies for .{1,300} (?:are missing|conflict with)",),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and needs {detail} for that",
            "install that first, and then the package with --no-build-isolation",
        ),
        (rf"cannot import (?:build backend )?'({_TOOLS})[.']",),
    ),
    (
        Reason(
            "build",
            "setuptools and packaging do not fit each other here",
            "python -m pip install --upgrade setuptools packaging, and run this again",
        ),
        (r"canonicalize_version\(\) got an unexpected", r"cannot import name '?\w{1,40}'? from '?packaging\."),
    ),
    (
        Reason(
            "build",
            "a package is made for another version of Python: this one cannot read its setup",
            f"ask for another version of it; or {OTHER_PYTHON}",
        ),
        (
            r"(?:egg_info|setup\.py\W{1,3}line \d)(?:(?!egg_info|setup\.py).){0,2500}syntaxerror: invalid syntax",
        ),
    ),
    (
        Reason(
            "build",
            "a file of the package itself is missing in what was fetched of it",
            "ask for another version of it; or install it from its repository: pip install git+https://ADDRESS",
        ),
        (
            rf"errno 2(?:2)?\][^']{{0,60}}'(?:\./)?(?:{_OF_ITS_OWN})'{_END}",
            rf"errno 2\][^']{{0,60}}'[^']{{0,300}}[\\/]pip-(?:req-|install-)?[^']{{1,200}}[\\/](?:{_OF_ITS_OWN})'",
            rf"(?:egg_info|egg-info|setup\.py)(?:(?!egg_info|egg-info|setup\.py).){{0,1500}}"
            rf"errno 2(?:2)?\][^']{{0,60}}'(?:\./)?(?:{_OF_ITS_OWN})'",
        ),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and the library {detail} for that is not there",
            "install what it is developed with (-dev, -devel); or ask for a version of the package that has a wheel",
        ),
        (
            r"error: dependency \"([\w.+-]{1,60})\" not found", r"library files could not be found for ([\w.+-]{1,60})",
            r"make sure the ([\w.-]{1,40}) (?:and [\w.-]{1,40} )?development packages are",
        ),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and the LLVM it is built with is not there",
            f"{OTHER_PYTHON}: one that the package has wheels for; or ask for a newer version of it",
        ),
        (r"could not find a `llvm-config` binary", r"building llvmlite requires llvm"),
    ),
)
# fmt: on
