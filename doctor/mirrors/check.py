"""`check --network`: the sources that are set up, probed; each gets its verdict in the facts."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import msgspec

from doctor.facts import Facts, Source, Sources
from doctor.match.machine import machine_of
from doctor.mirrors import settings as user
from doctor.mirrors.candidates import BUILT_IN, address_of, candidates
from doctor.mirrors.model import JudgedMirror, Limits, MirrorCandidate
from doctor.mirrors.probe import probe_all
from doctor.mirrors.verdict import judge_all
from doctor.mirrors.wanted import wanted_for
from doctor.model import Reading, Status, ok
from doctor.privacy import without_credentials
from doctor.target import Target
from doctor.text.addresses import parts_of

_SERVICES = ("pypi", "pytorch", "conda-defaults", "conda-forge", "conda-pytorch", "conda-nvidia", "apt-cuda")
_FROM_PIP = "index-url"


def probe_configured(facts: Facts, target: Target, timeout_s: float = 8.0) -> Facts:
    """The facts with a verdict on every configured source that can be probed. Never raises for what the network does.

    The sources that they are compared with (PyPI, the official channels) are asked too. pip's built-in index, where
    it is in use, becomes a source of its own.
    """
    settings = user.read(target)
    known = facts.sources.value or Sources()
    wanted = wanted_for(machine_of(facts, target.executable))
    who = candidates(_SERVICES, settings, wanted, known)
    asked = tuple(c for c in who if c.configured or c.reference)
    judged = judge_all(probe_all(asked, settings, wanted, Limits(timeout_s=timeout_s)), time.time())
    found = {(c.service, c.shown.rstrip("/")): row for c, row in zip(asked, judged, strict=True)}
    entries = [_with_verdict(entry, found) for entry in known.entries]
    entries += _built_in_sources(asked, judged)
    reading: Reading[Sources] = ok(msgspec.structs.replace(known, entries=tuple(entries)), source="probed")
    if facts.sources.status not in (Status.OK, Status.ABSENT):
        reading = facts.sources if not entries else reading
    return msgspec.structs.replace(facts, sources=reading)


def _with_verdict(entry: Source, found: Mapping[tuple[str, str], JudgedMirror]) -> Source:
    address = without_credentials(address_of(entry)).rstrip("/")
    row = next((row for (_, url), row in found.items() if url == address), None)
    if row is None or parts_of(entry.url).scheme not in ("http", "https") or entry.key == "proxy":
        return entry
    return msgspec.structs.replace(entry, verdict=row.verdict.value, reason=row.reason)


def _built_in_sources(asked: Sequence[MirrorCandidate], judged: Sequence[JudgedMirror]) -> list[Source]:
    return [
        Source("pip", _FROM_PIP, row.url, BUILT_IN, row.verdict.value, row.reason)
        for candidate, row in zip(asked, judged, strict=True)
        if candidate.configured == BUILT_IN
    ]
