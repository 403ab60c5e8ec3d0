"""Why conda, mamba or a pip that they started failed: what is said in one line may be undone by another."""

from __future__ import annotations

import pytest

from doctor.bootstrap import reasons
from doctor.bootstrap.known_failures import Reason
from doctor.bootstrap.run import SPELLING
from tests.each import each

GIVEN_UP = "WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by 'ReadTimeoutError'\n"
NO_TORCH = "ERROR: Could not find a version that satisfies the requirement torch (from versions: none)"


def reason(log: str) -> Reason | None:
    return reasons.reason(log, SPELLING)


@pytest.mark.parametrize(
    ("log", "kind"),
    [
        ("LinkError: post-link script failed for package a\n'chcp' is not recognized as an internal", "no-program"),
        ("'chcp' is not recognized as an internal\nLinkError: post-link script failed for package a", "no-program"),
        ("ERROR   Error when extracting package: /a\nFound incorrect download: a. Aborting", "damaged-file"),
        ("a.sh: line 9: bunzip2: command not found\ntar: Error is not recoverable: exiting now", "no-program"),
        ("error: RPC failed; HTTP 403 curl 22 nein\nfatal: the remote end hung up unexpectedly", "http"),
        (f"{GIVEN_UP}{NO_TORCH}", "timeout"),
        (NO_TORCH, "not-there"),
        (
            "UnsatisfiableError: see below\n  - a -> __glibc[version='>=2.17']\n\nYour installed version is: 2.31",
            "no-solution",
        ),
        ("UnsatisfiableError: see below\n  - a -> __glibc[version='>=2.17']\n\nYour installed version is: 2.12",
            "old-system",
        ),
        ("  - nothing provides requested odd-tool\ncritical libmamba UnsatisfiableError", "not-there"),
        ("An error occurred while installing package 'a::b-1'.\nCondaSignalInterrupt: it was stopped", "interrupted"),
        ("[Errno 28] No space left on device\nAn error occurred while installing package 'a::b-1'.", "disk-full"),
        (
            "CondaHTTPError: HTTP 000 CONNECTION FAILED for url <https://a.example>\n"
            "SSLError(CertificateError(\"certificate verify failed\"))",
            "tls",
        ),
        ("PluginError: Error while loading conda plugins from entrypoints: libarchive.so.9: cannot open shared "
         "object file: No such file or directory", "program-itself"),
        ("a/overlay/b.py\nModuleNotFoundError: No module named 'distutils'\nmetadata-generation-failed", "build"),
        ("ModuleNotFoundError: No module named 'distutils'", "old-pip"),
        ("ERROR: No matching distribution found for requirements.yml", "bad-name"),
        ("ERROR: No matching distribution found for requirements-parser", "source"),
        ("  - nothing provides __cuda >=12 needed by a", "no-driver"),
        ("  - nothing provides __win needed by a\ncritical libmamba Could not solve for environment", "not-there"),
        ("File 'setup.py', line 3\nFileNotFoundError: [Errno 2] No such file or directory: 'nvcc'", "build"),
        ("Error: Invalid version spec: ==", "bad-name"),
        ("RuntimeError: Multi-download failed.\n# >>>>>> ERROR REPORT <<<<<<\nRuntimeError: it failed", "source"),
        ("Message from libarchive was:\n\nFailed to create dir 'lib'\n[Errno 122] Disk quota exceeded", "disk-full"),
        ("Message from libarchive was:\n\nFailed to open '/a/b.tar'\nInvalidArchiveError('it')", "damaged-file"),
        ("PackagesNotFoundError: The following packages are missing from the target environment:\n  - a", "bad-name"),
        ("ResolvePackageNotFound:\n  - a=1\nCondaError: Run 'conda init' before 'conda activate'", "not-there"),
        ("CondaError: Run 'conda init' before 'conda activate'\nERROR: No matching distribution found",
         "conda-init"),
        ("CondaHTTPError: HTTP 404 NOT FOUND for url <https://a.example>\nThe remote server could not find the noarch "
         "directory for the requested channel", "no-channel"),
        ("CondaValueError: could not parse '=' in: odd.txt", "configuration"),
        ("The following packages are incompatible\n├─ a 1 does not exist (perhaps a typo)", "not-there"),
        ("bash: Scriptsactivate.fish: command not found", "wrong-shell"),
        ("./odd-tool.sh: line 1: Not: command not found", "portal"),
        ("./odd-tool.sh: line 9: node: command not found", "no-program"),
        ("Failed to create menus\nOSError: [Errno 28] No space left on device", "disk-full"),
    ],
)  # fmt: skip
def test_what_decides(log: str, kind: str) -> None:
    found = reason(log)
    assert found and found.kind == kind, found


@each(
    "log",
    [
        "error    libmamba Could not lock non-existing path '/a'",
        "warning  libmamba Cannot lock 'a'",
        "ModuleNotFoundError: No module named 'site_tools'",
        "Solving environment: unsuccessful initial attempt using frozen solve. Retrying with flexible solve.",
        "Examining conflict for a b: 12%",
        "warning: missing-index-doctype\n\n× The package index page has no proper HTML doctype declaration.",
        "The following NEW packages will be INSTALLED:\n    a: 1.0-0",
        "conda-forge/noarch    (check zst)    Checked  0.1s",
        "failed to link (src='/a', dst='/b', type=3): copying instead",
        "WARNING conda.core.path_actions:verify(1094): it could not be written",
        "Creating menus",
    ],
)
def test_near_misses(log: str) -> None:
    assert reason(log) is None


@each(
    ("log", "advised"),
    [
        ("zsh: command not found: conda", "conda init"),
        ("zsh: command not found: odd-tool", "install"),
    ],
)  # fmt: skip
def test_the_step_fits_what_is_missing(log: str, advised: str) -> None:
    found = reason(log)
    assert found and advised in found.next_step, found
