"""torch, its run-time, Python and toolkits, from the values of a dump."""

from __future__ import annotations

import re

import msgspec

from doctor.catalog import BuildTag
from doctor.facts import DeviceCheck, Runtime, Toolkits, Torch
from doctor.intake import platforms
from doctor.intake.fields import is_missing
from doctor.intake.merge import Partial
from doctor.intake.values import NO_CUDA, Raw, flag_of, known_sections, version_of
from doctor.privacy import redact


def software(raw: Raw) -> Partial:
    torch, runtime = _torch(raw), _runtime(raw)
    python = platforms.python_of(raw.get("python version", ""))
    machine = platforms.host_of_platform(raw.get("python platform", "")).architecture
    if python and machine and not python.machine:
        python = msgspec.structs.replace(python, machine=machine)
    compiler = _gcc(raw.get("gcc version"))
    toolkits = Toolkits(
        nvcc_version=_nvcc(raw.get("cuda runtime version")),
        cudnn_version=_cudnn(raw.get("cudnn version")),
        cuda_home=_home(raw.get("cuda_home")),
        compiler=f"gcc {compiler}" if compiler else None,
    )
    return known_sections({"torch": torch, "runtime": runtime, "python": python, "toolkits": toolkits})


def _torch(raw: Raw) -> Torch | None:
    version = "" if _is_missing(raw) else _torch_version(raw.get("pytorch version"))
    cuda, hip, xpu = (_build_version(raw, name) for name in ("cuda", "rocm", "xpu"))
    how = raw.get("installed with", "").lower()
    installer = next((tool for tool in ("conda", "pip") if re.search(rf"\b{tool}", how)), None)
    if version is None and not installer and cuda is None and not (hip or xpu):
        return None
    local = (version or "").partition("+")[2]
    cuda = cuda if cuda is not None else _cuda_of(local)
    return Torch(
        version=version,
        build=BuildTag.stated(local, cuda, hip, xpu).tag or None,
        cuda_version=cuda,
        hip_version=hip if hip is not None else _hip_of(local),
        xpu_version=xpu,
        debug=flag_of(raw.get("is debug build")),
        installer=installer,
        source_build=True if re.search(r"a0(?!\+cxx11\.abi)|\+git", version or "") else None,  # that is Intel's wheel
    )


def _torch_version(value: str | None) -> str | None:
    """Its own, where somebody gives the words of a command: "python=3.9 pytorch==1.12.0 cudatoolkit=11.3"."""
    specs = re.search(r"\b(?:py)?torch={1,2}(\d[\w.+]*)", value or "")
    others = re.search(r"\b[a-z][\w-]*={1,2}\d", value or "")
    parted = re.sub(r"(\d\.\d{1,2}\.\d)(?=(?:cu\d{2,3}|cpu)\b)", r"\1+", value or "")  # "1.8.2cu111", by hand
    return specs[1] if specs else None if others else version_of(parted, local=True)


def _is_missing(raw: Raw) -> bool:
    """The report looked and says that there is none: "not installed (NA)"."""
    return bool(re.match(r"not (?:installed|found|available)\b", raw.get("pytorch version", "").strip(), re.I))


def torch_of_version(version: str, cuda: str | None = None) -> Torch:
    """A torch of that version, as its local label tells, and of the CUDA that it was built with, where that is told."""
    local = version.partition("+")[2]
    known = _cuda_of(local) if cuda is None else cuda
    return Torch(version=version, build=BuildTag.stated(local, cuda).tag or None, cuda_version=known)


def _build_version(raw: Raw, name: str) -> str | None:
    """Version a build was made with; "" = made without; None = not told."""
    value = raw.get(f"{name} used to build pytorch")
    if value is None or is_missing(raw.get("pytorch version", "x")):
        return None
    word = value.strip().lower()
    if word in ("none", NO_CUDA):
        return ""
    if word == "n/a":
        return "" if name != "cuda" or not is_missing(raw.get("rocm used to build pytorch")) else None
    if word == "could not collect":
        return "" if flag_of(raw.get("is cuda available")) is not True else None
    return version_of(value) or (None if is_missing(value) else value)


def _cuda_of(local: str) -> str | None:
    """CUDA of a local version label: "cu121" -> "12.1"; "" for a label of another accelerator."""
    build = BuildTag.stated(local)
    return build.cuda or (None if build.kind in ("", "cuda") else "")


def _hip_of(local: str) -> str | None:
    build = BuildTag.stated(local)
    return str(build.version) if build.kind == "rocm" else None


def _runtime(raw: Raw) -> Runtime | None:
    version = raw.get("pytorch version")
    if version is not None and version.strip().lower() == "n/a":
        return Runtime(imported=False)
    archs = re.findall(r"(?:sm|compute)_\d+\w?|gfx[0-9a-f]+", raw.get("arch list", ""))
    cuda_available = flag_of(raw.get("is cuda available"))
    return Runtime(
        imported=True if cuda_available is not None or raw.get("directml device") else None,
        cuda_available=cuda_available,
        arch_list=tuple(archs) or None,
        mps_built=flag_of(raw.get("mps built")),
        mps_available=flag_of(raw.get("mps available")),
        xpu_available=flag_of(raw.get("is xpu available")),
        devices=(DeviceCheck("privateuseone:0"),) if raw.get("directml device") else (),
        hip=None if is_missing(hip := raw.get("rocm used to build pytorch", "")) else hip.strip() != "None",
    )


def _nvcc(value: str | None) -> str | None:
    if value is None or is_missing(value) or "HIP" in value:
        return None
    if value.strip().lower() == NO_CUDA:
        return ""
    found = re.search(r"V(\d+\.\d+\.\d+)", value) or re.search(r"(?<!\d)(\d+\.\d+(?:\.\d+)?)", value)
    return found[1] if found else None


def _gcc(value: str | None) -> str | None:
    """The line of another compiler may stand there."""
    return None if re.search(r"clang|Microsoft", value or "", re.I) else version_of(value)


def _home(value: str | None) -> str | None:
    """Programs print what torch makes of CUDA_HOME: None, or a folder that may not be there (Detectron2)."""
    text = (value or "").strip()
    return None if is_missing(text) or text == "None" or text.endswith("- invalid!") else redact(text)


_CUDNN = (r"libcudnn\w*\.so\.(\d[\d.]*)", r"cudnn\w*64_(\d{1,2})\.dll", r"^\s*(\d+\.\d+[\d.]*)\s*$")


def _cudnn(value: str | None) -> str | None:
    """cuDNN of the system, from the file that was found or a bare version."""
    found = next((m for m in (re.search(shape, value or "") for shape in _CUDNN) if m), None)
    return found[1] if found else None
