"""What is wrong with this machine, why, and the command that fixes it.

Exit code: 0 healthy, 1 problems found (warnings count with --strict), 2 wrong usage or unreadable input,
4 undetermined: no error was found, but something decisive could not be examined.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from doctor import gate
from doctor.cli._input import read_text
from doctor.cli._timeout import add_timeout
from doctor.model import PROGRAM, DoctorError, Exit, Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doctor.facts import Facts
    from doctor.report import Report
    from doctor.rules import Rule

ALONE = f"{PROGRAM}: examining this machine"
OTHER_MACHINE = (
    "torch-doctor: the error text comes from another machine or environment than the report; the report is used"
)


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--python", metavar="PATH", help="interpreter or environment to examine (default: the active one)")
    add(
        "--from", dest="source", metavar="FILE", help="judge a report or dump of another machine; - reads it from stdin"
    )
    add("--error", metavar="FILE", help="an error text seen on that machine; - reads it from stdin")
    add("--format", choices=("text", "json", "markdown", "html"), default="text", help="default: text")
    add("--machine", action="store_true", help="look at the machine alone, as before anything is installed")
    add("--fast", action="store_true", help="do not import anything in the target")
    add("--full", action="store_true", help="compare every file of torch with its recorded hash, not just a sample")
    add("--network", action="store_true", help="also test the configured package sources")
    add("--only", metavar="RULE", action="append", default=[], help="use only this rule or area; repeatable")
    add("--skip", metavar="RULE", action="append", default=[], help="leave out this rule or area; repeatable")
    add("--list", dest="list_rules", action="store_true", help="list the rules and their areas")
    add_timeout(parser, 60)
    add("--strict", action="store_true", help="exit with 1 on warnings, too")
    add("-v", "--verbose", action="store_true", help="show every fact and how long it took to collect")


def run(options: argparse.Namespace) -> int:
    _validate(options)
    selected = _select(options.only, options.skip)
    if options.list_rules:
        return _list(selected, options.format)
    report = examine(options, selected)
    _print(report, options)
    failing = {Severity.ERROR, Severity.WARNING} if options.strict else {Severity.ERROR}
    if any(f.severity in failing for f in report.findings):
        return Exit.PROBLEMS
    return Exit.UNDETERMINED if report.verdict is Verdict.UNDETERMINED else Exit.OK


def examine(options: argparse.Namespace, selected: Sequence[Rule]) -> Report:
    """Facts from a text or from this machine, judged."""
    from doctor.diagnose import diagnose

    facts = _facts_of_text(options) if options.source else _facts_of_machine(options, selected)
    return diagnose(_with_error(facts, options), selected, only=bool(options.only))


def _validate(options: argparse.Namespace) -> None:
    if options.source and options.python:
        raise DoctorError(
            "check-from-python", "--from and --python exclude each other", "both", "leave one of them out"
        )
    if options.machine and (options.source or options.python):
        other = "--from" if options.source else "--python"
        raise DoctorError("check-machine", f"--machine and {other} exclude each other", "both", "leave one of them out")
    if options.source == "-" and options.error == "-":
        raise DoctorError("check-stdin", "only one of --from and --error can read from stdin", "both are -")


def _select(only: Sequence[str], skip: Sequence[str]) -> tuple[Rule, ...]:
    from doctor import rules

    known = {rule.id for rule in rules.all_rules()} | {rule.area for rule in rules.all_rules()}
    for word in (*only, *skip):
        if word not in known:
            raise DoctorError(
                "check-selection", "no rule or area of that name", word, "`torch-doctor check --list` lists them all"
            )
    return tuple(
        rule
        for rule in rules.all_rules()
        if (not only or rule.id in only or rule.area in only) and rule.id not in skip and rule.area not in skip
    )


def _list(selected: Sequence[Rule], form: str) -> int:
    import msgspec

    if form == "json":
        rows = [{"rule": r.id, "area": r.area, "severity": r.severity, "title": r.title} for r in selected]
        gate.write(msgspec.json.format(msgspec.json.encode({"kind": "rules", "rules": rows})).decode() + "\n")
    else:
        width = max(len(rule.id) for rule in selected)
        gate.page(f"{r.area:<16} {r.severity.value:<8} {r.id:<{width}}  {r.title}" for r in selected)
    return _tell_faults(selected)


def _tell_faults(selected: Sequence[Rule]) -> int:
    """Say which rule files are not as the engine needs them."""
    from doctor.rules.validation import faults

    found = [f"{rule.id}: {fault}" for rule in selected for fault in faults(rule)]
    for line in found:
        gate.say(f"{PROGRAM}: {line}")
    return Exit.INTERNAL if found else Exit.OK


def _facts_of_text(options: argparse.Namespace) -> Facts:
    from doctor import explain, intake
    from doctor.facts import Facts

    try:
        known = explain.has_context if options.error else explain.has_cause
        found = intake.examine(read_text(options.source, "the report"), known)
    except DoctorError as error:
        if not options.error or error.reference not in ("intake-unrecognised", "input-empty"):
            raise
        gate.say(f"{PROGRAM}: {error.message}; only the error text is judged")
        return Facts()
    for note in found.notes:
        gate.say(f"{PROGRAM}: {note}")
    return found.facts


def _with_error(facts: Facts, options: argparse.Namespace) -> Facts:
    """The facts with the error text, and with what it tells of the machine where a report leaves that open."""
    import msgspec

    from doctor.diagnose import provenance
    from doctor.intake import error_text
    from doctor.model import ok

    if not options.error:
        return facts
    text = read_text(options.error, "the error text")
    if options.source:
        told = error_text.read(text, with_names=False)
        if (origin := provenance.origin_of(told, facts)) is provenance.Origin.HERE:
            facts = provenance.facts_for(told, facts, origin)
        else:
            gate.say(OTHER_MACHINE)
        text = f"{text}\n{facts.error.value.text}" if facts.error.value is not None else text
    return msgspec.structs.replace(facts, error=ok(error_text.named(text), source="--error"))


def _facts_of_machine(options: argparse.Namespace, selected: Sequence[Rule]) -> Facts:
    from doctor import collect
    from doctor.cli._target import find_target
    from doctor.diagnose import fields_of
    from doctor.diagnose.verdict import MACHINE
    from doctor.render.progress import Progress
    from doctor.target import Target

    if options.machine:
        gate.say(ALONE)
        found = Target(sys.executable, deadline_s=options.timeout)
    else:
        found = find_target(options.python, deadline_s=options.timeout, fast=options.fast, full=options.full)
    fields = collect.OF_THE_MACHINE if options.machine else fields_of(selected) if options.only else collect.FIELDS
    with Progress(fields, quiet=options.format != "text") as progress:
        left_out = MACHINE if options.machine else "not requested"
        facts = collect.collect(found, fields, progress.done, left_out=left_out)
    if not options.network:
        return facts
    from doctor.mirrors.check import probe_configured
    from doctor.mirrors.run import say_what_the_folder_names

    say_what_the_folder_names(found, gate.say)
    return probe_configured(facts, found)


def _print(report: Report, options: argparse.Namespace) -> None:
    from doctor import render

    if options.format == "text":
        from doctor.render import terminal

        terminal.show(report, verbose=options.verbose, from_text=bool(options.source))
        return
    gate.write(render.document(report, options.format))
