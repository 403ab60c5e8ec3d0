"""TLS or a proxy prevents the package installer from reaching its index.

## Why it matters
The installer cannot establish a trusted connection: Python was built without its ssl module, a company proxy signs with
its own certificate, the clock is wrong, or the proxy setting is broken. pip may end with "no matching distribution".

## What to do
Give the installer the certificate of the company (`PIP_CERT`, `SSL_CERT_FILE`, uv: `--native-tls`), correct the proxy
variables, or use a Python with ssl.

## References
- https://pip.pypa.io/en/stable/topics/https-certificates/
- https://pip.pypa.io/en/stable/user_guide/#using-a-proxy-server
"""

from __future__ import annotations

from doctor.facts import Packages, Python, Variables
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Doctor
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "{variable} names a SOCKS proxy, but PySocks is not installed: pip cannot use it"
# not a program's own downloads, nor those of a model hub, nor a slow network
_OF_INSTALLERS = (
    r"^(?!.{0,2000}(?<![\w.])(?:requests|urllib3|httpx|huggingface_hub)\.\w{1,40}\.\w{1,40}(?:Error|Exception): )"
    r"(?!.{0,2000}(?:huggingface\.co|hf-mirror|modelscope|handshake operation timed out))"
)
SIGNATURES = (
    r"pip is configured with locations that require TLS/SSL, however the ssl module in Python is not available",
    r"Can't connect to HTTPS URL because the SSL module is not available",
    r"There was a problem confirming the ssl certificate",
    rf"{_OF_INSTALLERS}.{{0,2000}}\(Caused by (?:SSLError|ProxyError)\(",
    rf"{_OF_INSTALLERS}.{{0,2000}}(?:ProxyError|Cannot connect to proxy|Tunnel connection failed"
    r"|407 Proxy Authentication Required)",
    r"Missing dependencies for SOCKS support|check_hostname requires server_hostname",
    r"(?:No module named '?_ssl|cannot import name '?_ssl|libssl\S{0,40}\.so\S{0,20}: version|OPENSSL_\d)",
    # of Python's own module, not of any package that uses the library
    r"\bimport _ssl\b.{0,160}\bImportError: lib(?:ssl|crypto)\.so\S{0,20}: cannot open",
    r"CondaSSLError: (?!OpenSSL appears)",
    rf"{_OF_INSTALLERS}.{{0,2000}}SSLError\((?:MaxRetryError|SSLEOFError|SSLZeroReturnError|SSLError)",
    r"invalid peer certificate|Connection broken: .{0,40}SSL|ProxyConnectionError",
    r"Retrying \(Retry\(total=\d.{0,160}connection broken by '(?:SSL|ProxyError)",
    r"pip\._vendor\S{0,60}(?:SSLError|ProxyError)",
    r"\bpip3? install \S.{0,80}CERTIFICATE_VERIFY_FAILED",  # as people tell it
)
EXPLAINS = (
    "torch-not-installed",
    "mirror-fault",
    "wrong-index-or-platform",
    "pinned-version-not-on-index",
    "dataset-download-ssl",
)
_PROXIES = ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")


WITHOUT_PROXY = "Install PySocks with all proxy variables unset, or use uv, which supports SOCKS itself"


def check(variables: Variables, packages: Packages | None, python: Python | None) -> Answer:
    name = _socks(variables)
    if not name or packages is None or not packages.complete or (python and python.pip_version == ""):
        return cannot_tell("error.text")  # the network itself, and what a command names
    if packages.version("pysocks") is not None:
        return cannot_tell("error.text")
    evidence = seen(f"variables.values.{name}", variables.values[name], "PySocks installed")
    return there(evidence, variable=name, severity=Severity.WARNING)


def remedies(variables: Variables | None) -> tuple[Action, ...]:
    look = Doctor(("mirrors",), title="Test which package sources can be reached, and why the others cannot")
    if variables is None or not _socks(variables):
        return (look,)
    return (Advice(title=WITHOUT_PROXY), look)


def _socks(variables: Variables) -> str:
    """The variable that names a SOCKS proxy."""
    return next((name for name in _PROXIES if variables.values.get(name, "").startswith("socks")), "")
