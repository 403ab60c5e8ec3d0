"""gpu-throttled."""

from doctor.facts import Gpu, Nvidia
from tests.rules.hosts import UBUNTU
from tests.rules.judging import commands, finding, is_cleared, is_open

RULE = "gpu-throttled"


def judged(*reasons):
    return finding(RULE, nvidia=Nvidia(gpus=(Gpu("T4", throttle_reasons=reasons, temperature_celsius=97),)))


def test_heat_and_power_brake():
    for reason in ("hw_thermal_slowdown", "HW Slowdown", "hw_power_brake_slowdown", "SW Thermal Slowdown"):
        found = judged(reason)
        assert found is not None
        assert "97 °C" in found.message


def test_quiet_on_idle_and_power_cap():
    assert judged("gpu_idle", "sw_power_cap", "applications_clocks_setting") is None
    assert judged() is None


def test_what_clears_it_and_what_leaves_it_open():
    assert is_cleared(RULE, nvidia=Nvidia(gpus=(Gpu("T4"),)))
    assert is_open(RULE, nvidia=Nvidia())


def test_clocks_and_temperature_are_shown():
    hot = Nvidia(gpus=(Gpu("T4", throttle_reasons=("hw_slowdown",)),))
    found = finding(RULE, nvidia=hot, host=UBUNTU)
    assert commands(found) == [("nvidia-smi", "-q", "-d", "PERFORMANCE,TEMPERATURE,POWER,CLOCK")]
