from __future__ import annotations

from doctor.intake.formats import conda_log

PLAN = """\
The following NEW packages will be INSTALLED:

  pytorch            pytorch/linux-64::pytorch-2.1.0-py3.10_cuda12.1_cudnn8.9.2_0
"""


def test_a_plan_alone_is_not_carried_out():
    assert conda_log.read(PLAN.splitlines()) == ({}, set())
    assert conda_log.read([*PLAN.splitlines(), "Executing transaction: failed"]) == ({}, set())


def test_what_was_carried_out_is_there():
    facts, _ = conda_log.read([*PLAN.splitlines(), "Executing transaction: ...working... done"])
    assert facts["packages"].version("torch") == "2.1.0"


def test_updates():
    row = "  pytorch   pytorch::pytorch-1.12.1-py3.9_cpu_0 --> pytorch/win-64::pytorch-2.0.1-py3.9_cpu_0 "
    facts, _ = conda_log.read([row, "Executing transaction: done"])
    assert facts["packages"].version("torch") == "2.0.1"
    assert facts["host"].os == "windows"
