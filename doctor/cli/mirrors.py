"""Find package sources that are reachable, up to date, complete and fast; configure tools to use them, and undo it.

Every source is tested the way the real client would use it: identity, content, files, age, hashes, then speed.
--apply writes the choice into the configuration of the tools; --undo restores the files byte for byte.
Exit code: 0 every service has a usable source, 2 wrong usage, 4 a service has none.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from doctor.cli._timeout import add_timeout
from doctor.model import DoctorError, Exit

if TYPE_CHECKING:
    from doctor.mirrors.run import MirrorsReport

TOOLS = ("pip", "uv", "conda", "pixi", "poetry", "pdm", "apt")
SCOPES = ("user", "environment", "project", "system")
SERVICE_HELP = "test only this: pypi, pytorch, conda, apt, datasets, all …; repeatable (default: what is used here)"
TOOL_HELP = "with --apply: tools to configure; repeatable (default: pip, uv, conda and pixi)"


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--service", metavar="NAME", action="append", default=[], help=SERVICE_HELP)
    add("--candidates", metavar="FILE.toml", help="more sources, or others: [[mirror]] service, name, url, reference")
    add("--package", metavar="NAME", default="torch", help="the project that indexes are asked for (default: torch)")
    add("--python", metavar="PATH", help="interpreter whose pip is asked (default: the active one)")
    add_timeout(parser, 8, "time limit for the whole run (default: {usual:g})", most=600)
    add("--format", choices=("text", "json"), default="text", help="default: text")
    add("--apply", action="store_true", help="configure the tools to use the choice, after showing it and asking")
    add("--tool", choices=TOOLS, action="append", default=[], help=TOOL_HELP)
    add("--scope", choices=SCOPES, default="user", help="with --apply: the scope of the configuration (default: user)")
    add(
        "--undo",
        metavar="CHANGE",
        nargs="?",
        const="last",
        help="undo what --apply changed: the last time, a numbered one, or all",
    )
    add("--yes", action="store_true", help="do not ask")
    add("-v", "--verbose", action="store_true", help="show the evidence for every verdict")


def run(options: argparse.Namespace) -> int:
    if options.undo:
        return _undo(options)
    _validate(options)
    from doctor.mirrors.run import probe_mirrors

    result = probe_mirrors(
        services=tuple(options.service),
        python=options.python,
        file=options.candidates,
        package=options.package,
        timeout_s=options.timeout,
        say=_say,
    )
    _print(result, options)
    if options.apply:
        return _apply(result, options)
    return Exit.OK if result.complete else Exit.NOT_DONE


def _validate(options: argparse.Namespace) -> None:
    if (options.tool or options.scope != "user") and not options.apply:
        raise DoctorError("mirrors-usage", "--tool and --scope only work with --apply", "", "add --apply")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _print(result: MirrorsReport, options: argparse.Namespace) -> None:
    from doctor.render import envelope, mirrors

    if options.format == "json":
        envelope.write("mirrors", mirrors.payload(result.judged, result.choice, result.warnings))
    else:
        mirrors.show(result.judged, result.choice, result.warnings, verbose=options.verbose)


def _apply(result: MirrorsReport, options: argparse.Namespace) -> int:
    from functools import partial

    from doctor.cli._confirm import confirm
    from doctor.mirrors.apply import apply

    return apply(result, tuple(options.tool), options.scope, confirm=partial(confirm, yes=options.yes), say=_say)


def _undo(options: argparse.Namespace) -> int:
    from doctor.mirrors.apply import undo

    return undo(options.undo, say=_say)
