"""Which requirement stands against which, in what uv or pip says of a resolve that has no answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import msgspec
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from doctor.catalog.specifiers import requirement
from doctor.model import DoctorError, Exit

CHOSEN = ("torch", "torchvision", "torchaudio")
FOUND = "{one} against {other}"
NEEDS = "{spec} (needed by {by})"
ASKED = "{spec} (asked for)"
PICKED = "{spec} (chosen for this machine)"
NAME_TORCH = "name a torch that both allow with --torch, or loosen the other"
_WRAPPED = re.compile(r"\s*\n[\s│╰─▶]*")  # uv breaks its sentences
_SPEC = r"([A-Za-z0-9][\w.-]*(?:\[[\w,-]*\])?(?:[<>=!~]{1,3}[^\s,]+(?:,[<>=!~]{1,3}[^\s,]+)*)?)"
_UV_NEEDS = re.compile(rf"(?<!\S)([A-Za-z]\S*) depends? on {_SPEC}")
_UV_ASKED = re.compile(rf"(?<!conclude that )\byou require {_SPEC}(?: and {_SPEC}(?=,| ))?")
_PIP_NEEDS = re.compile(r"^ +(\S+ \S+) depends on (\S+)", re.M)
_PIP_ASKED = re.compile(r"^ +The user requested (?:\(constraint\) )?(\S+)", re.M)


class _Claim(msgspec.Struct, frozen=True):
    """What is needed, and by whom; "" for what was asked for."""

    by: str
    wanted: Requirement

    @property
    def name(self) -> str:
        return canonicalize_name(self.wanted.name)

    @property
    def text(self) -> str:
        spec = str(self.wanted).replace("===", "==")
        if self.by:
            return NEEDS.format(spec=spec, by=self.by)
        return (PICKED if self.name in CHOSEN else ASKED).format(spec=spec)


def conflict_error(text: str) -> DoctorError | None:
    """None where the words tell of no contradiction."""
    pair = _pair(list(_claims(text)))
    if pair is None:
        return None
    found = FOUND.format(one=pair[0].text, other=pair[1].text)
    hint = NAME_TORCH if pair[0].name in CHOSEN else "loosen one of the two"
    return DoctorError("setup-conflict", "the requirements contradict each other", found, hint, exit_code=Exit.NOT_DONE)


def _claims(text: str) -> Iterator[_Claim]:
    flat = _WRAPPED.sub(" ", text)
    rows = [(found[1], found[2]) for found in _UV_NEEDS.finditer(flat)]
    rows += [("", spec) for found in _UV_ASKED.finditer(flat) for spec in found.groups() if spec]
    rows += [(found[1].replace(" ", "=="), found[2]) for found in _PIP_NEEDS.finditer(text)]
    rows += [("", found[1]) for found in _PIP_ASKED.finditer(text)]
    for by, spec in dict.fromkeys(rows):
        try:
            yield _Claim(by, requirement(spec.rstrip(".;")))
        except InvalidRequirement:
            continue  # words of another sentence


def _pair(claims: list[_Claim]) -> tuple[_Claim, _Claim] | None:
    """What was asked for comes before what follows from it."""
    pairs = ((one, other) for one, other in combinations(claims, 2) if one.name == other.name)
    apart = [(one, other) for one, other in pairs if not _agree(one.wanted, other.wanted)]
    return min(apart, key=lambda pair: bool(pair[0].by and pair[1].by), default=None)


def _agree(one: Requirement, other: Requirement) -> bool:
    """Whether it is plain that both can be met: one names a version that the other allows, or allows any."""
    if not one.specifier or not other.specifier or str(one.specifier) == str(other.specifier):
        return True
    for pinned, wanted in ((one, other), (other, one)):
        for part in pinned.specifier:
            if part.operator in ("==", "===") and not part.version.endswith(".*"):
                return wanted.specifier.contains(_version(part.version), prereleases=True)
    return False


def _version(text: str) -> Version | str:
    try:
        return Version(text)
    except InvalidVersion:
        return text
