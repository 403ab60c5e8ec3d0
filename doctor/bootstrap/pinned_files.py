"""What the program is made of, by version and SHA-256, in the lists of `pinned/`: an index, a mirror and a folder of
wheels need not be trusted."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

# every file is in a list, so nothing is looked for; what would be built here would bring files that are in none
_EXACT = ("--no-deps", "--require-hashes", "--only-binary", ":all:")
FILL = (
    "fill the folder with the very files that this torch-doctor was released with; from a checkout,"
    " with a network and the same Python and system:\n"
    "python -m pip download --only-binary :all: -d {folder} -r doctor/bootstrap/pinned/doctor.txt"
    " -r doctor/bootstrap/pinned/build.txt"
)


def install_words(folder: Path, *names: str) -> tuple[str, ...]:
    """By which pip and uv install the lists of these names; they may lie in a wheel, so copies go into `folder`."""
    words: list[str] = []
    for name in names:
        text = _text(name)
        if "==" in text:
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
            words += ("-r", str(folder / f"{name}.txt"))
    return (*_EXACT, *words) if words else ()


def words_of_tool(folder: Path, tool: str) -> tuple[str, ...]:
    """The same of pip or uv alone: a folder of wheels may have one of them."""
    (folder / f"{tool}.txt").write_text(_row(tool)[0] + "\n", encoding="utf-8")
    return (*_EXACT, "-r", str(folder / f"{tool}.txt"))


def version_of(tool: str) -> str:
    """Of pip or of uv."""
    return _row(tool)[1]


def checksums_of(tool: str) -> frozenset[str]:
    """SHA-256 of each of its files."""
    return frozenset(re.findall(r"sha256:([0-9a-f]{64})", _row(tool)[0]))


def _row(tool: str) -> re.Match[str]:
    found = re.search(rf"^{tool}==(\S+)(?:.*\n +--hash.*)*", _text("tools"), re.MULTILINE)
    assert found, f"{tool} is not in the list"
    return found


def _text(name: str) -> str:
    return files("doctor").joinpath(f"bootstrap/pinned/{name}.txt").read_text(encoding="utf-8")
