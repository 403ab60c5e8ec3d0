"""What a Dockerfile makes of its image, step by step: which torch its last step leaves there, and what a step that
compiles lacks. A step may fail or a package may bring another torch, so that nothing of it is more than likely."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doctor.facts import Facts, Toolkits, Torch
from doctor.intake.formats import dockerfile
from doctor.intake.inference import Inference
from doctor.intake.inferred_torch import for_the_cpu, of_version

STEP = "a step of the Dockerfile installs it ({words})"
ONLY_CPU = "a step of the Dockerfile takes torch from the index for the CPU"
NO_TORCH = "the Dockerfile builds {package} before any step installs torch"
NO_NVCC = "the image {image} has no CUDA compiler, and no step installs one"
_PIP = re.compile(r"\b(?:pip[\d.]{0,5}|uv|poetry|pdm) (?:pip )?(?:install|add|sync)\b(?P<words>.{0,2000})")
_TORCH = re.compile(r"(?:^|\s)[\"']?torch(?:={2,3}(?P<version>\d\.\d{1,2}\.\d(?:\+(?:cpu|cu\d{2,3}))?))?[\"']?(?=\s|$)")
_AN_INDEX = r"(?:--(?:extra-)?index-url|--find-links|-[if])[ =]\S"
_INDEX = re.compile(_AN_INDEX + r"{8,80}/whl/(cpu|cu\d{2,3})\b")
_OTHER_INDEX = re.compile(_AN_INDEX)
_UNSEEN = re.compile(  # what these bring is written elsewhere, torch perhaps
    r"(?:^|\s)(?:-r|--requirement|-e|--editable)\b|(?:^|\s)\.(?:\[|\s|$)|\.whl\b"
)
_OWN_TORCH = re.compile(r"(?:^|\s)[\"']?(?:vllm|xformers|sglang|unsloth)\b")  # each release is made for one torch
_CONDA = re.compile(r"\b(?:conda|mamba) (?:install|create|env)\b")
_COMPILED = re.compile(
    r"(?:^|\s|/)[\"']?(?P<package>flash[-_]attn|causal[-_]conv1d|mamba[-_]ssm|detectron2|pytorch3d|gsplat|nvdiffrast"
    r"|tiny-?cuda-?nn|natten|apex)\b"
)
_BRINGS_NVCC = re.compile(r"\bcuda-(?:toolkit|nvcc|compiler)|\bnvidia-cuda-toolkit\b|\bcuda_\d\d\S{0,40}\.run\b")
_WITHOUT_TORCH = re.compile(
    r"^(?:\S{1,60}/)?(?:python:3|ubuntu:|debian:|nvidia/cuda:\S{3,30}-(?:base|runtime|cudnn\d?-runtime)-)"
)
_WITHOUT_NVCC = re.compile(_WITHOUT_TORCH.pattern + r"|(?:^|/)pytorch/pytorch:\S{3,60}-runtime$")


def of_steps(facts: Facts, text: str) -> Iterator[Inference]:
    file = dockerfile.instructions(text.split("\n"))
    image, steps = dockerfile.image_of(file), _steps(file)
    compiled = _first_compiled(steps)
    if compiled and _WITHOUT_NVCC.search(image) and not any(map(_BRINGS_NVCC.search, steps)):
        yield Inference("toolkits", Toolkits, "nvcc_version", "", NO_NVCC.format(image=image))
    known = facts.torch.value or Torch()
    if known.version is not None or known.cuda_version is not None:
        return
    if compiled and _WITHOUT_TORCH.search(image) and not any(map(_may_bring_torch, steps[: compiled[0]])):
        yield Inference("torch", Torch, "version", "", NO_TORCH.format(package=compiled[1]))
    else:
        yield from _torch(steps)


def _steps(file: Sequence[str]) -> list[str]:
    """The commands of the last stage, each on one line."""
    joined = re.sub(r"\\\s*\n", " ", "\n".join(file)).split("\n")
    begins = max((i for i, line in enumerate(joined) if re.match(r"FROM\s", line, re.IGNORECASE)), default=0)
    runs = [line[4:] for line in joined[begins:] if line[:4].upper() == "RUN "]
    return [step.strip() for run in runs for step in re.split(r"&&|;|\|\|", run) if step.strip()]


def _first_compiled(steps: Sequence[str]) -> tuple[int, str] | None:
    """The first step that compiles, which needs torch to be there: what is built in isolation has one of its own."""
    for index, step in enumerate(steps):
        pip = _PIP.search(step)
        if pip and "--no-build-isolation" in step and (found := _COMPILED.search(pip["words"])):
            return index, found["package"]
    return None


def _may_bring_torch(step: str) -> bool:
    words = pip["words"] if (pip := _PIP.search(step)) else ""
    return any(one.search(words) for one in (_TORCH, _UNSEEN, _OWN_TORCH)) or bool(_CONDA.search(step))


def _torch(steps: Sequence[str]) -> Iterator[Inference]:
    """Of the last step that names it, where that tells its version or takes the index for the CPU. A list of
    requirements behind it seldom names another one."""
    named = [index for index, step in enumerate(steps) if (pip := _PIP.search(step)) and _TORCH.search(pip["words"])]
    if not named or any(_OWN_TORCH.search(step) or _CONDA.search(step) for step in steps[named[-1] :]):
        return
    words = steps[named[-1]]
    torch, index = _TORCH.search(words), _INDEX.search(words)
    version = (torch["version"] if torch else None) or ""
    if not index and _OTHER_INDEX.search(words):
        return
    if version:
        yield from of_version(version, index, STEP.format(words=f"torch {version}"))
    elif index and index[1] == "cpu":
        yield from for_the_cpu(ONLY_CPU)
