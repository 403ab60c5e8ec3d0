"""What people paste, one format a module (see `doctor.intake.witness.Format`).

They read in this order, each what those before it left: a format with a layout of its own comes before one that takes
lines of any text. A new format is a module, its place here, and samples in `tests/intake/formats/samples/`.
"""

from __future__ import annotations

from doctor.intake.formats import (
    accelerate,
    bitsandbytes,
    collect_env,
    conda,
    detectron2,
    ds_report,
    fastai,
    hugging_face,
    lightning,
    nvidia_smi,
    nvidia_smi_query,
    open_mmlab,
    pip_list,
    python_prompt,
    torch_config,
    ultralytics,
    xformers_info,
)
from doctor.intake.witness import Format

FORMATS: tuple[Format, ...] = (
    nvidia_smi_query,
    nvidia_smi,
    accelerate,
    hugging_face,
    ds_report,
    xformers_info,
    open_mmlab,
    detectron2,
    torch_config,
    ultralytics,
    bitsandbytes,
    fastai,
    lightning,
    conda,
    python_prompt,
    pip_list,
    collect_env,
)
