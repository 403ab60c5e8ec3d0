"""The host's C++ compiler, as torch.compile would find it."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

from doctor.bootstrap.programs import which
from doctor.process import run

_ASK_S = 5
_FAMILIES = (
    (r"Apple clang version (\d[\d.]*)", "clang"),
    (r"clang version (\d[\d.]*)", "clang"),
    (r"Microsoft .* Version (\d[\d.]*)", "cl"),
    (r"(?m)^icpx?\b.*?(\d{4}[\d.]*)|Intel.*Compiler (\d{4}[\d.]*)", "icx"),
)


def find_compiler(env: Mapping[str, str]) -> str | None:
    """ "gcc 12.2.0"; "" when there is none, None when there is one that does not tell its version."""
    program = _program(env)
    if program is None:
        return ""
    asked = [] if Path(program).stem.lower() == "cl" else ["--version"]
    ended = run([program, *asked], timeout_s=_ASK_S, env={**env, "LC_ALL": "C"})
    return parse(ended.stdout or ended.stderr)


def _program(env: Mapping[str, str]) -> str | None:
    names = ("cl", "clang-cl", "g++", "clang++") if sys.platform == "win32" else ("g++", "c++", "clang++")
    wanted = [*_first_word(env.get("CXX", "")), *names]
    programs = (which(name, env) for name in wanted)
    return next((program for program in programs if program and not _asks_to_install(program)), None)


def _first_word(command: str) -> list[str]:
    """CXX may carry flags: "g++ -m64"."""
    try:
        return shlex.split(command)[:1]
    except ValueError:
        return []


def _asks_to_install(program: str) -> bool:
    """Without Apple's command line tools, /usr/bin's compilers only open a window that offers them."""
    tools = ("/Library/Developer/CommandLineTools", "/Applications/Xcode.app")
    return sys.platform == "darwin" and program.startswith("/usr/bin/") and not any(Path(t).exists() for t in tools)


def parse(text: str) -> str | None:
    """Family and version from the first lines of `--version`, or from the banner of `cl`."""
    for pattern, family in _FAMILIES:
        if match := re.search(pattern, text):
            return f"{family} {next(group for group in match.groups() if group)}"
    match = re.search(r"\) (\d+(?:\.\d+)+)", text.partition("\n")[0]) or re.search(r"\b(\d+\.\d+\.\d+)\b", text)
    return f"gcc {match[1]}" if match else None
