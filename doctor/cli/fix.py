"""Carry out the remedies for what `torch-doctor check` finds: each is shown, confirmed, and checked afterwards.

Safe remedies are run; what needs root or a decision is printed. Configuration files are backed up, and --undo
restores the last one that was changed. It does not bring back packages that a remedy replaced.
Exit code: 0 no errors are left, 1 some are left, 2 wrong usage, 4 nothing was changed, or it did not help.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from typing import TYPE_CHECKING

from doctor.cli._interrupted import AGAIN, hint_on_interrupt
from doctor.cli._timeout import add_timeout
from doctor.model import PROGRAM, DoctorError, Exit, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from doctor.files.journal import Change
    from doctor.fix.carry_out import RemedyOutcome
    from doctor.model import Plan, Step
    from doctor.report import Report
    from doctor.setup.model import Doing
    from doctor.target import Target

QUESTION = "Go ahead?"
ANOTHER = "That did not work. Next remedy:"
NOT_FOUND = "torch-doctor: {rule} was not found here"
RESTORED = "restored {path}"
RESULT = "{rule}: {status}"
WITH = "  also fixed: {rules}"
NEW = "  new: {rules}"
BACKED_UP = "  backed up (restore with `torch-doctor fix --undo`): {path}"
LEFT = "Still there: {rules}"
CLEAN = "No errors are left."


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("rules", nargs="*", metavar="RULE", help="fix only these (default: every error and warning)")
    add("--python", metavar="PATH", help="interpreter or environment to fix (default: the active one)")
    add("--dry-run", action="store_true", help="show the plan and stop")
    add("--yes", action="store_true", help="do not ask")
    add(
        "--undo",
        metavar="CHANGE",
        nargs="?",
        const="last",
        help="restore changed files: of the last change, of a numbered one, or of all",
    )
    add_timeout(parser, 60)
    add("--format", choices=("text", "json"), default="text", help="default: text")


def run(options: argparse.Namespace) -> int:
    _validate(options)
    if options.undo:
        return _undo(options)
    from doctor import target
    from doctor.fix.plan import plan

    found = target.find(options.python, deadline_s=options.timeout)
    report = _check_target(found, options)
    for rule in options.rules:
        if not any(f.rule == rule for f in report.findings):
            print(NOT_FOUND.format(rule=rule), file=sys.stderr)
    made = plan(report, options.rules)
    _show_plan(made, options.format)
    if options.dry_run or not made.steps:
        return _show_outcomes(options, made, (), report)
    from doctor.cli._confirm import confirm

    if not confirm(QUESTION, options.yes):
        print(f"{PROGRAM}: nothing was changed", file=sys.stderr)
        return Exit.NOT_DONE
    return _carry_out(options, made, report, found)


def _validate(options: argparse.Namespace) -> None:
    from doctor import rules

    if options.undo and (options.rules or options.dry_run):
        # "fix --undo RULE" reads the rule as the number of a change
        raise DoctorError("fix-flags", "--undo accepts neither a rule nor --dry-run", "both", "leave one of them out")
    unknown = [rule for rule in options.rules if rule not in rules.names()]
    if unknown:
        raise DoctorError("fix-rule", "no rule of that name", unknown[0], "`torch-doctor check --list` lists them all")


def _check_target(found: Target, options: argparse.Namespace) -> Report:
    from doctor import collect
    from doctor.diagnose import diagnose
    from doctor.render.progress import Progress
    from doctor.target import Target

    fresh = Target(found.executable, deadline_s=options.timeout, chosen_by=found.chosen_by)
    with Progress(found.executable, collect.FIELDS, quiet=options.format != "text") as progress:
        return diagnose(collect.collect(fresh, None, progress.done))


def _show_plan(made: Plan, form: str) -> None:
    from doctor.render.plan import fix_lines

    for line in fix_lines(made):
        print(line, file=sys.stdout if form == "text" else sys.stderr, flush=True)


def _carry_out(options: argparse.Namespace, made: Plan, report: Report, found: Target) -> int:
    from doctor.files.journal import default_journal
    from doctor.fix.carry_out import Fixer
    from doctor.render.working import say

    fixer = Fixer(
        report,
        lambda: _check_target(found, options),
        lambda step: _confirm_alternative(step, options.yes),
        default_journal(),
        _during,
    )
    with hint_on_interrupt(AGAIN):
        outcomes = fixer.carry_out(made, say)
    return _show_outcomes(options, made, outcomes, fixer.report)


@contextlib.contextmanager
def _during(title: str) -> Iterator[Doing]:
    from doctor.render.working import StatusLine

    with StatusLine(title) as work:
        yield work.doing


def _confirm_alternative(step: Step, yes: bool) -> bool:
    from doctor.cli._confirm import confirm
    from doctor.render.plan import step_lines

    print(ANOTHER, file=sys.stderr)
    for line in step_lines("", step):
        print(line, file=sys.stderr)
    return confirm(QUESTION, yes)


def _show_outcomes(options: argparse.Namespace, made: Plan, outcomes: tuple[RemedyOutcome, ...], report: Report) -> int:
    left = [f.rule for f in report.findings if f.severity is Severity.ERROR]
    if options.format == "json":
        from doctor.render import envelope

        payload = {"plan": made, "outcomes": outcomes, "healthy": report.healthy, "report": report}
        envelope.write("fix", payload)
        return _exit_code(left, outcomes)
    for one in outcomes:
        print(RESULT.format(rule=one.rule, status=one.status) + (f" ({one.detail})" if one.detail else ""))
        if one.gone:
            print(WITH.format(rules=", ".join(one.gone)))
        if one.new:
            print(NEW.format(rules=", ".join(one.new)))
        for path in one.backed_up:
            print(BACKED_UP.format(path=path))
    if outcomes or not left:
        print(LEFT.format(rules=", ".join(left)) if left else CLEAN)
    return _exit_code(left, outcomes)


def _exit_code(left: Sequence[str], outcomes: Sequence[RemedyOutcome]) -> int:
    from doctor.fix.carry_out import FAILED, PERSISTS

    if left:
        return Exit.PROBLEMS
    return Exit.NOT_DONE if any(one.status in (FAILED, PERSISTS) for one in outcomes) else Exit.OK


def _undo(options: argparse.Namespace) -> int:
    from doctor.files.journal import default_journal

    restored: tuple[Change, ...] = default_journal().undo(options.undo)
    if options.format == "json":
        from doctor.render import envelope

        envelope.write("undo", {"restored": [change.path for change in restored]})
    else:
        for change in restored:
            print(RESTORED.format(path=change.path))
    return 0
