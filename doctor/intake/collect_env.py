"""`python -m torch.utils.collect_env` of every torch since 1.0, its forks, and lists of facts written in its terms.

What its words mean (torch/utils/collect_env.py): "N/A" beside torch = the interpreter could not import torch; "CUDA
used to build PyTorch: None", or "Could not collect" beside an importable torch = built without CUDA; "No CUDA" beside
the driver = `nvidia-smi` gave nothing and CUDA is not available; "Could not collect" beside the driver = not known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from doctor.facts import Amd, Apple, Cpu, Host, Intel, Nvidia, Python, Runtime, Toolkits, Torch, Variables
from doctor.intake import gpus, platforms
from doctor.intake.fields import CANONICAL, pairs, untold
from doctor.intake.merge import Partial, merge
from doctor.privacy import redact

_GPU_LINE = re.compile(
    r"^\s*(?:[-*•]\s*)?GPU ?(\d{1,2})(?:[, \d]{0,60}):?\s+(?!name|\d+\s*%)(\S.{2,120})$", re.IGNORECASE
)
_VARIABLE = re.compile(
    r"^(?:CUDA_|NCCL_|LD_|NVIDIA_|PYTORCH_|TORCH_|OMP_|MKL_|KMP_|HSA_|HIP_|ROCR_|VLLM_|PYTHON|XLA_|GLOO_|ONEAPI_|ZE_|USE_)\w+$"
)
_NO_CUDA = "no cuda"
_TRUE, _FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})
Raw = Mapping[str, str]


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    """What a dump says, and the indexes of the lines that say it."""
    raw, variables, used = gather(lines)
    facts: Partial = {}
    for part in (_software(raw), _machine(raw), _accelerators(raw)):
        facts = merge(facts, part)
    if variables:
        facts["variables"] = Variables({k: redact(v) for k, v in variables.items()}, complete=False)
    return facts, used


def gather(lines: Sequence[str]) -> tuple[dict[str, str], dict[str, str], set[int]]:
    """Canonical key -> first value, environment variables, and which lines they came from."""
    raw: dict[str, str] = {}
    variables: dict[str, str] = {}
    used: set[int] = set()
    for index, key, value in pairs(lines):
        name = CANONICAL.get(key)
        if name:
            used.add(index)
            _keep(raw, name, value)
        elif _VARIABLE.match(key.upper()) and key.upper() not in variables:
            used.add(index)
            variables[key.upper()] = value.strip("\"'")
    _gpu_lines(lines, raw, used)
    return raw, variables, used


def _keep(raw: dict[str, str], name: str, value: str) -> None:
    """The first value wins, but one that tells something over one that does not."""
    if name not in raw or (untold(raw[name]) and not untold(value)):
        raw[name] = value


def _gpu_lines(lines: Sequence[str], raw: dict[str, str], used: set[int]) -> None:
    """ "GPU 0: NVIDIA A100 (UUID: …)" of nvidia-smi -L; MMCV's "GPU 0,1: Tesla V100"; Detectron2's columns."""
    found: list[str] = []
    for index, line in enumerate(lines):
        text = line.partition("GPU models and configuration:")[2] or line
        match = _GPU_LINE.match(text)
        if match:
            used.add(index)
            count = len(re.findall(r"\d+", text.partition(":")[0])) if ":" in text else 1
            found += [match[2]] * max(1, count)
    if found:
        raw["gpu models and configuration"] = "\n".join(found)
        return
    queried = [line for line in lines if re.match(r"^Device:? \d+, ", line)]
    first = raw.get("gpu models and configuration", "")
    if first.startswith("Device") and queried:
        raw["gpu models and configuration"] = "\n".join([first, *queried])


def _software(raw: Raw) -> Partial:
    torch, runtime = _torch(raw), _runtime(raw)
    python = platforms.python_of(raw.get("python version", ""))
    machine = platforms.host_of_platform(raw.get("python platform", "")).architecture
    if python and machine and not python.machine:
        python = _with_machine(python, machine)
    compiler = _version(raw.get("gcc version"))
    toolkits = Toolkits(
        nvcc_version=_nvcc(raw.get("cuda runtime version")),
        cudnn_version=_cudnn(raw.get("cudnn version")),
        cuda_home=None if untold(raw.get("cuda_home")) else redact(raw["cuda_home"]),
        compiler=f"gcc {compiler}" if compiler else None,
    )
    return _known({"torch": torch, "runtime": runtime, "python": python, "toolkits": toolkits})


def _with_machine(python: Python, machine: str) -> Python:
    import msgspec

    return msgspec.structs.replace(python, machine=machine)


def _torch(raw: Raw) -> Torch | None:
    version = _version(raw.get("pytorch version"), local=True)
    cuda, hip, xpu = (_build_version(raw, name) for name in ("cuda", "rocm", "xpu"))
    if version is None and not (cuda or hip or xpu):
        return None
    local = (version or "").partition("+")[2]
    cuda = cuda if cuda is not None else _cuda_of(local)
    return Torch(
        version=version,
        build=_build(local, cuda, hip, xpu),
        cuda_version=cuda,
        hip_version=hip if hip is not None else (local.removeprefix("rocm") if local.startswith("rocm") else None),
        xpu_version=xpu,
        debug=_flag(raw.get("is debug build")),
        source_build=True if re.search(r"a0|\+git", version or "") else None,
    )


def torch_of_version(version: str) -> Torch:
    """What a version string alone tells of a build: its local label."""
    local = version.partition("+")[2]
    return Torch(version=version, build=_build(local, None, None, None), cuda_version=_cuda_of(local))


def _build_version(raw: Raw, name: str) -> str | None:
    """Version a build was made with; "" = made without; None = not told."""
    value = raw.get(f"{name} used to build pytorch")
    if value is None or untold(raw.get("pytorch version", "x")):
        return None
    word = value.strip().lower()
    if word in ("none", _NO_CUDA):
        return ""
    if word == "n/a":
        return "" if name != "cuda" or not untold(raw.get("rocm used to build pytorch")) else None
    if word == "could not collect":
        return "" if _flag(raw.get("is cuda available")) is not True else None
    return _version(value) or (None if untold(value) else value)


def _cuda_of(local: str) -> str | None:
    """CUDA of a local version label: "cu121" -> "12.1"; "" for a label of another accelerator."""
    if found := re.match(r"cu(\d{2,3})", local):
        return f"{found[1][:-1]}.{found[1][-1]}"
    return "" if local.startswith(("cpu", "rocm", "xpu")) else None


def _build(local: str, cuda: str | None, hip: str | None, xpu: str | None) -> str | None:
    if found := re.match(r"cu\d{2,3}|cpu|rocm[\d.]+|xpu", local):
        return found[0]
    if hip:
        return "rocm" + ".".join(hip.split(".")[:2])
    if cuda:
        return "cu" + "".join(cuda.split(".")[:2])
    if xpu:
        return "xpu"
    return "cpu" if cuda == "" and not hip and not xpu else None


def _runtime(raw: Raw) -> Runtime | None:
    version = raw.get("pytorch version")
    if version is not None and version.strip().lower() == "n/a":
        return Runtime(imported=False)
    archs = re.findall(r"(?:sm|compute)_\d+\w?|gfx[0-9a-f]+", raw.get("arch list", ""))
    cuda_available = _flag(raw.get("is cuda available"))
    return Runtime(
        imported=True if cuda_available is not None else None,
        cuda_available=cuda_available,
        arch_list=tuple(archs) or None,
        mps_built=_flag(raw.get("mps built")),
        mps_available=_flag(raw.get("mps available")),
        xpu_available=_flag(raw.get("is xpu available")),
        hip=True if not untold(raw.get("rocm used to build pytorch")) else None,
    )


def _machine(raw: Raw) -> Partial:
    host = platforms.host_of_os("" if untold(raw.get("os")) else raw["os"])
    if "mac os" in raw:
        host = merge_host(host, platforms.host_of_os(f"macOS {raw['mac os']}"))
    host = merge_host(host, platforms.host_of_platform(raw.get("python platform", "")))
    host = merge_host(host, _host_rest(raw, host))
    cpu = _cpu(raw)
    apple = None
    if host.os == "macos" and (host.architecture == "arm64" or (cpu and "Apple" in (cpu.model or ""))):
        apple = Apple(chip=cpu.model if cpu else None, macos=host.distribution_version)
    return _known({"host": host, "cpu": cpu, "apple": apple})


def _host_rest(raw: Raw, host: Host) -> Host:
    libc, version = platforms.libc_of(raw.get("libc version", ""))
    kernel = raw.get("kernel", "").removeprefix("Linux ").strip() or None
    windows = re.search(r"10\.0\.(\d{5})", raw.get("windows version", ""))
    in_wsl = host.os == "linux" and windows is not None
    wsl = platforms.wsl_of(kernel) if kernel and kernel[:1].isdigit() else None
    jetson = raw.get("jetpack")
    return Host(
        libc=libc,
        libc_version=version,
        kernel=kernel if kernel and kernel[:1].isdigit() else None,
        architecture=None if untold(raw.get("architecture")) else raw["architecture"].split()[0],
        windows_build=windows[1] if windows else None,
        wsl=(wsl or (1 if kernel and kernel.startswith("4.4.") else 2)) if in_wsl else wsl,
        rosetta=_rosetta(raw, host),
        virtual_machine=raw["hypervisor vendor"].lower() if "hypervisor vendor" in raw else None,
        jetson=f"Jetson ({jetson})" if jetson and not untold(jetson) else None,
    )


def _rosetta(raw: Raw, host: Host) -> bool | None:
    """x86_64 Python on a Mac whose processor is Apple's."""
    if host.os != "macos" or "python platform" not in raw:
        return None
    chip = "Apple" in raw.get("model name", "") or "arm64" in raw.get("os", "")
    return chip and "x86_64" in raw["python platform"] if chip else None


def merge_host(first: Host, second: Host) -> Host:
    merged = merge({"host": first}, {"host": second})["host"]
    assert isinstance(merged, Host)
    return merged


def _cpu(raw: Raw) -> Cpu | None:
    model = raw.get("model name")
    sockets, cores = _number(raw.get("socket(s)")), _number(raw.get("core(s) per socket"))
    return Cpu(
        model=None if untold(model) else model,
        flags=tuple(raw["flags"].lower().split()) if len(raw.get("flags", "")) > 20 else None,
        logical=_number(raw.get("cpu(s)")),
        physical=sockets * cores if sockets and cores else None,
    )


def _accelerators(raw: Raw) -> Partial:
    named = gpus.parse(_gpu_text(raw))
    driver = _driver(raw)
    listed = named.nvidia or (() if _nothing_listed(raw) else None)
    nvidia = Nvidia(
        driver_version=driver,
        cuda_version=_version(raw.get("driver cuda version")),
        gpus=listed,
        gpus_source="nvidia-smi" if listed is not None else "",
    )
    intel_text = raw.get("intel gpu models onboard") or raw.get("intel gpu models detected") or ""
    intel = tuple(name.strip() for name in re.findall(r"\*\s*([^\n*\\]+)", intel_text)) or named.intel
    host = Host(jetson=named.jetson) if named.jetson else None
    return _known(
        {
            "nvidia": nvidia,
            "amd": Amd(gpus=named.amd) if named.amd else None,
            "intel": Intel(gpus=intel) if intel else None,
            "host": host,
        }
    )


def _gpu_text(raw: Raw) -> str:
    value = raw.get("gpu models and configuration", "")
    return "" if untold(value) or value.strip().lower() in (_NO_CUDA, "none") else value


def _nothing_listed(raw: Raw) -> bool:
    """`nvidia-smi` was asked and listed nothing."""
    if raw.get("gpu models and configuration", "").strip().lower() == _NO_CUDA:
        return True
    return _asked_in_vain(raw) and untold(raw.get("gpu models and configuration", "x"))


def _asked_in_vain(raw: Raw) -> bool:
    """An importable CUDA build finds no device, and neither the driver nor a GPU could be read on Linux."""
    return (
        _flag(raw.get("is cuda available")) is False
        and "gpu models and configuration" in raw
        and "nvidia driver version" in raw
        and untold(raw["gpu models and configuration"])
        and untold(raw["nvidia driver version"])
        and untold(raw.get("rocm used to build pytorch"))
        and platforms.host_of_platform(raw.get("python platform", "")).os == "linux"
        and "tegra" not in raw["python platform"]
    )


def _driver(raw: Raw) -> str | None:
    value = raw.get("nvidia driver version", "")
    if value.strip().lower() == _NO_CUDA or _asked_in_vain(raw):
        return ""
    found = re.search(r"(?<![\d.])(\d{3}(?:\.\d{1,3}){0,2})(?![\d.]*\d{4})", f"{value} {raw.get('nvrm version', '')}")
    return found[1] if found else None


def _nvcc(value: str | None) -> str | None:
    if value is None or untold(value):
        return None
    if value.strip().lower() == _NO_CUDA:
        return ""
    found = re.search(r"V(\d+\.\d+\.\d+)", value) or re.search(r"(\d+\.\d+(?:\.\d+)?)", value)
    return found[1] if found else None


def _cudnn(value: str | None) -> str | None:
    found = re.search(r"libcudnn\w*\.so\.(\d[\d.]*)", value or "") or re.search(
        r"^(\d+\.\d+[\d.]*)$", (value or "").strip()
    )
    return found[1] if found else None


def _version(value: str | None, local: bool = False) -> str | None:
    if value is None or untold(value):
        return None
    pattern = r"(?<![\w.])v?(\d+\.\d+(?:\.\d+)*(?:\.?(?:a|b|rc|dev|post)\d+)*" + (r"(?:\+[\w.]+)?)" if local else ")")
    found = re.search(pattern, value)
    return found[1] if found else None


def _flag(value: str | None) -> bool | None:
    word = (value or "").strip().lower().split(" ")[0].strip("(),.")
    return True if word in _TRUE else False if word in _FALSE else None


def _number(value: str | None) -> int | None:
    word = (value or "").strip().split(" ")[0]
    return int(word) if word.isdigit() and len(word) < 6 else None


def _known(sections: Mapping[str, object | None]) -> Partial:
    """Sections that tell something."""
    return {name: value for name, value in sections.items() if value is not None and value != type(value)()}
