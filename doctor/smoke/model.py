"""The report of a run of the recipes: what `run-recipes` returns and every format shows."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from doctor.model import Remedy


class RecipeStatus(StrEnum):
    """How a recipe ended. Only `passed` is a pass."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    CRASHED = "crashed"
    TIMEOUT = "timeout"


class RecipeResult(msgspec.Struct, frozen=True):
    """One recipe on one device. `cause` is a rule's id; `error` the whole text the recipe failed with.

    `data` is "real" or "synthetic" where a recipe learns from a data set.
    """

    recipe: str
    device: str
    status: RecipeStatus
    seconds: float
    first_loss: float | None = None
    final_loss: float | None = None
    detail: str = ""
    cause: str | None = None
    cause_title: str = ""
    remedies: tuple[Remedy, ...] = ()
    data: str | None = None
    error: str = ""


class Speed(msgspec.Struct, frozen=True):
    """Seconds of one training step in float32 on a device and with NumPy on this CPU. `size`: N, D_IN, H, D_OUT."""

    device: str
    name: str
    size: tuple[int, int, int, int]
    seconds_per_step: float
    numpy_seconds_per_step: float

    @property
    def ratio(self) -> float:
        return self.numpy_seconds_per_step / self.seconds_per_step


class RecipeReport(msgspec.Struct, frozen=True):
    """All results.

    `device` is what was asked for, by its name when that was "auto"; `curves` (losses by "device recipe") are for
    drawing only.
    """

    device: str
    python: str
    torch: str
    quick: bool
    seconds: float
    results: tuple[RecipeResult, ...]
    speed: tuple[Speed, ...] = ()
    curves: dict[str, list[float]] = {}

    @property
    def passed(self) -> bool:
        return bool(self.results) and all(r.status is RecipeStatus.PASSED for r in self.results)

    def payload(self) -> dict[str, object]:
        """The report as the contract has it, without its envelope."""
        rows = [{**msgspec.to_builtins(row), "ratio": row.ratio} for row in self.speed]
        return {
            "device": self.device,
            "passed": self.passed,
            "python": self.python,
            "torch": self.torch,
            "quick": self.quick,
            "seconds": self.seconds,
            "results": self.results,
            "speed": rows,
        }
