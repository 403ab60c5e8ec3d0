"""Unsloth's banner: "CUDA: 8.9" in it is the GPU's compute capability, "CUDA Toolkit" is what torch was built with."""

from __future__ import annotations

from collections.abc import Sequence

from doctor.intake import console
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "Unsloth's banner"
WITNESS = Witness.PROGRAM
OPENS = ""  # it is printed again for every model
LEFT_OUT = (r'"-____-" Free', r"\S{0,4} ?Unsloth(?: Zoo)?:? [Ww]ill (?:now )?patch ")
_KNOWN_BY = r"==\(\(====\)\)== Unsloth|.+\. Max memory: [\d.]+ GB\. Platform(?: =|:) \w"
_EYES = r"(?:O\^O/ \\*_/ ?\\* ?)?"  # Markdown takes the backslashes away
_TRANSFORMERS = r"(?:\. Transformers(?: =|:) ?(?P<package_transformers>\d[\w.]*?)\.?)?"
_TRITON = r"(?:Triton: (?P<package_triton>\d\S*))?"
_FORMS = (
    rf"==\(\(====\)\)== Unsloth (?P<package_unsloth>\d[\w.]*): Fast \S+ patching{_TRANSFORMERS}"
    r"(?: vLLM: (?P<package_vllm>\d[\w.+]*?)\.?)?\.?",
    r"==\(\(====\)\)== Unsloth: Fast \S+ patching release (?P<package_unsloth>\d[\w.]*)",
    r"[\\/| ]*(?:GPU: )?(?P<gpus>\w.+?)\. (?:Num GPUs = (?P<count>\d+)\. )?Max memory: (?P<vram_gb>[\d.]+) GB\. "
    r"Platform(?: =|:) (?P<os>\w+)\.",
    rf"{_EYES}(?:Py)?[Tt]orch: (?P<torch>\d\S+)\. (?P<cuda_available>CUDA)(?: =|:) (?P<arch>\d+\.\d+)\. "
    rf"CUDA Toolkit(?: =|:) (?P<cuda>\d+\.\d+)\. ?{_TRITON}",
    rf"{_EYES}Torch: (?P<torch>\d\S+)\. (?P<cuda_available>ROCm) Toolkit: (?P<hip>\d+\.\d+\.\d+)\S*\. "
    rf"?{_TRITON}",
    rf"{_EYES}Torch: (?P<torch>\d\S+)\. (?P<xpu_available>Intel) Toolkit: \S+\. ?{_TRITON}",
    r"[\\/ ]*Bfloat16 = \w+\. (?:FA \[)?Xformers = (?:(?P<package_xformers>\d\S*?)|None)\. FA2? = \w+[.\]]+",
)


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    return console.read(lines, _KNOWN_BY, _FORMS, LEFT_OUT)
