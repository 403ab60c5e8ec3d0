"""A download is too slow, or the connection breaks before it is complete.

## Why it matters
PyTorch with CUDA is several gigabytes. pip gives up after 15 seconds without data, conda after 60, uv after 30; a
proxy, a VPN or a wireless network that drops long connections ends the download in the middle.

## What to do
Repeat it with a longer time-out and more attempts; what is complete stays in the cache. Use a source that is nearer, or
download the wheel with a program that resumes, and install the file.

## References
- https://pip.pypa.io/en/stable/cli/pip/#cmdoption-timeout
- https://docs.astral.sh/uv/reference/environment/#uv_http_timeout
- https://docs.conda.io/projects/conda/en/stable/user-guide/configuration/settings.html
"""

from __future__ import annotations

from doctor.facts import ErrorText, Python
from doctor.model import Severity
from doctor.remedy.actions import Action, CondaCommand, Doctor, Install

SEVERITY = Severity.ERROR
# an installer's own words, or a source of packages; a program's data and models are other rules' matter
_MIRRORS = r"\bmirrors?\.|\btuna\b|aliyun|ustc|douban|sjtu|bfsu|huaweicloud"
_NOT_PROGRAMS = (
    rf"^(?!.{{0,2000}}(?:{_MIRRORS}|huggingface\.co|\.hf\.co|hf-mirror|modelscope|ProxyError|Tunnel|CERTIFICATE))"
)
_SOURCE = (
    r"(?:\bpypi\b|\bpythonhosted\b|host='download\.pytorch|pytorch\.org/whl|anaconda\.(?:org|com)|/simple/|\.whl"
    r"|repodata|\.conda\b|\.tar\.bz2)"
)
_BREAKS = (
    r"(?:Read timed out|ReadTimeout|ConnectTimeout|IncompleteRead|Connection broken|ChunkedEncodingError|ProtocolError"
    r"|ConnectionReset|RemoteDisconnected|(?:read|handshake) operation timed out|Operation too slow"
    r"|Timeout was reached)"
)
SIGNATURES = (
    r"Encountered corrupt package tarball at",  # conda
    r"(?:error: |^\W{0,4})incomplete-download\b|Download failed (?:because|after) .{0,80}not enough bytes",
    r"due to network timeout\. Try increasing UV_HTTP_TIMEOUT",
    r"CondaHTTPError: HTTP 000 CONNECTION FAILED for url <(?!.{0,60}(?:" + _MIRRORS + "))",
    r"Downloaded bytes did not match Content-Length|CondaError: .{0,80}did not match content-length",
    rf"{_NOT_PROGRAMS}.{{0,1500}}{_BREAKS}.{{0,400}}{_SOURCE}",
    rf"{_NOT_PROGRAMS}.{{0,1500}}{_SOURCE}.{{0,400}}{_BREAKS}",
    r"pip\._vendor\S{0,60}\.(?:ReadTimeoutError|ConnectTimeoutError|ProtocolError|IncompleteRead)",
    rf"{_NOT_PROGRAMS}.{{0,300}}Retrying \(Retry\(total=\d.{{0,160}}connection broken by '{_BREAKS}",
    r"pip[\\/]_vendor[\\/]urllib3[\\/]response\.py",
    r"IncompleteRead\(\d{1,12} bytes read, \d{1,12} more expected\)",
    r"Download error \((?:18|28|56|92)\)|Transferred a partial file",
    r"Failed to (?:unzip|extract)\b.{0,200}(?:unable to locate the end of central directory|unexpected end of file)",
    r"Guessing wheel URL: .{0,400}error: (?:Remote end closed connection|<urlopen error .{0,40}(?:reset|timed out))",
    r"(?:Caused by|cause:|─▶).{0,20}(?:error decoding response body|request or response body error"
    r"|connection closed before)",
    r"CondaVerificationError: The package for .{1,300} appears to be corrupted",
    r"InvalidArchiveError\((?!.{0,800}(?:WinError|Errno (?:13|28))).{0,400}delete and re-download",
    rf"{_NOT_PROGRAMS}.{{0,300}}(?:Failed to (?:fetch|download):? |error sending request for url ).{{1,400}}"
    r"(?:operation timed out|connection (?:reset|closed))",
)
EXPLAINS = ("torch-not-installed", "wrong-index-or-platform", "wheel-hash-mismatch", "mirror-fault")
# what broke it, told in another line
UNLESS = (r"SSLError\((?!.{0,800}timed out)|ProxyError\(|SSL module is not available|CERTIFICATE_VERIFY_FAILED",)
LONGER = "Install it again with a longer time-out and more attempts"
CONDA = "Let conda wait longer for data, and try more often"


def remedies(python: Python | None, error: ErrorText | None) -> tuple[Action, ...]:
    mirrors = Doctor(("mirrors",), title="See which package sources are fast here, and choose one")
    if error and ("Conda" in error.text or "anaconda" in error.text):
        seconds = ("config", "--set", "remote_read_timeout_secs", "180")
        retries = ("config", "--set", "remote_max_retries", "8")
        wait = CondaCommand(seconds, title=CONDA, writes=("~/.condarc",))
        return wait, CondaCommand(retries, title=CONDA, writes=("~/.condarc",), step=True), mirrors
    if python and python.pip_version == "":
        return Install(("PACKAGE",), set=(("UV_HTTP_TIMEOUT", "300"),), title=LONGER), mirrors
    return Install(("PACKAGE",), flags=("--timeout", "120", "--retries", "10"), title=LONGER), mirrors
