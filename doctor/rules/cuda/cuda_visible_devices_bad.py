"""CUDA_VISIBLE_DEVICES hides the GPUs that the program needs.

## Why it matters
CUDA reads CUDA_VISIBLE_DEVICES once, at start-up. It accepts numbers from 0, UUIDs or MIG names, separated by commas,
and stops at the first entry that is not valid: `all`, `cuda:0` or a number that does not exist hides everything from
there on. An empty value or -1 hides every GPU, which may be intended. Ray empties it in tasks and actors that ask for
no GPU.

## What to do
Unset it, or set it before the program starts to numbers that `nvidia-smi -L` shows.

## References
- https://docs.nvidia.com/cuda/cuda-c-programming-guide/#cuda-environment-variables
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText, Nvidia, Runtime, Torch, Variables
from doctor.model import Evidence, Severity
from doctor.remedy.actions import Action, Advice, Look, Rerun
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = 'CUDA_VISIBLE_DEVICES="{value}" hides every GPU: {why}'
HIDDEN = (
    'CUDA_VISIBLE_DEVICES="{value}" hides the GPUs ({gpu}); keep it to run on the CPU on purpose, otherwise unset it'
)
PARTLY = 'CUDA_VISIBLE_DEVICES="{value}" shows only {shown} of {count} GPUs: {why}'
LAUNCHED = 'accelerate launch sets CUDA_VISIBLE_DEVICES="{value}" from gpu_ids, which hides every GPU: {why}'
ASK_RAY = (
    "Ask Ray for a GPU where the task or the actor is made, as in @ray.remote(num_gpus=1): without that Ray sets "
    "CUDA_VISIBLE_DEVICES to nothing in its process"
)
_RAY = re.compile(r"^\(\w{1,40} pid=\d+|\bray::[\w.]{1,80}\(|\bRayTaskError\b", re.MULTILINE)
IN_RAY = "Ray hides the GPUs from a task or an actor that asked for none"
# what torch says where it has CUDA and a driver; without either it says something else
_NONE_SHOWN = r"No CUDA GPUs are available|no CUDA-capable device is detected"
ASK_AGAIN = "Answer with numbers and commas alone, such as 0,1, when `accelerate config` asks for the GPUs, or with all"
_HIDES = (
    r"(?:CUDA_VISIBLE_DEVICES\W{1,8}(?:(?<=-)1|all|none|void|cuda(?::\d)?)\b"
    r"|CUDA_VISIBLE_DEVICES[\]'\": ]{0,4}=? ?(?:''|\"\"))"
)
_BLIND = r"(?:No CUDA GPUs are available|is_available\(\).{0,12}False|no CUDA-capable device)"
SIGNATURES = (
    rf"{_HIDES}.{{0,300}}{_BLIND}",
    rf"{_BLIND}.{{0,300}}{_HIDES}",
    r"(?i)CUDA_VISIBLE_DEVICES ?= ?[1-9]\d?\b.{0,40}\b(?:disables CUDA|hides (?:the|my) (?:only )?GPU)\b",
    r"device_count\(\): 0\s{1,3}os\.environ\['CUDA_VISIBLE_DEVICES'\]: (?:-1|$)",
    r"\bNoDevFiles\b|env: CUDA_VISIBLE_DEVICES=\"(?:-1)?\"",
    r"device \d{1,4} is not visible \(CUDA_VISIBLE_DEVICES=",
    r"invalid literal for int\(\) with base 10: '(?:GPU|MIG)-",
    r"\bInvalid CUDA_VISIBLE_DEVICES\b",
)
EXPLAINS = ("cuda-unavailable", "cuda-unavailable-undetermined", "cuda-init-failed", "invalid-device-ordinal")
_VARIABLE = "CUDA_VISIBLE_DEVICES"
_FACT = f"variables.values.{_VARIABLE}"
_LAUNCHED_FACT = f"variables.launched.{_VARIABLE}"
_MISSED = r"No CUDA GPUs are available|no CUDA-capable device|(?i:cuda.?error.?no.?device)|(?i:CUDA is not available)"


def check(
    variables: Variables | None,
    nvidia: Nvidia | None,
    torch: Torch | None,
    runtime: Runtime | None,
    error: ErrorText | None,
) -> Answer:
    value = variables.values.get(_VARIABLE) if variables else None
    found = _nvidia.gpus(nvidia)
    if value is None and (told := _told_in_ray(nvidia, torch, error)):
        return there(seen("error.text", told), message=IN_RAY)
    if value is None and variables and variables.launched:
        return _judge_launched(variables.launched.get(_VARIABLE, ""))
    if value is None or (torch is not None and not _nvidia.cuda_build(torch)):
        return cannot_tell(_FACT)
    evidence = seen(_FACT, value or "(empty)", "unset, or numbers from 0")
    if not _nvidia.hidden(variables):
        return _judge(value, evidence, nvidia, runtime)
    if not found:
        return cannot_tell("nvidia.gpus")
    level = Severity.ERROR if _nvidia.matching_line(_MISSED, None, None, error) else Severity.INFO
    return there(evidence, severity=level, message=HIDDEN, value=value, gpu=_nvidia.names(found))


def _told_in_ray(nvidia: Nvidia | None, torch: Torch | None, error: ErrorText | None) -> str:
    """The line with which a process of Ray misses the GPUs."""
    if error is None or _nvidia.other_build(torch) or not _RAY.search(error.text):
        return ""
    known = _nvidia.cuda_build(torch) and _nvidia.gpus(nvidia)
    return _nvidia.matching_line((_NONE_SHOWN, _BLIND) if known else _NONE_SHOWN, None, None, error)


def _judge(value: str, evidence: Evidence, nvidia: Nvidia | None, runtime: Runtime | None) -> Answer:
    gpus = nvidia.gpus if nvidia and not any(gpu.mig for gpu in nvidia.gpus or ()) else None
    count = len(gpus) if gpus else None
    shown, why = visible(value, count)
    if not why:
        return _uuid(value, evidence, runtime)
    if shown == 0:
        return _nvidia.WORKS if _nvidia.works(runtime) else there(evidence, value=value, why=why)
    return there(
        evidence, severity=Severity.WARNING, message=PARTLY, value=value, shown=shown, count=count or "the", why=why
    )


def _judge_launched(value: str) -> Answer:
    shown, why = visible(value, None)
    evidence = seen(_LAUNCHED_FACT, value, "numbers from 0")
    if shown or not why:
        return not_there(_LAUNCHED_FACT, value)
    return there(evidence, severity=Severity.WARNING, message=LAUNCHED, value=value, why=why)


def _uuid(value: str, evidence: Evidence, runtime: Runtime | None) -> Answer:
    """UUIDs are not among the facts, so a wrong one shows only in that nothing is found."""
    if not re.match(r"\s*(?:GPU|MIG)-", value) or not _nvidia.fails(runtime):
        return not_there(_FACT, value)
    return there(
        evidence, severity=Severity.WARNING, value=value, why="no device has that UUID, or its prefix fits several"
    )


def visible(value: str, count: int | None) -> tuple[int, str]:
    """How many devices CUDA takes from the value and why it stops early, "" when it does not.

    `count` is the number of GPUs, None when not known. A number may be followed by anything ("1gpu" is 1).
    """
    taken: list[int] = []
    for entry in value.split(","):
        text = entry.strip()
        number = re.match(r"[+-]?\d{1,18}", text)
        if re.match(r"(?:GPU|MIG)-", text):
            return max(1, len(taken)), ""
        if number is None:
            return len(taken), f'"{text}" is not a device number'
        index = int(number[0])
        if index < 0 or (count is not None and index >= count):
            return len(taken), f"there is no GPU {index}" + (f", only 0 to {count - 1}" if count else "")
        if index in taken:
            return 0, f"GPU {index} is listed twice"
        taken.append(index)
    return len(taken), ""


def remedies(variables: Variables | None, error: ErrorText | None) -> tuple[Action, ...]:
    if error and _RAY.search(error.text):
        return (Advice(title=ASK_RAY),)
    if variables and variables.launched and _VARIABLE not in variables.values:
        return (Advice(title=ASK_AGAIN),)
    where = "Remove or correct it where it is set (shell profile, launcher, notebook, os.environ in the program)"
    return (
        Rerun(unset=(_VARIABLE,)),
        Advice(title=where),
        Look(title="List the devices", commands=(("nvidia-smi", "-L"),)),
    )
