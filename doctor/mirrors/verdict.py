"""What an observation means, beside the reference of its service. Pure: the clock is an argument."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from datetime import datetime

from doctor.bootstrap.sizes import size
from doctor.mirrors.model import JudgedMirror, Listing, MirrorVerdict, Observation, Problem
from doctor.text.addresses import parts_of

SLOW_BYTES_PER_S = 256 * 1024  # a 900 MB wheel takes an hour
DAYS_BEHIND = 3.0
_DAY_S = 86400.0
_SECOND_LEVEL = ("edu", "com", "ac", "co", "org", "net", "gov")


def judge_all(observations: Sequence[Observation], now: float) -> tuple[JudgedMirror, ...]:
    """A verdict for each. `now` in seconds since 1970."""
    references = {o.candidate.service: o for o in reversed(observations) if o.candidate.reference}
    hosts = {o.host for o in observations if o.host and o.problem is None}
    found = []
    for observation in observations:
        reference = references.get(observation.candidate.service)
        usable = reference if reference is not None and reference.problem is None else None
        found.append(judge(observation, usable if usable is not observation else None, hosts, now))
    return tuple(found)


def judge(observation: Observation, reference: Observation | None, hosts: set[str], now: float) -> JudgedMirror:
    """The verdict of one, in the order of the checks: the first that fails decides."""
    behind = _behind(observation, reference, now)
    problem = (
        _bounces(observation, reference, hosts)
        or observation.problem
        or _tampering(observation, reference)
        or _stale(observation, behind)
        or _incomplete(observation, reference)
        or _slow(observation)
    )
    candidate = observation.candidate
    return JudgedMirror(
        service=candidate.service,
        name=candidate.name,
        url=candidate.shown,
        verdict=problem.verdict if problem else MirrorVerdict.OK,
        reachable=observation.reachable,
        latency_ms=round(observation.latency_ms, 1) if observation.latency_ms is not None else None,
        bytes_per_s=round(observation.bytes_per_s) if observation.bytes_per_s is not None else None,
        behind=behind,
        reason=problem.reason if problem else "",
        configured=candidate.configured,
        official=candidate.official,
        layout=candidate.layout,
        final_host=observation.host,
        evidence=tuple(_evidence(observation, reference, now)),
        received_bytes=observation.received_bytes,
    )


def _bounces(observation: Observation, reference: Observation | None, hosts: set[str]) -> Problem | None:
    """A mirror whose answers or files are another operator's."""
    if observation.candidate.official or observation.candidate.reference:
        return None
    start = _origin(observation)
    if observation.hops and observation.host and not same_site(start, observation.host):
        return Problem(MirrorVerdict.BOUNCES, f"sends its clients to {observation.host}")
    files = observation.file_host
    others = {reference.host, reference.file_host} if reference else set()
    if files and not same_site(start, files) and (files in others or files in hosts):
        return Problem(MirrorVerdict.BOUNCES, f"its files come from {files}")
    return None


def _origin(observation: Observation) -> str:
    parts = parts_of(observation.hops[0] if observation.hops else observation.candidate.url)
    return f"{parts.hostname}:{parts.port or (80 if parts.scheme == 'http' else 443)}"


def same_site(one: str, other: str) -> bool:
    """Whether two "host:port" are of one operator, by their registered domain.

    >>> same_site("mirror.nju.edu.cn:443", "mirrors.nju.edu.cn:443"), same_site("a.edu.cn:443", "b.edu.cn:443")
    (True, False)
    """
    if one == other:
        return True
    (host, _, port), (host2, _, port2) = one.rpartition(":"), other.rpartition(":")
    if host == host2:
        return {port, port2} <= {"80", "443"}
    if any(_is_address(h) or "." not in h for h in (host, host2)):
        return False
    return _domain(host) == _domain(host2)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _domain(host: str) -> str:
    labels = host.lower().split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else labels[-2:])


def _tampering(observation: Observation, reference: Observation | None) -> Problem | None:
    """The same file with another hash, another size or other bytes than at the reference."""
    if reference is None or observation.index is None or reference.index is None:
        return None
    official = {entry.name: entry.sha256 for entry in reference.index.entries if entry.sha256}
    for entry in observation.index.entries:
        if entry.sha256 and official.get(entry.name, entry.sha256) != entry.sha256:
            return Problem(
                MirrorVerdict.TAMPERED, f"its index gives another hash for {entry.name} than the official one"
            )
    ours, theirs = observation.sample, reference.sample
    if ours is None:
        return None
    if ours.sha256 and official.get(ours.file, ours.sha256) != ours.sha256:
        return Problem(MirrorVerdict.TAMPERED, f"the bytes of {ours.file} do not have the official hash")
    if theirs is None or ours.file != theirs.file:
        return None
    common = min(len(ours.digests), len(theirs.digests))
    if common and ours.digests[common - 1] != theirs.digests[common - 1]:
        return Problem(MirrorVerdict.TAMPERED, f"the bytes of {ours.file} differ from the official file")
    return None


def _behind(observation: Observation, reference: Observation | None, now: float) -> str:
    """ "3 releases / 12 days" and the like, "" when fresh or not known."""
    ours, theirs = observation.index, reference.index if reference else None
    if ours is None or theirs is None:
        days = (now - observation.synchronised) / _DAY_S if observation.synchronised else 0.0
        return f"{days:.0f} days" if days > DAYS_BEHIND else ""
    if ours.entries and theirs.entries:
        missing = _missing_versions(ours, theirs)
        if missing:
            age = _days(missing_since(theirs, missing), now)
            return _plural(len(missing), "release") + (f" / {_plural(age, 'day')}" if age is not None else "")
    if ours.serial and theirs.serial > ours.serial:
        return _plural(theirs.serial - ours.serial, "change")
    lag = (theirs.modified - ours.modified) / _DAY_S if ours.modified and theirs.modified else 0.0
    return _plural(round(lag), "day") if lag > DAYS_BEHIND and not theirs.entries else ""


def _missing_versions(ours: Listing, theirs: Listing) -> list[str]:
    """Versions of the reference, newest first, that are newer than our newest."""
    from packaging.version import Version

    newest = Version(ours.entries[0].version)
    return [entry.version for entry in theirs.entries if Version(entry.version) > newest]


def missing_since(theirs: Listing, missing: Sequence[str]) -> str:
    """When the oldest of the missing versions came out (ISO), "" when the index does not tell."""
    days = [entry.uploaded for entry in theirs.entries if entry.version in missing and entry.uploaded]
    return min(days, default="")


def _days(iso: str, now: float) -> int | None:
    try:
        return max(0, int((now - datetime.fromisoformat(iso).timestamp()) / _DAY_S)) if iso else None
    except ValueError:
        return None


def _plural(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _stale(observation: Observation, behind: str) -> Problem | None:
    if not behind or observation.candidate.reference:
        return None
    newest = observation.index.entries[0].version if observation.index and observation.index.entries else ""
    return Problem(MirrorVerdict.STALE, f"behind by {behind}" + (f"; its newest is {newest}" if newest else ""))


def _incomplete(observation: Observation, reference: Observation | None) -> Problem | None:
    """A version, or the wheel that runs here, that the reference has and this one has not."""
    if reference is None or observation.index is None or reference.index is None or reference.wanted is None:
        return None
    wanted = reference.wanted
    ours = observation.index.entry(wanted.version)
    if ours is None:
        return Problem(MirrorVerdict.INCOMPLETE, f"does not have {wanted.name}")
    if ours.score < wanted.score:
        return Problem(MirrorVerdict.INCOMPLETE, f"does not have {wanted.name}, only {ours.name}")
    return None


def _slow(observation: Observation) -> Problem | None:
    rate = observation.bytes_per_s
    if rate is None or rate >= SLOW_BYTES_PER_S or not observation.timed:
        return None
    return Problem(MirrorVerdict.SLOW, f"{size(rate)}/s")


def _evidence(observation: Observation, reference: Observation | None, now: float) -> list[str]:
    said = list(observation.notes)
    if observation.index and observation.index.entries:
        said.append(f"newest {observation.index.entries[0].version} of {observation.index.files} files")
    if observation.index and observation.index.serial:
        said.append(f"serial {observation.index.serial}")
    if observation.sample:
        same = _same_bytes(observation, reference)
        said.append(f"read {size(observation.sample.bytes_read)} of {observation.sample.file}{same}")
        said += [] if observation.sample.ranges else ["no ranges"]
    if observation.synchronised:
        said.append(f"synchronised {(now - observation.synchronised) / 3600:.0f} h ago according to its own status")
    if observation.hops:
        said.append(f"redirects to {observation.host}")
    return said


def _same_bytes(observation: Observation, reference: Observation | None) -> str:
    ours, theirs = observation.sample, reference.sample if reference else None
    if ours and ours.sha256 and observation.wanted and observation.wanted.sha256 == ours.sha256:
        return ", with the right hash"
    if ours and theirs and ours.file == theirs.file and ours.digests and theirs.digests:
        return ", the same as the official bytes"
    return ""
