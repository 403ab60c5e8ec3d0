"""TLS or a proxy keeps the package installer from its index.

## Why it matters
The installer cannot make a trusted connection: Python was built without its ssl module, a company's proxy signs
with its own certificate, the clock is wrong, or the proxy setting is broken. pip may end with "no matching
distribution".

## What to do
Give the installer the company's certificate (`PIP_CERT`, `SSL_CERT_FILE`, uv: `--native-tls`), correct the proxy
variables, or use a Python with ssl.

## References
- https://pip.pypa.io/en/stable/topics/https-certificates/
- https://pip.pypa.io/en/stable/user_guide/#using-a-proxy-server
"""

from __future__ import annotations

from doctor.facts import Packages, Python, Variables
from doctor.model import Remedy, Severity
from doctor.rules._pip import environment_of, install
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "{variable} is {value}, which is no address pip can use (needed: http://host:port)"
SOCKS = "{variable} names a SOCKS proxy, but PySocks is not installed: pip cannot use it"
SIGNATURES = (
    r"pip is configured with locations that require TLS/SSL, however the ssl module in Python is not available",
    r"Can't connect to HTTPS URL because the SSL module is not available",
    r"There was a problem confirming the ssl certificate",
    r"^(?!(?:requests|urllib3|huggingface_hub)\.).{0,2000}\(Caused by (?:SSLError|ProxyError|ConnectTimeoutError"
    r"|NewConnectionError|NameResolutionError)\(",
    r"(?:ProxyError|Cannot connect to proxy|Tunnel connection failed|407 Proxy Authentication Required)",
    r"Missing dependencies for SOCKS support",
    r"(?:No module named '?_ssl|cannot import name '?_ssl|libssl\S*\.so\S*: (?:cannot open|version)"
    r"|OPENSSL_\d)",
    r"CondaSSLError|SSLError\((?:MaxRetryError|SSLEOFError|SSLZeroReturnError|SSLError)",
    r"invalid peer certificate|Connection broken: .{0,40}SSL|ProxyConnectionError",
    r"(?:HTTPSConnectionPool|HTTPConnectionPool)\(host='(?:pypi|files|download\.pytorch|conda|repo"
    r"|index)\S*'.{0,80}Max retries exceeded",
    r"Retrying \(Retry\(total=\d.{0,120}connection broken by",
    r"Failed to establish a new connection.{0,120}/simple/|NewConnectionError.{0,200}/simple/",
    r"pip\._vendor\S{0,60}(?:SSLError|ProxyError)",
)
EXPLAINS = (
    "torch-not-installed",
    "mirror-fault",
    "wrong-index-or-platform",
    "pinned-version-not-on-index",
    "dataset-download-ssl",
)
_PROXIES = ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")


def check(variables: Variables, packages: Packages | None) -> Answer | None:
    values = ((name, variables.values.get(name, "")) for name in _PROXIES)
    for name, value in values:
        if value and "://" not in value:
            return there(
                seen(f"variables.{name}", value, "http://host:port"),
                variable=name,
                value=value,
                severity=Severity.WARNING,
            )
        if value.startswith("socks") and packages is not None and packages.complete and not _socks(packages):
            evidence = seen(f"variables.{name}", value, "PySocks installed")
            return there(evidence, variable=name, message=SOCKS, severity=Severity.WARNING)
    return None


def remedies(variables: Variables | None, python: Python | None) -> tuple[Remedy, ...]:
    values = (variables.values.get(name, "") for name in _PROXIES) if variables else ()
    if not any(value.startswith("socks") for value in values):
        return ()
    without = ("env", "-u", "ALL_PROXY", "-u", "all_proxy", *install(python, "PySocks"))
    return (Remedy("Install PySocks", (without,), writes=environment_of(python)),)


def _socks(packages: Packages) -> bool:
    return packages.version("pysocks") is not None
