"""A plan carried out: each remedy tried before it is run, and the machine looked at again after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from doctor.files import atomic
from doctor.files.journal import Change, Journal
from doctor.model import Argv, Finding, Plan, Remedy, Risk, Severity, Step
from doctor.privacy import expand
from doctor.process import run
from doctor.report import Report
from doctor.setup import tools
from doctor.setup.resolve import last_words

DONE, FAILED, PERSISTS, NOT_NEEDED, DECLINED = "mended", "failed", "still there", "not needed any more", "declined"
CANNOT = "it would not work: {why}"
_STEP_S = 6 * 3600.0
_TRY_S = 900.0
_SMALL_BYTES = 1024 * 1024  # of a configuration file
Say = Callable[[str], None]


class Outcome(msgspec.Struct, frozen=True):
    """What became of one rule's finding. `gone` and `new`: other rules whose findings went or came with it."""

    rule: str
    status: str
    remedy: str = ""
    detail: str = ""
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    backed_up: tuple[str, ...] = ()


class Fixer:
    """Carries out what a report asks for. `look` examines the machine anew; `agree` is asked about every remedy that
    the plan did not show."""

    def __init__(
        self, report: Report, look: Callable[[], Report], agree: Callable[[Sequence[Step]], bool], journal: Journal
    ) -> None:
        self.report, self.look, self.agree, self.journal = report, look, agree, journal

    def carry_out(self, plan: Plan, say: Say) -> tuple[Outcome, ...]:
        """One outcome a rule, in the order of the plan."""
        return tuple(self._rule(rule, plan, say) for rule in dict.fromkeys(step.rule for step in plan.steps))

    def _rule(self, rule: str, plan: Plan, say: Say) -> Outcome:
        outcome = Outcome(rule, NOT_NEEDED)
        shown = {step.argv for step in plan.steps}
        for remedy in _safe(self._finding(rule)):
            steps = [Step(remedy.title, argv, remedy.risk, rule, remedy.writes) for argv in remedy.commands]
            if not shown.issuperset(remedy.commands) and not self.agree(steps):
                return Outcome(rule, DECLINED, remedy.title)
            outcome = self._remedy(rule, remedy, say)
            if outcome.status == DONE:
                break
            say(f"{remedy.title}: {outcome.status}; {outcome.detail}".rstrip("; "))
        return outcome

    def _finding(self, rule: str) -> Finding | None:
        return next((f for f in self.report.findings if f.rule == rule), None)

    def _remedy(self, rule: str, remedy: Remedy, say: Say) -> Outcome:
        commands = [ready(argv) for argv in remedy.commands]
        for argv in commands:
            why = _would_fail(argv)
            if why:
                return Outcome(rule, FAILED, remedy.title, CANNOT.format(why=why))
        before = {path: atomic.content(path) for path in self._configuration(remedy)}
        detail = ""
        try:
            detail = _run_all(commands, say)
        finally:
            changes = tuple(self._keep(before, remedy.title))
        return self._compared(rule, remedy.title, detail, changes)

    def _compared(self, rule: str, title: str, detail: str, changes: tuple[Change, ...]) -> Outcome:
        """Look again: a remedy has worked when its finding is gone, whatever the commands returned."""
        old = {f.rule for f in self.report.findings}
        self.report = self.look()
        now = {f.rule for f in self.report.findings}
        status = DONE if rule not in now else FAILED if detail else PERSISTS
        serious = {f.rule for f in self.report.findings if f.severity is not Severity.INFO}
        gone, new = sorted(old - now - {rule}), sorted(serious - old)
        return Outcome(rule, status, title, detail, tuple(gone), tuple(new), tuple(c.path for c in changes))

    def _configuration(self, remedy: Remedy) -> Iterator[Path]:
        """The files that a remedy may write: those it names, and every configuration file of the package tools."""
        facts = self.report.facts
        known = [f.path for f in (facts.sources.value.config_files if facts.sources.value else ())]
        known += [f.path for f in (facts.conda.value.config_files if facts.conda.value else ())]
        for name in dict.fromkeys([*remedy.writes, *known]):
            path = Path(expand(name))
            if path.is_absolute() and (not path.exists() or _is_small_file(path)):
                yield path

    def _keep(self, before: dict[Path, bytes | None], why: str) -> Iterator[Change]:
        """Enter what was changed into the journal: the old file is put back, then the new one written through it."""
        for path, old in before.items():
            new = atomic.content(path) if path.is_file() else None
            if new is None or new == old:
                continue
            if old is None:
                path.unlink()
            else:
                atomic.replace(path, old, path.with_name(f".{path.name}.doctor"), path.stat().st_mode & 0o777)
            change = self.journal.write(path, new, why, based_on=old or b"")
            if change:
                yield change


def _is_small_file(path: Path) -> bool:
    return path.is_file() and path.stat().st_size <= _SMALL_BYTES


def _safe(finding: Finding | None) -> Iterable[Remedy]:
    return [r for r in (finding.remedies if finding else ()) if r.risk is Risk.SAFE and r.commands]


def ready(argv: Argv) -> Argv:
    """A remedy's argv as it runs here: folders written out, uv where it lies, and nothing that waits for an answer."""
    words = tuple(expand(word) for word in argv)
    if words[0] == "uv":
        words = (tools.uv() or "uv", *words[1:])
    is_conda = Path(words[0]).stem in ("conda", "mamba", "micromamba")
    if is_conda and words[1:2] in (("install",), ("update",), ("remove",)) and not {"-y", "--yes"} & set(words):
        words = (*words, "--yes")
    return words


def _would_fail(argv: Argv) -> str:
    """An installation tried without carrying it out, before anything is removed for it; "" when it would work."""
    if "pip" not in argv or "install" not in argv:
        return ""
    ended = run((*argv, "--dry-run"), timeout_s=_TRY_S)
    return "" if ended.ok else last_words(ended)


def _run_all(commands: Sequence[Argv], say: Say) -> str:
    """Run them in order up to the first that fails; what that one said, or ""."""
    for argv in commands:
        ended = run(argv, timeout_s=_STEP_S, on_line=say, on_error_line=say)
        if not ended.ok:
            return f"{' '.join(argv[:4])} …: {ended.story}; {last_words(ended)}"
    return ""
