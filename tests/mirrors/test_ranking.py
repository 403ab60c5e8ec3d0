"""The choice among twelve mirrors, sound and faulty ones mixed, is the right one whatever the jitter."""

from __future__ import annotations

import pytest

from doctor.mirrors.choose import choose
from doctor.mirrors.model import JudgedMirror, MirrorVerdict
from tests.mirrors.conftest import Judge
from tests.mirrors.servers import VERSIONS, Behave, Loopback, Mirror, Store, sound

STORE = Store(size=6_000_000, versions=VERSIONS[-2:])
RATES = {"crawling": 400_000, "fair": 900_000, "good": 2_000_000, "best": 5_000_000}
JITTER_S = 0.08


def field(mirrors: Loopback) -> dict[str, Mirror | str]:
    """Four sound mirrors of different rates behind an official source that is far away, and faster faulty ones."""
    fast, broken = sound(STORE), Store(size=6_000_001, versions=VERSIONS[-2:])

    def start(behave: Behave, rate: int = 20_000_000) -> Mirror:
        return mirrors.start(behave, bytes_per_s=rate, jitter_s=JITTER_S)

    return {
        "official": start(fast, 600_000),
        **{name: start(fast, rate) for name, rate in RATES.items()},
        "stale": start(sound(Store(size=6_000_000, versions=VERSIONS[-2:-1]))),
        "tampered": start(sound(broken)),
        "halved": start(lambda h: h.reply(404) if h.path.startswith("/files/") else fast(h)),
        "portal": start(lambda h: h.reply(200, b"<html><title>Portal</title><p>Welcome</p></html>")),
        "refusing": start(lambda h: h.reply(403) if "pip" in h.headers["User-Agent"] else fast(h)),
        "slow": start(fast, 100_000),
        "gone": "https://mirror.invalid/simple",
    }


def check(rows: dict[str, JudgedMirror]) -> None:
    verdicts = {name: row.verdict for name, row in rows.items()}
    assert verdicts == {
        "official": MirrorVerdict.OK,
        **dict.fromkeys(RATES, MirrorVerdict.OK),
        "stale": MirrorVerdict.STALE,
        "tampered": MirrorVerdict.TAMPERED,
        "halved": MirrorVerdict.INCOMPLETE,
        "portal": MirrorVerdict.WRONG_CONTENT,
        "refusing": MirrorVerdict.REFUSES_CLIENT,
        "slow": MirrorVerdict.SLOW,
        "gone": MirrorVerdict.UNREACHABLE,
    }
    assert choose(tuple(rows.values()))["pypi"].name == "best"
    order = sorted(RATES, key=lambda name: rows[name].bytes_per_s or 0)
    assert order == list(RATES)


def test_the_best_of_twelve(mirrors: Loopback, judge: Judge) -> None:
    check(judge(**field(mirrors)))


@pytest.mark.heavy
def test_the_best_of_twelve_in_twenty_runs(mirrors: Loopback, judge: Judge) -> None:
    twelve = field(mirrors)
    for _ in range(20):
        check(judge(**twelve))


def row(
    name: str, rate: float | None, verdict: MirrorVerdict = MirrorVerdict.OK, behind: str = "", configured: str = ""
) -> JudgedMirror:
    return JudgedMirror(
        service="pypi",
        name=name,
        url=f"https://{name}.example.com/simple",
        verdict=verdict,
        reachable=True,
        latency_ms=1.0,
        bytes_per_s=rate,
        behind=behind,
        reason="",
        configured=configured,
    )


def test_what_is_configured_stays_within_the_noise() -> None:
    rows = [row("best", 10e6), row("mine", 8.5e6, configured="pip")]
    assert choose(rows)["pypi"].name == "mine"
    assert choose([row("best", 10e6), row("mine", 5e6, configured="pip")])["pypi"].name == "best"


def test_only_sound_sources_are_chosen() -> None:
    assert choose([row("old", 10e6, MirrorVerdict.STALE), row("far", 1e6)])["pypi"].name == "far"
    assert choose([row("old", 10e6, MirrorVerdict.STALE)]) == {}


def test_a_source_that_was_not_measured_comes_last() -> None:
    assert choose([row("unmeasured", None), row("measured", 300e3)])["pypi"].name == "measured"


def test_latency_alone_never_ranks() -> None:
    import msgspec

    near = msgspec.structs.replace(row("near", 0.5e6), latency_ms=1.0)
    far = msgspec.structs.replace(row("far", 6e6), latency_ms=400.0)
    assert choose([near, far])["pypi"].name == "far"
