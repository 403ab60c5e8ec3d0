from __future__ import annotations

import pytest

from doctor.explain.literals import required


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        (r"Torch not compiled with CUDA enabled", {"torch not compiled with cuda enabled"}),
        (r"(?i)illegal instruction|SIGILL", {"illegal instruction", "sigill"}),
        (r"^Killed$", {"killed"}),
        (r"lib(?:cudart|cublas)\.so\.\d+: cannot open", {": cannot open"}),
        (r"(?:abc)?(?:longer words)+x", {"longer words"}),
        (r"\d+ GiB", {" gib"}),
        (r"WinError (?:126|193)\b", {"winerror 1"}),
        (r"找不到指定的模块", {"找不到指定的模块"}),
    ],
)
def test_the_most_selective_comes_first(pattern: str, first: set[str]):
    assert required(pattern)[0] == first


def test_all_that_a_match_needs():
    assert set(required(r"torch.{0,80}rocm")) == {frozenset({"torch"}), frozenset({"rocm"})}


def test_nothing_is_needed_where_a_branch_is_empty():
    assert required(r"(?:abcd|)") == ()
    assert required(r"\d+") == ()
    assert required(r"(?:abcd)?") == ()
    assert required(r"(?!abcd)x") == ()
