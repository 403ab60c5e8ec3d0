"""Run a command unchanged and, when it fails, explain what it wrote to stderr.

Its streams, exit code and signals pass through; the explanation goes to stderr after the command has ended.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from doctor.cli._timeout import add_timeout
from doctor.model import PROGRAM, DoctorError

if TYPE_CHECKING:
    from doctor.diagnose.meaning import Explained

# What a shell prints for a child that a signal ended: the child itself cannot say it
_LAST_WORDS = {
    "SIGILL": "Illegal instruction (core dumped)",
    "SIGSEGV": "Segmentation fault (core dumped)",
    "SIGBUS": "Bus error (core dumped)",
    "SIGKILL": "Killed",
    "SIGFPE": "Floating point exception (core dumped)",
}
NOT_FOUND, NOT_EXECUTABLE = 127, 126  # as a shell has it


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--no-facts", action="store_true", help="explain without examining this machine")
    add_timeout(parser, 30)
    add("-v", "--verbose", action="store_true", help="show every cause in full")
    add("command", nargs=argparse.REMAINDER, metavar="-- COMMAND", help="the command and its arguments")


def run(options: argparse.Namespace) -> int:
    argv = options.command[1:] if options.command[:1] == ["--"] else options.command
    if not argv:
        raise DoctorError("run-command", "a command is required", "none given", "torch-doctor run -- python train.py")
    from doctor.explain import Scanner
    from doctor.process import passthrough, signal_name

    scanner = Scanner()
    try:
        code = passthrough(argv, on_error_bytes=scanner.feed)
    except OSError as error:
        print(f"{PROGRAM}: cannot run {argv[0]}: {error.strerror}", file=sys.stderr)
        return NOT_FOUND if isinstance(error, FileNotFoundError) else NOT_EXECUTABLE
    if code == 0:
        return 0
    name = signal_name(code)
    if name in _LAST_WORDS:
        scanner.feed(f"\n{_LAST_WORDS[name]}\n".encode())
    if name not in ("SIGINT", "SIGTERM", "SIGHUP"):
        options.python = _interpreter(argv[0])
        from doctor.cli.explain import explain

        _show_explanations(explain(scanner, options), options)
    return _exit_like(code)


def _interpreter(program: str) -> str | None:
    """The command's own Python, when the command is one: its environment is the one that failed."""
    import shutil

    name = Path(program).name.lower()
    return shutil.which(program) if name.startswith(("python", "pypy")) else None


def _show_explanations(explained: Explained, options: argparse.Namespace) -> None:
    """Below the command's own words; nothing where nothing is recognised."""
    if not explained.causes:
        return
    from rich.console import Console

    from doctor.render import explain as render

    width = None if sys.stderr.isatty() else 80
    out = Console(stderr=True, highlight=False, width=width, emoji=False, markup=False)
    out.print()
    render.show(explained, verbose=options.verbose, out=out)


def _exit_like(code: int) -> int:
    """End the way the command did: with its exit code, or by its signal."""
    if code >= 0 or sys.platform == "win32":
        return code
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))  # one core is enough
    sys.stdout.flush()
    sys.stderr.flush()
    if -code not in (signal.SIGKILL, signal.SIGSTOP):
        signal.signal(-code, signal.SIG_DFL)
    os.kill(os.getpid(), -code)
    return 128 - code  # the signal is blocked: what a shell would say
