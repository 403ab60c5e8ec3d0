"""Runs the recipes as smoke tests in the target: one process imports torch once and runs them in order.

A recipe that crashes or hangs costs itself only: the process is started again for those behind it.
"""

from __future__ import annotations

import json
import queue
import re
import threading
import time
from collections.abc import Callable
from typing import Any

import msgspec

from doctor.privacy import redact, redact_path
from doctor.process import ProcessResult, scratch
from doctor.smoke.causes import Causes
from doctor.smoke.model import RecipeReport, RecipeResult, RecipeStatus, Speed
from doctor.smoke.selection import RecipeOptions, all_recipes, cifar10_sources, recipes_folder, select
from doctor.target import Target

NUMPY_ONLY = ("01_numpy",)
IMPORT_S = 120.0
DOWNLOAD_S, PATIENT_DOWNLOAD_S = 1800.0, 4 * 3600.0
NO_ANSWER = "the process that runs the recipes ended before any of them: {story}"
DIED = "the process ended during this recipe: {story}"
HUNG = "no answer in {seconds:.0f} s"
DIED_IN_STEP = "the process ended during the step “{step}”: {story}"
HUNG_IN_STEP = "the step “{step}” gave no answer in {seconds:.0f} s"
# Said by faulthandler when it ends the process at the deadline
_DEADLINE = re.compile(r"^Timeout \(\d+:\d\d:\d\d(?:\.\d+)?\)!", re.MULTILINE)

Pair = tuple[str, str]  # device, recipe


def run(
    target: Target,
    options: RecipeOptions,
    on_result: Callable[[RecipeResult], None] = lambda _: None,
    on_progress: Callable[[str], object] = lambda _: None,
) -> RecipeReport:
    """Run the recipes and say how each ended; `on_result` gets each result as it comes."""
    folder = options.folder or recipes_folder()
    chosen = select(options.recipes, all_recipes(folder))
    whole = msgspec.structs.replace(options, folder=folder, recipes=chosen)
    # what a worker that is killed, or leaves without tidying up, would leave behind
    with scratch.folder() as folder_of_run:
        return _Run(target, whole, folder_of_run, on_result, on_progress).report()


class _Run:
    def __init__(
        self,
        target: Target,
        options: RecipeOptions,
        scratch: str,
        on_result: Callable[[RecipeResult], None],
        on_progress: Callable[[str], object],
    ) -> None:
        self.target, self.options, self.scratch = target, options, scratch
        self.on_result, self.on_progress = on_result, on_progress
        self.causes = Causes(target)
        self.pending: list[Pair] = [(_device(name, options.device), name) for name in options.recipes]
        self.results: list[RecipeResult] = []
        self.curves: dict[str, list[float]] = {}
        self.speed: list[Speed] = []
        self.torch, self.device = "", options.device
        self.step: dict[str, Any] | None = None
        self.step_begin = self.now = 0.0  # when the step began, and when what is being looked at was said

    def report(self) -> RecipeReport:
        begin = time.monotonic()
        while self.pending:
            self.step = None
            before = len(self.results)
            ended = self._ask(self._specification(), self._backstop_s())
            self._on_exit(ended)
            if len(self.results) == before:
                message = NO_ANSWER.format(story=ended.story)
                self._add_failed(list(self.pending), RecipeStatus.CRASHED, message, ended.stderr)
        if self.options.speed:
            self._measure_speed()
        return RecipeReport(
            device=self.device,
            python=redact_path(self.target.executable),
            torch=self.torch,
            quick=self.options.quick,
            seconds=time.monotonic() - begin,
            results=tuple(self.results),
            speed=tuple(self.speed),
            curves=self.curves,
        )

    def _measure_speed(self) -> None:
        """In a process of its own: here NumPy has all its threads."""
        passed = [r.device for r in self.results if r.status is RecipeStatus.PASSED and r.recipe not in NUMPY_ONLY]
        if passed:
            wanted = {"work": "speed", "devices": list(dict.fromkeys(passed)), "deadline_s": self.options.deadline_s}
            self._ask(wanted, IMPORT_S + self.options.deadline_s * len(passed))

    def _ask(self, wanted: dict[str, Any], limit_s: float) -> ProcessResult:
        """Run the worker, and take its answers in this thread: the one that reads them must not wait for us."""
        specification = json.dumps({"recipes": str(self.options.folder), "scratch": self.scratch, **wanted})
        said: queue.SimpleQueue[tuple[float, dict[str, Any] | ProcessResult | Exception]] = queue.SimpleQueue()

        def ask() -> None:
            def on_event(event: dict[str, Any]) -> None:
                said.put((time.monotonic(), event))

            try:
                _, ended = self.target.ask("recipe_worker", specification, timeout_s=limit_s, on_event=on_event)
                said.put((time.monotonic(), ended))
            except Exception as error:  # noqa: BLE001 - raised again in the thread that waits
                said.put((0.0, error))

        threading.Thread(target=ask, daemon=True, name="recipes").start()
        while True:
            self.now, event = said.get()
            if isinstance(event, Exception):
                raise event
            if isinstance(event, ProcessResult):
                return event
            self._on_event(event)

    def _specification(self) -> dict[str, Any]:
        given = {"data_root": self.options.data_root or None, "sources": (*self.options.sources, *cifar10_sources())}
        return {
            "work": self.pending,
            "numpy_only": NUMPY_ONLY,
            "deadline_s": self.options.deadline_s,
            "quick": self.options.quick,
            "cifar10": {**given, "minimum_rate": 0} if self.options.full else given,
        }

    def _backstop_s(self) -> float:
        """For what the worker's own deadlines cannot end, such as a stopped process."""
        download = 0.0 if self.options.quick else PATIENT_DOWNLOAD_S if self.options.full else DOWNLOAD_S
        return IMPORT_S + self.options.deadline_s * (len(self.pending) + 3) + download

    def _on_event(self, event: dict[str, Any]) -> None:
        if "begin" in event:
            self.step, self.step_begin = event, self.now
            self.on_progress(event["begin"])
        elif "progress" in event:
            self.on_progress(event["progress"])
        elif "work" in event:  # “auto” and “all” have become devices
            self.pending = [(device, recipe) for device, recipe in event["work"]]
            self.device = self.pending[0][0] if self.device == "auto" else self.device
        elif "end" in event:
            self.step = None
            self._on_step_end(event)

    def _on_step_end(self, event: dict[str, Any]) -> None:
        failure, result = event.get("failure"), event.get("result") or {}
        self.torch = result.get("torch", self.torch)
        for row in result.get("speed", ()):
            self.speed.append(msgspec.convert(row, Speed))
        if failure:
            status = RecipeStatus.SKIPPED if failure["skipped"] else RecipeStatus.FAILED
            self._add_failed(_pairs(event), status, failure["message"], failure["text"], event["seconds"])
        elif "losses" in result:
            self._add_passed(_pairs(event)[0], event["seconds"], result)

    def _add_passed(self, pair: Pair, seconds: float, result: dict[str, Any]) -> None:
        self.curves[" ".join(pair)] = result["losses"]
        self._add_result(
            RecipeResult(
                recipe=pair[1],
                device=pair[0],
                status=RecipeStatus.PASSED,
                seconds=seconds,
                first_loss=result["first_loss"],
                final_loss=result["final_loss"],
                detail=redact(result["detail"]),
                data=result.get("data"),
            )
        )

    def _on_exit(self, ended: ProcessResult) -> None:
        """The process has ended; when it was in a step, that step is what ended it."""
        if self.step is None:
            return
        seconds = self.now - self.step_begin
        hung = ended.timed_out or bool(_DEADLINE.search(ended.stderr))
        own = self.step["begin"] in self.options.recipes
        template = (HUNG if own else HUNG_IN_STEP) if hung else (DIED if own else DIED_IN_STEP)
        detail = template.format(story=ended.story, seconds=seconds, step=self.step["begin"])
        self._add_failed(
            _pairs(self.step), RecipeStatus.TIMEOUT if hung else RecipeStatus.CRASHED, detail, ended.stderr, seconds
        )

    def _add_failed(
        self, pairs: list[Pair], status: RecipeStatus, message: str, text: str, seconds: float = 0.0
    ) -> None:
        """Results for pairs that did not pass: the first took the time, the cause is the same for all."""
        explanation = None if status is RecipeStatus.SKIPPED else self.causes.cause_of(f"{text}\n{message}")
        for device, recipe in pairs:
            self._add_result(
                RecipeResult(
                    recipe=recipe,
                    device=device,
                    status=status,
                    seconds=seconds,
                    detail=redact(message),
                    cause=explanation.rule if explanation else None,
                    cause_title=explanation.title if explanation else "",
                    remedies=explanation.remedies if explanation else (),
                    error=redact(text.strip()),
                )
            )
            seconds = 0.0

    def _add_result(self, result: RecipeResult) -> None:
        pair = (result.device, result.recipe)
        self.pending = [p for p in self.pending if p != pair]
        self.results.append(result)
        self.on_result(result)


def _device(recipe: str, device: str) -> str:
    return "cpu" if recipe in NUMPY_ONLY else device


def _pairs(event: dict[str, Any]) -> list[Pair]:
    return [(device, recipe) for device, recipe in event["costs"]]
