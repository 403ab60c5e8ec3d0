"""What a text tells where no rule knows it."""

from __future__ import annotations

import pytest

from doctor import rules
from doctor.explain.alike import MAX_ALIKE, alike
from doctor.explain.gist import MACHINE, WHOLE, Gist, gist_of
from doctor.explain.outline import read
from doctor.explain.scan import scan
from doctor.model import Phase

TEXT = """\
Traceback (most recent call last):
  File "/home/someone/train.py", line 3, in <module>
    main()
  File "/env/lib/python3.11/site-packages/torch/cuda/__init__.py", line 319, in _lazy_init
    torch._C._cuda_init()
RuntimeError: the token=abcdefgh12345678 is odd
"""


def gist(text: str) -> Gist:
    return gist_of(scan(text), ())


def test_phase_raiser_and_exception():
    told = gist(TEXT)
    assert (told.phase, told.raised_by) == (Phase.INITIALISING, "torch")
    assert told.where == "torch/cuda/__init__.py, line 319, in _lazy_init"
    assert told.exception_line == 6
    assert MACHINE in told.paste
    assert WHOLE not in told.paste


def test_nothing_private_comes_out():
    assert "abcdefgh" not in gist(TEXT).exception


def test_a_fragment_asks_for_the_whole():
    assert WHOLE in gist("RuntimeError: odd").paste
    assert MACHINE not in gist("ERROR: No matching distribution found for foo").paste


@pytest.mark.parametrize("phase", Phase)
def test_every_phase_has_something_to_ask_for(phase: Phase):
    from doctor.explain import gist as module

    assert phase in module._MORE


NVML = "nvidia driver library versions mismatch: NVML reports another version than the kernel module"


def near(text: str) -> tuple[str, ...]:
    return alike(read(text, 1))


def test_alike_are_rules_few_and_near():
    found = near(NVML)
    assert "nvml-driver-library-mismatch" in found
    assert len(found) <= MAX_ALIKE
    assert set(found) <= set(rules.names())


@pytest.mark.parametrize(
    "text", ["", "all is well", "git: 'foo' is not a git command", "error[E0382]: borrow of moved"]
)
def test_nothing_is_alike_where_nothing_is_near(text: str):
    assert near(text) == ()


def test_nothing_is_guessed_where_a_cause_is_named():
    assert gist_of(scan(NVML), ()).alike
    assert gist_of(scan(NVML), ("out-of-memory",)).alike == ()
