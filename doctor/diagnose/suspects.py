"""What would explain a symptom where nothing is proven: no findings, but where to look, nearest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial

import msgspec

from doctor import rules
from doctor.diagnose.judging import Judgement
from doctor.diagnose.needs import is_needed
from doctor.facts import Facts
from doctor.model import Candidate, Finding, Severity
from doctor.remedy.looks import shown_by
from doctor.remedy.place import Place
from doctor.remedy.program import has
from doctor.rules import Rule
from doctor.rules.api import CannotTell, NotThere

_COMMAND = re.compile(r"`([\w-]+)")
_OF_LINUX = re.compile(r"/dev/|\bLD_LIBRARY_PATH\b")
_IN_BRACKETS = re.compile(r" \(`([\w-]++)[^()]*\)")
_NO_CUDA = "cuda-unavailable-undetermined"


def nearest(candidates: Iterable[Candidate], judged: Mapping[str, Judgement], facts: Facts) -> tuple[Candidate, ...]:
    """The candidates that the facts do not rule out, those first of which the least is missing."""
    possible = [(one, judged.get(one.rule)) for one in tellable(candidates, facts)]
    left = [_with_look(one, answer, Place(facts)) for one, answer in possible if not _is_ruled_out(answer)]
    return tuple(sorted(left, key=lambda one: _distance(rules.load(one.rule), facts)))


def tellable(candidates: Iterable[Candidate], facts: Facts) -> tuple[Candidate, ...]:
    """Those that can be told apart on the system that the facts tell of, without commands and files that it lacks."""
    place = Place(facts)
    if place.os in ("", "linux"):
        return tuple(candidates)
    plain = (msgspec.structs.replace(one, tell=_IN_BRACKETS.sub(partial(_had, place), one.tell)) for one in candidates)
    there = (one for one in plain if not _OF_LINUX.search(one.tell))
    return tuple(one for one in there if all(has(name, place) for name in _COMMAND.findall(one.tell)))


def _had(place: Place, brackets: re.Match[str]) -> str:
    return brackets[0] if has(brackets[1], place) else ""


def suspects(facts: Facts, findings: Iterable[Finding], judged: Mapping[str, Judgement]) -> tuple[Candidate, ...]:
    """Of a torch that finds no CUDA device, while no finding says why."""
    candidates = rules.load(_NO_CUDA).candidates
    causes = {one.rule for one in candidates}
    explained = any(f.severity is not Severity.INFO or f.rule in causes for f in findings)
    return () if explained or not _finds_no_cuda(facts) else nearest(candidates, judged, facts)


def _finds_no_cuda(facts: Facts) -> bool:
    runtime, host = facts.runtime.value, facts.host.value
    on_a_mac = host is not None and host.os == "macos"
    for_intel = facts.torch.value is not None and facts.torch.value.build == "xpu"
    return runtime is not None and runtime.cuda_available is False and not on_a_mac and not for_intel


def _is_ruled_out(answer: Judgement | None) -> bool:
    return isinstance(answer, NotThere) and bool(answer.evidence)


def _with_look(one: Candidate, answer: Judgement | None, place: Place) -> Candidate:
    if not isinstance(answer, CannotTell):
        return one
    missing = answer.missing.partition(":")[0]
    return msgspec.structs.replace(one, missing=missing, look=shown_by(missing, place), shell=place.shell)


def _distance(rule: Rule, facts: Facts) -> int:
    """How many of the facts that the rule cannot do without nobody told."""
    needed = [name for name, kind in rule.check.__annotations__.items() if is_needed(kind)] if rule.check else []
    return sum(name in Facts.__struct_fields__ and getattr(facts, name).value is None for name in needed)
