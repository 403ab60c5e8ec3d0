"""The `env` commands of Hugging Face's libraries (commands/env.py, cli/system.py): versions, one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doctor.intake import gpus
from doctor.intake.fields import pairs
from doctor.intake.formats.accelerate import CONFIG
from doctor.intake.keyed import PACKAGE, read_blocks
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "`transformers env`, `diffusers-cli env` or `trl env`"
WITNESS = Witness.PROGRAM
OPENS = (
    r"^[\s*`-]*(?:(?-i:transformers|diffusers|optimum|datasets|huggingface_hub)|🤗 Diffusers)`? version:"
    "|^Copy-paste the following information when reporting an issue:"  # `trl env`
)
LEFT_OUT = (
    "Using .{1,40} in script",
    r"Running (?:on|in) .{1,30}\?",
    "Accelerate config",
    "(?:NPU|HPU|SUPA) type",
    "(?:CANN|SUPA|Liger-Kernel|LLM-Blender|OpenAI|vLLM) version",
    r"(?:Token path|Has saved token|Who am I) \?",
    "(?:iPython shell|Configured git credential helpers):",
    "(?:FastAI|Jinja2|Graphviz|keras|Pydot|hf_transfer|gradio|tensorboard|pydantic|aiohttp|hf_xet):",
    r"(?:ENDPOINT|HF_\w+): ",
)
_PACKAGES = (
    "transformers diffusers optimum datasets huggingface_hub safetensors accelerate deepspeed tensorflow flax jax"
    " jaxlib numpy"
    " peft trl bitsandbytes gguf optimum-quanto torchao nvidia-modelopt xformers tokenizers pyarrow pandas fsspec"
)
_KEYS = {
    **{f"{name} version": PACKAGE + name.replace("_", "-") for name in _PACKAGES.split()},
    "🤗 diffusers version": f"{PACKAGE}diffusers",
    "tensorflow version (gpu?)": f"{PACKAGE}tensorflow",
    "flax version (cpu?/gpu?/tpu?)": f"{PACKAGE}flax",
    "hf hub version": f"{PACKAGE}huggingface-hub",
    "is cuda available": "is cuda available",
    **{name: PACKAGE + name for name in ("tensorflow", "pillow", "numpy")},
    "platform": "python platform",
    "python version": "python version",
    **dict.fromkeys(
        ("torch", "pytorch version", "pytorch version (gpu?)", "pytorch version (accelerator?)"),
        "pytorch version",
    ),
    **dict.fromkeys(("gpu type", "xpu type", "accelerator", "cuda device(s)"), "gpu models and configuration"),
}
_ACCELERATOR = re.compile(r"^\W*Accelerator: \S.*, \d+ MiB$")
_NEXT_ONE = re.compile(r"^\S.{2,60}, \d+ MiB$")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    joined, more = _on_one_line(lines)
    facts, used = read_blocks(joined, OPENS, _KEYS, (*LEFT_OUT, CONFIG), _pairs)
    return facts, used | {index for index, first in more.items() if first in used}


def _pairs(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """What TRL says of CUDA beside the GPUs; "N/A" of `huggingface-cli env`, which does not import torch."""
    for index, key, value in pairs(lines):
        if key == "cuda device(s)":
            yield index, "is cuda available", str(value != "not available")
        if key == "using gpu in script?" and gpus.parse(value) != gpus.NamedGpus():
            yield index, "gpu type", value
        yield index, key, "not installed" if key == "torch" and value == "N/A" else value


def _on_one_line(lines: Sequence[str]) -> tuple[list[str], dict[int, int]]:
    """Diffusers prints a line of `nvidia-smi` for each GPU: all in the first, and where the first of each stands."""
    joined, first = list(lines), dict[int, int]()
    start = -1
    for index, line in enumerate(lines):
        if _ACCELERATOR.match(line):
            start = index
        elif start >= 0 and _NEXT_ONE.match(line):
            joined[start] += f"; {line}"
            joined[index] = ""
            first[index] = start
        else:
            start = -1
    return joined, first
