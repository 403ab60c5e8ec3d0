"""insecure-package-source."""

from doctor.facts import ConfigFile, Python, Source, Sources
from doctor.model import Risk, Severity
from tests.rules.judging import finding, is_open, points_to

RULE = "insecure-package-source"


def judged(key: str, url: str, tool: str = "pip"):
    return finding(RULE, sources=Sources((Source(tool, key, url, where="/etc/pip.conf"),)))


def test_fires_on_plain_http_and_trusted_host():
    plain = judged("index-url", "http://mirror.example.com/simple")
    assert plain and plain.severity is Severity.WARNING
    assert "https address in /etc/pip.conf" in plain.remedies[0].title
    assert "trusted-host from /etc/pip.conf" in judged("trusted-host", "mirror.example.com").remedies[0].title


def left_open(key: str, url: str, tool: str = "pip") -> bool:
    return is_open(RULE, sources=Sources((Source(tool, key, url),)))


def test_open_with_https_this_machine_apt_and_proxies_as_a_command_may_name_another():
    assert left_open("index-url", "https://mirror.example.com/simple")
    assert left_open("index-url", "http://localhost:3141/root")
    assert left_open("trusted-host", "localhost")
    assert left_open("index-url", "http://archive.example.com/ubuntu", tool="apt")
    assert left_open("proxy", "http://proxy.example.com:3128")


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


def test_pips_older_place_is_left_to_a_person():
    """pip changes the newer one of a user's two files."""
    python = Python(executable="python", prefix=r"C:\env", pip_version="26.0")
    older, newer = r"~\pip\pip.ini", r"~\AppData\Roaming\pip\pip.ini"
    for where, risk in ((older, Risk.MANUAL), (newer, Risk.SAFE), ("~/.pip/pip.conf", Risk.MANUAL)):
        host = Source("pip", "trusted-host", "mirror.example.com", where=where)
        (remedy,) = finding(RULE, sources=Sources((host,)), python=python).remedies
        assert remedy.risk is risk


def test_texts():
    line = "WARNING: The repository located at mirror.example.com is not a trusted or secure host and is being"
    assert points_to(RULE, line)
    assert not points_to(RULE, "Looking in indexes: http://mirror.example.com/simple")
