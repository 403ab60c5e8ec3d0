""".condarc with the channels that really exist on the chosen sources, comments and order kept."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from doctor.mirrors.configure import Edit, Places, decode, encode, newline_of, not_understood, read
from doctor.probes._config_files import home

OFFICIAL = {"conda-forge": "https://conda.anaconda.org/conda-forge"}
_CHANNELS = {"conda-forge": "conda-forge", "conda-pytorch": "pytorch", "conda-nvidia": "nvidia"}
_DASH = re.compile(r"^(?!\s*#)[^\s#][^\n]*:[ \t]*(?:#[^\n]*)?\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*([ \t]*)- ", re.MULTILINE)


def file(places: Places, scope: str) -> Path:
    if scope == "environment":
        return places.prefix / ".condarc"
    if scope == "system":
        return Path("C:/ProgramData/conda/.condarc" if places.platform == "win32" else "/etc/conda/.condarc")
    named = places.env.get("CONDARC", "")
    return Path(named) if named and Path(named).is_file() else home(places.env) / ".condarc"


def edit(places: Places, scope: str, defaults: Sequence[str], channels: Mapping[str, str]) -> Edit:
    """`defaults`: the addresses of the channels `defaults` stands for; `channels`: by service, such as conda-forge.

    A channel that the file names by the address of another source is renamed to what it is called, so that the
    chosen source serves it. Raises DoctorError for a file that conda could not read either.
    """
    path = file(places, scope)
    old = read(path)
    text = decode(old)
    yaml = _yaml(text)
    try:
        document = yaml.load(text) or yaml.map()
    except (YAMLError, ValueError) as error:
        raise not_understood(path, " ".join(str(error).split())) from error
    if not isinstance(document, dict):
        raise not_understood(path, "it holds no settings")
    if defaults:
        _replace_list(document, "default_channels", [url.rstrip("/") for url in defaults])
    _set_channels(document, channels)
    _name_channels(document, bool(defaults), channels)
    buffer = io.StringIO()
    yaml.dump(document, buffer)
    new = buffer.getvalue().replace("\n", newline_of(text))
    first = next(iter([*defaults, *channels.values()]), "")
    return Edit("conda", path, old, encode(new), first)


def _yaml(text: str) -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1 << 16
    dash = _DASH.search(text)
    offset = len(dash[1]) if dash else 2
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    return yaml


def _replace_list(document: Any, key: str, values: list[str]) -> None:
    """In place where there is a list, so that what stands around it stays."""
    current = document.get(key)
    if not isinstance(current, list):
        document[key] = values
        return
    for position in range(len(current) - 1, -1, -1):
        if str(current[position]).rstrip("/") not in values:
            del current[position]
    kept = [str(url).rstrip("/") for url in current]
    for position, url in enumerate(values):
        if url not in kept:
            current.insert(position, url)


def _set_channels(document: Any, channels: Mapping[str, str]) -> None:
    for service, url in channels.items():
        name = _CHANNELS.get(service)
        if name is None or not url.rstrip("/").endswith(f"/{name}"):
            continue
        base = url.rstrip("/").removesuffix(f"/{name}")
        custom = document.get("custom_channels")
        if url.rstrip("/") == OFFICIAL.get(service) and not (isinstance(custom, dict) and name in custom):
            continue
        if not isinstance(custom, dict):
            document["custom_channels"] = custom = {}
        custom[name] = base


def _name_channels(document: Any, with_defaults: bool, channels: Mapping[str, str]) -> None:
    """Addresses of other sources in `channels` become the channel's name; a list without one gets a name."""
    listed = document.get("channels")
    if not isinstance(listed, list):
        names = ["defaults"] if with_defaults else [_CHANNELS[s] for s in channels if s in _CHANNELS][:1]
        if names:
            document["channels"] = names
        return
    for position in range(len(listed) - 1, -1, -1):
        name = _name_of(str(listed[position]), with_defaults, channels)
        if name and name in [str(c) for c in listed]:
            del listed[position]
        elif name:
            listed[position] = name


def _name_of(address: str, with_defaults: bool, channels: Mapping[str, str]) -> str:
    """What the address of a channel is called when the written configuration serves it; "" to leave it alone."""
    if "://" not in address:
        return ""
    if with_defaults and re.search(r"/pkgs/(?:main|r|msys2|free|pro|mro)/?$", address):
        return "defaults"
    last = address.rstrip("/").rpartition("/")[2]
    return next((name for service, name in _CHANNELS.items() if name == last and service in channels), "")
