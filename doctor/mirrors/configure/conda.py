""".condarc with the channels that really exist on the chosen sources."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from doctor.mirrors.configure import ConfigEdit, ConfigLocations, decode, encode, read
from doctor.mirrors.configure._yaml import YamlLines
from doctor.probes._config_files import home

OFFICIAL = {"conda-forge": "https://conda.anaconda.org/conda-forge"}
_CHANNELS = {"conda-forge": "conda-forge", "conda-pytorch": "pytorch", "conda-nvidia": "nvidia"}


def file(places: ConfigLocations, scope: str) -> Path:
    if scope == "environment":
        return places.prefix / ".condarc"
    if scope == "system":
        return Path("C:/ProgramData/conda/.condarc" if places.platform == "win32" else "/etc/conda/.condarc")
    named = places.env.get("CONDARC", "")
    return Path(named) if named and Path(named).is_file() else home(places.env) / ".condarc"


def edit(places: ConfigLocations, scope: str, defaults: Sequence[str], channels: Mapping[str, str]) -> ConfigEdit:
    """`defaults`: the addresses of the channels `defaults` stands for; `channels`: by service, such as conda-forge.

    A channel that the file names by the address of another source is renamed to what it is called, so that the
    chosen source serves it. Raises DoctorError for a file that conda could not read either.
    """
    path = file(places, scope)
    old = read(path)
    lines = YamlLines(path, decode(old))
    if defaults:
        lines.set_list("default_channels", [url.rstrip("/") for url in defaults])
    _set_channels(lines, channels)
    _name_channels(lines, bool(defaults), channels)
    first = next(iter([*defaults, *channels.values()]), "")
    return ConfigEdit("conda", path, old, encode(lines.text), first)


def _set_channels(lines: YamlLines, channels: Mapping[str, str]) -> None:
    for service, url in channels.items():
        name = _CHANNELS.get(service)
        if name is None or not url.rstrip("/").endswith(f"/{name}"):
            continue
        custom = lines.settings.get("custom_channels")
        named = isinstance(custom, dict) and name in custom
        if url.rstrip("/") != OFFICIAL.get(service) or named:
            lines.set_pair("custom_channels", name, url.rstrip("/").removesuffix(f"/{name}"))


def _name_channels(lines: YamlLines, with_defaults: bool, channels: Mapping[str, str]) -> None:
    """Addresses of other sources in `channels` become the channel's name; a list without one gets a name."""
    listed = lines.settings.get("channels")
    if not isinstance(listed, list):
        names = ["defaults"] if with_defaults else [_CHANNELS[s] for s in channels if s in _CHANNELS][:1]
        if names:
            lines.set_list("channels", names)
        return
    before = [str(channel).rstrip("/") for channel in listed]
    after = list(dict.fromkeys(_name_of(channel, with_defaults, channels) or channel for channel in before))
    if after != before:
        lines.set_list("channels", after)


def _name_of(address: str, with_defaults: bool, channels: Mapping[str, str]) -> str:
    """What the address of a channel is called when the written configuration serves it; "" to leave it alone."""
    if "://" not in address:
        return ""
    if with_defaults and re.search(r"/pkgs/(?:main|r|msys2|free|pro|mro)$", address):
        return "defaults"
    last = address.rpartition("/")[2]
    return next((name for service, name in _CHANNELS.items() if name == last and service in channels), "")
