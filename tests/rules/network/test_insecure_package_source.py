"""insecure-package-source."""

from doctor.facts import ConfigFile, Python, Source, Sources
from doctor.model import Risk, Severity
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


def test_a_file_of_the_users_may_be_changed_where_nothing_needs_the_setting():
    python = Python(executable="/env/bin/python", prefix="/env", pip_version="26.0")
    host = Source("pip", "trusted-host", "mirror.example.com", where="~/.config/pip/pip.conf")
    config = ConfigFile("~/.config/pip/pip.conf", {"install.trusted-host": "mirror.example.com"})
    (remedy,) = finding(RULE, sources=Sources((host,), (config,)), python=python).remedies
    unset = ("/env/bin/python", "-m", "pip", "config", "--user", "unset", "install.trusted-host")
    assert (remedy.risk, remedy.commands, remedy.writes) == (Risk.SAFE, (unset,), (host.where,))
    plain = Source("pip", "extra-index-url", "http://mirror.example.com/simple", where="/etc/pip.conf")
    (remedy,) = finding(RULE, sources=Sources((host, plain), (config,)), python=python).remedies
    assert remedy.risk is Risk.MANUAL
    of_system = Source("pip", "trusted-host", "mirror.example.com", where="/etc/pip.conf")
    (remedy,) = finding(RULE, sources=Sources((of_system,)), python=python).remedies
    assert remedy.risk is Risk.MANUAL


def test_texts():
    line = "WARNING: The repository located at mirror.example.com is not a trusted or secure host and is being"
    assert points_to(RULE, line)
    assert not points_to(RULE, "Looking in indexes: http://mirror.example.com/simple")
