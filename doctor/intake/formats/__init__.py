"""What people paste, one format a module (see `doctor.intake.witness.Format`).

They read in this order, each what those before it left: a format with a layout of its own comes before one that takes
lines of any text. A new format is a module, its place here, and samples in `tests/intake/formats/samples/`.
"""

from __future__ import annotations

from doctor.intake.formats import (
    accelerate,
    actions_log,
    collect_env,
    conda,
    conda_export,
    conda_info,
    conda_log,
    dockerfile,
    install_log,
    lightning,
    nvidia_smi,
    nvidia_smi_query,
    pip_debug,
    pip_json,
    pip_list,
    poetry,
    python_prompt,
    sentences,
    trees,
    typed,
    wanted,
    written,
)
from doctor.intake.witness import Format

FORMATS: tuple[Format, ...] = (
    nvidia_smi_query,
    nvidia_smi,
    accelerate,
    lightning,
    pip_debug,
    pip_json,
    actions_log,
    dockerfile,
    install_log,
    trees,
    poetry,
    conda,
    conda_export,
    conda_info,
    conda_log,
    python_prompt,
    wanted,
    pip_list,
    written,
    collect_env,
    typed,
    sentences,
)
