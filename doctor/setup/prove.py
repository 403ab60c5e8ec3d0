"""The proof of an environment: the whole check in it, and the quick recipes."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from doctor import collect
from doctor.diagnose import diagnose
from doctor.model import Verdict
from doctor.report import Report
from doctor.setup.model import Doing, quietly
from doctor.smoke.model import RecipeReport, RecipeResult, RecipeStatus
from doctor.target import Target

CHECKING = "checking the environment"
TRAINING = "training in it: {step}"
_DEADLINE_S = 180.0  # the first import after an installation compiles every module


class Proof(msgspec.Struct, frozen=True):
    """`recipes` None: they were not run, because torch does not work."""

    report: Report
    recipes: RecipeReport | None = None

    @property
    def good(self) -> bool:
        """Everything that decides was looked at, no error was found, and no recipe that was run went wrong."""
        return self.report.verdict is Verdict.SOUND and self._trained

    @property
    def undetermined(self) -> bool:
        """Nothing went wrong, but not all that decides was seen."""
        return self.report.verdict is Verdict.UNDETERMINED and self._trained

    @property
    def _trained(self) -> bool:
        results = self.recipes.results if self.recipes else ()
        return all(r.status in (RecipeStatus.PASSED, RecipeStatus.SKIPPED) for r in results)


def prove(python: str, on_recipe: Callable[[RecipeResult], None] = lambda _: None, doing: Doing = quietly) -> Proof:
    """Look at the environment of an interpreter, and train in it when the look finds no error."""
    from doctor import smoke

    doing(CHECKING)
    target = Target(python, deadline_s=_DEADLINE_S, chosen_by="setup")
    report = diagnose(collect.collect(target))
    if report.verdict is Verdict.SICK:
        return Proof(report)
    folder = smoke.recipes_folder()
    quick = smoke.RecipeOptions(recipes=smoke.all_recipes(folder), quick=True, speed=False, folder=folder)
    return Proof(report, smoke.run(target, quick, on_recipe, lambda step: doing(TRAINING.format(step=step))))
