"""A stand-in for conda, mamba, micromamba and pixi: their words as this project says them, with pixi's solver behind.

The programs themselves are on no index that the tests can reach; py-rattler, which pixi is made of, is on PyPI. Options
that are not here are refused, as the programs refuse what they do not know. It is started by a script of the name that
it stands for, and finds in STAND_IN_ROOT the folder of environments and in STAND_IN_CHANNEL what conda-forge is.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shlex
import shutil
import sys
import tomllib
from pathlib import Path

ROOT, CHANNEL = "STAND_IN_ROOT", "STAND_IN_CHANNEL"


def put_on_path(folder: Path, name: str) -> Path:
    """A program of that name in a folder."""
    file = folder / name
    here, checkout = shlex.quote(sys.executable), shlex.quote(str(Path(__file__).parents[1]))
    file.write_text(f'#!/bin/sh\nPYTHONPATH={checkout} exec {here} -m tests.conda_program {name} "$@"\n')
    file.chmod(0o755)
    return file


def solve(specs: list[str], cuda: str | None):
    """The records of an environment. `cuda` is what the driver carries, None for a machine without one."""
    import rattler

    overrides = rattler.VirtualPackageOverrides(cuda=rattler.Override.string(cuda)) if cuda else None
    found = rattler.VirtualPackage.detect(overrides=overrides or rattler.VirtualPackageOverrides())
    virtual = [one.into_generic() for one in found]
    virtual = [one for one in virtual if cuda or one.name.normalized != "__cuda"]
    channel = f"file://{os.environ[CHANNEL]}"
    from tests.conda_channel import SUBDIR

    return asyncio.run(rattler.solve([channel], specs, platforms=[SUBDIR, "noarch"], virtual_packages=virtual))


def install(records, prefix: Path) -> None:
    import rattler

    cache = Path(os.environ[ROOT]) / "package-cache"
    asyncio.run(rattler.install(records, prefix, cache_dir=cache, show_progress=False))


def conda(words: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="conda", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("create", "install"):
        command = commands.add_parser(name)
        for flag in ("--yes", "--dry-run", "--json", "--override-channels"):
            command.add_argument(flag, action="store_true")
        command.add_argument("--name")
        command.add_argument("--prefix")
        command.add_argument("--channel", required=True)
        command.add_argument("specs", nargs="+")
    env = commands.add_parser("env").add_subparsers(dest="env", required=True)
    env.add_parser("list").add_argument("--json", action="store_true")
    remove = env.add_parser("remove")
    remove.add_argument("--yes", action="store_true")
    remove.add_argument("--name")
    remove.add_argument("--prefix")
    options = parser.parse_args(words)
    if options.command == "env":
        _conda_env(options)
        return
    if not options.override_channels or options.channel != "conda-forge":
        sys.exit("the packages are to come from conda-forge alone")
    records = solve(options.specs, os.environ.get("CONDA_OVERRIDE_CUDA"))
    if options.dry_run:
        rows = [_row(one) for one in records]
        print(json.dumps({"success": True, "dry_run": True, "actions": {"FETCH": rows, "LINK": rows}}))
        return
    install(records, _prefix(options))


def _conda_env(options: argparse.Namespace) -> None:
    envs = Path(os.environ[ROOT]) / "envs"
    if options.env == "remove":
        shutil.rmtree(_prefix(options))
    else:
        print(json.dumps({"envs": [str(one) for one in sorted(envs.glob("*"))]}))


def _prefix(options: argparse.Namespace) -> Path:
    if options.prefix:
        return Path(options.prefix)
    active = os.environ.get("CONDA_PREFIX")
    return (
        Path(os.environ[ROOT]) / "envs" / options.name if options.name else Path(active or sys.exit("none is active"))
    )


def _row(record) -> dict[str, object]:
    name, version, build = record.name.normalized, str(record.version), str(record.build)
    return {"name": name, "version": version, "build": build, "size": record.size, "url": str(record.url)}


def pixi(words: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="pixi", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True)
    init = commands.add_parser("init")
    init.add_argument("--channel", required=True)
    init.add_argument("path")
    add = commands.add_parser("add")
    add.add_argument("--manifest-path", default="pixi.toml")
    add.add_argument("specs", nargs="+")
    workspace = commands.add_parser("workspace")
    workspace.add_argument("--manifest-path", default="pixi.toml")
    requirements = workspace.add_subparsers(required=True).add_parser("system-requirements")
    needs = requirements.add_subparsers(required=True).add_parser("add")
    needs.add_argument("requirement", choices=("linux", "cuda", "macos", "glibc"))
    needs.add_argument("version")
    options = parser.parse_args(words)
    if options.command == "init":
        Path(options.path).mkdir(parents=True, exist_ok=True)
        (Path(options.path) / "pixi.toml").write_text(f'[workspace]\nchannels = ["{options.channel}"]\n')
        return
    manifest = Path(options.manifest_path)
    if options.command == "workspace":
        with manifest.open("a") as file:
            file.write(f'[system-requirements]\n{options.requirement} = "{options.version}"\n')
        return
    cuda = tomllib.loads(manifest.read_text()).get("system-requirements", {}).get("cuda")
    install(solve(options.specs, cuda), manifest.parent / ".pixi" / "envs" / "default")


if __name__ == "__main__":
    name, *rest = sys.argv[1:]
    (pixi if name == "pixi" else conda)(rest)
    sys.stdout.flush()
    os._exit(0)  # the threads of py-rattler outlive a return, and sometimes crash the interpreter that ends below them
