"""uv comes with certificates of its own; a company's lie where the system, and so pip and curl, look for theirs."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from doctor.bootstrap import pip_settings

_CHOSEN = ("SSL_CERT_FILE", "SSL_CERT_DIR", "UV_SYSTEM_CERTS", "UV_NATIVE_TLS")
_BUNDLES = ("PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
# of Debian and Ubuntu, Fedora and RHEL, openSUSE, Alpine
_STORES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)


def of_the_system(variables: Mapping[str, str]) -> dict[str, str]:
    """The variables with which uv trusts whom pip trusts: those of its settings, else those of the system.

    What the user has chosen for uv stays, and so do its own certificates where the system has none (a bare container).
    """
    if any(variables.get(name) for name in _CHOSEN):
        return dict(variables)
    named = (*(variables.get(name, "") for name in _BUNDLES), pip_settings.configured("cert", variables))
    if bundle := next((file for file in named if file and Path(file).is_file()), None):
        return {**variables, "SSL_CERT_FILE": bundle}
    if sys.platform == "linux" and not any(Path(file).is_file() for file in _STORES):
        return dict(variables)
    return {**variables, "UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}  # the second is its name before uv 0.11
