"""SGLang's `check_env`: keys as torch's `collect_env` has them and others, and the versions of modules."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Amd, Runtime
from doctor.intake.devices import ListedGpu, facts_of_devices
from doctor.intake.fields import pairs
from doctor.intake.formats.pip_list import normalised_name
from doctor.intake.keyed import PACKAGE, facts_of, keep_first, left_out
from doctor.intake.merge import Partial, merge
from doctor.intake.witness import Witness

TITLE = "`python -m sglang.check_env`"
WITNESS = Witness.PROGRAM
OPENS = r"^sglang: \d"
LEFT_OUT = (
    r"(?:NVIDIA|AMD|Ascend) Topology:|(?:GPU|NIC)\d+(?:\s|:)|Legend:$|X\s+= Self|(?:SYS|NODE|PHB|PXB|PIX|NV#)\s+= ",
    r"NIC Legend:$|ulimit soft:|ROCM_HOME:|ROCM Driver Version:|=+ ROCm System|=+ (?:Link Type|End of ROCm)|GPU\d+\s",
    r"[\w.-]+: Module Not Found$",
    r"/bin/sh: \d{1,4}: \S{0,120}\bnvcc: not found$",  # it asks for the version
)
_KEYS = {
    "python": "python version",
    "cuda available": "is cuda available",
    "rocm available": "is rocm available",
    "cuda_home": "cuda_home",
    "nvcc": "cuda runtime version",
    "cuda driver version": "nvidia driver version",
    "pytorch": "pytorch version",
    "hipcc": "hipcc",
}
_GPU = re.compile(r"GPU (\d{1,3}(?:,\d{1,3})*): (\S.*)")
_CAPABILITY = re.compile(r"GPU (\d{1,3}(?:,\d{1,3})*) Compute Capability: (\d+\.\d+)")
_MODULE = re.compile(r"([A-Za-z][\w.-]*): (\d\S*)$")
_DISTRIBUTIONS = {"zmq": "pyzmq", "multipart": "python-multipart", "sgl_kernel": "sgl-kernel"}
_TABLES = 60  # lines below the versions: how the GPUs are connected


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    if not (block := _stretch(lines)):
        return {}, set()
    raw, used = _values(lines, block)
    names, capabilities = dict[int, str](), dict[int, str]()
    for index in block:
        for shape, found in ((_GPU, names), (_CAPABILITY, capabilities)):
            if match := shape.fullmatch(lines[index].strip()):
                used.add(index)
                found.update(dict.fromkeys(map(int, filter(None, match[1].split(","))), match[2]))
    devices = [ListedGpu(names[number], capability=capabilities.get(number)) for number in sorted(names)]
    facts = merge(facts_of(raw), facts_of_devices(devices))
    if "is rocm available" in raw:  # it is said of a build for ROCm
        facts = merge(facts, facts_of({"is cuda available": raw["is rocm available"]}))
        facts = merge(facts, {"runtime": Runtime(hip=True)})
    if installed := re.match(r"HIP version: (\d+\.\d+\.\d+)", raw.get("hipcc", "")):
        facts = merge(facts, {"amd": Amd(rocm_version=installed[1])})
    return facts, used | left_out(lines, LEFT_OUT, range(block.start, min(len(lines), block.stop + _TABLES)))


def _stretch(lines: Sequence[str]) -> range:
    """The lines around "sglang: …" without a gap; none where there is no such line."""
    first = end = next((index for index, line in enumerate(lines) if re.match(OPENS, line)), len(lines))
    while end < len(lines) and lines[end].strip():
        end += 1
    while 0 < first < len(lines) and lines[first - 1].strip():
        first -= 1
    return range(first, end)


def _values(lines: Sequence[str], block: range) -> tuple[dict[str, str], set[int]]:
    raw: dict[str, str] = {}
    used: set[int] = set()
    for index, key, value in pairs(lines):
        module = _MODULE.match(lines[index])
        if index not in block or not (key in _KEYS or module):
            continue
        used.add(index)
        name = _KEYS.get(key) or f"{PACKAGE}{normalised_name(_DISTRIBUTIONS.get(key, key))}"
        keep_first(raw, name, value)
    return raw, used
