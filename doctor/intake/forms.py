"""The form that a fact has to have, by struct and field. What is not listed is free text, or a number or switch."""

from __future__ import annotations

import re

_NUMBERS = r"\d{1,9}(?:\.\d{1,9}){0,5}"
_AFTER = r"(?:a|b|c|rc|alpha|beta|dev|post|pre|[-+_ ]|\.(?=[A-Za-z]{2})).{0,80}"
VERSION = rf"(?:\d{{1,4}}!)?v?{_NUMBERS}(?:{_AFTER})?"
NONE_OR_VERSION = rf"(?:{VERSION})?"
NONE_OR_CUDA = r"(?:\d{1,3}(?:\.\d{1,3}){1,2})?"
CAPABILITY = r"\d{1,2}(?:\.\d{1,2})?"
GFX = r"gfx[0-9a-f]{3,8}(?:-generic)?(?:[:+-].{0,40})?"
ARCHITECTURE = rf"(?:sm|compute)_\d{{2,3}}[a-z]?|{GFX}"
BUILD = r"cpu|xpu|cu\d{2,3}|rocm\d[\d.]{0,12}"
OF_CONDA = r"\w[\w.+!-]{0,80}"
MACHINE = (
    r"(?i:x86_64|amd64|x86|i[3-6]86|aarch64|arm64|arm\w{0,6}|ppc\w{0,6}|s390x?|riscv(?:32|64)|loongarch64|mips\w{0,8}"
    r"|sparc\w{0,4}|ia64|alpha|e2k|sw_64)"
)
WORD = r"[a-z][a-z0-9 _.-]{0,40}"
NONE_OR_WORD = rf"(?:{WORD})?"

_BY_FORM = {
    VERSION: "Python.version Package.version Toolkit.version Apple.macos Host.glibcxx"
    " Environment.python_version Nvidia.nvml_version",
    NONE_OR_VERSION: "Host.distribution_version Host.libc_version Host.vc_runtime Host.l4t Host.windows_build"
    " Nvidia.driver_version Nvidia.module_version Nvidia.libcuda_version Amd.rocm_version"
    " Python.pip_version Conda.version Environment.torch_version Toolkits.nvcc_version"
    " Toolkits.cudnn_version Torch.version Torch.hip_version Torch.xpu_version Module.version Runtime.cudnn_version"
    " Runtime.nccl_version",
    OF_CONDA: "CondaPackage.version",
    NONE_OR_CUDA: "Nvidia.cuda_version Torch.cuda_version",
    CAPABILITY: "Gpu.compute_capability DeviceCheck.compute_capability",
    GFX: "AmdGpu.gfx",
    ARCHITECTURE: "Runtime.arch_list Toolkits.nvrtc_architectures",
    BUILD: "Torch.build",
    MACHINE: "Host.architecture Python.machine",
    WORD: "Python.kind",
    NONE_OR_WORD: "Host.container Host.virtual_machine Host.distribution_id Host.distribution_like",
    r"linux|windows|macos|[a-z]{3,9}bsd\d{0,3}|sunos\d|aix": "Host.os",
    r"(?:glibc|musl|uclibc|bionic)?": "Host.libc",
    r"(?:[A-Za-z].{4,90})?": "Host.jetson",
    r"[012]": "Host.wsl",
    r"32|64": "Python.bits",
    r"CPython|PyPy|GraalVM|IronPython|Jython|Pyston|RustPython": "Python.implementation",
    r"fork|spawn|forkserver": "Python.start_method",
    r"file_descriptor|file_system": "Python.sharing_strategy",
    r"running|stopped|absent": "Nvidia.fabric_manager",
    r"(?:NVML_\w{1,60})?": "Nvidia.nvml_error",
    r"(?:[0-9a-f]{4}:[0-9a-f]{4})?": "Gpu.pci_id",
}
FORMS = {field: re.compile(form, re.ASCII) for form, fields in _BY_FORM.items() for field in fields.split()}
