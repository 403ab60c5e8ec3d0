"""Data or weights cannot be downloaded: the certificate of the server is not accepted.

## Why it matters
Python does not trust the server's certificate: the python.org installer for macOS installs no certificates until a
command is run, a company proxy signs with its own certificate, or the server's certificate has expired.

## What to do
Give Python current certificates (macOS: "Install Certificates.command"), or set SSL_CERT_FILE to those of the company.
Do not turn the check off.

## References
- https://docs.python.org/3/library/ssl.html#ssl.create_default_context
"""

from __future__ import annotations

from doctor.facts import Host
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Install

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"(?<!_vendor\.)requests\.exceptions\.SSLError: (?!.{0,500}(?:EOF|ZeroReturn|WRONG_VERSION))",
    r"urlopen error .{0,40}(?:CERTIFICATE|certificate)",
    r"ssl\.SSL(?:CertVerification)?Error: \[SSL: CERTIFICATE_VERIFY_FAILED\]",
    r"^(?!.{0,2000}(?:Retrying|/simple/|\.whl|Could not (?:fetch|install)|[Cc]onda)).{0,2000}"
    r"(?:CERTIFICATE_VERIFY_FAILED|certificate verify failed: (?:unable to get|certificate has|self[- ]))",
)


ON_A_MAC = "With a Python from python.org, run Install Certificates.command in its folder (Applications > Python 3.x)"
OF_A_COMPANY = "Behind a company proxy, set SSL_CERT_FILE and REQUESTS_CA_BUNDLE to the file with its certificates"


def remedies(host: Host | None) -> tuple[Action, ...]:
    first = Advice(title=ON_A_MAC) if host and host.os == "macos" else Install(("certifi",), upgrade=True)
    return (first, Advice(title=OF_A_COMPANY))
