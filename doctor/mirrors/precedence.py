"""What wins over a file that is written, and what in a configuration is unsafe. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from doctor.catalog.mirrors import known_bad
from doctor.facts import Source, Sources
from doctor.mirrors.configure import ConfigEdit
from doctor.privacy import redact_path

WINS = "{where} sets {key} to {url}, which takes precedence over {path}: {how}"
UNSET = "remove it there, or unset it"
EXTRA = "{where}: pip mixes extra-index-url {url} with its index, and the higher version wins, whichever it comes from"
TRUSTED = "{where}: trusted-host {url} turns off the check of who answers"
PLAIN = "{where}: {url} is plain http: anybody on the network path can change what it delivers"
BAD = "{where}: {url}: {why}; use {instead} instead"
_LOCAL = ("http://localhost", "http://127.", "http://[::1]")
_SOURCE_KEYS = ("index-url", "extra-index-url", "find-links", "channels", "default-channels", "channel-alias")
_CONDA_VARIABLES = {"CONDA_DEFAULT_CHANNELS": "default_channels", "CONDA_CHANNELS": "channels", "CONDARC": "CONDARC"}


def unsafe_settings(sources: Sources) -> tuple[str, ...]:
    """Settings that let somebody else's packages in, or that cannot work."""
    return tuple(dict.fromkeys(line for entry in sources.entries for line in _unsafe_reasons(entry)))


def _unsafe_reasons(entry: Source) -> Iterator[str]:
    where = entry.where or entry.tool
    if (
        entry.key == "extra-index-url"
        and entry.tool == "pip"
        and "://" in entry.url
        and not entry.url.startswith("file:")
    ):
        yield EXTRA.format(where=where, url=entry.url)
    if entry.key == "trusted-host":
        yield TRUSTED.format(where=where, url=entry.url)
    is_source = entry.key in _SOURCE_KEYS or entry.key.startswith("custom-channels.")
    if is_source and entry.url.startswith("http://") and not entry.url.startswith(_LOCAL):
        yield PLAIN.format(where=where, url=entry.url)
    bad = known_bad(entry.url, entry.key)
    if bad is not None:
        yield BAD.format(where=where, url=entry.url, why=bad.why, instead=bad.instead)


def overriding_settings(edit: ConfigEdit, sources: Sources, env: dict[str, str]) -> tuple[str, ...]:
    """Variables and files that the tool prefers to the file that is written."""
    path = redact_path(edit.path)
    found = _conda_settings(env) if edit.tool == "conda" else _index_settings(edit.tool, path, sources)
    same = edit.url.rstrip("/")
    return tuple(
        WINS.format(where=where, key=key, url=url, path=path, how=UNSET)
        for where, key, url in found
        if url.rstrip("/") != same
    )


def _index_settings(tool: str, path: str, sources: Sources) -> Iterator[tuple[str, str, str]]:
    """pip reads the strongest file last, uv first; both put variables above all files."""
    entries = [entry for entry in sources.entries if entry.tool == tool and entry.key == "index-url"]
    order = [file.path for file in sources.config_files]
    if tool not in ("pip", "uv"):
        return
    for entry in entries:
        if entry.where not in order:
            yield entry.where, entry.key, entry.url
        elif path in order and entry.where != path:
            later = order.index(entry.where) > order.index(path)
            if later == (tool == "pip"):
                yield entry.where, entry.key, entry.url
        elif path not in order and entry.where != path and _is_stronger(tool, entry.where, path):
            yield entry.where, entry.key, entry.url


def _is_stronger(tool: str, where: str, path: str) -> bool:
    """Of a file that is not there yet: those of an environment or a project are stronger than a user's."""
    users = path.startswith("~") or "/.config/" in path
    return users and not where.startswith(("/etc", "~/.config", "~/.pip")) and tool in ("pip", "uv")


def _conda_settings(env: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for variable, key in _CONDA_VARIABLES.items():
        if env.get(variable) and variable != "CONDARC":
            yield variable, key, env[variable]
