"""What stands beside the point in a log: it is no cause, and hides none."""

from __future__ import annotations

import pytest

from doctor.bootstrap import reasons
from doctor.bootstrap.known_failures import Reason
from doctor.bootstrap.run import SPELLING

BLOCKED_PROFILE = """\
. : File D:\\a\\profile.ps1 cannot be loaded because running scripts is disabled on
this system. For more information, see about_Execution_Policies.
    + CategoryInfo          : SecurityError: (:) [], PSSecurityException
    + FullyQualifiedErrorId : UnauthorizedAccess"""

RETRIED = "DEBUG Transient failure, retrying\n  Caused by: client error (Connect)\n  Caused by: Connection refused"


def reason(log: str) -> Reason | None:
    return reasons.reason(log, SPELLING, mirror_helps=False)


@pytest.mark.parametrize(
    "log",
    [
        "N: Download is performed unsandboxed as root, as it may not be read by '_apt'. (13: Permission denied)",
        "sudo: unable to resolve host box: Name or service not known",
        "rm: cannot remove '/tmp/a': Permission denied",
        "rmdir: failed to remove 'a': Directory not empty",
        "[W socket.cpp:9] [c10d] The client socket has failed to connect to [box]:9 (errno: 9)",
        "2026-01-01 10:00:00.5: W tensorflow/a.cc:9] it did not load: libcudart.so.11.0: cannot open shared",
        "Could not load dynamic library 'libcudart.so'; dlerror: libcudart.so: cannot open shared object file",
        "_configtest.c:1:10: fatal error: cblas.h: No such file or directory\n    1 | #include <a>\n"
        "compilation terminated.",
        "/tmp/tmpab/test.c(1): fatal error C1083: Cannot open include file: 'libaio.h': No such file or directory",
        "LINK : fatal error LNK1181: cannot open input file 'aio.lib'",
        "CMake Deprecation Warning at a:1:\n  Compatibility with CMake < 3.10 will be removed from a future version.",
        "  Link requires a different Python (3.8 not in: '>=3.9'): a.tar.gz",
        "Remove-Item: D:\\a.ps1:49\nLine |\n  49 |      Remove-Item D:\\b\n     |      ~~~\n"
        "     | Cannot find path 'D:\\b' because it does not exist.",
        "Exception: D:\\a.ps1:49\nLine |\n  49 |      throw \"No space left on device\"\n"
        "     |      ~~~\n     | it is odd",
        "Exception ignored in: <function a at 0x9>\nTraceback (most recent call last):\n"
        "PermissionError: [WinError 32] in use: 'D:\\\\a'",
        "--- Logging error ---\nUnicodeEncodeError: 'gbk' codec can't encode character\nCall stack:",
        "curl: (28) Operation timed out\nWarning: Problem : timeout. Will retry in 1 seconds. 3 retries left.",
        "Connecting to a|10.0.0.1|:443... failed: Connection refused.\nConnecting to a|10.0.0.2|:443... connected.",
        "Failed to connect to bus: Host is down",
        "Get-ItemProperty : Cannot find path 'HKLM:\\a' because it does not exist.",
        "Set-ExecutionPolicy: Operation is not supported on this platform.",
        "Error: failed to open it: open a-*.whl: The filename, directory name, or volume label syntax is incorrect.",
    ],
)  # fmt: skip
def test_tools_that_go_on(log: str) -> None:
    assert reason(log) is None
    found = reason(f"{log}\nERROR: No matching distribution found for odd-tool")
    assert found and found.kind == "source"


@pytest.mark.parametrize(
    ("log", "kind"),
    [
        (
            "'.venv' is not recognized as an internal or external command\nERROR: Could not open requirements file",
            "missing-file",
        ),
        (f"{BLOCKED_PROFILE}\nC:\\Program : The term 'C:\\Program' is not recognized as a name", "bad-path"),
        (f"{BLOCKED_PROFILE}\npython : The term 'python' is not recognized as a name", "no-program"),
        (f"{BLOCKED_PROFILE}\nconda : The term 'conda' is not recognized as a name", "policy"),
        (BLOCKED_PROFILE, "policy"),
        (
            "ERROR: An error occurred while installing package 'a'.\nLinkError: post-link script failed for package a\n"
            "stderr: The system cannot find the file specified.",
            "package-script",
        ),
        ("Running installer... Exit code was -1073741819.", "crashed"),
        (" - python3 (exited 1603) - Error while running 'a.ps1'.", "installer"),
        ("The term '~/.local/bin/uv' is not recognized\nThe term './venv/Scripts/activate' is not", "missing-file"),
        ("The term 'python' is not recognized\nThe term './venv/Scripts/activate' is not", "no-program"),
        ("The term 'python' is not recognized\nThe term './venv/Scripts/python.exe' is not recognized", "no-program"),
        ("The term 'odd' is not recognized\nThe term './venv/Scripts/activate' is not", "no-environment"),
        (RETRIED, "refused"),
        (f"{RETRIED}\nerror: No solution found when resolving dependencies", "no-solution"),
        (
            "ERROR Exit code was 1618!\nFailed to extract files from D:\\scoop\\apps\\a\\core.msi.\nLog file:\n  a.log",
            "locked",
        ),
        ("4.984  hint: `a` depends\n4.984       on `torch`, but doesn't declare it as a build dependency.", "build"),
        (
            "2026-01-01T10:00:00.1234567Z the disk has no space\n2026-01-01T10:00:01.1Z No space\n"
            "2026-01-01T10:00:01.2Z left on device",
            "disk-full",
        ),
        (
            "fatal: unable to access it: Could not resolve host: a\nSuccessfully installed b-1\n"
            "ERROR: Failed building wheel for c",
            "build",
        ),
        (
            "fatal: unable to access it: Could not resolve host: a\nSuccessfully installed b-1\n"
            "python: can't open file '/a/b.py': [Errno 2] nein",
            "dns",
        ),
        (
            "fatal: destination path 'a' already exists and is not an empty directory.\npython: command not found",
            "no-program",
        ),
        ("error: pathspec 'a' did not match any file(s) known to git\nFailed building wheel for a", "build"),
        (
            "Remove-Item : Cannot remove item D:\\a.dll: Access to the path 'a.dll' is denied.\n"
            "ERROR: No matching distribution found for odd-tool",
            "source",
        ),
        ("Remove-Item : Cannot remove item D:\\a.dll: Access to the path 'a.dll' is denied.", "not-writable"),
        (
            "irm : The 'abc' scheme is not supported.\n"
            "    + FullyQualifiedErrorId : WebCmdletIEDomNotSupportedException,a",
            "script",
        ),
        (
            "Join-Path : Cannot bind argument to parameter 'Path' because it is null.\nirm : Unable to connect to the "
            "remote server",
            "unreachable",
        ),
    ],
)
def test_what_decides(log: str, kind: str) -> None:
    found = reason(log)
    assert found and found.kind == kind, found
