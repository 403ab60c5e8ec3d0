"""insecure-package-source."""

from doctor.facts import Source, Sources
from doctor.model import Severity
from tests.rules.judging import commands, finding, points_to

RULE = "insecure-package-source"


def judged(key: str, url: str, tool: str = "pip"):
    return finding(RULE, sources=Sources((Source(tool, key, url, where="/etc/pip.conf"),)))


def test_fires_on_plain_http_and_trusted_host():
    plain = judged("index-url", "http://mirror.example.com/simple")
    assert plain and plain.severity is Severity.WARNING
    assert "trusted-host" in commands(judged("trusted-host", "mirror.example.com"))[0][-1]


def test_quiet_on_https_this_machine_apt_and_proxies():
    assert judged("index-url", "https://mirror.example.com/simple") is None
    assert judged("index-url", "http://localhost:3141/root") is None
    assert judged("trusted-host", "localhost") is None
    assert judged("index-url", "http://archive.example.com/ubuntu", tool="apt") is None
    assert judged("proxy", "http://proxy.example.com:3128") is None


def test_texts():
    line = "WARNING: The repository located at mirror.example.com is not a trusted or secure host and is being"
    assert points_to(RULE, line)
    assert not points_to(RULE, "Looking in indexes: http://mirror.example.com/simple")
