"""How requests leave this machine: the proxy and the certificates that are set up, read as pip reads them."""

from __future__ import annotations

import functools
import os
import ssl
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import getproxies, proxy_bypass

from doctor.bootstrap import trust
from doctor.mirrors import settings as user
from doctor.mirrors.settings import ClientSettings, from_environment
from doctor.model import DoctorError, Exit
from doctor.probes import _pip_sources
from doctor.target import Target
from doctor.text.addresses import parts_of

if TYPE_CHECKING:
    import httpx2

_SCHEMES = ("http", "https", "socks5", "socks5h")
_PROXY_HINT = "write it as http://host:port, http://user:password@host:port or socks5h://host:port, or unset it"


def options(settings: ClientSettings) -> dict[str, Any]:
    """Of an httpx2 client. Raises DoctorError for a proxy or certificates that cannot be used."""
    own = proxy_url(settings.proxy, "pip") if settings.proxy else None
    if own is None:
        environment_proxies()
    return {"verify": _context(settings), "proxy": own, "trust_env": own is None}


def client(timeout_s: float) -> httpx2.Client:
    """For a question or two, as the environment of this process has it."""
    import httpx2

    return httpx2.Client(timeout=timeout_s, follow_redirects=True, **own_options())


def own_options() -> dict[str, Any]:
    """As the environment of this process has them. Raises DoctorError for what is set up wrong there."""
    return options(from_environment(os.environ, _pips_proxy()))


def _pips_proxy() -> str:
    """Of pip's own settings, which no other program reads. Asking pip takes a second: only where a file sets one."""
    named = os.environ.get("PIP_PROXY", "")
    found = () if named else _pip_sources.files(os.environ, Path(sys.prefix))
    paths = tuple(one.path for one in found if any(key.endswith(".proxy") for key in one.settings))
    return _proxy_of_files(paths) if paths else named


@functools.lru_cache(maxsize=4)
def _proxy_of_files(_: tuple[str, ...]) -> str:
    return user.read(Target(sys.executable)).proxy


def variables() -> dict[str, str]:
    """The environment for a program that installs: proxies in the one form that all of them read, and for uv the
    certificates that pip trusts."""
    proxies, own = environment_proxies(), _pips_proxy()
    if own and not proxies:
        proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY"), proxy_url(own, "pip"))
    return trust.of_the_system({**os.environ, **proxies})


def environment_proxies() -> dict[str, str]:
    """Each proxy variable that is set, as an address. Raises DoctorError for one that is none."""
    return {
        name: proxy_url(value, name)
        for name, value in os.environ.items()
        if value and name.lower() in ("http_proxy", "https_proxy", "all_proxy")
    }


def proxy_between(url: str, settings: ClientSettings | None = None) -> str:
    """The "host:port" that stands between us and an address; "" where nothing does."""
    parts = parts_of(url)
    by_scheme = getproxies()
    address = settings.proxy if settings else _pips_proxy()
    if not address and not proxy_bypass(parts.hostname or ""):
        address = by_scheme.get(parts.scheme) or by_scheme.get("all", "")
    return address.rpartition("@")[2].rpartition("://")[2].rstrip("/")


def proxy_url(address: str, where: str) -> str:
    """`host:port` and `user:password@host:port` are http proxies. Raises DoctorError, which shows no credentials."""
    url = address.strip() if "://" in address else f"http://{address.strip()}"
    if _is_usable(url):
        return url
    shown = repr(address.rpartition("@")[2])
    raise DoctorError(
        "proxy", f"the proxy that {where} names is not an address", shown, _PROXY_HINT, exit_code=Exit.NOT_DONE
    )


def _is_usable(url: str) -> bool:
    import httpx2

    try:
        parts = parts_of(url)
        whole = bool(parts.hostname) and parts.port != 0 and "@" not in parts.path  # of a password with a bare "/"
        return whole and parts.scheme.lower() in _SCHEMES and bool(httpx2.URL(url))
    except (ValueError, httpx2.InvalidURL):
        return False


def _context(settings: ClientSettings) -> ssl.SSLContext:
    """OpenSSL passes over a folder that is not there and trusts nobody: then every source would seem to be at fault."""
    name = next((name for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if os.environ.get(name)), "SSL_CERT_FILE")
    named = os.environ.get(name, "")
    try:
        for place in filter(None, named.split(os.pathsep) if name.endswith("DIR") else [named]):
            Path(place).stat()
        return settings.context()
    except OSError as error:
        why = "no certificate is in it" if isinstance(error, ssl.SSLError) else error.strerror
        message, hint = f"{name} names no certificates", f"unset {name}, or correct it"
        raise DoctorError("certificates", message, f"{named}: {why}", hint, exit_code=Exit.NOT_DONE) from error
