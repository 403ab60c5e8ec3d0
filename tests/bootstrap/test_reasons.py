"""Why a step failed, by its log: the last error decides, and neither a digit nor an address is one."""

from __future__ import annotations

import re
from functools import cache

import pytest

from doctor.bootstrap import reasons
from doctor.bootstrap.known_failures import KNOWN, Reason, kinds
from doctor.bootstrap.languages import in_english
from doctor.bootstrap.options import Options
from doctor.bootstrap.run import SPELLING
from doctor.bootstrap.talk import Talk
from tests.bootstrap.failure_texts import TEXTS
from tests.each import each

RETRY = "WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None)) after connection broken by "
GONE = """\
ERROR: Could not find a version that satisfies the requirement rich (from versions: none)
ERROR: No matching distribution found for rich"""
OTHERS = """\
ERROR: Could not find a version that satisfies the requirement rich==99 (from versions: 1.0, 2.0)
ERROR: No matching distribution found for rich==99"""
NOT_RESOLVED = "host: Failed to resolve 'a.example' ([Errno -2] Name or service not known)"
UNTRUSTED = "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed'))"
FOLDER = "a folder is not writable"
DENIED = "Windows denied access"  # by a lock, by protection, or by rights: its number does not tell which
SOURCE = "the package source did not provide what is needed"


def reason(log: str, *, mirror_helps: bool = False) -> Reason | None:
    return reasons.reason(log, SPELLING, mirror_helps=mirror_helps)


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("error: it failed\n  Caused by: There is not enough space on the disk. (os error 112)", "the disk is full"),
        ("ERROR: due to an OSError: [WinError 32] The process cannot access the file", "in use"),
        ("error: failed to open file\n  Caused by: Access is denied. (os error 5)", DENIED),
        ("ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/opt/x'", FOLDER),
        ("[WinError 225] Operation did not complete successfully because the file contains a virus", "security"),
        ("[WinError 206] The filename or extension is too long: 'C:\\\\a'", "too long"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the expected one"),
        (f"{RETRY}'ProxyError('Cannot connect to proxy.', OSError('Tunnel failed: 407'))'\n{GONE}", "proxy"),
        (f"{RETRY}'{UNTRUSTED}'\n{GONE}", "TLS certificate"),
        (f"{RETRY}'NameResolutionError({NOT_RESOLVED})'\n{GONE}", "DNS"),
        (f"{RETRY}'NewConnectionError(': [Errno 111] Connection refused')': /simple/rich/\n{GONE}", "was refused"),
        (f"{RETRY}'ReadTimeoutError(\"Read timed out. (read timeout=2.0)\")': /simple/rich/\n{GONE}", "in time"),
        ("error: it failed\n  Caused by: dns error\n  Caused by: failed to lookup address information", "DNS"),
        ("urllib3.exceptions.ProtocolError: ('Connection broken: IncompleteRead(0 bytes read)')", "broke off"),
        ("ERROR: HTTP error 403 while getting https://mirror.example/rich.whl", SOURCE),
        (GONE, SOURCE),
        ("  × No solution found when resolving dependencies", SOURCE),
    ],
)  # fmt: skip
def test_known(log: str, said: str) -> None:
    found = reason(log)
    assert found and said in found.sentence, found
    assert found.next_step


@pytest.mark.parametrize(
    "log",
    [
        "",
        "Prepared 12 packages in 403ms",
        "Downloading rich.whl (404.1 kB/s)",
        '  File "setup.py", line 503, in <module>\nTypeError: unexpected',
        "Looking in indexes: https://proxy.example/certificate/simple\nsegmentation fault",
        "Collecting connection-timed-out-403\nkilled",
        "note: This error originates from a subprocess, and is likely not a problem with pip.",
    ],
)
def test_what_only_looks_like_one(log: str) -> None:
    assert reason(log) is None


def test_the_last_error_decides() -> None:
    early = "WARNING: the cache was disabled: [Errno 13] Permission denied: '/home/ada/.cache/pip'"
    found = reason(f"{early}\n{RETRY}'NewConnectionError(': [Errno 111] Connection refused')'\n{GONE}")
    assert found and "was refused" in found.sentence
    found = reason(f"{RETRY}'ReadTimeoutError('Read timed out.')'\nOSError: [Errno 28] No space left on device")
    assert found and found.sentence == "the disk is full"
    found = reason(f"{early}\n{GONE}")
    assert found and found.sentence.startswith(SOURCE)


def test_an_index_called_proxy_with_a_bad_certificate() -> None:
    found = reason(f"{RETRY}'{UNTRUSTED}': https://proxy.example/simple/")
    assert found and "certificate" in found.sentence


@each(("kind", "log"), [(kind, text) for kind, texts in TEXTS.items() for text in texts])
def test_every_text(kind: str, log: str) -> None:
    found = reason(log, mirror_helps=True)
    assert found and found.kind == kind, found


@cache
def spoken(kind: str) -> list[str]:
    """The texts of a kind as the expressions meet them."""
    return [in_english(text.replace("Killed", " memoryerror").lower()).replace("\n", " ") for text in TEXTS[kind]]


def needed(row: int, expression: str) -> bool:
    """Whether some text of the row's kind is found by this expression only."""
    found, expressions = KNOWN[row]
    others = [other for other in expressions if other != expression]
    texts = [text for text in spoken(found.kind) if re.search(expression, text)]
    return any(not any(re.search(other, text) for other in others) for text in texts)


def test_kinds_that_count_less_are_kinds_of_a_reason() -> None:
    assert {known.kind for known, _ in KNOWN} >= kinds.VAGUE | kinds.CONSEQUENCES | kinds.SHOWN


def test_every_expression_is_needed() -> None:
    rows = [(row, expression) for row, (_, expressions) in enumerate(KNOWN) for expression in expressions]
    assert [expression for row, expression in rows if not needed(row, expression)] == []


@pytest.mark.parametrize(
    "log",
    [
        "error: failed to write it\n  Caused by: Broken pipe (os error 32)",
        "error: failed to reach it\n  Caused by: Host is down (os error 112)",
        "error: it failed (os error 487)",
        "process exited after 404 ms with code 1",
        "ERROR: setup.py line 503",
        "error: torch-2.0.403 is odd",
        "+ Write-Host 'the connection timed out'",
        "curl: (23) client returned ERROR on write of 16375 bytes",
        f"{RETRY.replace('total=0', 'total=4')}'ReadTimeoutError('Read timed out.')'\nCollecting rich",
        "git : warning: could not open directory 'a/': Permission denied\n    + CategoryInfo : NotSpecified: (warning: "
        "could ...rmission denied:String) [], RemoteException",
        "#9 11.42 WARNING: the cache was disabled: [Errno 13] Permission denied",
        "    0.001628s  11ms DEBUG uv_client trying again: Connection refused",
        "Reason for being yanked: it is for Linux alone, and not supported on Windows",
        "the list of unsupported platforms",
        "/a/b.py:20: UserWarning: it did not start: Permission denied",
        "find: '/proc/a': Permission denied",
        "Failed to persist a temporary file: The system cannot find the file specified. (os error 2)",
        "Defaulting to user installation because normal site-packages is not writeable",
        "WARNING: Encountered a package that appears to be corrupted; it was fetched again",
        "error: failed to open file D:\\a\\b: the path is not there (os error 3)",
        "Command 'pip install torch' failed with exit status code '1'.",
        "setup.py install --record a.txt --single-version-externally-managed failed with error code 1",
        "missing field `version`\nmake: *** [Makefile:9: install] Error 2",
        "+     irm https://a.example | iex  # access is denied",
        "a 2.0 requires b==1.0, but you have b 2.0 which is incompatible.",
        "Virtual environment already exists, skipping...",
        "warning: Failed to hardlink files; falling back to full copy",
        "ModuleNotFoundError: No module named 'a_name_unseen'",
        "    + CategoryInfo          : InvalidOperation: (HttpWebRequest) [iwr], WebException",
        "Remove-Item : Cannot find path 'D:\\a' because it does not exist.",
        "    + FullyQualifiedErrorId : PathNotFound,Microsoft.PowerShell.Commands.RemoveItemCommand",
        "The currently activated Python version 3.8.1 is not supported by the project. Trying another one.",
        "ModuleNotFoundError: No module named 'importlib_metadata'",
        "ImportError: cannot import name 'a' from 'collections.abc'",
        "WARNING: Ignoring invalid distribution -orch (d:\\a)",
        "Solving environment: failed with initial frozen solve. Retrying with flexible solve.",
        "Collecting source==1.0\nUsing activate-1.0.whl",
        "#include <stdlib.h>",
        "checking whether cc1plus accepts -g... yes",
        "FAILED tests: AttributeError: 'PyObject' is odd",
        "pandas.errors.ParserError: Error tokenizing data",
        "DEBUG Broken virtual environment `a`: `pyvenv.cfg` is missing",
        "INFO: no interpreter found there, looking on",
        "an incompatible architecture of the model",
        "FileNotFoundError: [Errno 2] No such file or directory: 'VERSION'",
        "every line of it contains spaces",
        "FileNotFoundError: [WinError 2] Das System kann die angegebene Datei nicht finden: 'D:\\\\a.csv'",
        "FileNotFoundError: [WinError 2] The system cannot find the file specified: 'D:\\\\a.csv'",
        "Found conflicts! Looking for incompatible packages.\nThis can take several minutes.",
        "WARNING: Ignoring version 0.1 of a since it has invalid metadata:",
        "OSError: [WinError 3] The system cannot find the path specified: 'D:\\\\a'",
        "error: failed to open file\n  Caused by: The system cannot find the path specified. (os error 3)",
        "git config core.autocrlf; LF will be replaced by CRLF",
        "the package sklearn is deprecated there",
        "The specified module 'D:\\a\\b' was not loaded because no valid module file was found",
        "+ Write-Host 'the network path was not found'",
        "    + CategoryInfo : ObjectNotFound: (D:\\a\\b.txt:String) [Remove-Item], ItemNotFoundException",
        "make: *** [Makefile:9: a.txt] Fehler 1",
        'File "/home/a/b.py", line 3, in <module>\nModuleNotFoundError: No module named \'apt_pkg\'',
        "Preparing to unpack it, trying to overwrite '/usr/bin/a'",
        'critical libmamba permissions: The system cannot find the path specified.: "x\\a.exe"',
        "The above exception was the direct cause of the following exception:\n\nTraceback (most recent call last):",
        "'#' is not recognized as an internal or external command",
        "error    libmamba Could not open lockfile '/a/cache.lock'",
        "'echo.' is not recognized as an internal or external command",
        "'.COM;.EXE;.BAT' is not recognized as an internal or external command",
        "a.c:1: internal compiler error: Segmentation fault (core is kept)",
        "your shell will retain its policy of Bypass.\nFullyQualifiedErrorId : ExecutionPolicyOverride,a",
        "warning: Failed to parse `pyproject.toml` during settings discovery:\n  TOML parse error at line 9, column 2\n"
        "     |\n   9 | [tool.uv.more]\n     |          ^^^^\n  unknown field `more`, expected one of `index`\n\n"
        "Resolved 9 packages in 8ms",
        "uv : Resolved 9 packages\n    + CategoryInfo : NotSpecified: (Resolved 9 packages:String) [], a\n"
        "    + FullyQualifiedErrorId : NativeCommandError",
    ],
)  # fmt: skip
def test_near_misses(log: str) -> None:
    assert reason(log) is None


@pytest.mark.parametrize(
    ("log", "kind"),
    [
        (
            f"{RETRY}'SSLError(\"Can't connect to HTTPS URL because the SSL module is not available.\")'\n{GONE}",
            "no-ssl",
        ),
        (f"{RETRY}'NewConnectionError(': [Errno 101] Network is unreachable')'", "unreachable"),
        (f"{RETRY}'ReadTimeoutError('Read timed out.')'\nERROR: Operation cancelled by user", "interrupted"),
        ("  × No solution found:\n  ╰─▶ Because there is no\n      version of a==9, nothing can be done.", "not-there"),
        ("  × No solution found:\n  ╰─▶ Because a depends on b==1 and you require b==2, it fails.", "no-solution"),
        ("a.ps1 cannot be loaded because running scripts is\ndisabled on this system.", "policy"),
        ("OSError: [Errno 28] No space left on device\nERROR: Failed building wheel for a", "disk-full"),
        ("W: Failed to fetch it  Temporary failure resolving 'a.example'\nE: Unable to locate package a", "dns"),
        ("  ├─▶ No solution found when resolving: `a`\n  ╰─▶ invalid peer certificate: UnknownIssuer\nexit: 1", "tls"),
        (
            "Because wheel was not found in the package registry\n\n  hint: it could not be queried (403 Forbidden)",
            "not-there",
        ),
        (f"{RETRY}'ReadTimeoutError('Read timed out.')'\n{OTHERS}", "timeout"),
        (f"{RETRY.replace('total=0', 'total=4')}'ReadTimeoutError('Read timed out.')'\n{OTHERS}", "not-there"),
        (f"Could not fetch URL https://a.example/a/: it is {UNTRUSTED} - skipping\n{OTHERS}", "tls"),
        ("OSError: [Errno 28] No space left on device\nCommand 'pip install a' failed with exit code 1", "disk-full"),
        (
            "Program 'pip.exe' failed to run: 拒绝访问。\n+ pip list\n    + CategoryInfo : ApplicationFailedException",
            "blocked",
        ),
        (
            "(Caused by ProxyError('Cannot connect to proxy.',\nNewConnectionError('[Errno 11001] getaddrinfo failed'",
            "proxy",
        ),
        ("a.c:1: No space left on device\ncompilation terminated.", "disk-full"),
        ("    sock.connect(sa)\nPermissionError: [Errno 13] Permission denied", "blocked"),
        ("E: lock-frontend - open (13: Permission denied)\nE: Unable to lock it, are you root?", "not-root"),
        ("WARNING: no certificate name matches\n2026-01-01 10:00:00 ERROR 404: Not Found.", "http"),
        ("irm : Unable to connect to the remote server\n'uv' is not recognized as an internal command", "unreachable"),
        (f"{RETRY.replace('total=0', 'total=4')}'ReadTimeoutError('Read timed out.')'\nFailed to build it", "build"),
        ("could not create SSL/TLS secure\n\nchannel.", "tls"),
        ("ERROR: Exception:\nTraceback (most recent call last):\nConnectionError: Max retries exceeded", "source"),
        ("Warning: Failed to open the file a.py: Permission denied\ncurl: (23) Failure writing", "not-writable"),
        (f"{RETRY}Failed to establish a new connection:\n{GONE}", "unreachable"),
        ("Downloading it...iwr : The Internet Explorer engine is missing", "internet-explorer"),
        ("critical libmamba Non-conda folder exists at prefix", "exists"),
        ("curl: (56) The requested URL returned error: 502", "http"),
        ("error: Failed to resolve requirements from it\n  Caused by: received fatal alert: HandshakeFailure", "tls"),
        (
            "The term './a.ps1' is not recognized\n    + CategoryInfo : ObjectNotFound: (./a.ps1:String) [], a",
            "missing-file",
        ),
        ("ensurepip is not available.\nbash: a/bin/activate: No such file or directory", "no-pip"),
        ("irm : Unable to connect to the remote server\n    + CategoryInfo : ParserError: (:) [], a", "unreachable"),
        (
            "error: Failed to fetch: `it`\n  Caused by: error writing a body to connection\n  Caused by: Broken pipe",
            "broken-off",
        ),
        (
            "ERROR: Invalid requirement: './a': it\nHint: It looks like a path. File './a' does not exist.",
            "missing-file",
        ),
        ("ERROR: No matching distribution found for time-machine", "source"),
        ("LINK : fatal error LNK1104: cannot open file 'a.lib'\nFailed building wheel for a", "build"),
        ("cannot unpack it (downloaded from b, content-type: text/html); cannot detect archive format", "portal"),
        ("Program 'a.exe' failed to run: nein\nFullyQualifiedErrorId : NativeCommandFailed", "no-program"),
        ("ResolvePackageNotFound:\n  - a=1\nEnvironmentNameNotFound: see below", "not-there"),
        ("  × No solution found:\n  hint: Packages were unavailable because the network was disabled.", "offline"),
        ("Failed building wheel for a\n'b' is not recognized as an internal or external command", "build"),
        ("ERROR: No matching distribution found for a\npython: can't open file '/a.py': [Errno 2] nein", "source"),
        ("'b' is not recognized as an internal or external command\nNo matching distribution found", "no-program"),
        (
            "× pip subprocess to install build dependencies did not run successfully.\n"
            f"{RETRY.replace('total=0', 'total=4')}'ReadTimeoutError('Read timed out.')'",
            "timeout",
        ),
        ("Because a depends on b (9) which doesn't match any versions, version solving failed.", "not-there"),
        (
            "ninja: build stopped: subcommand failed.\nurllib.error.HTTPError: HTTP Error 404: Not Found\n\n"
            "During handling of the above exception, another exception occurred:",
            "build",
        ),
        ("error: No Python interpreters found in virtual environments", "no-environment"),
        ("ERROR: No matching distribution found for venv", "bad-name"),
        (
            "Getting requirements to build wheel did not run successfully.\nOSError: [WinError 127] nein: 'a.dll'",
            "damaged-environment",
        ),
        ("ERROR: timeout (90 seconds)\nWarning: it was not tidied: ENOENT: no such file or directory", "timeout"),
        ("ERROR: No matching distribution found for venv-pack2", "source"),
        ("bash: nvidia-smi: command not found\nERROR: No matching distribution found for odd-tool", "source"),
        ("The system cannot find the file specified.\nERROR: No matching distribution found for odd-tool", "source"),
        ("sh: 1: nvcc: not found\nERROR: Could not open requirements file: it is odd", "missing-file"),
        ("sh: 1: nvcc: not found\nmake: *** [Makefile:9: a.lo] Error 127", "build"),
        (
            "ERROR: Ignored the following versions that require a different python version: 1\npip: command not found",
            "no-pip",
        ),
        ("git: 'lfs' is not a git command.\nERROR: Failed building wheel for a", "build"),
        (
            "PermissionError: [WinError 32] nein: 'C:\\\\a'\n\nDuring handling of the above exception, another "
            "exception occurred:\n\nPermissionError: [WinError 5] nein: 'C:\\\\a'",
            "file-in-use",
        ),
        ("[WinError 32] nein: 'C:\\\\a'\nPermissionError: [WinError 5] nein: 'C:\\\\b'", "not-writable"),
        ("EnvironmentNameNotFound: see below\nAt D:\\conda\\shell\\condabin\\Conda.psm1:107 char:9", "no-environment"),
        (
            "At D:\\conda\\shell\\condabin\\conda-hook.ps1:8 char:1\n+ Add-A\n+ ~\nThe term 'conda' is not recognized",
            "program-itself",
        ),
        ("Failed when searching source: msstore\nWinHttpSendRequest: 12030: it broke off", "broken-off"),
        ('critical libmamba symlink_status: Access is denied.: "D:\\a"', "not-writable"),
        ("Line |\n   1 |  pip install <a>\n     |              ~\n     | The '<' operator is reserved", "script"),
        (
            "+ $page = \"<div class='a'>\n+ ~\nThe '<' operator is reserved for future use.\n"
            "    + CategoryInfo : ParserError: (:) [], a",
            "script",
        ),
        (
            "  ╰─▶ Call to `build_wheel` failed: the build backend returned an error\nModuleNotFoundError: No module "
            "named 'pip'\n\nDuring handling of the above exception, another exception occurred:",
            "build",
        ),
        (
            "Line |\n   1 |  \"D:\\a.exe\" -m b\n     |              ~~\n     | Unexpected token '-m' in expression",
            "script",
        ),
        (
            "'cmd' is not recognized as an internal command\n'pip' is not recognized as an internal command",
            "no-program",
        ),
        (
            "ps : accepts argument 'aux'.\nPositionalParameterNotFound,Microsoft.PowerShell.Commands.GetProcessCommand",
            "wrong-shell",
        ),
        ("'-m' is not recognized as an internal or external command\nPython was not found; see below", "no-program"),
        ("OSError: [Errno 22] nein: '/media/a/b.'", "filesystem"),
        (
            "ModuleNotFoundError: No module named 'pkg_resources'\n"
            "'.\\venv\\Scripts\\deactivate.bat' is not recognized as an internal or external command",
            "no-environment",
        ),
        (
            "LINK : fatal error LNK1181: cannot open input file 'a.lib'\nerror: command 'link.exe' failed with exit 9",
            "build",
        ),
        (
            'File "/a/urllib3/response.py", line 9, in read\nurllib3.exceptions.ReadTimeoutError: Read timed out.',
            "timeout",
        ),
        (
            "warning: Failed to parse `pyproject.toml` during settings discovery:\n"
            "  TOML parse error at line 9, column 2\n     |\n   9 | [tool.uv.more]\n     |          ^^^^\n"
            "  unknown field `more`, expected one of `index`\n\n"
            "error: No virtual environment found; run `uv venv`",
            "no-environment",
        ),
        (
            "+ @echo off\nUnexpected token 'off' in expression or statement.\n+ if %a% (\n"
            "Missing '(' after 'if' in if statement.",
            "wrong-shell",
        ),
    ],
)
def test_what_decides(log: str, kind: str) -> None:
    found = reason(log)
    assert found and found.kind == kind, found


def test_the_status_is_named() -> None:
    found = reason("ERROR: HTTP error 403 while getting it")
    assert found and found.sentence.endswith("it answered with status 403")


def test_a_mirror_is_advised_only_where_one_helps() -> None:
    for log in (text for texts in TEXTS.values() for text in texts):
        without, advised = reason(log), reason(log, mirror_helps=True)
        assert without and advised and without.next_step
        assert "--mirror" not in without.next_step
        assert "{" not in without.next_step + advised.next_step
    found = reason(GONE, mirror_helps=True)
    assert found and "--mirror auto" in found.next_step


def test_steps_are_spelled_for_the_shell() -> None:
    talk = Talk(Options(), {"TORCH_DOCTOR_SHELL": "powershell"})
    full, cut = reason("No space left on device"), reason("Connection refused", mirror_helps=True)
    assert full and cut
    assert talk.spelled(full.next_step).endswith('$env:TORCH_DOCTOR_HOME = "D:\\path"')
    assert talk.spelled("set PYTHONUTF8=1, and go on") == 'set $env:PYTHONUTF8 = "1", and go on'
    assert talk.spelled(cut.next_step) == (
        "try -Mirror auto; behind a proxy set $env:HTTPS_PROXY; without a network use -Offline DIR"
    )


def test_of_a_long_log_the_end_is_read() -> None:
    found = reason("Connection refused\n" + "building\n" * 9000 + "No space left on device")
    assert found and found.kind == "disk-full"
