"""A Jetson's own tools: `jetson_release` of jetson-stats (new and old), /etc/nv_tegra_release, apt on its packages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Host, Toolkits
from doctor.intake.keyed import stretch
from doctor.intake.merge import Partial
from doctor.intake.platforms import host_of_os
from doctor.intake.values import known_sections
from doctor.intake.witness import Witness

TITLE = "`jetson_release`, `/etc/nv_tegra_release` or `apt show nvidia-jetpack`"
WITNESS = Witness.DRIVER
OPENS = ""
LEFT_OUT = (
    r"\s*(?:[-*]\s+)?(?:NV Power Mode|Serial Number|jetson[-_]\w+|P-Number|Module|SoC|CUDA Arch BIN|Codename|699-level"
    r"|L4T|Jetpack|Version|Service|TensorRT|VPI|Vulkan|OpenCV|Visionworks|Board|Distribution|Release|Machine|System|Python"
    r"|CUDA|cuDNN)\b|\s*(?:- )?(?:Hardware|Platform|Libraries|jtop):$",
    r"\s*(?:Software part of jetson-stats|Jetpack missing!|Model: )",
    r"\s*(?:# KERNEL_VARIANT|TARGET_USERSPACE_LIB_DIR)",
    r"(?:Version|Source|Priority|Section|Maintainer|Architecture|Installed-Size|Download-Size|Depends|Conflicts|Provides"
    r"|Homepage|Filename|Size|SHA\d{1,3}|MD5sum|APT-[\w-]+|Description(?:-md5)?): ",
)
_TEGRA = re.compile(r"\s*#? ?R(\d\d) \(release\), REVISION: (\d+\.\d+)")
_PACKAGE = re.compile(r"Package: nvidia-(?:jetpack|l4t-core)$")
_BEGINS = re.compile(r"\s*(?:-\s+)?(?:Model: |- )?(NVIDIA Jetson\b.*?)(?:\s+- Jetpack.*)?$")
_L4T = re.compile(r"\bL4T:? (\d\d\.\d+(?:\.\d+)?)")
_CORE = re.compile(r"Version: (3\d\.\d+(?:\.\d+)?)-20\d{12}$")  # of nvidia-l4t-core
_VALUE = re.compile(r"\s*(?:[-*]\s+)?(Distribution|Release|cuDNN|CUDA):\s+(\S.*)$")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    used: set[int] = set()
    model = l4t = None
    listed = 0
    told: dict[str, str] = {}
    for index, line in enumerate(lines):
        if tegra := _TEGRA.match(line):
            l4t = f"{tegra[1]}.{tegra[2]}"
            if index not in used:
                used |= set(stretch(lines, index, LEFT_OUT[2]))
        elif index >= listed and _PACKAGE.match(line):
            block = stretch(lines, index, LEFT_OUT[3])
            listed = block.stop
            used |= set(block)
            l4t = l4t or next((m[1] for one in block if (m := _CORE.match(lines[one]))), None)
        elif model is None and (begins := _BEGINS.match(line)) and any(map(_L4T.search, lines[index : index + 3])):
            block = stretch(lines, index, "|".join(LEFT_OUT), LEFT_OUT[1])
            model, used = begins[1], used | set(block)
            l4t = l4t or next((m[1] for one in block if (m := _L4T.search(lines[one]))), None)
            told = {m[1]: m[2] for one in block if (m := _VALUE.match(lines[one]))}
    if not used:
        return {}, set()
    return _facts(model, l4t, told), used


def _facts(model: str | None, l4t: str | None, told: dict[str, str]) -> Partial:
    listed = host_of_os(told.get("Distribution", ""))
    cudnn = re.match(r"\d+(?:\.\d+)+", told.get("cuDNN", ""))
    toolkit = re.match(r"\d+\.\d+\.\d+$", told.get("CUDA", ""))
    host = Host(
        os="linux",
        distribution=listed.distribution,
        distribution_id=listed.distribution_id,
        distribution_version=listed.distribution_version,
        distribution_like=listed.distribution_like,
        kernel=told.get("Release"),
        architecture="aarch64",
        jetson=re.sub(r" \(Developer Kit Version\)$", "", model) if model else "Jetson",
        l4t=l4t,
    )
    toolkits = Toolkits(cudnn_version=cudnn[0] if cudnn else None, nvcc_version=toolkit[0] if toolkit else None)
    return known_sections({"host": host, "toolkits": toolkits})
