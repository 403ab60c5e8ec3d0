from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from doctor.mirrors.model import JudgedMirror, Limits, MirrorCandidate, WantedPackage
from doctor.mirrors.probe import probe_all
from doctor.mirrors.settings import ClientSettings
from doctor.mirrors.verdict import judge_all
from tests.mirrors.servers import Loopback, Mirror, loopback

NOW = 1795400000.0  # 2026-11-23
WANTED = WantedPackage(tag="cp312", platforms=("manylinux", "linux_"), machine="x86_64")


@pytest.fixture
def mirrors(tmp_path: Path) -> Iterator[Loopback]:
    with loopback(tmp_path) as started:
        yield started


class Judge:
    """Probes candidates with the authority of the test's mirrors trusted."""

    def __init__(self, mirrors: Loopback) -> None:
        self.settings = ClientSettings(certificates=(str(mirrors.bundle),))

    def __call__(self, **mirrors: Mirror | str) -> dict[str, JudgedMirror]:
        """`official`, when given, is the reference."""
        return self.within(5.0, **mirrors)

    def within(self, timeout_s: float, **mirrors: Mirror | str) -> dict[str, JudgedMirror]:
        who = [candidate(name, mirror) for name, mirror in mirrors.items()]
        limits = Limits(timeout_s=timeout_s, sample_s=0.4)
        return {row.name: row for row in judge_all(probe_all(who, self.settings, WANTED, limits), NOW)}


def candidate(name: str, mirror: Mirror | str) -> MirrorCandidate:
    url = mirror if isinstance(mirror, str) else mirror.url
    first = name == "official"
    return MirrorCandidate(service="pypi", name=name, url=url, shown=url, official=first, reference=first)


@pytest.fixture
def judge(mirrors: Loopback) -> Judge:
    return Judge(mirrors)
