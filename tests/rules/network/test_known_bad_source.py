"""known-bad-source."""

import pytest

from doctor.facts import Source, Sources
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open

RULE = "known-bad-source"


def judged(key: str, url: str):
    return finding(RULE, sources=Sources((Source("pip", key, url),)))


@pytest.mark.parametrize(
    ("key", "url"),
    [
        ("find-links", "https://mirrors.tuna.tsinghua.edu.cn/pytorch-wheels/cu118"),
        ("index-url", "https://mirrors.aliyun.com/pytorch-wheels/cu121/"),
        ("channels", "https://mirrors.bfsu.edu.cn/anaconda/cloud/nvidia"),
        ("channels", "https://mirror.example.com/anaconda/pkgs/free"),
    ],
)
def test_fires(key, url):
    found = judged(key, url)
    assert found and found.severity is Severity.WARNING
    assert commands(found) == [("torch-doctor", "mirrors")]


@pytest.mark.parametrize(
    ("key", "url"),
    [
        ("find-links", "https://mirrors.aliyun.com/pytorch-wheels/cu121/"),  # a flat folder works there
        ("index-url", "https://mirrors.aliyun.com/some/simple/"),
        ("channels", "https://mirrors.bfsu.edu.cn/anaconda/pkgs/main"),
        ("index-url", "https://mirror.sjtu.edu.cn/pytorch-wheels/cu126"),
    ],
)
def test_cleared(key, url):
    assert is_cleared(RULE, sources=Sources((Source("pip", key, url),)))


def test_open_where_nobody_looked():
    assert is_open(RULE)
