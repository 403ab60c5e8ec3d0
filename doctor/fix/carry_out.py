"""A plan carried out as it was shown, and the machine looked at again after each remedy."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import pairwise
from pathlib import Path

import msgspec

from doctor.bootstrap import ending
from doctor.facts import Python
from doctor.files.journal import Change, Journal
from doctor.fix.plan import safe
from doctor.fix.replace import Layout, layout_of, replace
from doctor.mirrors import transport
from doctor.model import Argv, Finding, Plan, Remedy, Severity, Step
from doctor.privacy import expand
from doctor.report import Report
from doctor.setup import tools
from doctor.setup.failure import last_words
from doctor.setup.installing import run_installer
from doctor.setup.model import Doing, quietly

DONE, FAILED, PERSISTS, NOT_NEEDED, DECLINED = "mended", "failed", "still there", "no longer needed", "declined"
_STEP_S = 6 * 3600.0
_SMALL_BYTES = 1024 * 1024  # of a configuration file
_CHANGES = ("install", "update", "remove")  # words of conda that ask before they do it
Say = Callable[[str], None]


class RemedyOutcome(msgspec.Struct, frozen=True):
    """What became of one rule's finding. `gone` and `new`: other rules whose findings went or came with it."""

    rule: str
    status: str
    remedy: str = ""
    detail: str = ""
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    backed_up: tuple[str, ...] = ()


class Fixer:
    """Carries out what a report asks for. `check` examines the machine anew; `confirm` is asked about every remedy
    that the plan did not show; while a remedy is carried out, what `during` gives for its title is told how it goes."""

    def __init__(
        self,
        report: Report,
        check: Callable[[], Report],
        confirm: Callable[[Step], bool],
        journal: Journal,
        during: Callable[[str], AbstractContextManager[Doing]] = lambda _: nullcontext(quietly),
    ) -> None:
        self.report, self.check, self.confirm, self.journal, self.during = report, check, confirm, journal, during

    def carry_out(self, plan: Plan, say: Say) -> tuple[RemedyOutcome, ...]:
        """One outcome a step, in the order of the plan."""
        return tuple(self._step(step, say) for step in plan.steps)

    def _step(self, step: Step, say: Say) -> RemedyOutcome:
        """The remedy as the plan shows it; where that does not mend, the next ones, each asked about."""
        if self._finding(step.rule) is None:
            return RemedyOutcome(step.rule, NOT_NEEDED)
        outcome = self._apply_remedy(step, say)
        while outcome.status != DONE and (another := self._next(step)) is not None:
            say(f"{step.remedy.title}: {outcome.status}; {outcome.detail}".rstrip("; "))
            if not self.confirm(another):
                return RemedyOutcome(step.rule, DECLINED, another.remedy.title)
            step, outcome = another, self._apply_remedy(another, say)
        return outcome

    def _finding(self, rule: str) -> Finding | None:
        return next((f for f in self.report.findings if f.rule == rule), None)

    def _next(self, tried: Step) -> Step | None:
        """The safe remedy of the finding, as it is now, that comes after the one that was tried."""
        finding = self._finding(tried.rule)
        remedies = safe(finding) if finding else []
        later = remedies[remedies.index(tried.remedy) + 1 :] if tried.remedy in remedies else []
        return Step(tried.rule, later[0]) if later else None

    def _apply_remedy(self, step: Step, say: Say) -> RemedyOutcome:
        title, detail = step.remedy.title, ""
        with ending.held() as hold:
            kept = [self.journal.keep(path, title) for path in self._configuration_files(step.remedy)]
            try:
                hold.release()
                with self.during(title) as doing:
                    where = self.report.facts.python.value
                    commands = [runnable_argv(argv, where) for argv in step.remedy.commands]
                    detail = _run_all(commands, say, doing)
            finally:
                with ending.held():
                    changes = [change for one in kept if (change := self.journal.settle(one))]
        return self._outcome_after_check(step.rule, title, detail, tuple(changes))

    def _outcome_after_check(self, rule: str, title: str, detail: str, changes: tuple[Change, ...]) -> RemedyOutcome:
        """Look again: a remedy has worked when its finding is gone, whatever the commands returned."""
        old = {f.rule for f in self.report.findings}
        self.report = self.check()
        now = {f.rule for f in self.report.findings}
        status = DONE if rule not in now else FAILED if detail else PERSISTS
        serious = {f.rule for f in self.report.findings if f.severity is not Severity.INFO}
        gone, new = sorted(old - now - {rule}), sorted(serious - old)
        return RemedyOutcome(rule, status, title, detail, tuple(gone), tuple(new), tuple(c.path for c in changes))

    def _configuration_files(self, remedy: Remedy) -> Iterator[Path]:
        """The files that a remedy may write: those it names, and every configuration file of the package tools."""
        facts = self.report.facts
        known = [f.path for f in (facts.sources.value.config_files if facts.sources.value else ())]
        known += [f.path for f in (facts.conda.value.config_files if facts.conda.value else ())]
        for name in dict.fromkeys([*remedy.writes, *known]):
            path = Path(expand(name))
            if path.is_absolute() and (_is_small_file(path) if path.exists() else _can_be_made(path)):
                yield path


def _is_small_file(path: Path) -> bool:
    return path.is_file() and path.stat().st_size <= _SMALL_BYTES and os.access(path, os.R_OK | os.W_OK)


def _can_be_made(path: Path) -> bool:
    return os.access(next(parent for parent in path.parents if parent.exists()), os.W_OK)


def runnable_argv(argv: Argv, where: Python | None = None) -> Argv:
    """A remedy's argv as it runs here: folders written out, the environment named where a person has it active, uv
    where it lies, and nothing that waits for an answer."""
    words = tuple(expand(word) for word in _named(argv, where or Python()))
    if words[0] == "uv":
        words = (tools.find_uv() or "uv", *words[1:])
    if _changes_with_conda(words) and not {"-y", "--yes"} & set(words):
        words = (*words, "--yes")
    return words


def _named(argv: Argv, where: Python) -> Argv:
    """Which environment is active is nobody's business here."""
    if where.executable and argv[0] == "python":
        return (where.executable, *argv[1:])
    if where.executable and argv[0] == "uv":
        return tuple(where.executable if before == "--python" else word for before, word in pairwise(("", *argv)))
    if where.prefix and _changes_with_conda(argv) and not {"-p", "-n"} & set(argv):
        return (*argv[:2], "-p", where.prefix, *argv[2:])
    return argv


def _changes_with_conda(argv: Argv) -> bool:
    return Path(argv[0]).stem in ("conda", "mamba", "micromamba") and "".join(argv[1:2]) in _CHANGES


def _run_all(commands: Sequence[Argv], say: Say, doing: Doing) -> str:
    """Run them in order up to the first that fails; what that one said, or "". Packages are replaced as a whole."""

    variables = transport.variables()

    def run_one(argv: Argv) -> str:
        ended = run_installer(argv, timeout_s=_STEP_S, env=variables, say=say, doing=doing)
        return "" if ended.ok else f"{' '.join(argv[:4])} …: {ended.story}; {last_words(ended)}"

    layout = _replaced_as_a_whole(commands)
    if layout is not None:
        return replace(layout, commands, run_one)
    return next((failed for failed in map(run_one, commands) if failed), "")


def _replaced_as_a_whole(commands: Sequence[Argv]) -> Layout | None:
    """The environment whose packages these commands change, where it stands by itself."""
    if not any("pip" in argv and {"install", "uninstall"} & set(argv) for argv in commands):
        return None
    named = [argv[argv.index("--python") + 1] if "--python" in argv else argv[0] for argv in commands]
    return layout_of(named[0]) if len(set(named)) == 1 else None
