"""The proof of an environment: the whole check in it, and the quick recipes."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from doctor import collect
from doctor.diagnose import diagnose
from doctor.report import Report
from doctor.smoke.model import Outcome, RecipeReport, RecipeResult
from doctor.target import Target

_DEADLINE_S = 180.0  # the first import after an installation compiles every module


class Proof(msgspec.Struct, frozen=True):
    """`recipes` None: they were not run, because torch does not work."""

    report: Report
    recipes: RecipeReport | None = None

    @property
    def good(self) -> bool:
        """No error found, and no recipe that was run went wrong."""
        results = self.recipes.results if self.recipes else ()
        return self.report.healthy and all(r.status in (Outcome.PASSED, Outcome.SKIPPED) for r in results)


def prove(python: str, on_recipe: Callable[[RecipeResult], None] = lambda _: None) -> Proof:
    """Look at the environment of an interpreter, and train in it when the look finds no error."""
    from doctor import smoke

    target = Target(python, deadline_s=_DEADLINE_S, chosen_by="setup")
    report = diagnose(collect.collect(target))
    if not report.healthy:
        return Proof(report)
    folder = smoke.recipes_folder()
    wish = smoke.Wish(recipes=smoke.all_recipes(folder), quick=True, speed=False, folder=folder)
    return Proof(report, smoke.run(target, wish, on_recipe))
