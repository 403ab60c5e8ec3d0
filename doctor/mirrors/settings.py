"""How the user's own clients reach the network: pip's options, proxies, certificates, logins, names of clients."""

from __future__ import annotations

import contextlib
import functools
import netrc
import re
import ssl
from collections.abc import Mapping
from pathlib import Path

import msgspec

from doctor.bootstrap.programs import which
from doctor.process import run
from doctor.target import Target
from doctor.text.addresses import parts_of

_CA_VARIABLES = ("PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "CONDA_SSL_VERIFY")
_ASK_S = 15.0
_PIP = 'pip/26.3 {"installer":{"name":"pip","version":"26.3"},"python":"3.12.0"}'  # where no pip is found
_UV = "uv/0.9.0"
_CONDA = "conda/26.3.1 requests/2.32.5 CPython/3.12"
_AGENTS = {
    "uv": _UV,
    "conda": _CONDA,
    "apt": "Debian APT-HTTP/1.3 (2.6.1)",
    "torchvision": "pytorch/vision",
    "huggingface": "unknown/None; hf_hub/1.0.0; python/3.12",
}
OTHER_CLIENT = "other"  # what a browser or a download tool would be
_OTHER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


class ClientSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`default_index` is the built-in index of the target's pip, "" when there is no pip; addresses hold logins."""

    default_index: str = ""
    index_url: str = ""
    agents: dict[str, str] = {}
    proxy: str = ""  # pip's own; those of the environment are read by the transport
    certificates: tuple[str, ...] = ()
    client_certificate: str = ""
    netrc_file: str = ""
    problems: tuple[str, ...] = ()

    def user_agent(self, client: str) -> str:
        return _OTHER if client == OTHER_CLIENT else self.agents.get(client) or _AGENTS.get(client, _PIP)

    def context(self) -> ssl.SSLContext:
        """The system's certificates, or those of SSL_CERT_FILE, and what the configuration of pip, uv or conda adds."""
        import httpx2

        context = httpx2.create_ssl_context()
        for file in self.certificates:
            with contextlib.suppress(OSError):
                place = {"capath": file} if Path(file).is_dir() else {"cafile": file}
                context.load_verify_locations(**place)
        if self.client_certificate:
            with contextlib.suppress(OSError):
                context.load_cert_chain(self.client_certificate)
        return context

    def login(self, url: str) -> tuple[str, str] | None:
        """The login of a host: that of the address is sent by the transport, this is the one of netrc."""
        parts = parts_of(url)
        if parts.username or not self.netrc_file:
            return None
        found = _netrc(self.netrc_file).get(parts.hostname or "")
        return found if found else None


@functools.lru_cache(maxsize=4)
def _netrc(file: str) -> Mapping[str, tuple[str, str]]:
    try:
        hosts = netrc.netrc(file).hosts
    except (OSError, netrc.NetrcParseError):
        return {}
    return {host: (login, password or "") for host, (login, _, password) in hosts.items() if host != "default"}


def from_environment(env: Mapping[str, str], proxy: str = "") -> ClientSettings:
    """Without asking pip: what its variables and those of the system say."""
    return ClientSettings(proxy=proxy, certificates=_bundles(env), netrc_file=_netrc_file(env))


def _bundles(env: Mapping[str, str], named: str = "") -> tuple[str, ...]:
    files = [named, *(env.get(name, "") for name in _CA_VARIABLES)]
    return tuple(dict.fromkeys(file for file in files if file and Path(file).exists()))


def read(target: Target) -> ClientSettings:
    """Ask the target's pip, and take the rest from the environment."""
    answers, ended = target.ask("ask_pip", timeout_s=_ASK_S)
    pip = answers[0] if answers else {}
    env = target.env
    problem = () if pip.get("default") else (f"the target's pip could not be asked ({ended.story})",)
    return ClientSettings(
        default_index=str(pip.get("default") or ""),
        index_url="" if pip.get("no_index") else str(pip.get("index_url") or ""),
        agents=_agents(str(pip.get("user_agent") or _PIP), env),
        proxy=str(pip.get("proxy") or ""),
        certificates=_bundles(env, str(pip.get("cert") or "")),
        client_certificate=str(pip.get("client_cert") or ""),
        netrc_file=_netrc_file(env),
        problems=problem,
    )


def _netrc_file(env: Mapping[str, str]) -> str:
    home = env.get("HOME") or env.get("USERPROFILE") or ""
    names = [env.get("NETRC", ""), *(str(Path(home) / name) for name in (".netrc", "_netrc") if home)]
    return next((name for name in names if name and Path(name).is_file()), "")


def _agents(pip: str, env: Mapping[str, str]) -> dict[str, str]:
    """Each client by its own version, where it is installed."""
    found = {"pip": pip}
    for program, known in (("uv", _UV), ("conda", _CONDA)):
        version = _version(program, env)
        found[program] = known.replace(known.partition(" ")[0], f"{program}/{version}") if version else known
    return found


def _version(program: str, env: Mapping[str, str]) -> str:
    """The version a program says it has; "" when it is not there."""
    found = which(program, env)
    said = run([found, "--version"], timeout_s=3, env=env).stdout if found else ""
    version = re.search(r"(?<!\d)\d+\.\d[\w.]*", said)
    return version[0] if version else ""
