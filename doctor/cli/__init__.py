"""The command line: one small module a command, loaded only when it is asked for."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from doctor import __version__
from doctor.bootstrap import ending
from doctor.cli._streams import spell_out
from doctor.model import PROGRAM, DoctorError

COMMANDS = {
    "check": "find what is wrong with this machine, why, and how to fix it",
    "match": "find the right PyTorch for this machine, or for one described by flags",
    "setup": "create an environment, install the matching PyTorch, and prove that it works",
    "lock": "write lock files that make this environment reproducible",
    "diff": "compare two of: a report, a lock, a project's file, this machine",
    "fix": "carry out remedies: each is shown, confirmed, and checked afterwards",
    "mirrors": "find package sources that are reachable, up to date, complete and fast",
    "dataloader": "test whether multi-process data loading is safe here, and how many workers pay off",
    "lint": "find DataLoader hazards in training scripts",
    "run-recipes": "run the tutorial programs as smoke tests on a device",
    "explain": "explain a rule or an error text in plain words",
    "run": "run a command, and explain its error if it fails",
    "completion": "print the completion script for a shell",
}

WITHOUT_CATALOG = "lint"  # starts without what it never asks

OVERVIEW = """\
usage: torch-doctor COMMAND [OPTIONS]

Finds what keeps PyTorch from working on this machine, and fixes it.

{commands}

`torch-doctor COMMAND --help` shows the options of a command, `torch-doctor --version` the version."""


def main(argv: Sequence[str] | None = None) -> int:
    """Parse, run one command, and return the exit code of the contract: 0 to 4, or 128 and the signal that ended it."""
    spell_out()
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in ("-h", "--help"):
        print(_overview())
        return 0 if words else 2
    if words[0] == "--version":
        print(f"{PROGRAM} {__version__}")
        return 0
    if words[0] not in COMMANDS:
        print(f"{PROGRAM}: no command {words[0]!r}. Commands: {', '.join(COMMANDS)}", file=sys.stderr)
        return 2
    return _run_command(words[0], words[1:])


def command_module(name: str) -> ModuleType:
    return importlib.import_module(f"doctor.cli.{name.replace('-', '_')}")


def parser_of(name: str, module: ModuleType) -> argparse.ArgumentParser:
    """A command's parser; `doctor.cli.completion` builds them all."""
    parser = argparse.ArgumentParser(
        prog=f"{PROGRAM} {name}", description=module.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    module.configure(parser)
    return parser


def _run_command(name: str, words: list[str]) -> int:
    try:
        module = command_module(name)
        options = parser_of(name, module).parse_args(words)
        return int(module.run(options)) if name == WITHOUT_CATALOG else _with_refreshed_catalog(module, options)
    except KeyboardInterrupt as stop:
        return _ended(*stop.args)
    except Exception as error:  # noqa: BLE001 - each becomes an exit code
        # a closed terminal fails, too, on the way out
        return _ended() if ending.begun() else _failed(error)


def _failed(error: Exception) -> int:
    if isinstance(error, DoctorError):
        print_error(error)
        return error.exit_code
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the reader has left; the rest of the output has nowhere to go
        return 0
    if os.environ.get("DOCTOR_DEBUG"):
        raise error
    print(f"{PROGRAM}: internal error: {type(error).__name__}: {error}", file=sys.stderr)
    print("  This is a bug in torch-doctor; set DOCTOR_DEBUG=1 to see the traceback.", file=sys.stderr)
    return 3


def _ended(*hints: str) -> int:
    """By Ctrl-C, or a signal that has the same effect."""
    from doctor.process import kill_all, scratch

    kill_all()
    scratch.remove_all()
    ending.let_go()
    with contextlib.suppress(OSError, ValueError):  # the terminal may be gone
        by = f" by {ending.name()}" if ending.name() else ""
        _print_wrapped(f"{PROGRAM}: interrupted{by}")
        for hint in hints:
            _print_wrapped(f"  to do: {hint}")
    return ending.code()


def _with_refreshed_catalog(module: ModuleType, options: argparse.Namespace) -> int:
    """Releases that `match --refresh` kept count for the command; a file of them that does not is told of."""
    from doctor.catalog import refreshed

    refreshed.look_in(_user_data)
    code = int(module.run(options))
    if refreshed.was_read() and (problem := refreshed.read().problem):
        print(f"{PROGRAM}: {problem}", file=sys.stderr)
    return code


def _user_data() -> Path:
    import platformdirs

    return platformdirs.user_data_path(PROGRAM, appauthor=False)


def print_error(error: DoctorError) -> None:
    _print_wrapped(f"{PROGRAM}: {error.message} [{error.reference}]")
    if error.context:
        _print_wrapped(f"  found: {error.context}")
    if error.hint:
        _print_wrapped(f"  to do: {error.hint}")


def _print_wrapped(text: str) -> None:
    """Broken at words on a terminal; what reads a pipe gets lines as they are."""
    if not sys.stderr.isatty():
        print(text, file=sys.stderr)
        return
    import shutil
    import textwrap

    columns = shutil.get_terminal_size().columns
    for line in text.splitlines():
        indent = " " * (len(line) - len(line.lstrip()) + 2)
        print(
            textwrap.fill(line, columns, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False),
            file=sys.stderr,
        )


def _overview() -> str:
    return OVERVIEW.format(commands="\n".join(f"  {name:<12} {what}" for name, what in COMMANDS.items()))
