"""What people paste, one format a module (see `doctor.intake.witness.Format`).

They read in this order, each what those before it left: a format with a layout of its own comes before one that takes
lines of any text. A new format is a module, its place here, and samples in `tests/intake/formats/samples/`.
"""

from __future__ import annotations

from doctor.intake.formats import (
    accelerate,
    amd_smi,
    clinfo,
    collect_env,
    conda,
    device_query,
    dxdiag,
    fetch,
    inxi,
    lightning,
    lspci,
    nvcc,
    nvidia_kernel,
    nvidia_smi,
    nvidia_smi_list,
    nvidia_smi_query,
    pip_list,
    rocm_smi,
    rocminfo,
    sycl_ls,
    system_profiler,
    systeminfo,
    video_controller,
    wsl,
    xpu_smi,
)
from doctor.intake.witness import Format

FORMATS: tuple[Format, ...] = (
    nvidia_smi_query,
    device_query,
    nvcc,
    nvidia_kernel,
    nvidia_smi,
    nvidia_smi_list,
    rocminfo,
    rocm_smi,
    amd_smi,
    xpu_smi,
    sycl_ls,
    clinfo,
    dxdiag,
    systeminfo,
    video_controller,
    wsl,
    system_profiler,
    lspci,
    inxi,
    fetch,
    accelerate,
    lightning,
    conda,
    pip_list,
    collect_env,
)
