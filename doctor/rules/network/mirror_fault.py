"""A package source does not work properly.

## Why it matters
A mirror that is gone, is out of date or rejects the client looks like a missing package ("from versions: none") or
stops conda for all channels.

## What to do
Test the sources with `torch-doctor mirrors`, and use one that works.

## References
- https://docs.conda.io/projects/conda/en/stable/user-guide/troubleshooting.html
- https://github.com/tuna/issues/issues
"""

from __future__ import annotations

from doctor.facts import Source, Sources
from doctor.model import Severity
from doctor.remedy.actions import Action, Doctor
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "{tool}'s {key} {url} ({where}) does not work: {reason}"
# a program's own downloads, and those of a model hub, are other rules' matter
_OF_INSTALLERS = (
    r"^(?!(?:requests|urllib3|httpx|huggingface_hub)\.)"
    r"(?!.{0,2000}(?:connectionpool:|huggingface\.co|hf-mirror|modelscope|SSLError|ProxyError|Tunnel))"
)
_BREAKS = r"(?:ConnectTimeoutError|NewConnectionError|NameResolutionError|Max retries exceeded)"
SIGNATURES = (
    r"Unable to read repodata JSON file 'https?://",
    r"CondaHTTPError: HTTP (?:4\d\d|5\d\d|000)|UnavailableInvalidChannel",
    r"(?:HTTP error|HTTPError:|HTTP Error) (?:403|404|429|5\d\d)\b.{0,200}(?:simple|whl|conda|mirror|pypi)",
    r"(?:\bmirrors?\.|\btuna\b|aliyun|ustc|douban|sjtu|bfsu|huaweicloud).{0,200}(?:\b(?:40[34]|50\d)\b|Forbidden"
    r"|NOT FOUND|timed out|Failed to (?:fetch|download|connect))",
    r"ERROR: HTTP error \d{3} while getting|Skipping page \S{1,300} because the \w{1,8} request got Content-Type",
    r"(?:\d{3} Client Error|\d{3} Server Error): .{0,80} for url: .{0,200}(?:simple|whl|conda|packages)",
    r"CondaHTTPError|An HTTP error occurred when trying to retrieve this URL",
    r"Could not fetch URL .{1,200}: (?:40\d|50\d)",
    r"The (?:channel|repository) is not accessible or is invalid|RemoteException: .{0,80}HTTP",
    rf"{_OF_INSTALLERS}.{{0,2000}}{_BREAKS}.{{0,300}}(?:/simple/|\.whl|/packages/|repodata|\.conda\b)",
    rf"{_OF_INSTALLERS}.{{0,2000}}host='(?:[^\s']{{0,40}}pypi|files|download\.pytorch|conda|repo|index)[^\s']{{0,80}}'"
    rf".{{0,200}}{_BREAKS}",
    rf"{_OF_INSTALLERS}.{{0,300}}Retrying \(Retry\(total=\d.{{0,160}}connection broken by",
    r"multi-download of .{0,80}failed|Download error \(\d+\)",
    r"(?:error sending request for url|Failed to fetch:?) .{1,300}\bdns error",
)
EXPLAINS = ("torch-not-installed", "wrong-index-or-platform")
_GOOD = ("", "ok", "good", "fresh", "serving")


def check(sources: Sources) -> Answer:
    bad = next((s for s in sources.entries if s.verdict.lower() not in _GOOD), None)
    if bad is None:
        probed = [s.url for s in sources.entries if s.verdict]
        return not_there("sources.entries", f"{probed[0]}: ok") if probed else cannot_tell("sources.entries")
    return there(
        seen("sources.entries", f"{bad.url}: {bad.verdict}", "a source that answers"),
        tool=bad.tool,
        key=bad.key,
        url=bad.url,
        where=bad.where or "configuration",
        reason=bad.reason or bad.verdict,
        severity=_severity(bad),
    )


def remedies() -> tuple[Action, ...]:
    return (Doctor(("mirrors",), title="Test the package sources and choose working ones"),)


def _severity(source: Source) -> Severity:
    """An extra source that fails slows installs down, and so does a slow one; the main one stops them."""
    if source.verdict in ("slow", "stale"):
        return Severity.WARNING
    return Severity.ERROR if source.key in ("index-url", "channels", "default-channels") else Severity.WARNING
