"""Whether what decides was looked at. What was not is said in sentences, each with the way to make it visible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from doctor.catalog import COMPANIONS
from doctor.diagnose.texts import TextReading
from doctor.facts import Facts, Nvidia, Runtime, Torch, Variables
from doctor.model import Broken, Reading, Status, Unknown

NO_PYTHON = "The Python to examine did not answer ({reason}): name another with --python, or wait longer with --timeout"
NO_TORCH = "Which PyTorch is installed is not known ({reason}): `{show_version}` in that environment shows it"
NO_TORCH_THERE = "There is no PyTorch in that environment, so nothing could be tried"
NO_BUILD = (
    "It is not known whether PyTorch {torch} is built for CUDA, another accelerator or the CPU: `{show_build}` shows it"
)
NOT_IMPORTED = "It is not known whether `import torch` works ({reason}): `{check}` on that machine tries it"
COMPANION_FAILS = "`import {name}` fails ({reason}), and no rule knows why: `{explain}` shows what its text tells"
IMPORT_OPEN = "It is not known whether `import {name}` works ({reason}): wait longer with --timeout"
NO_GPU_FACTS = "It is not known whether there is a working GPU ({reason}): `{check}` on that machine looks for one"
NOT_COMPUTED = "There is {device}, but no computation on it was tried: `{check}` on that machine does that"
UNRECOGNISED = "Nothing in the error text was recognised: `{explain}` shows what can be read from it"
RULED_OUT = "What the error text points to ({rules}) is ruled out by what is known of the machine (-v shows why)"
BROKEN = "The rule {rule} failed ({error}; {place}): this is a bug in torch-doctor, please report it"
OPEN = "{rule} could not be judged ({reason})"
COMMANDS = {
    "show_version": 'python -c "import torch; print(torch.__version__)"',
    "show_build": 'python -c "import torch; print(torch.version.cuda, torch.version.hip)"',
    "check": "torch-doctor check",
    "explain": "torch-doctor explain FILE",
}
NO_DRIVER = "no NVIDIA driver answered, which is so without a GPU and with one that is not set up"
FAST = "--fast imports nothing in the target"
MACHINE = "--machine looks at no environment"
_HIDDEN = ("", "-1", "NoDevFiles", "none", "None", "void")


def undetermined(facts: Facts, texts: TextReading) -> tuple[str, ...]:
    """Why facts without an error do not yet make a machine sound; empty when they do."""
    if facts.torch.reason == MACHINE:
        return tuple(_accelerator(facts))
    reasons = [*_target(facts), *_torch(facts)]
    if not reasons and facts.runtime.reason != FAST:
        reasons = [*_import(facts.runtime), *_companions(facts.runtime), *_accelerator(facts)]
    if texts.unrecognised and texts.withdrawn:
        reasons.append(RULED_OUT.format(rules=", ".join(one.rule for one in texts.withdrawn)))
    elif texts.unrecognised:
        reasons.append(UNRECOGNISED.format(**COMMANDS))
    return tuple(reasons)


def left_open(unknown: Iterable[Unknown]) -> tuple[str, ...]:
    """The same where the question was about some rules alone."""
    return tuple(OPEN.format(rule=u.rule, reason=u.reason) for u in unknown)


def of_broken(broken: Iterable[Broken]) -> tuple[str, ...]:
    return tuple(BROKEN.format(rule=b.rule, error=b.error, place=b.place) for b in broken)


def _target(facts: Facts) -> Iterator[str]:
    """A text need not tell of the Python; a target that was asked has to answer."""
    python = facts.python
    told = python.value
    if python.status is not Status.SKIPPED and (told is None or not (told.version or told.kind)):
        yield NO_PYTHON.format(reason=_reason(python))


def _torch(facts: Facts) -> Iterator[str]:
    torch = facts.torch.value
    if torch is not None and torch.version == "":
        yield NO_TORCH_THERE
    elif torch is None or not torch.version:
        yield NO_TORCH.format(reason=_reason(facts.torch), **COMMANDS)
    elif not _has_known_build(torch, facts):
        yield NO_BUILD.format(torch=torch.version, **COMMANDS)


def _has_known_build(torch: Torch, facts: Facts) -> bool:
    """A Mac's wheel is one for all."""
    on_a_mac = facts.host.value is not None and facts.host.value.os == "macos"
    return on_a_mac or torch.build is not None or torch.cuda_version is not None or bool(torch.hip_version)


def _import(runtime: Reading[Runtime]) -> Iterator[str]:
    """What a program printed of CUDA or MPS, it printed after the import."""
    seen = runtime.value
    if seen is not None and not seen.imported and seen.failure is not None and seen.failure.timed_out:
        yield IMPORT_OPEN.format(name="torch", reason=seen.failure.message or "it did not finish in time")
        return
    ended = seen is not None and (seen.imported or seen.cuda_available is not None or seen.mps_available is not None)
    if not ended:
        yield NOT_IMPORTED.format(reason=_reason(runtime), **COMMANDS)


def _companions(runtime: Reading[Runtime]) -> Iterator[str]:
    """What belongs to torch and cannot be imported; where a rule knows why, there is its finding."""
    for module in runtime.value.modules if runtime.value else ():
        if module.name in COMPANIONS and module.failure:
            template = IMPORT_OPEN if module.failure.timed_out else COMPANION_FAILS
            yield template.format(name=module.name, reason=module.failure.message, **COMMANDS)


def _accelerator(facts: Facts) -> Iterator[str]:
    """A computation on the accelerator that this torch is built for, where there is one."""
    kind, reading = _of_build(facts)
    if reading is not None and reading.value is None and reading.status is not Status.ABSENT:
        yield NO_GPU_FACTS.format(reason=_reason(reading), **COMMANDS)
    elif reading is not None and isinstance(reading.value, Nvidia) and _only_the_driver_is_asked(reading.value):
        yield NO_GPU_FACTS.format(reason=NO_DRIVER, **COMMANDS)
    device = _present(kind, facts)
    runtime = facts.runtime.value
    computed = runtime is not None and any(d.ok and d.device.startswith(kind) for d in runtime.devices)
    if device and not computed and not _are_hidden(kind, facts.variables.value):
        yield NOT_COMPUTED.format(device=device, **COMMANDS)


def _only_the_driver_is_asked(nvidia: Nvidia) -> bool:
    """A GPU without its driver looks like no GPU to all but the PCI bus and the kernel, which a dump does not show."""
    kernel_was_asked = nvidia.pci_gpus is not None or nvidia.module_version is not None
    return nvidia.gpus == () and nvidia.driver_version == "" and not kernel_was_asked


def _of_build(facts: Facts) -> tuple[str, Reading[Any] | None]:
    """The torch device that this build computes on, and where its hardware is told of."""
    torch, host = facts.torch.value, facts.host.value
    build = (torch.build if torch else None) or ""
    if host is not None and host.os == "macos":
        return "mps", None
    if torch is not None and (torch.hip_version or build.startswith("rocm")):
        return "cuda", facts.amd  # torch calls AMD's GPUs "cuda", too
    if torch is not None and (torch.xpu_version or build == "xpu"):
        return "xpu", facts.intel
    if torch is not None and (torch.cuda_version or build.startswith("cu")):
        return "cuda", facts.nvidia
    return "cpu", facts.nvidia  # whether a GPU is left idle


def _present(kind: str, facts: Facts) -> str:
    """The accelerator by name, "" where there is none that this build computes on."""
    if kind == "mps":
        host = facts.host.value
        return "an Apple GPU" if host is not None and host.architecture in ("arm64", "aarch64") else ""
    if kind == "xpu":
        return next(iter(facts.intel.value.gpus), "") if facts.intel.value else ""
    torch = facts.torch.value
    if kind == "cuda" and torch is not None and torch.hip_version:
        return next((gpu.name for gpu in facts.amd.value.gpus), "") if facts.amd.value else ""
    nvidia = facts.nvidia.value if kind == "cuda" else None
    return next((gpu.name for gpu in nvidia.gpus or nvidia.pci_gpus or ()), "") if nvidia else ""


def _are_hidden(kind: str, variables: Variables | None) -> bool:
    """GPUs that CUDA_VISIBLE_DEVICES hides on purpose are not to be computed on."""
    value = variables.values.get("CUDA_VISIBLE_DEVICES") if variables and kind == "cuda" else None
    return value is not None and value.strip().strip("\"'") in _HIDDEN


def _reason(reading: Reading[Any]) -> str:
    return reading.reason or ("not told" if reading.status is Status.OK else reading.status.value)
