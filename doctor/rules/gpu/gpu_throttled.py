"""A GPU is slowed down by heat or by its power supply.

## Why it matters
With a hardware or thermal slowdown the clocks drop to a fraction; training works, but at a crawl. A power cap or an
idle clock is normal and not reported here.

## What to do
Check the cooling, the fan and the power cables, and remove dust.

## References
- nvmlClocksEventReasons in NVIDIA's NVML reference
"""

from __future__ import annotations

from doctor.facts import Nvidia
from doctor.model import Severity
from doctor.remedy.actions import Action, Look
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.WARNING
MESSAGE = "{gpu} is slowed down right now: {why}{heat}"
_BAD = ("hw_slowdown", "hw_thermal", "hw_power_brake", "sw_thermal")


def check(nvidia: Nvidia) -> Answer:
    for gpu in nvidia.gpus or ():
        bad = [reason for reason in gpu.throttle_reasons if _plain(reason).startswith(_BAD)]
        if bad:
            evidence = seen(f"nvidia.gpus[{gpu.index}].throttle_reasons", ", ".join(bad), "none of these")
            heat = f" at {gpu.temperature_celsius} °C" if gpu.temperature_celsius else ""
            return there(evidence, gpu=f"GPU {gpu.index} ({gpu.name})", why=", ".join(bad), heat=heat)
    return cannot_tell("nvidia.gpus") if nvidia.gpus is None else not_there("nvidia.gpus", "none is slowed down")


def _plain(reason: str) -> str:
    """NVML's and nvidia-smi's spellings in one form: "HW Thermal Slowdown" -> "hw_thermal_slowdown"."""
    return reason.strip().lower().replace(" ", "_").replace("hardware", "hw").replace("software", "sw")


def remedies() -> tuple[Action, ...]:
    ask = ("nvidia-smi", "-q", "-d", "PERFORMANCE,TEMPERATURE,POWER,CLOCK")
    return (Look(title="Watch clocks, power and temperature", commands=(ask,)),)
