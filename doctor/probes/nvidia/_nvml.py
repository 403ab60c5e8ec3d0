"""What NVML and libcuda say, each asked in a child process with a deadline."""

from __future__ import annotations

import json
import os
import secrets
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

import doctor
from doctor.facts import Gpu
from doctor.probes.nvidia.names import model_name
from doctor.process import ProcessResult, run
from doctor.text.nvidia_smi import is_mobile

NVML = "doctor.probes._nvidia_child.nvml"
CUDA = "doctor.probes._nvidia_child.cuda"
DIED = "{library}: {how}, in {step}"
VGPU_GUEST = 2  # NVML_GPU_VIRTUALIZATION_MODE_VGPU
# the mask would make cuInit speak of the user's choice, not of the machine
_LEFT_OUT = ("CUDA_VISIBLE_DEVICES", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONINSPECT")
_NO_LIBRARY = "NVML_ERROR_LIBRARY_NOT_FOUND"


class Child(msgspec.Struct, frozen=True):
    """What one child said, in order, and how it ended."""

    library: str
    said: tuple[dict[str, Any], ...]
    ended: ProcessResult

    def all(self, key: str) -> list[dict[str, Any]]:
        return [answer[key] for answer in self.said if key in answer]

    def last_answer(self, key: str) -> dict[str, Any]:
        return next(reversed(self.all(key)), {})

    def gpus(self) -> tuple[Gpu, ...]:
        """The GPUs it lists; of one that is lost there may be no more than a place in the list."""
        return tuple(_gpu(answer) for answer in self.all("gpu"))

    @property
    def failure(self) -> str:
        """How it hung, crashed or failed, "" when it said everything."""
        if any("done" in answer for answer in self.said):
            return ""
        step = next((answer["step"] for answer in reversed(self.said) if "step" in answer), "starting")
        last = [] if self.ended.timed_out else self.ended.stderr.strip().splitlines()[-1:]
        return DIED.format(library=self.library, how=", ".join([self.ended.story, *last]), step=step)


class Answers(msgspec.Struct, frozen=True):
    """Both children's answers as the probe needs them."""

    of_nvml: Child
    of_cuda: Child

    @property
    def nvml(self) -> dict[str, Any]:
        return self.of_nvml.last_answer("nvml")

    @property
    def cuda(self) -> dict[str, Any]:
        return self.of_cuda.last_answer("cuda")

    @property
    def library_missing(self) -> bool:
        """`pynvml` found no NVML to load."""
        return self.nvml.get("error") == _NO_LIBRARY

    @property
    def error(self) -> str:
        """NVML's constant: of its initialisation, else of the first GPU that failed."""
        return str(self._failed_answer().get("error") or "")

    @property
    def message(self) -> str:
        """NVML's text, and how it broke if it did."""
        failed = self._failed_answer()
        text = str(failed.get("message") or "")
        where = f"GPU {failed['index']}: " if "index" in failed else ""
        return "; ".join(part for part in (where + text, self.of_nvml.failure) if part)

    @property
    def cuda_error(self) -> str:
        """What cuInit answered, else the loader's words, else how the process ended."""
        return str(self.cuda.get("error") or self.cuda.get("loader") or self.of_cuda.failure)

    def _failed_answer(self) -> dict[str, Any]:
        return next((answer for answer in (self.nvml, *self.of_nvml.all("gpu")) if answer.get("error")), {})


def ask(env: Mapping[str, str], timeout_s: float) -> Answers:
    """Ask both libraries side by side: one that hangs or crashes does not keep the other from answering."""
    cuda: list[Child] = []
    thread = threading.Thread(target=lambda: cuda.append(_run_child("libcuda", CUDA, env, timeout_s)), daemon=True)
    thread.start()
    nvml = _run_child("NVML", NVML, env, timeout_s)
    thread.join()
    return Answers(nvml, cuda[0])


def _run_child(library: str, module: str, env: Mapping[str, str], timeout_s: float) -> Child:
    marker = f"@{secrets.token_hex(8)}@"
    said: list[dict[str, Any]] = []

    def take(line: str) -> None:
        _, found, payload = line.partition(marker)
        if found:
            said.append(json.loads(payload))

    argv = [sys.executable, "-P", "-s", "-S", "-m", module, marker]
    ended = run(argv, timeout_s=timeout_s, env=_environment(env), on_line=take)
    return Child(library, tuple(said), ended)


def _environment(env: Mapping[str, str]) -> dict[str, str]:
    """The target's variables (its LD_LIBRARY_PATH decides which libraries load), with our own module path."""
    kept = {name: value for name, value in env.items() if name not in _LEFT_OUT}
    ours = [str(Path(doctor.__file__).parents[1]), *(path for path in sys.path if path)]
    return {**kept, "PYTHONPATH": os.pathsep.join(ours), "PYTHONUTF8": "1", "CUDA_DEVICE_ORDER": "PCI_BUS_ID"}


def _gpu(answer: Mapping[str, Any]) -> Gpu:
    known = {name: answer[name] for name in Gpu.__struct_fields__ if answer.get(name) is not None}
    for name in ("mig_instances", "throttle_reasons"):
        known[name] = tuple(answer.get(name) or ())
    known["name"] = answer.get("name") or model_name(answer.get("pci_id"))
    return Gpu(**{**known, "mobile": is_mobile(known["name"])})
