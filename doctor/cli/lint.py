"""Find DataLoader hazards in scripts, packages and notebooks. Files are read, never imported or run.

    torch-doctor lint train.py src/                 for the platform and Python of this machine
    torch-doctor lint --platform all .              for Windows, macOS and Linux
    torch-doctor lint --python 3.14 train.py        for Python 3.14, where Linux no longer forks
    torch-doctor lint --fix train.py                apply mechanical fixes: shown as a diff first

`# doctor: ignore[rule]` silences a rule on its line; settings go to `[tool.torch-doctor.lint]` in pyproject.toml.
"""

from __future__ import annotations

import argparse
import os
import sys
from functools import partial
from pathlib import Path

from msgspec import structs

from doctor import gate
from doctor.lint.config import Config, nearest_config
from doctor.lint.project import lint_paths
from doctor.model import Severity
from doctor.source.spots import LintFinding, LintResult

FINDING = "{path}:{line}:{column}: {severity} {rule}: {message}"
SUMMARY = "{files} files: {errors} errors, {warnings} warnings, {infos} notes; {skipped} could not be judged\n"
GITHUB = "::{level} file={path},line={line},col={column},title={rule}::{message}\n"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
NOTE = "torch-doctor: {path}: {message} [{kind}]"


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("paths", nargs="+", metavar="PATH", help="scripts, notebooks or folders")
    add("--platform", choices=["auto", "all", "windows", "macos", "linux"], help="the platform to check for")
    add("--python", metavar="VERSION", help="check for this Python version, such as 3.14")
    add("--format", choices=["text", "json", "sarif", "github"], default="text")
    add("--select", action="append", default=[], metavar="RULE", help="use only this rule; repeatable")
    add("--ignore", action="append", default=[], metavar="RULE", help="leave out this rule; repeatable")
    add("--exclude", action="append", default=[], metavar="PATTERN", help="leave out files and folders; repeatable")
    add("--strict", action="store_true", help="exit with 1 on warnings and unreadable files, too")
    add("--fix", action="store_true", help="apply mechanical fixes, after showing a diff and asking")
    add("--yes", action="store_true", help="with --fix: do not ask")
    add("--dry-run", action="store_true", help="with --fix: show the diff and stop")
    add("--jobs", type=int, default=0, metavar="N", help="number of processes (default: one for each CPU)")


def run(options: argparse.Namespace) -> int:
    config = _with_options(nearest_config(options.paths), options)
    settings = config.settings()
    if options.fix:
        from doctor.cli._confirm import confirm
        from doctor.lint.fix import fix_paths

        show = partial(gate.page, stream=None if options.format == "text" else sys.stderr)
        ask = partial(confirm, yes=options.yes)
        fix_paths(options.paths, settings, config.exclude, confirm=ask, dry_run=options.dry_run, show=show)
    outcome = lint_paths(options.paths, settings, config.exclude, options.jobs)
    code = _exit_code(outcome, options)
    _show(_placed(outcome), options.format)
    return code


def _placed(outcome: LintResult) -> LintResult:
    """Files under the working folder by their way from there: that tells nothing of the machine, and CI finds them."""
    here = f"{Path.cwd()}{os.sep}"
    findings = (structs.replace(f, path=f.path.removeprefix(here)) for f in outcome.findings)
    notes = (structs.replace(n, path=n.path.removeprefix(here)) for n in outcome.notes)
    return structs.replace(outcome, findings=tuple(findings), notes=tuple(notes))


def _show(outcome: LintResult, style: str) -> None:
    if style == "json":
        from doctor.render import envelope

        envelope.write("lint", outcome)
    elif style == "sarif":
        from doctor.render.sarif import sarif

        gate.write(sarif(outcome) + "\n")
    elif style == "github":
        gate.write(_github(outcome))
    else:
        gate.page(FINDING.format(**structs.asdict(finding)) for finding in outcome.findings)
        gate.write(_summary(outcome))
    gate.page((NOTE.format(path=n.path, message=n.message, kind=n.kind) for n in outcome.notes), sys.stderr)


def _with_options(config: Config, options: argparse.Namespace) -> Config:
    """The command line wins over the file; what is left out adds up."""
    return Config(
        select=tuple(options.select) or config.select,
        ignore=(*config.ignore, *options.ignore),
        exclude=(*config.exclude, *options.exclude),
        platform=options.platform or config.platform,
        python=options.python or config.python,
        severity=config.severity,
    )


def _exit_code(outcome: LintResult, options: argparse.Namespace) -> int:
    if any(n.kind == "failed" for n in outcome.notes):
        return 3
    named = set(options.paths)
    if any(n.kind == "unreadable" and n.path in named for n in outcome.notes):
        return 2
    grave = {Severity.ERROR, Severity.WARNING} if options.strict else {Severity.ERROR}
    bad = any(f.severity in grave for f in outcome.findings)
    return int(bad or (options.strict and bool(outcome.notes)))


def _summary(outcome: LintResult) -> str:
    count = {s: sum(f.severity is s for f in outcome.findings) for s in Severity}
    return SUMMARY.format(
        files=outcome.files,
        errors=count[Severity.ERROR],
        warnings=count[Severity.WARNING],
        infos=count[Severity.INFO],
        skipped=len(outcome.notes),
    )


def _github(outcome: LintResult) -> str:
    """Workflow commands of GitHub Actions; its own escapes for what would end a value."""
    from doctor.render.passing import passed

    return "".join(map(_annotation, passed(outcome).findings))


def _annotation(finding: LintFinding) -> str:
    return GITHUB.format(
        level=_LEVELS[finding.severity],
        path=_escaped(finding.path).replace(",", "%2C").replace(":", "%3A"),
        line=finding.line,
        column=finding.column,
        rule=finding.rule,
        message=_escaped(finding.message),
    )


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\n", "%0A")
