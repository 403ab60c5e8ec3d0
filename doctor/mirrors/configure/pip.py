"""pip.conf: `index-url`, line by line, so that comments, order and encoding stay as they are."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

from doctor.mirrors.configure import ConfigEdit, ConfigLocations, decode, encode, newline_of, not_understood, read
from doctor.model import DoctorError
from doctor.probes._config_files import config_home, home

_SECTION = re.compile(r"\ufeff?\s*\[([^\]]+)\]")
_KEY = re.compile(r"(?i)(\s*index[-_]url)(\s*[=:]\s*)")
_SECTIONS = ("global", "install", "download", "wheel")


def file(places: ConfigLocations, scope: str) -> Path:
    """The file of a scope; a PIP_CONFIG_FILE of the user's stands above their other files, so it is that one."""
    env, windows = places.env, places.platform == "win32"
    named = env.get("PIP_CONFIG_FILE", "")
    name = "pip.ini" if windows else "pip.conf"
    if scope == "environment":
        return places.prefix / name
    if scope == "system":
        return Path(env.get("PROGRAMDATA", "C:/ProgramData")) / "pip" / name if windows else Path("/etc") / name
    if scope == "project":
        raise DoctorError("mirrors-scope", "pip has no project configuration", scope, "use --scope environment")
    if named and Path(named).is_file():
        return Path(named)
    return _user_file(places, name)


def _user_file(places: ConfigLocations, name: str) -> Path:
    env = places.env
    if places.platform == "win32":
        roaming = Path(env["APPDATA"]) if env.get("APPDATA") else home(env) / "AppData" / "Roaming"
        return roaming / "pip" / name
    apple = home(env) / "Library" / "Application Support" / "pip"
    folder = apple if places.platform == "darwin" and apple.is_dir() else config_home(env) / "pip"
    old = home(env) / ".pip" / name
    return old if old.is_file() and not (folder / name).is_file() else folder / name


def edit(places: ConfigLocations, scope: str, url: str) -> ConfigEdit:
    """The file with `url` as the index of every section that names one, [global] at least.

    Raises DoctorError for a file that pip could not read either.
    """
    path = file(places, scope)
    old = read(path)
    before = _settings(path, decode(old))
    new = _set_index_url(decode(old), url)
    after = _settings(path, new)
    for key in ("global.index-url", *(f"{s}.index-url" for s in _SECTIONS if f"{s}.index-url" in before)):
        before[key] = url
    if after != before:
        raise not_understood(path, "its index-url cannot be changed without changing something else")
    return ConfigEdit("pip", path, old, encode(new), url)


def _settings(path: Path, text: str) -> dict[str, str]:
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(text.removeprefix("\ufeff"))
    except configparser.Error as error:
        raise not_understood(path, " ".join(str(error).split())) from error
    return {f"{s}.{key.replace('_', '-')}": value for s in parser.sections() for key, value in parser.items(s)}


def _set_index_url(text: str, url: str) -> str:
    """Read as configparser reads: a line deeper than the key before it goes on with that key's value."""
    section, kept, indent, replacing, found = "", [], -1, False, False
    for line in text.splitlines(keepends=True):
        bare = line.removeprefix("\ufeff")
        depth = len(bare) - len(bare.lstrip())
        header, key = _SECTION.match(line), _KEY.match(bare)
        if not bare.strip() or bare.lstrip()[0] in "#;":
            kept.append(line)
            continue
        if 0 <= indent < depth:
            kept += [] if replacing else [line]
            continue
        section = header[1] if header else section
        indent = -1 if header else depth
        replacing = bool(key) and section in _SECTIONS and not header
        if key and replacing:
            end = line[len(line.rstrip("\r\n")) :]
            line = f"{key[1]}{key[2].rstrip()} {url}{end}"
            found = found or section == "global"
        kept.append(line)
    return "".join(kept) if found else _insert_setting(kept, url, newline_of(text))


def _insert_setting(lines: list[str], url: str, newline: str) -> str:
    """A new line at the head of [global], or a new [global] at the end."""
    setting = f"index-url = {url}{newline}"
    for position, line in enumerate(lines):
        header = _SECTION.match(line)
        if header and header[1] == "global":
            lines[position] = line if line.endswith("\n") else line + newline
            depth = _next_indent(lines[position + 1 :])
            return "".join([*lines[: position + 1], depth + setting, *lines[position + 1 :]])
    text = "".join(lines)
    gap = newline if text and not text.endswith("\n") else ""
    return f"{text}{gap}{newline if text else ''}[global]{newline}{setting}"


def _next_indent(lines: list[str]) -> str:
    """The indent of the next key: with a smaller one before it, it would go on with that one's value."""
    following = next((line for line in lines if line.strip() and line.lstrip()[0] not in "#;"), "")
    return "" if _SECTION.match(following) else following[: len(following) - len(following.lstrip())]
