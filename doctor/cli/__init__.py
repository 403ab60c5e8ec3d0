"""The command line: one small module a command, loaded only when it is asked for."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from doctor import __version__
from doctor.model import DoctorError

COMMANDS = {
    "check": "what is wrong with this machine, why, and what mends it",
    "match": "the right PyTorch for this machine, or for one described by flags",
    "setup": "make an environment, install the match, prove it",
    "lock": "write what makes this environment reproducible",
    "diff": "compare two reports or locks, or one with this machine",
    "fix": "carry out remedies: shown first, asked, checked again, undoable",
    "mirrors": "which package sources are reachable, fresh, complete and fast",
    "dataloader": "is multi-process data loading safe here, and how many workers pay",
    "lint": "DataLoader hazards in training scripts",
    "run-recipes": "the tutorial ladder as smoke tests on a device",
    "explain": "a rule, or an error text, in plain words",
    "run": "run a command and explain it when it fails",
    "completion": "print the completion script for a shell",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Parse, run one command, and return the exit code of the contract (0, 1, 2, 3, 130)."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in ("-h", "--help"):
        print(_overview())
        return 0 if words else 2
    if words[0] == "--version":
        print(f"torch-doctor {__version__}")
        return 0
    if words[0] not in COMMANDS:
        print(f"doctor: no command {words[0]!r}. Commands: {', '.join(COMMANDS)}", file=sys.stderr)
        return 2
    return _run_command(words[0], words[1:])


def command_module(name: str) -> ModuleType:
    return importlib.import_module(f"doctor.cli.{name.replace('-', '_')}")


def parser_of(name: str, module: ModuleType) -> argparse.ArgumentParser:
    """A command's parser; `doctor.cli.completion` builds them all."""
    parser = argparse.ArgumentParser(
        prog=f"doctor {name}", description=module.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    module.configure(parser)
    return parser


def _run_command(name: str, words: list[str]) -> int:
    try:
        module = command_module(name)
        options = parser_of(name, module).parse_args(words)
        return int(module.run(options))
    except DoctorError as error:
        _print_error(error)
        return error.exit_code
    except KeyboardInterrupt:
        from doctor.process import kill_all

        kill_all()
        print("doctor: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the reader has left; the rest of the output has nowhere to go
        return 0
    except Exception as error:
        if os.environ.get("DOCTOR_DEBUG"):
            raise
        print(f"doctor: it failed itself: {type(error).__name__}: {error}", file=sys.stderr)
        print("  This is a bug in torch-doctor; DOCTOR_DEBUG=1 shows where.", file=sys.stderr)
        return 3


def _print_error(error: DoctorError) -> None:
    print(f"doctor: {error.message} [{error.reference}]", file=sys.stderr)
    if error.context:
        print(f"  found: {error.context}", file=sys.stderr)
    if error.hint:
        print(f"  to do: {error.hint}", file=sys.stderr)


def _overview() -> str:
    lines = [
        "usage: doctor COMMAND [OPTIONS]",
        "",
        "Finds what keeps PyTorch from working on this machine, and mends it.",
        "",
    ]
    lines += [f"  {name:<12} {what}" for name, what in COMMANDS.items()]
    return "\n".join([*lines, "", "doctor COMMAND --help shows a command's options; doctor --version the version."])
