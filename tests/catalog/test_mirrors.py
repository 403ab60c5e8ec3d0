"""The catalog of package sources: every row can be used, and says where it is from."""

from __future__ import annotations

import re

import pytest

from doctor.catalog import mirrors
from doctor.mirrors.services import BY_NAME
from tests.each import each


@each("row", mirrors.load().mirror)
def test_rows(row: mirrors.Mirror) -> None:
    assert row.service in BY_NAME
    assert row.source
    assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", row.as_of)
    assert row.layout in ("simple", "flat")
    assert not row.url or re.match(r"https?://[\w.-]+(/|$)", row.url)
    assert not row.url.endswith("/")


def test_no_service_has_two_rows_of_a_name() -> None:
    names = [(row.service, row.name) for row in mirrors.load().mirror]
    assert len(names) == len(set(names))


def test_what_is_not_offered_is_not_a_candidate() -> None:
    assert "tuna" in {row.name for row in mirrors.load().mirror if row.service == "pytorch"}
    assert "tuna" not in {row.name for row in mirrors.offered("pytorch")}
    assert mirrors.offered("conda-forge")[0].official


@pytest.mark.parametrize(
    ("url", "key", "bad"),
    [
        ("https://mirrors.tuna.tsinghua.edu.cn/pytorch-wheels/cu118", "find-links", True),
        ("https://mirrors.aliyun.com/pytorch-wheels/cu121/", "index-url", True),
        ("https://mirrors.aliyun.com/pytorch-wheels/cu121/", "find-links", False),
        ("https://opentuna.cn/pypi/web/simple", "index-url", True),
        ("https://pypi.tuna.tsinghua.edu.cn/simple", "index-url", False),
    ],
)
def test_known_bad(url: str, key: str, bad: bool) -> None:
    assert (mirrors.known_bad(url, key) is not None) is bad


def test_no_candidate_is_known_to_be_bad() -> None:
    dead = ("dead", "removed", "presumed-dead")
    listed = [row for row in mirrors.load().mirror if row.url and row.status not in dead]
    assert [row.url for row in listed if mirrors.known_bad(row.url)] == []
