"""From matches to causes: which rule's text tells the reason, and which tell only what followed.

What decides, in words: an error outranks a warning and a hint, and each of them a mere notice; a message outranks
program text that a traceback shows; the first of a chain of exceptions outranks those raised because of it; a rule
that explains another outranks it, and one that much can lead to counts less; a long, particular message outranks a
short, general one. What a warning makes light of ("Failed to load image Python extension: ...") is no error, whatever
the rest of its line quotes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

import msgspec

from doctor import rules
from doctor.explain.raised import PROGRAM, SHELL
from doctor.explain.scan import Scan, SignatureMatch
from doctor.model import OF_INSTALLERS, Severity
from doctor.rules import Rule
from doctor.text.lines import Kind

_SEVERITY = {Severity.ERROR: 100.0, Severity.WARNING: 45.0, Severity.INFO: 0.0}
_NOTICE = -60.0
_QUOTED = -100.0  # an error that a warning speaks of
_RAISED = 85.0  # an exception stops the program, however little its rule weighs as a forecast from facts
_KIND = {Kind.EXCEPTION: 30.0, Kind.PLAIN: 20.0, Kind.WARNING: 12.0, Kind.SOURCE: 0.0}
_MAX_SPECIFIC = 20.0
_CHARACTERS_A_POINT = 4  # matched text: 80 characters give the full 20 points
_LATER_SIGNATURE = 0.3  # points lost for each place down the rule's own order
_CONSEQUENCE = 1.5  # points lost for each rule that can be behind this one, up to _MAX_BEHIND of them
_MAX_BEHIND = 10
_JOINED = 3.0  # points lost where lines had to be joined
_FIRST = 12.0  # the earliest exception of the text; later ones get a share
# A whole log pasted as one line: the exception is no part of the hint. "failed with an OutOfMemoryError: " is one.
_TORCHS = frozenset(("torch", "torchvision", "torchaudio", PROGRAM, SHELL))  # a program's frame loads whatever it likes
_RAISES = re.compile(r"Traceback \(most recent|(?<!\ba )(?<!\ban )\b\w{1,40}Error: ")


class Cause(msgspec.Struct, frozen=True):
    """A rule that a text names. `line_number` counts from 1; `score` orders causes of one text only; `acquits` tells
    whether it clears the environment: never where an installed package or an installer raised."""

    rule: str
    matched: str
    line: str
    line_number: int
    score: float
    groups: dict[str, str] = {}
    severity: Severity = Severity.ERROR
    acquits: bool = False


def rank(scan: Scan) -> tuple[Cause, ...]:
    """Causes, best first, one a rule."""
    best: dict[str, Cause] = {}
    matches = _in_question(scan)
    order = _Order(matches)
    light = _benign_warning_lines(matches)
    for match in matches:
        cause = msgspec.structs.replace(_cause(match, order, light), acquits=_acquits(match, scan))
        if match.signature.rule not in best or cause.score > best[match.signature.rule].score:
            best[match.signature.rule] = cause
    return _causes_before_consequences(sorted(best.values(), key=lambda c: (-c.score, c.line_number, c.rule)))


def _in_question(scan: Scan) -> tuple[SignatureMatch, ...]:
    """Without the rules that another line of the text rules out, or its phase, or who raised."""
    out = {match.signature.rule for match in scan.matches if match.signature.place < 0}
    left = (_as_meant(match, scan) for match in scan.matches if match.signature.rule not in out)
    return tuple(match for match in left if _can_speak(rules.load(match.signature.rule), match, scan))


def _as_meant(match: SignatureMatch, scan: Scan) -> SignatureMatch:
    """The match as one of the rule that it speaks for in the text's phase, or where another package raised."""
    instead = _instead(rules.load(match.signature.rule), match, scan)
    if not instead:
        return match
    meant = rules.load(instead)
    told = msgspec.structs.replace(match.signature, rule=meant.id, area=meant.area, severity=meant.severity)
    return msgspec.structs.replace(match, signature=told)


def _instead(rule: Rule, match: SignatureMatch, scan: Scan) -> str:
    if rule.instead_while and scan.outline.phase in rule.instead_while:
        return rule.instead_while[scan.outline.phase]
    if not rule.instead_in_others or "torch" in match.line:
        return ""
    traceback = scan.outline.traceback_ending_with(match.line_number)
    last = traceback.last_frame() if traceback else None
    return rule.instead_in_others if last and last.owner not in _TORCHS else ""


def _can_speak(rule: Rule, match: SignatureMatch, scan: Scan) -> bool:
    if rule.not_while and scan.outline.phase in rule.not_while:
        return False
    if rule.in_own_code is None:
        return True
    traceback = scan.outline.traceback_of(match.line_number)
    if match.signature.own:
        return traceback is not None and traceback.is_own
    return traceback is None or not traceback.is_of_another


def _acquits(match: SignatureMatch, scan: Scan) -> bool:
    if match.signature.area != "not_environment" or scan.outline.phase in OF_INSTALLERS:
        return False
    traceback = scan.outline.traceback_of(match.line_number)
    return traceback is None or not traceback.is_of_another


class _Order:
    """Earlier lines first: 1.0 for the first match's line, less for each distinct later one."""

    def __init__(self, matches: Iterable[SignatureMatch]) -> None:
        numbers = sorted({match.line_number for match in matches})
        self._place = {number: place for place, number in enumerate(numbers)}

    def line_weight(self, line_number: int) -> float:
        return 1.0 / (1.0 + self._place[line_number] / 4)


def _benign_warning_lines(matches: Iterable[SignatureMatch]) -> frozenset[int]:
    """Warning lines that a rule of no more weight than a warning names, or a hint that is no problem at all."""
    warnings = (match for match in matches if match.kind is Kind.WARNING)
    return frozenset(match.line_number for match in warnings if _is_benign(match))


def _is_benign(match: SignatureMatch) -> bool:
    if match.signature.severity is Severity.INFO:
        return match.signature.area == "not_environment" and not _RAISES.search(match.line)
    return match.signature.severity is Severity.WARNING


def _cause(match: SignatureMatch, order: _Order, light: frozenset[int]) -> Cause:
    signature = match.signature
    specific = min(_MAX_SPECIFIC, len(match.matched) / _CHARACTERS_A_POINT)
    quoted = match.line_number in light and signature.severity is Severity.ERROR
    score = (_QUOTED if quoted else _weight(match)) + _KIND[match.kind] + specific
    score += _FIRST * order.line_weight(match.line_number) - _LATER_SIGNATURE * signature.place - _JOINED * match.joined
    score -= _CONSEQUENCE * min(_MAX_BEHIND, explainer_counts().get(signature.rule, 0))
    return Cause(
        signature.rule, match.matched, match.line, match.line_number, round(score, 2), match.groups, _severity(match)
    )


@cache
def explainer_counts() -> dict[str, int]:
    """How many rules explain a rule: what much can lead to is more often a consequence than a cause."""
    return dict(Counter(explained for rule in rules.all_rules() for explained in rule.explains))


def _weight(match: SignatureMatch) -> float:
    if rules.load(match.signature.rule).is_notice and match.kind is not Kind.EXCEPTION:
        return _NOTICE
    return max(_SEVERITY[match.signature.severity], _RAISED if match.kind is Kind.EXCEPTION else 0.0)


def _severity(match: SignatureMatch) -> Severity:
    """What the text shows: an exception is an error, unless the rule says that the environment is not to blame."""
    raised = match.kind is Kind.EXCEPTION and match.signature.area != "not_environment"
    return Severity.ERROR if raised else match.signature.severity


def _causes_before_consequences(causes: list[Cause]) -> tuple[Cause, ...]:
    """Put a rule before those it explains, of the same severity, and leave the order otherwise."""
    placed: list[Cause] = []
    for cause in causes:
        explains = rules.load(cause.rule).explains
        before = (i for i, other in enumerate(placed) if other.rule in explains and _can_explain(cause, other))
        placed.insert(next(before, len(placed)), cause)
    return tuple(placed)


def _can_explain(cause: Cause, consequence: Cause) -> bool:
    """Only an error can be what explains an error, unless both name one line."""
    same = cause.line_number == consequence.line_number
    return same or cause.severity is Severity.ERROR or consequence.severity is not Severity.ERROR
