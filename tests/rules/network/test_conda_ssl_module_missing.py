"""conda-ssl-module-missing."""

import pytest

from doctor import explain, rules
from doctor.diagnose import remedies_of
from doctor.facts import Host
from tests.rules.judging import facts_of, points_to

RULE = "conda-ssl-module-missing"
TEXTS = [
    "CondaSSLError: OpenSSL appears to be unavailable on this machine.",
    "ImportError: DLL load failed while importing _ssl: 지정된 모듈을 찾을 수 없습니다.",
]
OTHERS = [
    "CondaSSLError: Encountered an SSL error. Most likely a certificate verification issue.",
    "pip is configured with locations that require TLS/SSL, however the ssl module in Python is not available.",
    "ImportError: DLL load failed while importing _imaging: The specified module could not be found.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)


def test_the_prompt_is_of_windows():
    windows, linux = (remedies_of(rules.load(RULE), facts_of(host=Host(os=os))) for os in ("windows", "linux"))
    assert "Prompt" in windows[0].title
    assert "Prompt" not in linux[0].title
