"""The right PyTorch for this machine, or for one described by flags, with the commands that install it.

Without machine flags this machine is examined; --python VERSION, --torch and --accelerator then narrow the choice.
With any of them the flags describe the machine, and what they leave open rules nothing out.
--refresh asks the package index for releases that are newer than this program, shows them, and keeps them when told to.
Exit code: 0 something fits, or was kept; 1 nothing fits, or was refused; 2 wrong usage, or no index that can be read.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import msgspec

from doctor.match import WHEELS, Machine, match
from doctor.match.flags import MachineFlags, is_python_version, machine_from, python_version, wish_from
from doctor.match.install_commands import install_commands
from doctor.match.machine import architecture
from doctor.model import DoctorError
from doctor.probes.chosen_sources import pytorch_index

_SYSTEMS = {"win32": "windows", "darwin": "macos"}


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--os", metavar="SYSTEM", help="linux, windows or macos")
    add("--arch", help="x86_64 or aarch64")
    add("--python", metavar="VERSION|PATH", help="a Python version (3.12, 3.13t), or the interpreter to examine")
    add("--free-threaded", action="store_true", help="the free-threaded build of that Python")
    add("--driver", metavar="VERSION", help="version of the NVIDIA driver, such as 550.54.14, or none")
    add("--gpu", action="append", default=[], metavar="NAME", help='such as "RTX 4090"; repeatable')
    add("--capability", action="append", default=[], metavar="X.Y", help="compute capability, such as 8.9; repeatable")
    add("--amd-gfx", action="append", default=[], metavar="GFX", help="AMD target, such as gfx1100; repeatable")
    add("--glibc", metavar="VERSION", help="such as 2.31")
    add("--macos", metavar="VERSION", help="such as 14.5")
    add("--torch", metavar="VERSIONS", help='the wanted versions, such as ">=2.4,<2.7"')
    add("--accelerator", metavar="KIND", help="cuda, rocm, xpu, mps or cpu")
    add("--index-url", metavar="URL", help="index of the wheels; a URL that ends in /whl gets the build appended")
    add(
        "--refresh",
        action="store_true",
        help="look on pip's index, and PyTorch's, for newer releases; only then online",
    )
    add("--yes", action="store_true", help="with --refresh: do not ask")
    add("--undo", action="store_true", help="with --refresh: take the last one back")
    add("--format", choices=("text", "json"), default="text", help="default: text")
    add("-v", "--verbose", action="store_true", help="show every rejected candidate")


def run(options: argparse.Namespace) -> int:
    if options.refresh:
        from doctor.cli import _refresh

        return _refresh.run(options)
    if options.yes or options.undo:
        raise DoctorError("match-usage", "--yes and --undo go with --refresh only", "", "add --refresh")
    wish = wish_from(options.torch, options.accelerator, options.index_url)
    machine = machine_for(options)
    found = match(machine, wish, wheels=pytorch_index() or WHEELS, rejections=True)
    commands = install_commands(found, machine)
    if options.format == "json":
        from doctor.render import envelope

        envelope.write("match", {**msgspec.structs.asdict(found), "commands": commands, "machine": machine})
    else:
        from doctor.render.match import show

        show(found, machine, commands, verbose=options.verbose)
    return 0 if found.choice else 1


def machine_for(options: argparse.Namespace) -> Machine:
    """The machine of the flags, or this one with what the flags change."""
    flags = MachineFlags(
        os=options.os,
        arch=options.arch,
        python=options.python,
        free_threaded=options.free_threaded,
        driver=options.driver,
        gpus=tuple(options.gpu),
        capabilities=tuple(options.capability),
        gfx=tuple(options.amd_gfx),
        glibc=options.glibc,
        macos=options.macos,
    )
    return _machine_from_flags(flags) if flags.describe_a_machine else _this_machine(options)


def _machine_from_flags(flags: MachineFlags) -> Machine:
    import platform

    interpreter = ""
    if flags.python and not _is_version(flags.python):
        from doctor.collect.this_machine import this_machine

        mine = this_machine(flags.python)
        interpreter = mine.interpreter
        flags = msgspec.structs.replace(flags, python=mine.python, free_threaded=mine.free_threaded)
    machine = machine_from(flags, _SYSTEMS.get(sys.platform, "linux"), architecture(platform.machine()))
    return msgspec.structs.replace(machine, interpreter=interpreter)


def _this_machine(options: argparse.Namespace) -> Machine:
    from doctor.collect.this_machine import this_machine

    version = options.python if options.python and _is_version(options.python) else None
    machine = this_machine(None if version else options.python, with_interpreter=version is None)
    if version or (options.free_threaded and not machine.free_threaded):
        python, free = python_version(version or machine.python, options.free_threaded)
        return msgspec.structs.replace(machine, python=python, free_threaded=free, interpreter="")
    return machine


def _is_version(text: str) -> bool:
    return is_python_version(text) and not Path(text).exists()
