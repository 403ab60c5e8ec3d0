"""What sums an area of the report up in one line, and what it leaves open; "" where there is nothing to say."""

from __future__ import annotations

from doctor.catalog import COMPANIONS
from doctor.facts import Facts, Gpu, Host, Python
from doctor.match.machine import architecture
from doctor.render.match import SYSTEMS

GIB = 1024**3
NOT_COMPUTED = "no computation on it was tried"
NOT_IMPORTED = "import not tried"
NOT_INSTALLED = "not installed"
LEFT_OUT = "not imported (--fast)"
BUILT_FOR = "built for {architecture}"


def _join(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def gib(size_bytes: int) -> str:
    return f"{size_bytes / GIB:.0f} GiB" if size_bytes >= 10 * GIB else f"{size_bytes / GIB:.1f} GiB"


def machine(facts: Facts) -> str:
    host, cpu, memory = facts.host.value, facts.cpu.value, facts.memory.value
    parts: list[str | None] = []
    if host:
        parts += [
            host.distribution or SYSTEMS.get(host.os or ""),
            host.architecture,
            f"WSL {host.wsl}" if host.wsl else None,
        ]
        parts += [f"{host.container} container" if host.container else None]
        parts += [f"WSL with {' and '.join(host.wsl_distributions)}" if host.wsl_distributions else None]
    if cpu and cpu.logical:
        parts.append(f"{cpu.logical} CPUs")
    if memory and memory.total_bytes:
        parts.append(f"{gib(memory.total_bytes)} RAM")
    return _join(*parts)


def python(facts: Facts) -> str:
    python = facts.python.value
    if not python:
        return ""
    kind = None if python.kind in (None, "") else python.kind
    where = f"{python.prefix}" if python.prefix else None
    return _join(python.version, _foreign(python, facts.host.value), kind, where)


def _foreign(python: Python, host: Host | None) -> str | None:
    """What it is built for, where that is another processor than the machine has: Windows and macOS translate."""
    if not (python.machine and host and host.architecture):
        return None
    built = architecture(python.machine, python.bits)
    return None if built == architecture(host.architecture) else BUILT_FOR.format(architecture=built)


def packages(facts: Facts) -> str:
    packages = facts.packages.value
    if not packages or not packages.installed:
        return ""
    numpy = packages.version("numpy")
    count = f"{len(packages.installed)} installed" if packages.complete else None
    return _join(count, f"numpy {numpy}" if numpy else None)


def _gpu_name(gpu: Gpu) -> str:
    memory = f" {gib(gpu.memory_bytes)}" if gpu.memory_bytes else ""
    capability = f" (sm_{gpu.compute_capability.replace('.', '')})" if gpu.compute_capability else ""
    return f"{gpu.name}{memory}{capability}"


def _gpus(gpus: tuple[Gpu, ...]) -> list[str]:
    names = [_gpu_name(gpu) for gpu in gpus]
    return [f"{names.count(n)}× {n}" if names.count(n) > 1 else n for n in dict.fromkeys(names)]


def accelerators(facts: Facts) -> str:
    nvidia, amd, intel, apple = facts.nvidia.value, facts.amd.value, facts.intel.value, facts.apple.value
    parts: list[str | None] = []
    if nvidia:
        parts += _gpus(nvidia.gpus or nvidia.pci_gpus or ())
        parts += [f"driver {nvidia.driver_version}" if nvidia.driver_version else None]
        parts += [f"CUDA {nvidia.cuda_version}" if nvidia.driver_version and nvidia.cuda_version else None]
    if amd:
        parts += [f"{gpu.name} ({gpu.gfx})" if gpu.gfx else gpu.name for gpu in amd.gpus]
    if intel:
        parts += list(intel.gpus)
    if apple and apple.chip:
        parts.append(apple.chip)
    return _join(*parts) or ("no GPU" if _known_to_have_none(facts) else "")


def _known_to_have_none(facts: Facts) -> bool:
    """Everybody looked, and nobody found one; a text that tells of no NVIDIA GPU may still have one of AMD's."""
    looked = facts.nvidia.looked and facts.amd.looked and facts.intel.looked
    return looked and not (facts.nvidia.value and facts.nvidia.value.gpus is None)


def not_computed(facts: Facts) -> str:
    devices = facts.runtime.value.devices if facts.runtime.value else ()
    computed = any(d.ok and d.device != "cpu" for d in devices)
    named = accelerators(facts)
    return NOT_COMPUTED if named and named != "no GPU" and not computed else ""


def not_imported(facts: Facts) -> str:
    torch, runtime = facts.torch.value, facts.runtime.value
    if torch is not None and torch.version == "":
        return NOT_INSTALLED
    known = torch is not None and bool(torch.version)
    return NOT_IMPORTED if known and (runtime is None or runtime.imported is None) else ""


def torch(facts: Facts) -> str:
    torch, runtime = facts.torch.value, facts.runtime.value
    if not torch or not torch.version:
        return NOT_INSTALLED if torch and torch.version == "" else ""
    imported = LEFT_OUT if facts.runtime.reason.startswith("--fast") else None
    if runtime and runtime.imported:
        imported = f"imports in {runtime.import_ms / 1000:.1f} s" if runtime.import_ms else "imports"
        good = [d.device for d in runtime.devices if d.ok]
        imported += f", computes on {', '.join(good)}" if good else ""
    return _join(f"torch {torch.version}", imported)


def companions(facts: Facts) -> str:
    packages, runtime = facts.packages.value, facts.runtime.value
    if not packages:
        return ""
    named = []
    for name in (*COMPANIONS, "triton"):
        if version := packages.version(name):
            failure = runtime and (module := runtime.module(name)) and module.failure
            named.append(f"{name} {version}{' fails' if failure and not failure.timed_out else ''}")
    return _join(*named)


def companion_open(facts: Facts) -> str:
    modules = facts.runtime.value.modules if facts.runtime.value else ()
    return next((m.failure.message for m in modules if m.name in COMPANIONS and m.failure), "")


def loading(facts: Facts) -> str:
    python, storage = facts.python.value, facts.storage.value
    method = f"workers start with {python.start_method}" if python and python.start_method else None
    shm = f"/dev/shm {gib(storage.shm_bytes)}" if storage and storage.shm_bytes else None
    files = f"{storage.open_files_soft} open files" if storage and storage.open_files_soft else None
    return _join(method, shm, files)


def sources(facts: Facts) -> str:
    sources = facts.sources.value
    if not sources:
        return ""
    main = [f"{e.tool} {e.url}" for e in sources.entries if e.key in ("index-url", "default-index", "channels")]
    extra = len([e for e in sources.entries if e.key in ("extra-index-url", "index", "find-links")])
    return _join(*(main[:2] or ["defaults"]), f"and {extra} more" if extra else None)
