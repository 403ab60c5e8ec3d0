"""conda's Python cannot load its ssl module.

## Why it matters
The module needs libssl and libcrypto. On Windows they are in `Library\\bin` of the installation, which is on PATH only
where conda is activated; outside, none or those of another program are found. Nothing can then be downloaded.

## What to do
Work in a window where conda is activated, and see whether ssl loads there. If it does not, the installation is damaged.

## References
- https://docs.conda.io/projects/conda/en/stable/user-guide/troubleshooting.html
- https://docs.conda.io/projects/conda/en/stable/dev-guide/deep-dives/activation.html
"""

from __future__ import annotations

from doctor.facts import Host
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, AskPython

SEVERITY = Severity.ERROR
_UNAVAILABLE = r"(?:the SSL module is not available|ssl module in Python is not available)"
SIGNATURES = (
    r"CondaSSLError: OpenSSL appears to be unavailable",
    rf"(?:host='[\w.-]{{0,80}}conda|/(?:ana|mini)?conda/|conda\.(?:anaconda\.org|io)).{{0,600}}{_UNAVAILABLE}",
    rf"\(base\) (?:PS )?[A-Za-z]:\\.{{0,300}}{_UNAVAILABLE}",
    r"DLL load failed while importing _ssl\b",
    r"\bimport _ssl\b.{0,200}ImportError: DLL load failed: ",
    r"(?:conda|mamba|miniforge)\w{0,4}/(?:envs/[^/]{1,60}/)?lib/python3\S{0,60}/_ssl\.\S{1,60}: undefined symbol",
)
# Python's own installer puts the libraries beside the module
UNLESS = (r"File \"[A-Za-z]:\\[^\"]{0,200}\\Python3\d{1,2}(?:-32)?\\(?i:lib)\\ssl\.py\"",)
EXPLAINS = (
    "pip-ssl-or-proxy",
    "foreign-extension-dll-load",
    "windows-dll-load-126",
    "windows-dll-load-127",
    "torch-not-installed",
    "wrong-index-or-platform",
    "pinned-version-not-on-index",
)
PROMPT = "Repeat the command in the Anaconda Prompt (or Miniforge Prompt), where conda is activated"
ACTIVATE = "Activate conda's base environment, and repeat the command"
ANEW = "If ssl does not load there either, reinstall Miniforge, in a folder of its own"


def remedies(host: Host | None) -> tuple[Action, ...]:
    elsewhere = host is not None and host.os in ("linux", "macos")
    look = AskPython(code="import ssl; print(ssl.OPENSSL_VERSION)", title="See whether ssl loads", step=True)
    return Advice(title=ACTIVATE if elsewhere else PROMPT), look, Advice(title=ANEW, step=True)
