"""cuda-launch-timeout."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Host
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


def test_the_limit_that_is_set_is_named_and_none_is_raised_where_there_is_none():
    def titles(seconds):
        host = Host(os="windows", gpu_timeout_s=seconds)
        return " ".join(remedy.title for remedy in remedies_of(rules.load(RULE), facts_of(host=host)))

    assert "in seconds, now 2)" in titles(2)
    assert "TdrDelay" not in titles(0)
