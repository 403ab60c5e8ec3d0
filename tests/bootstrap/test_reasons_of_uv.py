"""What pip and uv say of packages, wheels and builds: which of their lines decides, and what only looks like one."""

from __future__ import annotations

import pytest

from doctor.bootstrap import reasons
from doctor.bootstrap.known_failures import Reason
from doctor.bootstrap.run import SPELLING

NO_SOLUTION = "  × No solution found when resolving dependencies:\n  ╰─▶ Because a depends on b>=2, it fails.\n"


def reason(log: str) -> Reason | None:
    return reasons.reason(log, SPELLING, mirror_helps=False)


@pytest.mark.parametrize(
    "log",
    [
        "hint: If the cache and target directories are on different filesystems, it may not be supported.",
        "hint: See above for details.",
        "✔ A virtual environment already exists at `.venv`. Do you want to replace it? · yes",
        "error: failed to create file `D:\\a`: 系统找不到指定的路径。 (os error 3)",
        "  × Failed to build `a`\n  ├─▶ The build backend returned an error\n"
        "  ╰─▶ Call to `b.build_wheel` failed: expected value at line 1 column 1 (exit code: 0)",
        "Unknown error 524",
        "zsh: no matches found: *.whl",
        "fatal: Unable to find remote helper for 'https'",
        "warning: No `requires-python` value found in the workspace. Defaulting to `>=3.12`.",
        "OSError: [Errno 22] Invalid argument: 'README.rst'",
        "Installing build dependencies ... error\nERROR: Command errored out with exit status 1:",
    ],
)
def test_near_misses(log: str) -> None:
    assert reason(log) is None


@pytest.mark.parametrize(
    ("log", "kind", "said"),
    [
        (
            "a.c:9:9: fatal error: Python.h: No such file or directory\ncompilation terminated.\n"
            "error: command 'gcc' failed with exit status 1\nERROR: Failed building wheel for a",
            "build",
            "Python's header files",
        ),
        ("/usr/bin/ld: cannot find -lpq\nerror: command 'gcc' failed with exit code 1", "build", "library pq"),
        (f"{NO_SOLUTION}\n  hint: You require CPython 3.14 (`cp314`), but we only found wheels for `a` (v1) with the "
         "following Python ABI tag: `cp312`", "not-there", "other versions of Python"),
        (f"{NO_SOLUTION}\n  hint: `a` was found on https://a.example/cu118, but not\n  at the requested version.",
         "not-there", "first source"),
        (f"{NO_SOLUTION}\n  hint: An index URL (https://a.example) could not be queried due to a lack of valid "
         "authentication credentials (401 Unauthorized).", "login", "asks for a login"),
        (f"{NO_SOLUTION}\n  hint: An index URL (https://a.example) could not be queried due to a lack\n"
         "  of valid authentication credentials (403 Forbidden).", "no-solution", "fit"),
        (
            "  × No solution found:\n  ╰─▶ Because only the following versions of a are available:\n      a<=1\n"
            "      and b depends on a>=2, it fails.",
            "no-solution",
            "fit together",
        ),
        ("error: Failed to parse `uv.lock`\n  Caused by: TOML parse error at line 1, column 1", "old-lock", "lock"),
        (
            "git clone -q git://a.example/b /tmp/c\n  fatal: unable to connect to a.example:\n"
            "× git clone -q git://a.example/b /tmp/c did not run successfully.\nerror: subprocess-exited-with-error",
            "git",
            "git://",
        ),
        (
            "Error: Command '['D:\\\\a\\\\python3.exe', '-Im', 'ensurepip']' returned non-zero exit status 3221225781.",
            "broken-python",
            "DLL",
        ),
        (
            "  Installing build dependencies ... done\nBackendUnavailable: Cannot import 'setuptools.build_meta'",
            "build",
            "old setuptools",
        ),
        ("BackendUnavailable: Cannot import 'setuptools.build_meta'", "build", "needs setuptools"),
        (
            "error: proxy-connection-failed\n× Failed to connect to proxy http://a.example while fetching it\n"
            "╰─> [Errno 111] Connection refused",
            "proxy",
            "does not answer",
        ),
        (
            "Cannot unpack it (downloaded from b, content-type: text/html); cannot detect archive format\n"
            "ERROR: Cannot determine archive format of /tmp/a",
            "portal",
            "web page",
        ),
        (
            "  Cloning https://a.example/b\n  Complete output from command python setup.py egg_info:\n"
            "FileNotFoundError: [Errno 2] No such file or directory: '/tmp/pip-0a-build/setup.py'",
            "missing-file",
            "no package of Python",
        ),
        ("error: metadata-generation-failed", "build", "that failed"),
        (
            "error: Failed to parse: `pyproject.toml`\n  Caused by: TOML parse error at line 7, column 1\n   |\n"
            "7 | a = [\nunknown field `a`, expected one of `index`, `offline`",
            "old-program",
            "does not know a setting",
        ),
        ("ModuleNotFoundError: No module named 'pip._internal.cli'", "damaged-environment", "pip's own files"),
        (
            'InvalidArchiveError("Error with archive E:\\\\a.conda. Message was:\\n\\nfailed with error: '
            "[Errno 2] No such file or directory: 'E:\\\\\\\\" + "sun" * 60 + "'\")",
            "path-too-long",
            "a path is too long",
        ),
        (
            "WARNING: Retrying (Retry(total=4, connect=None)) after connection broken by 'NewConnectionError("
            "'a: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': /whl/a/\n"
            "ERROR: No matching distribution found for torch==2.1.0+cu118",
            "dns",
            "(DNS)",
        ),
        ("ERROR: No matching distribution found for torch==2.1.0+cu118", "not-there", "PyTorch's own source"),
        (
            "File 'a/ssl.py', line 98, in <module>\n    import _ssl  # see there\n"
            "ImportError: DLL load failed: The specified procedure could not be found.",
            "no-ssl",
            "no SSL",
        ),
        (
            "  × Failed to download `a` ├─▶ Failed to extract archive: a.whl ╰─▶ Failed to download distribution "
            "due to network timeout. Try increasing UV_HTTP_TIMEOUT",
            "timeout",
            "in time",
        ),
        (
            "UnavailableInvalidChannel: The channel is not accessible or is invalid.\n  channel name: suns\n"
            "  error code: 404\n",
            "no-channel",
            "a conda channel",
        ),
        ("  Caused by: Wheel version does not match filename (2.0 != 1.0)", "wrong-file", "the version in a wheel"),
        ("  Caused by: failed to copy file: No data available (os error 61)", "filesystem", "network one"),
        ("#0 0.5 error    libmamba ZSTD decompression error: Unknown frame", "program-itself", "mamba itself"),
        ("RuntimeError: Unable to read repodata JSON file 'b', error was: odd", "damaged-file", "cannot be read"),
        (
            "× Preparing metadata did not run successfully.\n  ╰─> [1 line of output]\n  SunError: dark\n"
            "  [end of output]\nerror: metadata-generation-failed\n"
            "Traceback (most recent call last):\nModuleNotFoundError: No module named 'torch'",
            "build",
            "that failed (SunError: dark)",
        ),
        (
            "  ├─▶ The build backend returned an error\nTraceback (most recent call last):\nSunError: dark\n"
            "Traceback (most recent call last):\nModuleNotFoundError: No module named 'torch'",
            "build",
            "that failed",
        ),
        (
            "ERROR: Could not open requirements file: it is odd\n"
            "ERROR: Service 'a' failed to build: The command '/bin/sh -c b' returned a non-zero code: 1",
            "missing-file",
            "does not exist",
        ),
        (
            'File "/a/setup.py", line 9, in <module>\nRuntimeError: it does not currently provide packages for PyPI\n'
            "Traceback (most recent call last):\nModuleNotFoundError: No module named 'torch'",
            "not-there",
            "no wheel",
        ),
        (
            "error: Failed to prepare distributions\n  Caused by: Failed to fetch wheel: a==1\n"
            "  Caused by: Build backend failed to build wheel through `build_wheel()` with exit status: 1",
            "build",
            "that failed",
        ),
        (
            "error: Failed to unzip wheel: a.whl\n  Caused by: request or response body error\n"
            "  Caused by: operation timed out",
            "timeout",
            "in time",
        ),
        (
            "  ├─▶ The build backend returned an error\nModuleNotFoundError: No module named 'distutils'",
            "build",
            "too old for this Python",
        ),
        ("Because the requested Python version (>=3.7) does not satisfy Python>=3.8", "configuration", "the project"),
        ("Because the requested Python version (3.7) does not satisfy Python>=3.8", "not-there", "for this Python"),
        ("[Errno 13] Permission denied: '/usr/local/lib/python3.9/dist-packages/a'", "not-writable", "system's own"),
        ("[Errno 13] Permission denied: '/srv/a/site-packages/b'", "not-writable", "a folder is not"),
        ("ModuleNotFoundError: No module named 'a_b'\nerror: metadata-generation-failed", "build", "another for that"),
        (
            "[WinError 5] nein: 'c:\\\\a\\\\scripts\\\\pip.exe'\nModuleNotFoundError: No module named 'pip'",
            "pip-itself",
            "cannot replace itself",
        ),
    ],
)  # fmt: skip
def test_what_decides(log: str, kind: str, said: str) -> None:
    found = reason(log)
    assert found and found.kind == kind and said in found.sentence, found


def test_no_compiler_is_advised_where_nothing_shows_that_one_is_missing() -> None:
    found = reason("× Preparing metadata did not run successfully.\nerror: metadata-generation-failed")
    assert found and "compiler" not in found.next_step
