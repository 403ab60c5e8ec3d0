"""What an error text says of the machine it comes from: systems by their paths, versions, GPUs, what it names.

Nothing is guessed: a text in which two systems or two versions speak tells neither. The text is read in part when it is
long, its beginning and its end, where tracebacks and versions stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from doctor.facts import Amd, AmdGpu, ErrorText, Gpu, Host, Intel, Nvidia, Python, Runtime, Torch
from doctor.intake.dump_software import torch_of_version
from doctor.intake.gpus import parse
from doctor.intake.merge import Partial
from doctor.intake.platforms import host_of_os, host_of_platform
from doctor.intake.values import known_sections
from doctor.text.clean import plain
from doctor.text.systems import hosted_notebook, is_wsl, system_of

MAX_PART = 64 * 1024  # characters of each end
_MAX_NAMED = 20

_PYTHON_PATHS = (
    re.compile(
        r"[/\\][Pp]ython(3)\.?(\d{1,2})(?:t|-32)?[/\\](?:[Ll]ib[/\\])?(?:site-packages|dist-packages|[a-z_][\w/\\]{0,300}\.py)"
    ),
    re.compile(r"[/\\]python(3)\.(\d{1,2})[/\\]"),
    re.compile(r"\.cpython-(3)(\d{1,2})t?-"),
    re.compile(r"\.cp(3)(\d{1,2})t?-win"),
    re.compile(r"[\\/](?:temp|lib|bdist)\.[a-z]\w{2,12}-\w{3,12}-cpython-(3)(\d{1,2})t?\b"),  # a build's folder
)
_PYTHON_WORDS = re.compile(r"\bC?Python(?: version)?[ :=]{1,3}(3\.\d{1,2}(?:\.\d{1,2})?)\b")
_CONDA = re.compile(
    r"(?:ana|mini|mamba|micromamba|mini)conda3?[/\\]|miniforge3?[/\\]|mambaforge[/\\]|[/\\]opt[/\\]conda[/\\]|[/\\]conda[/\\]envs[/\\]",
    re.I,
)
_VENV = re.compile(r"[/\\]\.?v?env\w{0,12}[/\\](?:lib|Lib|bin|Scripts)[/\\]|[/\\]\.venv[/\\]")
_NOTEBOOK = re.compile(r"ipykernel|<ipython-input-\d|Cell In ?\[\d+\]|/content/|/kaggle/working")
_CONTAINER = re.compile(
    r"(?<![\w@.-])[a-z][\w-]{0,31}@[0-9a-f]{12}:|/\.dockerenv\b|\bdocker run\b.{0,200}\n(?=.{0,2000}Traceback)"
)
# uv names the platform it installs for beside those that have wheels; Homebrew's folder tells the chip
_UV_PLATFORM = re.compile(
    r"(?:You're on \w+ \(|matching platform tag \(e\.g\., )`(?P<tag>[a-z]+)_?(?P<version>\d+_\d+)?_(?P<machine>\w+)`\)"
)
_UV_SYSTEMS = {"macosx": "macos", "manylinux": "linux", "linux": "linux", "win": "windows"}
_OF_MACOS = re.compile(r"\bmac(?:OS|osx)-\d[\d.]{0,7}-(?P<machine>x86_64|arm64)\b")
_HOMEBREW = {"/opt/homebrew/": "arm64", "/usr/local/Cellar/": "x86_64"}
_JETSON = re.compile(r"\bL4T\b|\bJetPack\b|\baarch64.{0,80}tegra|\btegra\b", re.I)
_VERSION = r"(\d+\.\d+\.\d+(?:\.dev\d+|rc\d+|a0)?(?:\+\w[\w.]*)?)"
_TAGGED = r"(\d+\.\d+\.\d+\+(?:cu\d{2,3}|cpu|rocm\d[\d.]*(?:a\d+)?|xpu))\b"
_TORCH = (
    re.compile(r"\bYour installed torch==" + _VERSION),
    re.compile(r"^(?!.{0,60}\bPython ).{0,200}\(you have (\d{1,9}\.\d{1,9}\.\d{1,9}[^\s)]{0,40})\)", re.M),  # xFormers
    re.compile(r"\b(?:py)?torch(?:\.__version__)?(?: version)?\s?[:=]\s?v?" + _TAGGED, re.I),
    re.compile(r"^[-*\s]{0,6}torch(?:==| )" + _TAGGED, re.M),  # a list; `pip install torch==…` is a wish
    re.compile(r"\b(?:py)?torch version is\W{1,4}(?:torch={1,2})?v?" + _VERSION, re.I),
    re.compile(
        r"(?<![Ii]n )\bPyTorch (?:version )?" + _VERSION + r"(?= (?!(?:and|or) [lnah])|\)|,(?! ?\d+\.\d)|$)", re.M
    ),
    re.compile(r"\bThe PyTorch version \(" + _VERSION + r"\) is not compatible with"),  # TorchCodec
    re.compile(r"\bRequirement already satisfied: torch(?:[=<>!~]=?[\w.*+]+)? in \S+ \((\d+\.\d+\.\d\S{0,60}?)\)"),
    re.compile(r"\btorch\.__version__\s*+[:=]?\s*['\"]?" + _VERSION),
)
_OLD_DRIVER = re.compile(r"driver on your system is too old \(found version (\d{4,5})\)")
_DRIVER = re.compile(r"\bkernel (?:module )?version:? (\d{3}\.\d+(?:\.\d+)?)|\bDriver Version: (\d{3}\.\d+(?:\.\d+)?)")
_GPU_CAPABILITY = (
    re.compile(r"^(?:\S+: )*\s*(?P<name>[\w .()-]{3,50}?) with CUDA capability sm_(?P<sm>\d{2,3}) is not compatible"),
    re.compile(
        r"Found GPU(?P<number>\d{1,3}) (?P<name>[\w .()-]{3,50}?) which is of (?:cuda )?capability (?P<sm>\d{1,2}\.\d)"
    ),
)
_GPU = re.compile(
    r"\b(?:NVIDIA )?(?:GeForce )?(?:RTX|GTX) ?A?\d{3,4}M?(?: ?(?:Ti|SUPER|Laptop GPU|Ada))*\b(?![ -]series\b)"
    r"|\bNVIDI?A ?(?:9[5678]0|10[5-8]0|16[56]0|20[678]0|[345]0[5-9]0)(?: ?(?:Ti|SUPER))*\b"
    r"|\bGeForce (?:GT ?\d{3,4}M?|MX ?\d{3}|\d{3}(?:A|MX?))\b|\bTesla [KMPVT]\d{1,3}\b"
    r"|\bNVIDIA (?:A|H|L|B|GH|GB)\d{2,3}\w*(?:[ -](?:SXM\d|PCIe|NVL|\d{2,3}GB))*|\bQuadro (?:RTX |GV|P|K|M)\d{3,4}\b",
    re.I,
)
_ARCHITECTURES = re.compile(r"supports CUDA capabilities ((?:sm_\d{2,3} ?)+)")
_AMD_GPU = re.compile(
    r"\b(?:AMD )?Radeon (?:RX |Pro |VII)?\w[\w ]{0,20}\b|\bRX ?(?:[45]\d0|[5-9]\d{3})(?: ?(?:XTX?|GRE|M)\b)?(?!\w)"
    r"|\b[5-9]\d[05]0 ?(?:XTX?|xtx?)\b"
    r"|\bgfx(?:9|10|11|12)[0-9a-f]{2}\b|\bInstinct MI\d{3}\w?\b"
)
_INTEL_GPU = re.compile(
    r"\bIntel(?:\(R\))? Arc(?:\(TM\))? \w[\w ]{0,20}|\bIntel(?:\(R\))? Data Center GPU \w+ \d{3,4}\b", re.I
)
_LIBRARY = re.compile(
    r"\b(lib[\w+-]{1,60}\.so(?:\.\d+){0,3})\b(?=[^\n]{0,60}(?:cannot open|not found|undefined|No such file|failed))"
    r"|[\"'\\/]([\w.+-]{1,60}\.(?:dll|pyd))\b"
)
_HOST = re.compile(r"\bhttps?://([A-Za-z0-9.-]{3,80})|\bhost=['\"]([A-Za-z0-9.-]{3,80})['\"]")
_STATUS = re.compile(
    r"\b(?:HTTP|HTTPError|status(?: code)?|error)[ :/=]{1,3}(?:1\.1 )?([45]\d\d)\b"
    r"|\b([45]\d\d) (?:Client|Server) Error",
    re.I,
)
_SIGNAL = re.compile(r"\b(SIG(?:SEGV|KILL|TERM|ILL|BUS|ABRT|FPE|HUP|INT))\b")
_EXIT = re.compile(r"\bexit ?code:? ?\(?(-?\d{1,10})|\bexited with (?:code |exit code )?(-?\d{1,5})", re.I)
_RANK = re.compile(r"\[rank ?(\d{1,4})\]|\brank[ =:]{1,2}(\d{1,4})\b", re.I)


def read(text: str, *, with_names: bool = True) -> Partial:
    """The facts that a text tells, as far as they do not contradict each other; field of Facts -> its struct.

    `with_names` False leaves out GPUs that are only named: prose around a dump names others, too.
    """
    part = plain(text if len(text) <= 2 * MAX_PART else f"{text[:MAX_PART]}\n{text[-MAX_PART:]}")
    facts = {
        "host": _host(part),
        "python": _python(part),
        "torch": _torch(part),
        "nvidia": _nvidia(part, with_names),
        "amd": _amd(part) if with_names else None,
        "intel": _intel(part) if with_names else None,
        "runtime": _runtime(part),
    }
    return known_sections(facts)


def named(text: str) -> ErrorText:
    """The text with what it names: libraries, hosts, status codes, signals, exit codes, ranks."""
    part = plain(text if len(text) <= 2 * MAX_PART else f"{text[:MAX_PART]}\n{text[-MAX_PART:]}")
    return ErrorText(
        text,
        libraries=_all(_LIBRARY, part),
        hosts=tuple(host.lower() for host in _all(_HOST, part)),
        statuses=tuple(int(code) for code in _all(_STATUS, part)),
        signals=_all(_SIGNAL, part),
        exit_codes=tuple(int(code) for code in _all(_EXIT, part)),
        ranks=tuple(int(rank) for rank in _all(_RANK, part)),
    )


def _all(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    """What the groups of a pattern take, each once, in the order of the text."""
    found = (next(group for group in match.groups() if group) for match in pattern.finditer(text))
    return tuple(dict.fromkeys(found))[:_MAX_NAMED]


def _host(text: str) -> Host | None:
    """The system that the installer names, else the one that paths and file names speak of; none where two do."""
    if (tag := _UV_PLATFORM.search(text)) and (system := _UV_SYSTEMS.get(tag["tag"])):
        glibc = tag["version"].replace("_", ".") if system == "linux" and tag["version"] else None
        machine = tag["machine"].replace("amd64", "x86_64")
        return Host(os=system, architecture=machine, libc="glibc" if glibc else None, libc_version=glibc)
    os, wsl = system_of(text), is_wsl(text)
    if os == "linux":
        stated = _linux(text)
        container = hosted_notebook(text) or ("docker" if _CONTAINER.search(text) else None)
        jetson = "Jetson" if _JETSON.search(text) else None
        return msgspec.structs.replace(
            stated, os="linux", wsl=2 if wsl else stated.wsl, container=container, jetson=jetson
        )
    told = {found["machine"] for found in _OF_MACOS.finditer(text)}
    told |= {machine for folder, machine in _HOMEBREW.items() if os == "macos" and folder in text}
    chip = _agreed(told)
    return Host(os=os, libc="", architecture=chip) if os else None


def _linux(text: str) -> Host:
    """The platform string or the distribution, where the text has one."""
    if platform := re.search(r"\bLinux-\d[\w.-]{5,100}", text):
        return host_of_platform(platform[0])
    if distribution := re.search(
        r"\b(?:Ubuntu|Debian|CentOS|Fedora|Rocky Linux|AlmaLinux|Arch Linux|openSUSE)\b[ \w./]{0,20}", text
    ):
        return host_of_os(distribution[0])
    return Host()


def _python(text: str) -> Python | None:
    version = _agreed(f"{m[1]}.{m[2]}" for shape in _PYTHON_PATHS for m in shape.finditer(text))
    stated = _agreed(m[1] for m in _PYTHON_WORDS.finditer(text))
    if stated and (version is None or stated.startswith(version)):
        version = stated
    kind = "conda" if _CONDA.search(text) else "venv" if _VENV.search(text) else None
    jupyter = True if _NOTEBOOK.search(text) else None
    return Python(version=version, kind=kind, jupyter=jupyter) if version or kind or jupyter else None


def _agreed(found: Iterable[str]) -> str | None:
    """The one value that is told, None where there are several."""
    values = set(found)
    return values.pop() if len(values) == 1 else None


def _torch(text: str) -> Torch | None:
    """The torch that is there, as messages name it; what a requirement asks for is not there yet."""
    for shape in _TORCH:
        if version := _agreed(found[1].rstrip(".,;") for found in shape.finditer(text)):
            return torch_of_version(version)
    return None


def _nvidia(text: str, with_names: bool) -> Nvidia | None:
    gpus = _with_capability(text) or (_gpus(text) if with_names else ())
    old = _OLD_DRIVER.search(text)
    cuda = f"{int(old[1]) // 1000}.{int(old[1]) % 1000 // 10}" if old else None
    driver = _agreed(found[1] or found[2] for found in _DRIVER.finditer(text))
    if not (gpus or cuda or driver):
        return None
    return Nvidia(driver_version=driver, cuda_version=cuda, gpus=gpus or None, gpus_source="text")


def _with_capability(text: str) -> tuple[Gpu, ...]:
    """GPUs that torch warns of, each once: one warning numbers them, the other names a model, and both come again."""
    numbered, models = dict[str, Gpu](), dict[str, Gpu]()
    for line in text.splitlines():
        for shape in _GPU_CAPABILITY:
            if found := shape.search(line.strip()):
                sm, told = found["sm"], found.groupdict()
                gpu = Gpu(found["name"].strip(), compute_capability=sm if "." in sm else f"{sm[:-1]}.{sm[-1]}")
                known, key = (numbered, told["number"]) if "number" in told else (models, gpu.name)
                known.setdefault(key, gpu)
    named = {gpu.name for gpu in numbered.values()}
    found_all = [*numbered.values(), *(gpu for name, gpu in models.items() if name not in named)]
    return tuple(msgspec.structs.replace(gpu, index=index) for index, gpu in enumerate(found_all))


def _gpus(text: str) -> tuple[Gpu, ...]:
    """GPUs by name, where only one model is named: of several nobody knows which are in this machine."""
    names = {re.sub(r"\s+", " ", found[0]).strip() for found in _GPU.finditer(text)}
    models = {name.upper().replace("NVIDIA ", "").replace("GEFORCE ", "").replace(" ", "") for name in names}
    return parse(max(names, key=len)).nvidia[:1] if len(models) == 1 else ()


def _amd(text: str) -> Amd | None:
    gfx = _agreed(found[0] for found in re.finditer(r"\bgfx(?:9|10|11|12)[0-9a-f]{2}\b", text))
    names = [found[0] for found in _AMD_GPU.finditer(text) if not found[0].startswith("gfx")]
    if not gfx and not names:
        return None
    return Amd((AmdGpu(names[0].strip() if names else f"AMD GPU ({gfx})", gfx),))


def _intel(text: str) -> Intel | None:
    found = _INTEL_GPU.search(text)
    return Intel((found[0].strip(),)) if found else None


def _runtime(text: str) -> Runtime | None:
    """The architectures that torch's own warning lists: it was imported to say so."""
    found = _ARCHITECTURES.search(text)
    return Runtime(imported=True, arch_list=tuple(found[1].split())) if found else None
