"""Which of the machine's GPUs the installed build has code for."""

from __future__ import annotations

import re

import msgspec

from doctor import catalog
from doctor.catalog import Capability, Version, build_of, floors
from doctor.facts import ErrorText, Gpu, Host, Nvidia, Python, Runtime, Torch
from doctor.model import Severity
from doctor.rules import _nvidia
from doctor.rules._platform import platform_of
from doctor.rules.api import Answer, cannot_tell, not_there

NO_KERNEL = r"(?<!HIP error: )[Nn]o kernel image is available"
NO_CODE = NO_KERNEL + r"|is not compatible with the current PyTorch|[Mm]inimum cuda capability|CC\) \d"
# an old GPU named in one breath with the message, before it or (with no newer one) behind it
_OLD = r"Tesla [KMP]\d{1,3}|P100|P40|M40|K80|GTX ?(?:9|10)\d0(?: ?Ti)?"
OLD_WITHOUT_KERNEL = (
    rf"(?i)\b(?:\dx ?)?(?:sm_[356]\d|{_OLD})\b.{{0,160}}no kernel image is",
    r"(?i)no kernel image is available(?!.{0,200}\b(?:RTX|[345]0[5-9]0|[HB][12]00|Blackwell)\b).{0,160}"
    rf"\b(?:\dx ?)?(?:{_OLD})\b",
    # how people tell it
    r"(?i)\b(?:has|have|ships?|emits?|contains?|with) no (?:Pascal |Maxwell )?\(?sm_[356]\d\)? (?:kernels?|code|binar)",
    r"(?i)\bno longer (?:emits?|ships?|has|have|contains?|includes?) [^.\n]{0,24}\b(?:sm_[356]\d|Maxwell|Pascal)\b",
)

_IN_EVERY_BUILD = (7, 0)  # what is older has been known to every build for CUDA
_PUBLISHED = re.compile(r"\d+(?:\.\d+){1,2}(?:\.(?:post|dev)\d+|rc\d+)?(?:\+cu\d+(?:\.with\.pypi\.cudnn)?)?")


class Code(msgspec.Struct, frozen=True):
    """The GPU code of a build, as capabilities ("8.6"). `source` says where that is known from.

    `inferred`: from build scripts, a neighbouring release, or a platform that is only assumed.
    """

    sm: tuple[str, ...]
    ptx: tuple[str, ...]
    cuda: str
    source: str
    inferred: bool = False

    def runs(self, capability: str) -> bool:
        return catalog.runs_on(capability, self.sm, cuda=self.cuda)

    @property
    def shown(self) -> str:
        return " ".join(known.sm for c in self.sm if (known := Capability.of(c)))

    @property
    def ordered(self) -> tuple[Capability, ...]:
        return tuple(sorted(known for c in self.sm if (known := Capability.of(c))))


class Judged(msgspec.Struct, frozen=True):
    """GPUs of one machine against one build. Each is in exactly one of the lists."""

    code: Code
    runs: tuple[Gpu, ...] = ()
    newer: tuple[Gpu, ...] = ()
    dropped: tuple[Gpu, ...] = ()
    unknown: tuple[Gpu, ...] = ()

    @property
    def severity(self) -> Severity:
        """A GPU beside one that works (or may work) is a warning."""
        return Severity.WARNING if self.runs or self.unknown else Severity.ERROR

    def is_sure(self, runtime: Runtime | None, error: ErrorText | None) -> bool:
        """That GPUs have no code is sure where firm rows, the compiler of that CUDA, or torch itself say so."""
        without = [capability(gpu) or "" for gpu in (*self.newer, *self.dropped)]
        told = not self.code.inferred or _nvidia.matching_line(NO_CODE, None, runtime, error)
        return bool(told) or not any(floors.can_compile(self.code.cuda, device) for device in without)


def capability(gpu: Gpu) -> str | None:
    """Compute capability as told, else of a model of that name; None when neither is known."""
    if re.fullmatch(r"\d+\.\d+", gpu.compute_capability or ""):
        return gpu.compute_capability
    possible = _capabilities(gpu)
    return possible[0] if len(possible) == 1 else None


def _capabilities(gpu: Gpu) -> tuple[str, ...]:
    """Those that a model of that name can have: some names were given to two generations."""
    row = (gpu.pci_id and catalog.gpu(gpu.pci_id)) or catalog.gpu(gpu.name)
    return (row.capability, *row.other_capabilities) if row and row.capability else ()


def is_old(gpu: Gpu) -> bool:
    """Of a generation that no build is too old for."""
    told = capability(gpu)
    known = [Capability.of(possible) for possible in ((told,) if told else _capabilities(gpu))]
    return bool(known) and all(one is not None and one < _IN_EVERY_BUILD for one in known)


def code_of(torch: Torch, runtime: Runtime | None, host: Host | None, python: Python | None) -> Code | None:
    """The build's GPU code: as torch lists it, else as the catalog has it for a published build."""
    build = build_of(torch)
    if runtime and runtime.arch_list:
        sm, ptx = (_listed(runtime.arch_list, kind) for kind in ("sm_", "compute_"))
        return Code(sm, ptx, build.cuda, "runtime.arch_list") if sm else None
    if torch.source_build or not torch.version or not _PUBLISHED.fullmatch(torch.version):
        return None
    platform = platform_of(host, python)
    conda_forge_only = floors.limit("torch from conda-forge only")
    if torch.installer == "conda" and not Version.of(torch.version).older_than(conda_forge_only):
        return _conda_code(released(torch.version), build.cuda, platform)
    row = _row(torch.version, build.tag, platform)
    if row is None or not row.sm:
        return None
    assumed = host is None or host.os is None or torch.installer == "conda" or row.torch != released(torch.version)
    inferred = row.inferred or assumed or ".dev" in torch.version
    return Code(row.sm, row.ptx, build.cuda, f"torch {row.torch}+{row.build}", inferred)


def _listed(architectures: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """The capabilities of one kind of code: ("9.0",) of ("sm_90a", "compute_80") for "sm_"."""
    return tuple(str(known) for a in architectures if a.startswith(kind) and (known := Capability.of(a)))


def _code_of_all_builds(torch: Torch, platform: str) -> Code | None:
    if build_of(torch).tag or torch.cuda_version == "" or torch.source_build or torch.installer == "conda":
        return None
    release = released(torch.version or "")
    rows = [set(r.sm) for r in catalog.arch_lists().cuda if (r.torch, r.platform) == (release, platform)]
    shared = sorted(set.intersection(*rows), key=Version.of) if rows else []
    return Code(tuple(shared), (), "", f"every build of torch {release}") if shared else None


def _conda_code(version: str, cuda: str, platform: str) -> Code | None:
    """conda-forge compiles for GPUs of its own choice."""
    builds = catalog.conda_forge().builds
    row = next((r for r in builds if (r.torch, r.cuda, r.platform) == (version, cuda, platform)), None)
    return (
        Code(row.sm, (), cuda, f"conda-forge's torch {version} for CUDA {cuda}", row.inferred)
        if row and row.sm
        else None
    )


def _row(version: str, build: str, platform: str) -> catalog.ArchRow | None:
    """The release's own row; for a nightly or unlisted patch, that of the nearest older release with this build."""
    want = Version.of(released(version))
    exact = catalog.arch_list(released(version), build, platform)
    if exact or not build:
        return exact
    rows = [row for row in catalog.arch_lists().cuda if row.build == build and row.platform == platform]
    older = [row for row in rows if Version.of(row.torch) <= want]
    return max(older, key=lambda row: Version.of(row.torch), default=None)


def released(version: str) -> str:
    """The release a version belongs to: "2.7.0" of "2.7.0.dev20250310+cu124"; of "1.3" the newest, 1.3.1."""
    have = Version.of(version)
    same = [row.torch for row in catalog.all_releases() if Version.of(row.torch)[: len(have)] == have]
    return same[0] if same and len(have) == 2 else ".".join(map(str, (*have, 0, 0)[:3]))


def judge(
    nvidia: Nvidia, torch: Torch, runtime: Runtime | None, host: Host | None, python: Python | None
) -> Judged | None:
    """Every GPU against the build; None when the build's code or the GPUs are not known, or on a Jetson.

    Where it is not known which of a release's builds this is, a GPU that all of them have code for runs.
    """
    own = code_of(torch, runtime, host, python)
    code = own or _code_of_all_builds(torch, platform_of(host, python))
    if code is None or not nvidia.gpus or (host and host.jetson):
        return None
    proven = {d.name for d in runtime.devices if d.ok and d.device.startswith("cuda")} if runtime else set()
    lists: dict[str, list[Gpu]] = {"runs": [], "newer": [], "dropped": [], "unknown": []}
    for gpu in nvidia.gpus:
        side = "runs" if gpu.name in proven else _side(capability(gpu), code)
        lists[side if own or side == "runs" else "unknown"].append(gpu)
    return Judged(code, **{name: tuple(gpus) for name, gpus in lists.items()})


def otherwise(judged: Judged | None, nvidia: Nvidia, host: Host | None) -> Answer:
    """The answer of a rule whose GPUs `judge` does not name."""
    if host and host.jetson:
        return not_there("host.jetson", host.jetson)
    if nvidia.gpus == ():
        return not_there("nvidia.gpus", "none")
    if judged is None or judged.unknown:
        return cannot_tell("runtime.arch_list" if nvidia.gpus and not judged else "nvidia.gpus")
    gpus, capabilities = worst((*judged.runs, *judged.newer, *judged.dropped))
    return not_there("nvidia.gpus", f"{gpus}: {capabilities}", judged.code.shown)


def _side(device: str | None, code: Code) -> str:
    if device is None or device in catalog.JETSON:
        return "unknown"
    if code.runs(device):
        return "runs"
    have = Capability.of(device)
    if have is None:
        return "unknown"
    if have > code.ordered[-1]:
        return "newer"
    # in a gap of the list: releases drop old generations from below, and add new ones out of order
    return "dropped" if have < code.ordered[0] or have.major <= 7 else "newer"


def worst(gpus: tuple[Gpu, ...]) -> tuple[str, str]:
    """Name and capability of the GPUs, for a message."""
    names = ", ".join(dict.fromkeys(gpu.name for gpu in gpus))
    capabilities = ", ".join(dict.fromkeys(capability(gpu) or " or ".join(_capabilities(gpu)) or "?" for gpu in gpus))
    return names, capabilities
