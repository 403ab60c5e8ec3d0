"""Everything a rule may know about a machine: what was seen, never what it means.

Each field of `Facts` is a `Reading` filled by the probe of the same name, or by `doctor.intake` from a text.
Inside a struct `None` means "not known" (a dump does not tell), never "not there"; `False`, `0`, `""` and `()` mean
"looked, and there is none". Units are in the names: `_bytes`, `_ms`, `_mhz`, `_celsius`. Versions are raw strings.
Privacy is decided before a value gets here: no user name, home folder, host name, credentials, GPU UUIDs or serials.
"""

from __future__ import annotations

from typing import Any

import msgspec

from doctor.facts.machine import Amd, AmdGpu, Apple, Cpu, DeviceNode, Folder, Gpu, Host, Intel, Memory, Nvidia, Storage
from doctor.facts.software import (  # re-exported
    AbsentLibrary,
    Conda,
    CondaPackage,
    ConfigFile,
    DamagedFile,
    DeviceCheck,
    Environment,
    Environments,
    ErrorText,
    Failure,
    Module,
    Package,
    Packages,
    Python,
    Runtime,
    Shadow,
    ShadowingLibrary,
    Source,
    Sources,
    Toolkit,
    Toolkits,
    Torch,
    Unmet,
    Variables,
)
from doctor.model import Reading, Status


def _skipped() -> Reading[Any]:
    return Reading(Status.SKIPPED, reason="not examined")


class Facts(msgspec.Struct, frozen=True, omit_defaults=True):
    host: Reading[Host] = msgspec.field(default_factory=_skipped)
    cpu: Reading[Cpu] = msgspec.field(default_factory=_skipped)
    memory: Reading[Memory] = msgspec.field(default_factory=_skipped)
    storage: Reading[Storage] = msgspec.field(default_factory=_skipped)
    python: Reading[Python] = msgspec.field(default_factory=_skipped)
    conda: Reading[Conda] = msgspec.field(default_factory=_skipped)
    environments: Reading[Environments] = msgspec.field(default_factory=_skipped)
    packages: Reading[Packages] = msgspec.field(default_factory=_skipped)
    nvidia: Reading[Nvidia] = msgspec.field(default_factory=_skipped)
    toolkits: Reading[Toolkits] = msgspec.field(default_factory=_skipped)
    amd: Reading[Amd] = msgspec.field(default_factory=_skipped)
    intel: Reading[Intel] = msgspec.field(default_factory=_skipped)
    apple: Reading[Apple] = msgspec.field(default_factory=_skipped)
    torch: Reading[Torch] = msgspec.field(default_factory=_skipped)
    runtime: Reading[Runtime] = msgspec.field(default_factory=_skipped)
    variables: Reading[Variables] = msgspec.field(default_factory=_skipped)
    sources: Reading[Sources] = msgspec.field(default_factory=_skipped)
    error: Reading[ErrorText] = msgspec.field(default_factory=_skipped)
