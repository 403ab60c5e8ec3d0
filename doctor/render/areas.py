"""The report's areas: which rule folders belong to each, and the one line that sums an area up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from doctor.catalog import COMPANIONS
from doctor.facts import Facts, Gpu, Host, Python
from doctor.match.machine import architecture
from doctor.model import Finding, Reading, Severity, Status, Verdict
from doctor.render.match import SYSTEMS
from doctor.report import Report

GIB = 1024**3
COMPANION_RULES = (
    "torch-torchvision-mismatch",
    "torchaudio-mismatch",
    "torchcodec-mismatch",
    "torchvision-image-extension",
    "extension-abi-mismatch",
)
NOT_LOOKED = "{field}: {reason}"
NOT_TOLD = "not in the text"
NOT_COMPUTED = "no computation on it was tried"
NOT_IMPORTED = "import not tried"
NOT_INSTALLED = "not installed"
LEFT_OUT = "not imported (--fast)"
BELOW = "see below"
BUILT_FOR = "built for {architecture}"


class Area(msgspec.Struct, frozen=True):
    """`folders` and `rules` say whose findings belong here, `fields` whose failed readings make the area unknown.

    `decides`: a report that tells nothing of it leaves the verdict open, so that has to be seen.
    """

    title: str
    folders: tuple[str, ...]
    fields: tuple[str, ...]
    summary: Callable[[Facts], str]
    rules: tuple[str, ...] = ()
    decides: bool = False
    unseen: Callable[[Facts], str] = lambda _: ""


class Row(msgspec.Struct, frozen=True):
    """One line of the report. `state`: "ok", "info", "warning", "error" or "unknown"."""

    title: str
    state: str
    text: str


def rows(report: Report, *, from_text: bool = False) -> list[Row]:
    """One row an area that has something to say, or that decides and was not seen."""
    drawn = [_row(area, report, from_text) for area in AREAS]
    return [row for row in drawn if row.text]


def _row(area: Area, report: Report, from_text: bool) -> Row:
    findings = [f for f in report.findings if _belongs(f, area)]
    readings = [(name, getattr(report.facts, name)) for name in area.fields]
    problems = [NOT_LOOKED.format(field=n, reason=r.reason) for n, r in readings if _broken(r)]
    files = [file for _, r in readings for file in getattr(r.value, "config_files", ())]
    problems += [f"{file.path} {file.problem}" for file in files if file.problem]
    if from_text and area.decides and not findings and all(r.status is Status.SKIPPED for _, r in readings):
        problems.append(NOT_TOLD)
    if report.verdict is Verdict.UNDETERMINED and (open_question := area.unseen(report.facts)):
        problems.append(open_question)
    state = _state(findings, bool(problems))
    text = "; ".join(dict.fromkeys(part for part in (area.summary(report.facts), *problems) if part))
    return Row(area.title, state, text or (BELOW if findings and state in ("error", "warning") else ""))


def _belongs(finding: Finding, area: Area) -> bool:
    if finding.rule in COMPANION_RULES:
        return finding.rule in area.rules
    return finding.area in area.folders


def _broken(reading: Reading[Any]) -> bool:
    return reading.status in (Status.TIMEOUT, Status.CRASHED, Status.DENIED)


def _state(findings: list[Finding], unknown: bool) -> str:
    for severity in (Severity.ERROR, Severity.WARNING):
        if any(f.severity is severity for f in findings):
            return severity.value
    return "unknown" if unknown else "ok"


def _join(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def gib(size_bytes: int) -> str:
    return f"{size_bytes / GIB:.0f} GiB" if size_bytes >= 10 * GIB else f"{size_bytes / GIB:.1f} GiB"


def _machine(facts: Facts) -> str:
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


def _python(facts: Facts) -> str:
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


def _packages(facts: Facts) -> str:
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


def _accelerators(facts: Facts) -> str:
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


def _not_computed(facts: Facts) -> str:
    devices = facts.runtime.value.devices if facts.runtime.value else ()
    computed = any(d.ok and d.device != "cpu" for d in devices)
    named = _accelerators(facts)
    return NOT_COMPUTED if named and named != "no GPU" and not computed else ""


def _not_imported(facts: Facts) -> str:
    torch, runtime = facts.torch.value, facts.runtime.value
    if torch is not None and torch.version == "":
        return NOT_INSTALLED
    known = torch is not None and bool(torch.version)
    return NOT_IMPORTED if known and (runtime is None or runtime.imported is None) else ""


def _torch(facts: Facts) -> str:
    torch, runtime = facts.torch.value, facts.runtime.value
    if not torch or not torch.version:
        return NOT_INSTALLED if torch and torch.version == "" else ""
    imported = LEFT_OUT if facts.runtime.reason.startswith("--fast") else None
    if runtime and runtime.imported:
        imported = f"imports in {runtime.import_ms / 1000:.1f} s" if runtime.import_ms else "imports"
        good = [d.device for d in runtime.devices if d.ok]
        imported += f", computes on {', '.join(good)}" if good else ""
    return _join(f"torch {torch.version}", imported)


def _companions(facts: Facts) -> str:
    packages, runtime = facts.packages.value, facts.runtime.value
    if not packages:
        return ""
    named = []
    for name in (*COMPANIONS, "triton"):
        if version := packages.version(name):
            failure = runtime and (module := runtime.module(name)) and module.failure
            named.append(f"{name} {version}{' fails' if failure and not failure.timed_out else ''}")
    return _join(*named)


def _companion_open(facts: Facts) -> str:
    modules = facts.runtime.value.modules if facts.runtime.value else ()
    return next((m.failure.message for m in modules if m.name in COMPANIONS and m.failure), "")


def _loading(facts: Facts) -> str:
    python, storage = facts.python.value, facts.storage.value
    method = f"workers start with {python.start_method}" if python and python.start_method else None
    shm = f"/dev/shm {gib(storage.shm_bytes)}" if storage and storage.shm_bytes else None
    files = f"{storage.open_files_soft} open files" if storage and storage.open_files_soft else None
    return _join(method, shm, files)


def _sources(facts: Facts) -> str:
    sources = facts.sources.value
    if not sources:
        return ""
    main = [f"{e.tool} {e.url}" for e in sources.entries if e.key in ("index-url", "default-index", "channels")]
    extra = len([e for e in sources.entries if e.key in ("extra-index-url", "index", "find-links")])
    return _join(*(main[:2] or ["defaults"]), f"and {extra} more" if extra else None)


AREAS = (
    Area("Machine", ("platform", "system", "resources"), ("host", "cpu", "memory", "storage"), _machine),
    Area("Python", ("install",), ("python", "conda"), _python),
    Area("Packages", ("packages", "numpy"), ("packages",), _packages),
    Area(
        "GPU",
        ("gpu", "driver", "cuda", "amd", "intel", "nccl"),
        ("nvidia", "amd", "intel", "apple"),
        _accelerators,
        decides=True,
        unseen=_not_computed,
    ),
    Area(
        "PyTorch",
        ("torch", "build", "libraries", "windows", "toolchain"),
        ("torch", "runtime"),
        _torch,
        decides=True,
        unseen=_not_imported,
    ),
    Area("Companions", (), (), _companions, COMPANION_RULES, unseen=_companion_open),
    Area("Data loading", ("dataloader", "dataset"), (), _loading),
    Area("Sources", ("network",), ("sources",), _sources),
)
