"""cuda-launch-timeout."""

from doctor import rules
from doctor.diagnose import remedies_of
from tests.rules.hosts import UBUNTU, WINDOWS, WSL
from tests.rules.judging import facts_of, points_to

RULE = "cuda-launch-timeout"


def test_runtime_driver_and_windows():
    assert points_to(RULE, "CUDA error: the launch timed out and was terminated")
    assert points_to(RULE, "CUDA_ERROR_LAUNCH_TIMEOUT")
    assert points_to(RULE, "Stop code: VIDEO_TDR_FAILURE (nvlddmkm.sys)")


def test_other_time_outs_are_none():
    assert not points_to(RULE, "Watchdog caught collective operation timeout")
    assert not points_to(RULE, "NVRM: Xid (PCI:0000:01:00): 18, pid=1")


def test_only_windows_has_a_limit_to_raise():
    def told(host):
        return any("TdrDelay" in remedy.title for remedy in remedies_of(rules.load(RULE), facts_of(host=host)))

    assert told(WINDOWS) and told(WSL) and not told(UBUNTU)
