"""Why a step failed, by its log: the last error decides, and neither a digit nor an address is one."""

from __future__ import annotations

import pytest

from doctor.bootstrap.reasons import reason

RETRY = "WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None)) after connection broken by "
GONE = """\
ERROR: Could not find a version that satisfies the requirement rich (from versions: none)
ERROR: No matching distribution found for rich"""
NOT_RESOLVED = "host: Failed to resolve 'a.example' ([Errno -2] Name or service not known)"
UNTRUSTED = "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed'))"
FOLDER = "a folder is not writable"
SOURCE = "the package source did not provide what is needed"


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("error: it failed\n  Caused by: There is not enough space on the disk. (os error 112)", "the disk is full"),
        ("ERROR: due to an OSError: [WinError 32] The process cannot access the file", "in use"),
        ("error: failed to open file\n  Caused by: Access is denied. (os error 5)", FOLDER),
        ("ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/opt/x'", FOLDER),
        ("[WinError 225] Operation did not complete successfully because the file contains a virus", "protection"),
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
    assert found and found.sentence == SOURCE


def test_an_index_called_proxy_with_a_bad_certificate() -> None:
    found = reason(f"{RETRY}'{UNTRUSTED}': https://proxy.example/simple/")
    assert found and "certificate" in found.sentence
