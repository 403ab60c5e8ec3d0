"""extra-index-confusion."""

from doctor.facts import Source, Sources
from doctor.model import Severity
from tests.rules.judging import finding, is_cleared, is_open, points_to

RULE = "extra-index-confusion"


def judged(url: str, key: str = "extra-index-url", tool: str = "pip"):
    return finding(RULE, sources=Sources((Source(tool, key, url),)))


def test_only_told():
    found = judged("https://packages.example.com/simple")
    assert found and found.severity is Severity.INFO


def cleared(url: str, key: str = "extra-index-url", tool: str = "pip") -> bool:
    return is_cleared(RULE, sources=Sources((Source(tool, key, url),)))


def test_cleared_by_pytorch_s_own_local_ones_a_main_index_and_uv():
    assert cleared("https://download.pytorch.org/whl/cu126")
    assert cleared("file:///opt/wheels")
    assert cleared("http://localhost:8080/simple")
    assert cleared("https://packages.example.com/simple", key="index-url")
    assert cleared("https://packages.example.com/simple", tool="uv")


def test_open_where_nobody_looked():
    assert is_open(RULE)


def test_texts():
    wheel = "torchtriton-3.0.0-cp310-none-any.whl (1.2 MB)"
    assert points_to(RULE, f"  Downloading https://mirror.example.com/packages/ab/{wheel}")
    assert not points_to(RULE, f"  Downloading https://download.pytorch.org/whl/nightly/{wheel}")
    assert not points_to(RULE, "Collecting torchtriton==2.0.0")
