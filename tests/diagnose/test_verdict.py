"""A machine is sound only when what decides was looked at. Each case stands for a kind of not having looked."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from doctor.diagnose import diagnose
from doctor.diagnose.verdict import MACHINE
from doctor.facts import (
    Amd,
    AmdGpu,
    Apple,
    DeviceCheck,
    Facts,
    Failure,
    Gpu,
    Host,
    Intel,
    Module,
    Nvidia,
    Python,
    Runtime,
    Torch,
    Variables,
)
from doctor.model import Reading, Status, Verdict, absent, ok, skipped

GPU = Nvidia(driver_version="580.95.05", cuda_version="13.0", gpus=(Gpu("NVIDIA A100", compute_capability="8.0"),))
COMPUTED = (DeviceCheck("cpu"), DeviceCheck("cuda:0", "NVIDIA A100"))
SOUND = Facts(
    host=ok(Host(os="linux", architecture="x86_64", libc="glibc", libc_version="2.36")),
    python=ok(Python(executable="/env/bin/python", version="3.12.4", prefix="/env", implementation="CPython", bits=64)),
    nvidia=ok(GPU),
    amd=absent("no AMD GPU"),
    intel=absent("no Intel GPU"),
    apple=absent("not a Mac"),
    torch=ok(Torch(version="2.9.1+cu128", build="cu128", cuda_version="12.8")),
    runtime=ok(
        Runtime(imported=True, cuda_available=True, cuda_device_count=1, devices=COMPUTED, arch_list=("sm_80", "sm_90"))
    ),
)


def verdict(**changed: Any) -> Verdict:
    return diagnose(msgspec.structs.replace(SOUND, **changed)).verdict


def reasons(**changed: Any) -> str:
    return " ".join(diagnose(msgspec.structs.replace(SOUND, **changed)).undetermined)


def test_sound_when_everything_that_decides_was_seen() -> None:
    assert verdict() is Verdict.SOUND


@pytest.mark.parametrize("status", [Status.TIMEOUT, Status.CRASHED, Status.DENIED])
def test_a_target_that_does_not_answer(status: Status) -> None:
    dead: Reading[Any] = Reading(status, reason="no answer in 4 s")
    assert verdict(python=dead, torch=dead, runtime=dead) is Verdict.UNDETERMINED
    assert "no answer in 4 s" in reasons(python=dead, torch=dead, runtime=dead)


def test_facts_without_anything() -> None:
    assert diagnose(Facts()).verdict is Verdict.UNDETERMINED


def test_a_text_with_a_python_version_alone() -> None:
    assert diagnose(Facts(python=ok(Python(version="3.10.1")))).verdict is Verdict.UNDETERMINED


def test_an_unknown_build() -> None:
    unknown = ok(Torch(version="2.9.1"))
    assert verdict(torch=unknown) is Verdict.UNDETERMINED
    assert "torch.version.cuda" in reasons(torch=unknown)


def test_an_import_that_was_not_seen() -> None:
    assert verdict(runtime=skipped("not in the text")) is Verdict.UNDETERMINED
    assert "import torch" in reasons(runtime=skipped("not in the text"))


def test_fast_says_what_it_leaves_out_and_is_content_with_the_rest() -> None:
    assert verdict(runtime=skipped("--fast imports nothing in the target")) is Verdict.SOUND


def test_a_gpu_that_nobody_computed_on() -> None:
    only_cpu = ok(Runtime(imported=True, cuda_available=True, cuda_device_count=1, devices=COMPUTED[:1]))
    assert verdict(runtime=only_cpu) is Verdict.UNDETERMINED
    assert "A100" in reasons(runtime=only_cpu)


def test_gpus_that_nobody_could_look_for() -> None:
    late: Reading[Any] = Reading(Status.TIMEOUT, reason="no answer in 9 s")
    assert "no answer in 9 s" in reasons(nvidia=late, runtime=ok(Runtime(imported=True, devices=COMPUTED[:1])))


def test_gpus_that_are_hidden_on_purpose_are_not_missed() -> None:
    hidden = ok(Variables({"CUDA_VISIBLE_DEVICES": ""}))
    blind = ok(Runtime(imported=True, cuda_available=False, cuda_device_count=0, devices=COMPUTED[:1]))
    assert reasons(variables=hidden, runtime=blind) == ""


@pytest.mark.parametrize(
    ("torch", "hardware", "device"),
    [
        (
            Torch(version="2.9.1+rocm6.4", build="rocm6.4", hip_version="6.4"),
            {"amd": ok(Amd((AmdGpu("MI300X"),)))},
            "cuda:0",
        ),
        (Torch(version="2.9.1+xpu", build="xpu", xpu_version="2025.2"), {"intel": ok(Intel(("Arc B580",)))}, "xpu:0"),
    ],
)
def test_other_accelerators_count_in_the_same_way(torch: Torch, hardware: dict[str, Any], device: str) -> None:
    none = {"nvidia": absent("no NVIDIA GPU"), **hardware, "torch": ok(torch)}
    unseen = ok(Runtime(imported=True, devices=COMPUTED[:1]))
    computed = ok(Runtime(imported=True, devices=(DeviceCheck("cpu"), DeviceCheck(device))))
    assert "no computation on it" in reasons(**none, runtime=unseen)
    assert "no computation on it" not in reasons(**none, runtime=computed)


def test_a_mac_has_its_gpu_in_the_chip() -> None:
    mac = {
        "host": ok(Host(os="macos", architecture="arm64", distribution_version="15.5")),
        "apple": ok(Apple(chip="Apple M3", macos="15.5")),
        "nvidia": absent("not on a Mac"),
        "torch": ok(Torch(version="2.9.1")),
    }
    assert "Apple GPU" in reasons(**mac, runtime=ok(Runtime(imported=True, mps_available=True)))


def test_a_cpu_build_on_a_machine_without_gpus_needs_no_gpu() -> None:
    cpu = {
        "nvidia": absent("no NVIDIA GPU"),
        "torch": ok(Torch(version="2.9.1+cpu", build="cpu", cuda_version="")),
        "runtime": ok(Runtime(imported=True, cuda_available=False, devices=COMPUTED[:1])),
    }
    assert verdict(**cpu) is Verdict.SOUND


def test_a_driver_that_does_not_answer_shows_no_machine_without_a_gpu():
    """A dump: CUDA build, CUDA not available, nothing collected of GPU and driver. Only the PCI bus would tell."""
    torch, runtime = (
        ok(Torch(version="2.9.1+cu128", build="cu128", cuda_version="12.8")),
        Runtime(imported=True, cuda_available=False),
    )
    dump = Facts(torch=torch, runtime=ok(runtime), nvidia=ok(Nvidia(driver_version="", gpus=())))
    assert diagnose(dump).verdict is Verdict.UNDETERMINED
    looked = msgspec.structs.replace(dump, nvidia=ok(Nvidia(driver_version="", gpus=(), pci_gpus=())))
    assert diagnose(looked).verdict is Verdict.SOUND


def test_a_python_of_which_a_text_tells_only_the_kind_did_not_fail_to_answer():
    told = diagnose(Facts(python=ok(Python(kind="venv"))))
    assert not any("did not answer" in reason for reason in told.undetermined)


def test_a_machine_alone_is_judged_by_what_is_of_the_machine() -> None:
    nothing = skipped(MACHINE)
    alone = {"python": nothing, "torch": nothing, "runtime": nothing}
    assert verdict(**alone) is Verdict.SOUND
    assert verdict(**alone, nvidia=Reading(Status.TIMEOUT, reason="no answer in 60 s")) is Verdict.UNDETERMINED


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (Failure("RuntimeError: strange"), "`import torchvision` fails (RuntimeError: strange), and no rule knows why"),
        (Failure("torchvision: no answer in 9.0 s", timed_out=True), "not known whether `import torchvision` works"),
    ],
)
def test_a_companion_that_cannot_be_imported_is_no_sound_machine(failure: Failure, words: str) -> None:
    runtime = msgspec.structs.replace(SOUND.runtime.value, modules=(Module("torchvision", failure=failure),))
    assert verdict(runtime=ok(runtime)) is Verdict.UNDETERMINED
    assert words in reasons(runtime=ok(runtime))


def test_an_import_that_has_not_ended_is_told_as_such() -> None:
    slow = ok(Runtime(failure=Failure("torch: no answer in 60 s", timed_out=True)))
    assert verdict(runtime=slow) is Verdict.UNDETERMINED
    assert "whether `import torch` works (torch: no answer in 60 s): wait longer with --timeout" in reasons(
        runtime=slow
    )


def test_where_there_is_no_gpu_nothing_has_to_explain_that_none_is_found() -> None:
    failure = Failure("torchaudio: no answer in 9.0 s", timed_out=True)
    runtime = Runtime(imported=True, cuda_available=False, modules=(Module("torchaudio", failure=failure),))
    nothing = Nvidia(driver_version="", gpus=(), pci_gpus=())
    report = diagnose(msgspec.structs.replace(SOUND, runtime=ok(runtime), nvidia=ok(nothing)))
    assert report.verdict is Verdict.UNDETERMINED
    assert report.suspects == ()
