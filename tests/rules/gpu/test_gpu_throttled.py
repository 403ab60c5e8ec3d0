"""gpu-throttled."""

from doctor.facts import Gpu, Nvidia
from tests.rules.judging import finding

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
