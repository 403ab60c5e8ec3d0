"""download-interrupted."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Host, Python
from tests.rules.judging import facts_of, points_to

RULE = "download-interrupted"
LINUX = Host(os="linux")


def first(**facts):
    return remedies_of(rules.load(RULE), facts_of(host=LINUX, **facts))[0]


def test_each_installer_waits_longer_in_its_own_words():
    pip = first(python=Python(executable="python", pip_version="24.0")).commands[0]
    assert pip[-5:] == ("--timeout", "120", "--retries", "10", "PACKAGE")
    uv = first(python=Python(executable="python", pip_version="")).commands[0]
    assert uv[:2] == ("env", "UV_HTTP_TIMEOUT=300")
    assert "--timeout" not in uv
    conda = first(python=Python(kind="conda", prefix="/opt/e"), error=ErrorText("CondaHTTPError: HTTP 000"))
    assert conda.commands[0] == ("conda", "config", "--set", "remote_read_timeout_secs", "180")


def test_texts():
    line = "pip._vendor.urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool(host='x', port=443): Read timed out."
    assert points_to(RULE, line)
    assert points_to(RULE, "http.client.IncompleteRead: IncompleteRead(44 bytes read, 100 more expected)")
    assert not points_to(RULE, "TimeoutError: The read operation timed out")
    assert not points_to(
        RULE, "CondaHTTPError: HTTP 404 NOT FOUND for url <https://conda.anaconda.org/x/noarch/a.conda>"
    )
