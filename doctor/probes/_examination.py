"""The events of an examination of torch, put together to facts."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from doctor.facts import DeviceCheck, Failure, Module, Runtime
from doctor.privacy import redact, redact_path
from doctor.probes import Crashed
from doctor.probes._description import last_words
from doctor.process import ProcessResult

_IMPORT = "import torch"
_DEVICES = {"cpu": "cpu", "mps": "mps", "xpu": "xpu", "cuda": "cuda", "cuda devices": "cuda"}
_OF_TORCH = {_IMPORT, "build", "cudnn and nccl", *_DEVICES}  # every other step is about a module of its own
_MOST_STOPS = 3
_FIELDS = set(Runtime.__struct_fields__)
# what CUDA says where there is no GPU at all: no warning, and known better from the driver
_NO_GPU = ("Found no NVIDIA driver", "No CUDA GPUs are available")
_LIBRARY = re.compile(
    r"Error loading \"(?P<windows>[^\"]+)\""
    r"|Library not loaded: (?P<apple>\S+)"
    r"|(?P<elf>(?<![^\s:'\"])[^\s:'\"]+\.so[\w.]*): "
    r"(?:cannot open|undefined symbol|version `|file too short|invalid ELF|wrong ELF"
    r"|cannot enable executable|failed to map|cannot allocate|symbol |ELF load|cannot read"
    r"|object file has no|cannot dynamically)"
)


class Examination:
    """Takes events as they come, over one or more processes, and tells the facts at the end."""

    def __init__(self) -> None:
        self.settled: list[str] = []  # steps not to be done again
        self._facts: dict[str, Any] = {}
        self._modules: dict[str, Module] = {}
        self._devices: list[DeviceCheck] = []
        self._cuda_said: list[str] = []
        self._warnings: list[str] = []
        self._at = ""
        self._stops: list[tuple[str, ProcessResult]] = []
        self.no_torch = False
        self.not_started: Crashed | TimeoutError | None = None

    def on_event(self, event: dict[str, Any]) -> None:
        """One line of the script."""
        if "step" in event:
            self._at = event["step"]
        elif "device" in event:
            self._devices.append(msgspec.convert(_redacted_device(event["device"]), DeviceCheck))
        elif "done" in event:
            self._finish_step(event)
        elif "loaded_libraries" in event:
            self._facts["loaded_libraries"] = [redact_path(path) for path in event["loaded_libraries"]]

    def _finish_step(self, event: dict[str, Any]) -> None:
        step, facts, told = event["done"], event["facts"], event["failure"]
        self._at = ""
        self._warnings += [redact(text) for text in event["warnings"]]
        failure = failure_of(told) if told else None
        if step == _IMPORT:
            self._add_module(event, failure)
            return
        self.settled.append(step)
        self._facts |= {name: value for name, value in facts.items() if name in _FIELDS}
        if step not in _OF_TORCH and not facts.get("absent"):
            self._modules[step] = Module(step, facts.get("version"), failure, event["took_ms"])
        elif failure and step in _DEVICES:
            self._devices.append(DeviceCheck(_DEVICES[step], ok=False, error=failure.message))
        if _DEVICES.get(step) == "cuda":
            self._cuda_said += [one_line(text) for text in (*event["warnings"], facts.get("cuda_error", "")) if text]

    def _add_module(self, event: dict[str, Any], failure: Failure | None) -> None:
        told = event["failure"] or {}
        self.no_torch = told.get("module") == "torch"
        self._facts |= {name: value for name, value in event["facts"].items() if name in _FIELDS}
        self._facts |= {"imported": failure is None, "failure": failure, "import_ms": event["took_ms"]}
        if self._facts.get("file"):
            self._facts["file"] = redact_path(self._facts["file"])

    def on_exit(self, ended: ProcessResult) -> bool:
        """How the process ended. One that stopped inside a step makes that step a failure.

        True when the steps behind it are worth another process: torch itself could be imported, and nothing hung.
        """
        if self._at:
            self._note_stopped_step(self._at, ended)
            return bool(self._facts.get("imported")) and not ended.timed_out and len(self._stops) <= _MOST_STOPS
        if not ended.ok and not self._facts:
            kind = TimeoutError if ended.timed_out else Crashed
            self.not_started = kind(f"the target did not start: {ended.story}{last_words(ended)}")
        return False

    def _note_stopped_step(self, step: str, ended: ProcessResult) -> None:
        self._at = ""
        self._stops.append((step, ended))
        self.settled += [step, *(["cuda devices"] if step == "cuda" else [])]  # these begin with the same question
        failure = failure_of_process(step, ended)
        if step == _IMPORT:
            self._facts |= {"imported": False, "failure": failure}
        elif step in _DEVICES:
            self._devices.append(DeviceCheck(_DEVICES[step], ok=False, error=f"{failure.message}\n{failure.text}"))
        elif step not in _OF_TORCH:
            self._modules[step] = Module(step, None, failure, ended.took_ms)

    def runtime(self) -> Runtime:
        """The facts; modules, those that are installed, in the order in which they were tried."""
        said = dict.fromkeys(text for text in self._cuda_said if not text.startswith(_NO_GPU))
        return msgspec.structs.replace(
            msgspec.convert({k: v for k, v in self._facts.items() if k != "failure"}, Runtime),
            failure=self._facts.get("failure"),
            modules=tuple(self._modules.values()),
            devices=tuple(self._devices),
            cuda_warning="\n".join(said),
            warnings=tuple(dict.fromkeys(self._warnings)),
            stopped_at=self._stops[0][0] if self._stops else "",
        )


def _redacted_device(told: dict[str, Any]) -> dict[str, Any]:
    return {**told, "error": redact(told.get("error", ""))}


def one_line(text: str) -> str:
    """Older torch breaks the lines of its warnings for a terminal."""
    return redact(" ".join(text.split()))


def failure_of(told: dict[str, Any]) -> Failure:
    """A Python exception of the target's."""
    message = redact(told["message"])
    return Failure(message, redact(told["text"]), redact_path(library_named(told["message"])))


def failure_of_process(step: str, ended: ProcessResult) -> Failure:
    """A process that hung or died during a step; its last words are the text."""
    text = redact(ended.stderr[-20000:])
    message = f"{step}: {ended.story}"
    return Failure(message, text, redact_path(library_named(ended.stderr)), ended.signal, ended.timed_out)


def library_named(text: str) -> str:
    """The shared library that an error of ld.so, dyld or the Windows loader names; "" when none is named."""
    found = _LIBRARY.search(text)
    return next((name for name in found.groups() if name), "") if found else ""
