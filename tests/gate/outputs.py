"""Every result of every command, drawn in every format."""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from doctor import cli, gate, render
from doctor.cli import diff, fix, lint, lock, run_recipes, setup
from doctor.dataloader.model import DataLoaderReport
from doctor.diagnose.meaning import Explained
from doctor.diff import Diff
from doctor.fix.carry_out import RemedyOutcome
from doctor.match.model import Machine, Match
from doctor.mirrors.model import JudgedMirror
from doctor.model import DoctorError, Plan, Step
from doctor.render import dataloader, envelope, explain, junit, match, mirrors, recipes, terminal
from doctor.render.console import console
from doctor.render.working import StatusLine
from doctor.report import Report
from doctor.setup.locking import Lock
from doctor.setup.model import SetupPlan, Transfer
from doctor.smoke.model import RecipeReport
from doctor.source.spots import LintResult
from tests.gate.filling import Word, filled

BESIDE = " (stderr)"
AS_TEXT = argparse.Namespace(format="text", verbose=True, dry_run=True, source=None)
AS_JSON = argparse.Namespace(format="json", verbose=True, dry_run=True, source=None)


class Stream(io.TextIOWrapper):
    """A stream whose bytes are kept; a terminal, if it is to be one."""

    def __init__(self, terminal: bool) -> None:
        super().__init__(io.BytesIO(), "utf-8", newline="\n", write_through=True)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    @property
    def written(self) -> str:
        return self.buffer.getvalue().decode()  # type: ignore[attr-defined,no-any-return]


@contextmanager
def streams(*, terminal: bool = False) -> Iterator[tuple[Stream, Stream]]:
    """Stdout and stderr."""
    ours = Stream(terminal), Stream(terminal)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", ours[0])
        patch.setattr(sys, "stderr", ours[1])
        patch.setenv("COLUMNS", "80")
        yield ours


def of_report(report: Report) -> dict[str, Callable[[], object]]:
    return {
        "check": lambda: terminal.show(report),
        "check -v": lambda: terminal.show(report, verbose=True, from_text=True),
        "check --format json": lambda: gate.write(render.document(report, "json")),
        "check --format markdown": lambda: gate.write(render.document(report, "markdown")),
        "check --format html": lambda: gate.write(render.document(report, "html")),
    }


def of_lint(outcome: LintResult) -> dict[str, Callable[[], object]]:
    return {f"lint {form}": lambda form=form: lint._show(outcome, form) for form in ("text", "json", "sarif", "github")}


def of_recipes(report: RecipeReport) -> dict[str, Callable[[], object]]:
    def page() -> None:
        drawn = recipes.Terminal(console(), verbose=True)
        for result in report.results:
            drawn.result(result)
        drawn.closing(report)

    def plot() -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "losses.html")
            run_recipes._plot(report, str(file), console())
            gate.write(file.read_text(encoding="utf-8"))

    return {
        "run-recipes": page,
        "run-recipes --format json": lambda: envelope.write("recipes", report.payload()),
        "run-recipes --format junit": lambda: gate.write(junit.recipes(report)),
        "run-recipes --format markdown": lambda: gate.write(recipes.markdown(report)),
        "run-recipes --plot": plot,
        "run-recipes --plot -": lambda: run_recipes._plot(report, "-", console()),
    }


def of_setup(plan: SetupPlan, made: Lock) -> dict[str, Callable[[], object]]:
    file = Path(made.build.file.partition("://")[0])  # no path holds an address
    return {
        "setup --dry-run": lambda: setup._confirm_plan(AS_TEXT, plan),
        "setup --dry-run --format json": lambda: setup._confirm_plan(AS_JSON, plan),
        "lock": lambda: lock._show(made, (file,)),
        "lock --format json": lambda: lock._show_chosen(
            "json", [made], [file], {made.build.name: DoctorError("a", "b", made.build.name)}
        ),
    }


def of_fix(step: Step, report: Report, outcome: RemedyOutcome) -> dict[str, Callable[[], object]]:
    plan = Plan((step,), (step,))
    return {
        "fix --dry-run": lambda: fix._show_plan(plan, "text"),
        "fix": lambda: fix._show_outcomes(AS_TEXT, plan, (outcome,), report),
        "fix --format json": lambda: fix._show_outcomes(AS_JSON, plan, (outcome,), report),
    }


def of_words(word: Word) -> dict[str, Callable[[], object]]:
    """Errors, progress, questions, and the words of other programs."""

    def error() -> None:
        cli.print_error(DoctorError("reference", word("error"), word("error.context"), word("error.hint")))

    def progress() -> None:
        with StatusLine(word("status")) as status:
            status.doing(Transfer(word("download"), 1, 2))
            status.say(word("installer"))
            status.doing(word("status after"))
        run_recipes._progress(word("step"))
        run_recipes._progress("https://" + word("step"))

    def wrong_usage() -> None:
        with suppress(SystemExit):
            cli.main(["check", f"--{word('option')}", word("argument")])
        cli.main([word("command")])

    def rest() -> None:
        gate.say(word("question"), end="")
        gate.page([word("page")])
        if sys.stderr.isatty():
            gate.overwrite(word("overwritten"))

    return {"errors": error, "progress": progress, "wrong usage": wrong_usage, "sentences": rest}


def all_outputs(word: Word) -> dict[str, Callable[[], object]]:
    """What draws, by the command and format it belongs to."""

    def of(kind: Any) -> Any:
        return filled(kind, word)

    explained, loading, found, machine = of(Explained), of(DataLoaderReport), of(Match), of(Machine)
    mirror, compared = of(JudgedMirror), of(Diff)
    commands = {"pip": (word("argv"),)}
    return {
        **of_report(of(Report)),
        **of_lint(of(LintResult)),
        **of_recipes(of(RecipeReport)),
        **of_setup(of(SetupPlan), of(Lock)),
        **of_fix(of(Step), of(Report), of(RemedyOutcome)),
        **of_words(word),
        "explain": lambda: explain.show(explained, verbose=True),
        "explain --format json": lambda: envelope.write("explain", explained),
        "run": lambda: explain.show(explained, out=console(stderr=True, width=80)),
        "dataloader": lambda: dataloader.show(loading, verbose=True),
        "dataloader --format json": lambda: envelope.write("dataloader", loading),
        "match": lambda: match.show(found, machine, commands, verbose=True),
        "match --format json": lambda: envelope.write("match", {"match": found, "commands": commands}),
        "mirrors": lambda: mirrors.show((mirror,), {"pypi": mirror}, (word("warning"),), verbose=True),
        "mirrors --format json": lambda: envelope.write("mirrors", mirrors.payload((mirror,), {word("s"): mirror})),
        "diff": lambda: diff.show(compared, "text"),
        "diff --format json": lambda: diff.show(compared, "json"),
    }


def drawn(word: Word, *, terminal: bool = False) -> dict[str, str]:
    """Each output's text; what goes to stderr beside it is an output of its own."""
    found = {}
    for name, draw in all_outputs(word).items():
        with streams(terminal=terminal) as (out, err):
            draw()
        found |= {name: out.written} if out.written else {}
        found |= {f"{name}{BESIDE * bool(out.written)}": err.written} if err.written else {}
    return found
