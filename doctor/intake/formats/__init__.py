"""What people paste, one format a module (see `doctor.intake.witness.Format`).

They read in this order, each what those before it left: a format with a layout of its own comes before one that takes
lines of any text. A new format is a module, its place here, and samples in `tests/intake/formats/samples/`.
"""

from __future__ import annotations

from doctor.intake.formats import (
    accelerate,
    axolotl,
    collect_env,
    comfyui,
    comfyui_launcher,
    conda,
    coqui,
    invokeai,
    lightning,
    llamafactory,
    nvidia_smi,
    nvidia_smi_query,
    pip_list,
    python_prompt,
    rvc,
    sdnext,
    sglang,
    tgi,
    unsloth,
    vllm,
    webui,
    webui_sysinfo,
)
from doctor.intake.witness import Format

FORMATS: tuple[Format, ...] = (
    comfyui_launcher,
    nvidia_smi_query,
    nvidia_smi,
    webui_sysinfo,
    coqui,
    comfyui,
    webui,
    sdnext,
    invokeai,
    rvc,
    unsloth,
    axolotl,
    tgi,
    vllm,
    llamafactory,
    sglang,
    accelerate,
    lightning,
    conda,
    python_prompt,
    pip_list,
    collect_env,
)
