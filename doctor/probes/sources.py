"""Package sources that pip, uv, conda and apt are configured with, from files and variables; nothing is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from doctor.facts import ConfigFile, Source, Sources
from doctor.privacy import redact_path, without_credentials
from doctor.probes import _apt_sources, _pip_sources, _uv_sources
from doctor.probes._condarc import condarc_files
from doctor.probes.chosen_sources import pytorch_index
from doctor.target import Target

_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
_CA_BUNDLES = ("PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
_CONDA_LISTS = ("channels", "default_channels", "channel_alias", "allowlist_channels")
_CONDA_MAPS = ("custom_channels", "proxy_servers")


def probe(target: Target) -> Sources:
    """Entries in the order pip, uv, conda, apt, proxies; a file that cannot be understood is among the files."""
    described, _ = target.describe()
    prefix = Path(described.get("python", {}).get("prefix") or Path(target.executable).parent.parent)
    pip_files = _pip_sources.files(target.env, prefix)
    uv_files = _uv_sources.files(target.env, target.cwd)
    conda_files = condarc_files(target.env, (prefix,))
    apt_entries, apt_files = _apt_sources.entries()
    entries = (
        *_pip_sources.entries(pip_files, target.env),
        *_uv_sources.entries(uv_files, target.env),
        *_conda_entries(conda_files),
        *apt_entries,
        *_proxies(target.env),
    )
    files = (*pip_files, *uv_files, *conda_files, *apt_files)
    return Sources(entries, files, _ca_bundle(target.env, pip_files), pytorch_index() or "")


def _conda_entries(files: tuple[ConfigFile, ...]) -> Iterator[Source]:
    for file in files:
        for key in _CONDA_LISTS:
            value = file.settings.get(key)
            for url in value if isinstance(value, list) else [value] if value else []:
                yield Source("conda", key.replace("_", "-"), str(url), file.path)
        for key in _CONDA_MAPS:
            value = file.settings.get(key)
            for name, url in value.items() if isinstance(value, dict) else ():
                shown = "proxy" if key == "proxy_servers" else f"{key.replace('_', '-')}.{name}"
                yield Source("conda", shown, str(url), file.path)


def _proxies(env: Mapping[str, str]) -> Iterator[Source]:
    """On Linux and macOS the lower-case name wins where both are set; it comes first here."""
    for name in _PROXIES:
        for spelled in (name, name.upper()):
            if env.get(spelled):
                key = "no-proxy" if name == "no_proxy" else "proxy"
                yield Source("environment", key, without_credentials(env[spelled]), spelled)


def _ca_bundle(env: Mapping[str, str], pip_files: tuple[ConfigFile, ...]) -> str:
    """The certificates that pip is told to trust instead of its own; "" when it uses its own."""
    named = [env[name] for name in _CA_BUNDLES[:1] if env.get(name)]
    named += [str(file.settings[key]) for file in reversed(pip_files) for key in ("install.cert", "global.cert")
              if file.settings.get(key)]  # fmt: skip
    named += [env[name] for name in _CA_BUNDLES[1:] if env.get(name)]
    return redact_path(named[0]) if named else ""
