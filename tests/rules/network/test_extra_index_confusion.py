"""extra-index-confusion."""

from doctor.facts import Source, Sources
from doctor.model import Severity
from tests.rules.judging import finding, points_to

RULE = "extra-index-confusion"


def judged(url: str, key: str = "extra-index-url", tool: str = "pip"):
    return finding(RULE, sources=Sources((Source(tool, key, url),)))


def test_only_told():
    found = judged("https://packages.example.com/simple")
    assert found and found.severity is Severity.INFO


def test_quiet_on_pytorch_s_own_local_ones_a_main_index_and_uv():
    assert judged("https://download.pytorch.org/whl/cu126") is None
    assert judged("file:///opt/wheels") is None
    assert judged("http://localhost:8080/simple") is None
    assert judged("https://packages.example.com/simple", key="index-url") is None
    assert judged("https://packages.example.com/simple", tool="uv") is None


def test_texts():
    assert points_to(RULE, "Collecting torchtriton==2.0.0")
    assert not points_to(RULE, "Collecting pytorch-triton")
