"""`check --network`: a verdict on every configured source, nothing but a reading when there is no network."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from doctor.facts import Facts, Host, Python, Source, Sources
from doctor.mirrors.check import probe_configured
from doctor.model import ok
from doctor.target import Target
from tests.mirrors.servers import Loopback, Store, sound

HOST = Host(os="linux", architecture="x86_64", libc="glibc", libc_version="2.36")


@pytest.fixture
def target(tmp_path: Path, mirrors: Loopback) -> Target:
    """An interpreter whose pip knows one index only, so that nothing but loopback is asked."""
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PIP_CERT": str(mirrors.bundle)}
    return Target(sys.executable, env=env, cwd=tmp_path)


def facts(*entries: Source) -> Facts:
    python = Python(version="3.12.1", bits=64, machine="x86_64", executable=sys.executable)
    return Facts(host=ok(HOST), python=ok(python), sources=ok(Sources(entries)))


def test_configured_sources_get_a_verdict(target: Target, mirrors: Loopback) -> None:
    good, empty = mirrors.start(sound(Store())), mirrors.start(lambda h: h.reply(404))
    wheels = empty.url.replace("/simple", "/whl/cpu")
    target.env["PIP_INDEX_URL"] = good.url
    entries = (
        Source("pip", "index-url", good.url, "PIP_INDEX_URL"),
        Source("pip", "extra-index-url", wheels, "~/.config/pip/pip.conf"),
        Source("environment", "proxy", "http://proxy.example.com:3128", "https_proxy"),
    )
    before = facts(*entries)
    after = probe_configured(before, target, timeout_s=20)
    assert after.sources.value is not None
    index, extra, proxy, *_ = after.sources.value.entries
    assert index.verdict not in ("", "unreachable")
    assert (extra.verdict, "404" in extra.reason) == ("incomplete", True)
    assert proxy == entries[2]
    assert after.host == before.host


def test_a_dead_source_is_told_with_its_reason(target: Target) -> None:
    url = "https://mirror.invalid/simple"
    target.env["PIP_INDEX_URL"] = url
    after = probe_configured(facts(Source("pip", "index-url", url, "PIP_INDEX_URL")), target, timeout_s=4)
    assert after.sources.value is not None
    assert after.sources.value.entries[0].verdict == "unreachable"
    assert "DNS" in after.sources.value.entries[0].reason
