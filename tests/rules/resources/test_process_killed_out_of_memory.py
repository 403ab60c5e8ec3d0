"""process-killed-out-of-memory."""

import pytest

from doctor import explain, rules
from doctor.diagnose import remedies_of
from tests.rules.hosts import UBUNTU, WINDOWS, WSL
from tests.rules.judging import facts_of, points_to

RULE = "process-killed-out-of-memory"


def test_schedulers_and_launchers():
    assert points_to(RULE, "slurmstepd: error: Exceeded job memory limit")
    assert points_to(RULE, "TERM_MEMLIMIT: job killed after reaching LSF memory usage limit.")
    assert points_to(RULE, "exitcode  : -9 (pid: 4411)")
    assert points_to(RULE, "command terminated with exit code 137")


def test_other_ends_are_none():
    assert not points_to(RULE, "exitcode  : -15 (pid: 4411)")
    assert not points_to(RULE, "epoch 137 done, exit")
    assert not points_to(RULE, "Killed 3 stale workers, going on")
    assert not points_to(RULE, "torch.OutOfMemoryError: CUDA out of memory.")


@pytest.mark.parametrize(
    "text",
    [
        "Collecting torch\n  Downloading torch-2.9.1-cp311-cp311-manylinux_2_28_x86_64.whl (899.8 MB)\nKilled\n",
        "c++: fatal error: Killed signal terminated program cc1plus\nninja: build stopped: subcommand failed.\n",
    ],
)
def test_an_installer_that_is_killed_is_another_matter(text):
    assert RULE not in [cause.rule for cause in explain.causes(text)]


def test_the_kernel_is_asked_where_it_can_be():
    look, _ = remedies_of(rules.load(RULE), facts_of(host=UBUNTU))
    assert look.commands == (("sudo", "dmesg"),)
    assert len(remedies_of(rules.load(RULE), facts_of(host=WINDOWS))) == 1
    assert ".wslconfig" in remedies_of(rules.load(RULE), facts_of(host=WSL))[-1].title
