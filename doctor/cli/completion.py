"""Print the completion script for a shell.

For bash: `torch-doctor completion bash > ~/.local/share/bash-completion/completions/torch-doctor`.
"""

from __future__ import annotations

import argparse

from doctor import gate
from doctor.cli import COMMANDS, command_module
from doctor.model import PROGRAM


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"))


def run(options: argparse.Namespace) -> int:
    import shtab

    gate.write(shtab.complete(whole_parser(), shell=options.shell) + "\n")
    return 0


def whole_parser() -> argparse.ArgumentParser:
    """Every command in one parser, as `torch-doctor` presents itself to a shell."""
    parser = argparse.ArgumentParser(prog=PROGRAM)
    parser.add_argument("--version", action="store_true")
    commands = parser.add_subparsers()
    for name, what in COMMANDS.items():
        command_module(name).configure(commands.add_parser(name, help=what.replace("%", "%%")))
    return parser
