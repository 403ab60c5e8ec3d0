#!/usr/bin/env python3
"""Compare the files that the bootstrap installs with a package index, show what differs, and write it when told to.

`doctor/bootstrap/pinned/` names every one by version and SHA-256: torch-doctor's dependencies with all of theirs, what
builds it out of a checkout, pip and uv. uv resolves them, for every Python and system that torch-doctor runs on.
Exit code: 0 nothing differs or it was written, 1 something differs, 2 they cannot be resolved.
"""

from __future__ import annotations

import argparse
import difflib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from packaging.markers import Marker

CHECKOUT = Path(__file__).resolve().parent.parent
PINNED = CHECKOUT / "doctor" / "bootstrap" / "pinned"
HEAD = "# What this comes from, for scripts/refresh_bootstrap.py: "
PYTHONS = ("3.11", "3.12", "3.13", "3.14", "3.15")
SYSTEMS = ("linux", "win32", "darwin")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write what differs; without it nothing is changed")
    parser.add_argument("--folder", type=Path, default=PINNED, help="the lists to compare")
    options = parser.parse_args(argv)
    differs = False
    for name, asked in wanted().items():
        file = options.folder / f"{name}.txt"
        before = file.read_text(encoding="utf-8") if file.is_file() else ""
        try:
            after = resolved(asked, options.folder / "doctor.txt" if name == "build" else None)
        except subprocess.CalledProcessError as error:
            print(f"{name}: {error.stderr.strip()}", file=sys.stderr)
            return 2
        for line in difflib.unified_diff(before.splitlines(), after.splitlines(), f"{file}", "index", lineterm="", n=0):
            print(line)
        differs = differs or before != after
        if options.write:
            file.write_text(after, encoding="utf-8", newline="\n")
    return int(differs and not options.write)


def wanted() -> dict[str, tuple[str, ...]]:
    """The requirements of each list."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    return {
        "doctor": tuple(project["project"]["dependencies"]),
        "build": tuple(project["build-system"]["requires"]),
        "tools": ("pip", "uv"),
    }


def resolved(asked: Sequence[str], beside: Path | None = None) -> str:
    """The list, with wheels alone in mind: what has to be built would bring what nobody has compared. `beside`: another
    list, for the same environment."""
    options = ("--universal", "--python-version", PYTHONS[0], "--generate-hashes", "--only-binary", ":all:")
    same = ("--constraints", str(beside)) if beside and beside.is_file() else ()
    argv = ("uv", "pip", "compile", "-", *options, *same, "--no-header", "--no-annotate", "--quiet", "--no-config")
    text = subprocess.run(argv, input="\n".join(asked), capture_output=True, text=True, check=True).stdout
    return "".join((HEAD, ", ".join(asked), "\n", *_for_us(text)))


def _for_us(text: str) -> Iterator[str]:
    """Without what no Python of ours on a system of ours needs, and without conditions that always hold."""
    for row in re.findall(r"^\S.*(?:\n +.*)*\n", text, re.MULTILINE):
        requirement, separator, hashes = row.partition(" \\\n")
        package, _, condition = requirement.partition(" ; ")
        holds = {_holds(condition, python, system) for python in PYTHONS for system in SYSTEMS}
        if holds != {False}:
            yield package + (f" ; {condition}" if False in holds else "") + separator + hashes


def _holds(condition: str, python: str, system: str) -> bool:
    known = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": system}
    return not condition or Marker(condition).evaluate(known)


if __name__ == "__main__":
    sys.exit(main())
