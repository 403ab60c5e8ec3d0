"""The recorded machines are ones that can be: each fact fits the others, the platform and the catalog."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from doctor import catalog
from doctor.catalog import Version
from doctor.facts import Facts, Gpu, Host, Nvidia, Package, Packages, Python, Runtime, Torch
from doctor.match.machine import machine_of
from tests.each import each
from tests.test_machines import MACHINES

WRONG_PAIR = "torchvision_mismatch"  # that is what it is recorded for


class Machine:
    """Facts by field; a test of a field that nobody looked at is left out by `has`."""

    def __init__(self, path: Path) -> None:
        text = path.read_text("utf-8")
        self.name, self.text = path.stem, text
        self.facts = msgspec.convert(json.loads(text)["facts"], Facts)
        self.host: Host = self.facts.host.value or Host()
        self.python: Python = self.facts.python.value or Python()
        self.torch: Torch = self.facts.torch.value or Torch()
        self.runtime: Runtime = self.facts.runtime.value or Runtime()
        self.nvidia: Nvidia = self.facts.nvidia.value or Nvidia()
        self.packages: Packages = self.facts.packages.value or Packages()

    @property
    def platform(self) -> str:
        return machine_of(self.facts).platform

    def paths(self) -> Iterator[str]:
        """What the target and its packages lie in."""
        python, torch = self.python, self.torch
        yield from filter(None, (python.executable, python.prefix, python.base_prefix, torch.location))
        yield from filter(None, (self.runtime.file, *(package.location for package in self.packages.installed)))
        yield from (folder.path for folder in (self.facts.storage.value.folders if self.facts.storage.value else ()))

    def package(self, name: str) -> Package | None:
        return next((package for package in self.packages.installed if package.name == name), None)


@cache
def machines() -> list[Machine]:
    return [Machine(path) for path in MACHINES]


each_machine = each("machine", machines, ids=lambda machine: machine.name)


@each_machine
def test_every_probe_has_its_say(machine: Machine) -> None:
    """A reading nobody made is the exception that a text of another machine is; these were looked at."""
    told = {name: getattr(machine.facts, name).status.value for name in Facts.__struct_fields__ if name != "error"}
    assert set(told.values()) <= {"ok", "absent"}, told


@each_machine
def test_paths_are_spelled_as_the_system_does(machine: Machine) -> None:
    windows = machine.host.os == "windows"
    for path in machine.paths():
        assert ("/" not in path) if windows else ("\\" not in path), path
        assert re.match(r"~|[A-Z]:\\" if windows else r"[~/]", path), path
        assert not re.search(r"(?i)^(/home/|/Users/|[a-z]:\\users\\)", path), "the own home is ~"


@each_machine
def test_the_interpreter_and_the_packages_lie_where_they_do_there(machine: Machine) -> None:
    python, version = machine.python, ".".join((machine.python.version or "").split(".")[:2])
    windows = machine.host.os == "windows"
    ends = (r"Scripts\python.exe", r"\python.exe") if windows else ("bin/python", "bin/python3")
    assert (python.executable or "").startswith(python.prefix or "?")
    assert (python.executable or "").endswith(ends)
    sites = (
        (r"Lib\site-packages",)
        if windows
        else tuple(f"python{version}/{kind}" for kind in ("site-packages", "dist-packages"))
    )
    assert all(package.location.endswith(sites) for package in machine.packages.installed)
    assert python.kind in ("system", "conda") or python.prefix != python.base_prefix
    assert (python.prefix == python.base_prefix) is (python.kind in ("system", "conda"))


@each_machine
def test_the_interpreter_is_one_of_the_platform(machine: Machine) -> None:
    python, host = machine.python, machine.host
    name = {"linux": f"linux-{host.architecture}", "windows": "win", "macos": "macosx-"}[host.os or ""]
    assert (python.platform or "").startswith(name)
    assert (python.bits == 32) is (python.platform == "win32")
    wanted = {"win32": "x86", "win-amd64": "AMD64"}.get(python.platform or "", host.architecture)
    assert python.machine == ("x86_64" if host.rosetta else wanted)
    assert python.sharing_strategy == ("file_descriptor" if host.os == "linux" else "file_system")
    newest = Version.of(python.version) >= (3, 14)
    assert python.start_method == ("spawn" if host.os != "linux" else "forkserver" if newest else "fork")


@each_machine
def test_what_installs_here(machine: Machine) -> None:
    """uv makes environments without pip, and both write their names into what they install."""
    kind, pip = machine.python.kind, machine.package("pip")
    assert (machine.python.pip_version or "") == (pip.version if pip else "")
    assert (kind == "uv") is (pip is None)
    assert {package.installer for package in machine.packages.installed} <= {"uv" if kind == "uv" else "pip", "conda"}
    assert (machine.facts.conda.value is not None) is (kind == "conda")
    assert (machine.torch.installer or "pip") in ("pip", "uv")


@each_machine
def test_libc_is_linux_s_and_the_registry_windows_s(machine: Machine) -> None:
    host = machine.host
    assert bool(host.libc) is bool(host.libc_version) is (host.os == "linux")
    assert bool(host.windows_build) is bool(host.vc_runtime) is (host.os == "windows")
    assert (machine.facts.apple.value is not None) is (host.os == "macos")
    storage = machine.facts.storage.value
    assert storage is not None and (storage.shm_bytes is not None) is (host.os == "linux")
    assert (storage.open_files_soft is None) is (host.os == "windows")
    assert (host.wsl or 0) == {"wsl1": 1, "wsl2": 2}.get(machine.name.partition("_")[0], 0)


@each_machine
def test_the_compiler_is_one_of_the_platform(machine: Machine) -> None:
    toolkits = machine.facts.toolkits.value
    assert toolkits is not None and toolkits.compiler is not None
    families = {"linux": r"gcc \d+\.\d", "windows": r"cl 19\.", "macos": r"clang \d\d\."}
    assert re.match(families[machine.host.os or ""], toolkits.compiler) or toolkits.compiler == ""
    assert (toolkits.libcuda_linkable is None) is (machine.host.os != "linux")


def test_the_compiler_is_that_of_the_distribution() -> None:
    """Two machines of one release have one compiler and one C library."""
    seen: dict[str, set[tuple[str, str]]] = {}
    for path in MACHINES:
        one = Machine(path)
        toolkits = one.facts.toolkits.value
        if one.host.os == "linux" and toolkits and toolkits.compiler:
            release = f"{one.host.distribution_id} {one.host.distribution_version}"
            seen.setdefault(release, set()).add((toolkits.compiler, one.host.libc_version or ""))
    assert {release: pairs for release, pairs in seen.items() if len(pairs) > 1} == {}


@each_machine
def test_torch_is_a_release_with_that_build_for_this_python(machine: Machine) -> None:
    torch = machine.torch
    if not torch.version:
        assert machine.package("torch") is None
        return
    row = catalog.release(torch.version)
    assert row is not None
    wheel = row.wheel(machine.platform)
    assert wheel is not None
    assert "cp" + "".join((machine.python.version or "").split(".")[:2]) in wheel.python
    assert row.build(torch.build or "") or row.pypi_build(machine.platform) in (torch.build, "mps")
    assert torch.cuda_version == catalog.build_of(torch).cuda
    package = machine.package("torch")
    assert package is not None and torch.version.startswith(package.version.partition("+")[0])
    assert package.version == torch.version or row.pypi_build(machine.platform) in (torch.build, "mps")


@each_machine
def test_the_packages_belong_to_that_torch(machine: Machine) -> None:
    torch, vision = machine.torch, machine.package("torchvision")
    if torch.version:
        assert vision is not None
        assert (vision.version.partition("+")[0] == catalog.companion(torch.version)[0]) is (machine.name != WRONG_PAIR)
        assert bool(machine.packages.unmet) is (machine.name == WRONG_PAIR)
    gpu_code = machine.host.os == "linux" and (torch.build or "cpu") != "cpu"
    assert (
        any(package.name.startswith(("triton", "pytorch-triton")) for package in machine.packages.installed) is gpu_code
    )
    by_nvidia = [package for package in machine.packages.installed if package.name.startswith("nvidia-c")]
    assert bool(by_nvidia) is (gpu_code and bool(torch.cuda_version))
    if gpu_code and torch.cuda_version and Version.of(torch.cuda_version) < (13,):
        cupti = next(package for package in by_nvidia if "cupti" in package.name)
        assert cupti.version.startswith(f"{torch.cuda_version}.")


@each_machine
def test_what_torch_says_of_itself_fits(machine: Machine) -> None:
    torch, runtime = machine.torch, machine.runtime
    if not runtime.imported:
        return
    row = catalog.arch_list(torch.version or "", torch.build or "", machine.platform)
    wanted = {f"sm_{sm.replace('.', '')}" for sm in row.sm} | set(row.gfx) if row else set()
    assert {name for name in runtime.arch_list or () if not name.startswith("compute_")} == wanted
    assert runtime.mps_built is (machine.platform == "macos-arm64" and not machine.host.rosetta)
    assert runtime.hip is bool(torch.hip_version)
    assert (runtime.file or "").startswith(torch.location or "?")
    versions = {module.name: module.version for module in runtime.modules if not module.failure}
    numpy = machine.package("numpy")
    assert versions.get("numpy bridge") in (None, numpy.version if numpy else None)
    vision = machine.package("torchvision")
    assert vision is None or (versions.get("torchvision") or vision.version).startswith(
        vision.version.partition("+")[0]
    )


def gpus(nvidia: Nvidia) -> Iterator[Gpu]:
    yield from nvidia.gpus or ()
    yield from nvidia.pci_gpus or ()


@each_machine
def test_gpus_are_those_of_the_catalog(machine: Machine) -> None:
    for gpu in gpus(machine.nvidia):
        row = catalog.gpu(gpu.name)
        assert row is not None, gpu.name
        assert gpu.compute_capability in (None, row.capability, *row.other_capabilities), gpu.name
        assert gpu.pci_id is None or gpu.pci_id.removeprefix("10de:") in row.pci_ids, gpu.name


@each_machine
def test_the_driver_carries_its_cuda_and_drives_its_gpus(machine: Machine) -> None:
    nvidia = machine.nvidia
    if not nvidia.driver_version or machine.host.jetson:
        return
    assert nvidia.cuda_version in (None, catalog.driver_cuda(nvidia.driver_version, machine.host.os or ""))
    for gpu in nvidia.gpus or ():
        generation = catalog.architecture(gpu.compute_capability or "")
        branch = Version.of(nvidia.driver_version).cut(1)
        assert generation is None or Version.of(generation.first_driver).cut(1) <= branch, gpu.name
        assert generation is None or branch <= (Version.of(generation.last_driver).cut(1) or branch), gpu.name
    assert nvidia.module_version in (None, "", nvidia.driver_version)
    assert nvidia.libcuda in (None, "") or ("\\" in nvidia.libcuda) is (machine.host.os == "windows")


@each_machine
def test_devices_that_were_tried_are_there(machine: Machine) -> None:
    tried = [device for device in machine.runtime.devices if device.device.startswith("cuda") and device.ok]
    amd = machine.facts.amd.value
    names = {gpu.name for gpu in machine.nvidia.gpus or ()} | {gpu.name for gpu in (amd.gpus if amd else ())}
    assert {device.name for device in tried} <= names
    assert not tried or machine.runtime.cuda_available
    available = machine.runtime.mps_available or False
    assert any(device.device == "mps" for device in machine.runtime.devices) is available


@each_machine
def test_a_container_has_no_firmware_and_a_board_no_bus(machine: Machine) -> None:
    if machine.host.container or machine.host.wsl:
        assert machine.host.secure_boot is None
    if machine.host.jetson:
        assert machine.host.l4t and machine.host.architecture == "aarch64" and machine.nvidia.pci_gpus == ()
    cpu = machine.facts.cpu.value
    assert cpu is not None
    x86 = machine.host.architecture == "x86_64"
    assert x86 is ("sse2" in (cpu.flags or ()))
    virtual = machine.host.os == "linux" and x86 and bool(machine.host.virtual_machine)
    assert virtual is ("hypervisor" in (cpu.flags or ()))
