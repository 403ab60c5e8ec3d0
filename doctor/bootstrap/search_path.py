"""The folder with the command on the user's PATH: a line in the file that their shell reads, where they agree to it, or
on Windows the user's variable. Taken back exactly, or by its own words where the file was changed since."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shlex
import sys
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath

from doctor.bootstrap.home import Home, missing_above, read, remove_empty, replace, write

MARK = "# torch-doctor's bootstrap added the next line, and its --uninstall removes both"
_RECORD = "search_path.json"
_KEPT = "shell-file-before"


def holds(folder: Path, variables: Mapping[str, str]) -> bool:
    """Whether a new shell has the folder on PATH: the one we were started from, or the user's variable on Windows."""
    entries = variables.get("PATH", "").split(os.pathsep)
    if sys.platform == "win32":
        entries += _user_path()[0].split(os.pathsep)
    return any(entry and os.path.normcase(PurePath(entry)) == os.path.normcase(folder) for entry in entries)


def lead_to(
    home: Home, folder: Path, variables: Mapping[str, str], say: Callable[[str], None], may: Callable[[str], bool]
) -> None:
    """Put the folder on the user's PATH, or say how."""
    if holds(folder, variables) or _is_done(home):
        return
    if sys.platform == "win32":
        _add_to_user_path(home, folder)
        return
    found = shell_file(folder, variables)
    if found is None:
        line = f'export PATH={shlex.quote(str(folder))}:"$PATH"'
        say(f"{folder} is not on your PATH: this line in the file that your shell reads adds it: {line}")
    elif may(f"{folder} is not on your PATH. Add it in {found[0]}, with one line that --uninstall removes?"):
        _add_line(home, *found)
    else:
        say(f"{folder} is not on your PATH; this line in {found[0]} puts it there: {found[1]}")


def shell_file(folder: Path, variables: Mapping[str, str]) -> tuple[Path, str] | None:
    """The file that the user's shell reads when it starts, and the line that belongs into it."""
    shell = PurePath(variables.get("SHELL", "")).name
    user = Path.home()
    inside = folder.is_relative_to(user)
    shown = f"$HOME/{folder.relative_to(user)}" if inside else str(folder)
    line = f'export PATH="{shown}:$PATH"'
    if shell == "bash":
        return user / (".bash_profile" if sys.platform == "darwin" else ".bashrc"), line
    if shell == "zsh":
        return Path(variables.get("ZDOTDIR") or user) / ".zshrc", line
    if shell == "fish":
        base = Path(variables.get("XDG_CONFIG_HOME") or user / ".config")
        return base / "fish" / "conf.d" / "torch-doctor.fish", f'set -gx PATH "{shown}" $PATH'
    return None


def undo(home: Home) -> list[str]:
    """Take the line or the entry back; says what could not be."""
    record = read(home.folder / _RECORD)
    if sys.platform == "win32":
        if record:
            _take_from_user_path(record)
        return []
    if not record:
        return []
    file = Path(str(record.get("file", ""))).resolve()  # it may be a link by now
    _part(file).unlink(missing_ok=True)  # of a run that was killed while it wrote it
    if not file.is_file():
        return []
    try:
        _take_line(home, file, record)
    except OSError as error:
        return [f"the line in {file}: {error.strerror}"]
    folders = record.get("folders")
    remove_empty(folders if isinstance(folders, list) else [])
    return []


def changed(home: Home) -> str:
    """The file of the user's that has our line, or "PATH" on Windows; "" where there is none."""
    return str(read(home.folder / _RECORD).get("file", ""))


def _is_done(home: Home) -> bool:
    file = changed(home)
    if sys.platform == "win32" or not file:
        return False
    with contextlib.suppress(OSError):
        return MARK.encode() in Path(file).read_bytes()
    return False


def _add_line(home: Home, file: Path, line: str) -> None:
    """Behind what is there, whose bytes are kept first; a link stays one."""
    file = file.resolve()
    before = file.read_bytes() if file.is_file() else b""
    newline = b"" if not before or before.endswith(b"\n") else b"\n"
    after = before + newline + f"{MARK}\n{line}\n".encode()
    if file.is_file():
        (home.folder / _KEPT).write_bytes(before)
    record = {
        "file": str(file), "line": line, "existed": file.is_file(), "newline": bool(newline),
        "after": hashlib.sha256(after).hexdigest(), "folders": [str(folder) for folder in missing_above(file)],
    }  # fmt: skip
    write(home.folder / _RECORD, record)
    file.parent.mkdir(parents=True, exist_ok=True)
    _write(file, after)


def _take_line(home: Home, file: Path, record: Mapping[str, object]) -> None:
    now = file.read_bytes()
    kept = home.folder / _KEPT
    if hashlib.sha256(now).hexdigest() == record.get("after"):
        before = kept.read_bytes() if kept.is_file() else b""
    else:
        ours = f"{MARK}\n{record.get('line')}\n".encode()
        before = now.replace(ours, b"", 1)
    if before or record.get("existed"):
        _write(file, before)
    else:
        file.unlink()


def _part(file: Path) -> Path:
    return file.with_name(f".{file.name}.torch-doctor")


def _write(file: Path, content: bytes) -> None:
    replace(file, content, _part(file), file.stat().st_mode & 0o7777 if file.exists() else 0o644)


# --- Windows --------------------------------------------------------------------------------------------------------


def with_entry(path: str, folder: str) -> str:
    """A value of PATH with one more entry at its end."""
    return f"{path.rstrip(';')};{folder}" if path.strip(";") else folder


def without_entry(path: str, folder: str) -> str:
    """A value of PATH without that entry; everything else of it as it is."""
    return ";".join(entry for entry in path.split(";") if entry.rstrip("\\").lower() != folder.rstrip("\\").lower())


if sys.platform == "win32":
    import ctypes
    import winreg

    def _user_path() -> tuple[str, int]:
        """The value as it is written, and of which kind; of a new one, that of Windows' own."""
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, "Environment") as key:
                value, kind = winreg.QueryValueEx(key, "Path")
                return str(value), kind
        except FileNotFoundError:
            return "", 0

    def _set_user_path(value: str, kind: int) -> None:
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, "Environment") as key:
            if kind:
                winreg.SetValueEx(key, "Path", 0, kind, value)
            else:
                winreg.DeleteValue(key, "Path")
        # what starts programs (Explorer) reads it anew
        ctypes.windll.user32.SendMessageTimeoutW(0xFFFF, 0x1A, 0, "Environment", 2, 5000, None)

    def _add_to_user_path(home: Home, folder: Path) -> None:
        before, kind = _user_path()
        after = with_entry(before, str(folder))
        record = {"file": "PATH", "before": before, "kind": kind, "after": after, "folder": str(folder)}
        write(home.folder / _RECORD, record)
        _set_user_path(after, kind or winreg.REG_EXPAND_SZ)

    def _take_from_user_path(record: Mapping[str, object]) -> None:
        now, kind = _user_path()
        if now == record["after"]:
            _set_user_path(str(record["before"]), int(str(record["kind"])))
        elif kind:
            _set_user_path(without_entry(now, str(record["folder"])), kind)
