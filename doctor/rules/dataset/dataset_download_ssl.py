"""A data set or weights file cannot be downloaded: the certificate is not accepted.

## Why it matters
Python does not trust the server's certificate: the python.org installer for macOS has no certificates until a
command is run, a company's proxy signs with its own, or the server's certificate has expired.

## What to do
Give Python current certificates (macOS: "Install Certificates.command"), or set SSL_CERT_FILE to the company's. Do
not switch the check off.

## References
- https://docs.python.org/3/library/ssl.html#ssl.create_default_context
"""

from __future__ import annotations

from doctor.facts import Python
from doctor.model import Remedy, Severity
from doctor.rules._pip import environment_of, install

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"(?<!_vendor\.)requests\.exceptions\.SSLError: .{0,200}",
    r"<urlopen error \[SSL: \w+\]",
    r"urlopen error .{0,40}(?:SSL|CERTIFICATE|certificate)",
    r"ssl\.SSL(?:CertVerification)?Error: \[SSL: CERTIFICATE_VERIFY_FAILED\]",
    r"certificate verify failed: (?:unable to get local issuer|certificate has expired|self[- ]signed)",
    r"^(?!.{0,2000}(?:Retrying|/simple/|\.whl|Could not (?:fetch|install)|[Cc]onda)).{0,2000}CERTIFICATE_VERIFY_FAILED",
)


def remedies(python: Python | None) -> tuple[Remedy, ...]:
    command = install(python, "--upgrade", "certifi")
    return (Remedy("Install current certificates", (command,), writes=environment_of(python)),)
