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
from typing import TYPE_CHECKING, NoReturn

from doctor import __version__, gate
from doctor.bootstrap import ending
from doctor.cli import _streams
from doctor.model import PROGRAM, DoctorError, Exit
from doctor.text.docstrings import docstring

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

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
    _streams.prepare()
    try:
        code = _run_words(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
        return code
    except _streams.OutputLost as lost:
        if isinstance(lost.error, BrokenPipeError):
            return Exit.OK  # the reader has left; the rest of the output has nowhere to go
        _print_wrapped(f"{PROGRAM}: the output could not be written: {lost.error.strerror}")
        return Exit.NOT_DONE


def _run_words(words: list[str]) -> int:
    if not words or words[0] in ("-h", "--help"):
        gate.page(_overview().splitlines())
        return 0 if words else 2
    if words[0] == "--version":
        gate.page([f"{PROGRAM} {__version__}"])
        return 0
    if words[0] not in COMMANDS:
        gate.say(f"{PROGRAM}: no command {gate.line(words[0])!r}. Commands: {', '.join(COMMANDS)}")
        return 2
    return _run_command(words[0], words[1:])


def command_module(name: str) -> ModuleType:
    return importlib.import_module(f"doctor.cli.{name.replace('-', '_')}")


def parser_of(name: str, module: ModuleType) -> argparse.ArgumentParser:
    """A command's parser; `doctor.cli.completion` builds them all."""
    parser = _Parser(
        prog=f"{PROGRAM} {name}", description=docstring(module), formatter_class=argparse.RawDescriptionHelpFormatter
    )
    module.configure(parser)
    return parser


class _Parser(argparse.ArgumentParser):
    """What argparse says of words that it does not know quotes them."""

    def error(self, message: str) -> NoReturn:
        super().error(gate.line(message))

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        gate.page(message.splitlines(), None if file is sys.stdout else sys.stderr)


def _run_command(name: str, words: list[str]) -> int:
    try:
        module = command_module(name)
        options = _parsed(parser_of(name, module), words)
        return int(module.run(options)) if name == WITHOUT_CATALOG else _with_refreshed_catalog(module, options)
    except KeyboardInterrupt as stop:
        return _ended(*stop.args)
    except SystemExit as ended:  # of the parser
        return int(ended.code or 0)
    except Exception as error:  # noqa: BLE001 - each becomes an exit code
        # a closed terminal fails, too, on the way out
        return _ended() if ending.begun() else _failed(error)


def _failed(error: Exception) -> int:
    if isinstance(error, DoctorError):
        print_error(error)
        return error.exit_code
    if os.environ.get("DOCTOR_DEBUG"):
        raise error
    if isinstance(error, OSError | MemoryError):
        print_error(_refusal(error))
        return Exit.NOT_DONE
    gate.say(f"{PROGRAM}: internal error: {type(error).__name__}: {error}")
    gate.say("  This is a bug in torch-doctor; set DOCTOR_DEBUG=1 to see the traceback.")
    return Exit.INTERNAL


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


def _parsed(parser: argparse.ArgumentParser, words: list[str]) -> argparse.Namespace:
    for word in words[: words.index("--")] if "--" in words else words:
        if word.startswith("--") and word.endswith("=--"):  # argparse before Python 3.13 makes a list of it
            parser.error(f"argument {word.removesuffix('=--')}: expected one argument")
    return parser.parse_args(words)


def _refusal(error: OSError | MemoryError) -> DoctorError:
    """What no stage had a better answer to: a file, a folder, a connection or memory of this machine."""
    file, reason = getattr(error, "filename", None), getattr(error, "strerror", None)
    found = ": ".join(str(part) for part in (file, reason or str(error) or type(error).__name__) if part)
    if file is None and isinstance(error, FileNotFoundError) and not _has_working_folder():
        found = "the working folder has been removed"
    return DoctorError("refused", "this machine refused what was needed", found, "make it usable, and run this again")


def _has_working_folder() -> bool:
    try:
        return bool(Path.cwd())
    except OSError:
        return False


def _with_refreshed_catalog(module: ModuleType, options: argparse.Namespace) -> int:
    """Releases that `match --refresh` kept count for the command; a file of them that does not is told of."""
    from doctor.catalog import refreshed

    refreshed.look_in(_user_data)
    code = int(module.run(options))
    if refreshed.was_read() and (problem := refreshed.read().problem):
        gate.say(f"{PROGRAM}: {problem}")
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
    """Broken at words on a terminal; what reads a pipe gets lines as they are, those within a value set off."""
    first, *others = gate.text(text).split("\n")
    lines = [first, *(f"    {line}" for line in others)]
    if sys.stderr and sys.stderr.isatty():
        lines = [part for line in lines for part in _wrapped(line)]
    gate.page(lines, sys.stderr)


def _wrapped(line: str) -> list[str]:
    import shutil
    import textwrap

    indent = " " * (len(line) - len(line.lstrip()) + 2)
    columns = shutil.get_terminal_size().columns
    return textwrap.wrap(line, columns, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _overview() -> str:
    return OVERVIEW.format(commands="\n".join(f"  {name:<12} {what}" for name, what in COMMANDS.items()))
