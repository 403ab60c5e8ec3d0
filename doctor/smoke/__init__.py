"""The recipes as smoke tests: which to run, running them in the target, and what one that fails has failed of."""

from __future__ import annotations

from doctor.smoke.runner import run
from doctor.smoke.selection import RecipeOptions, all_recipes, recipes_folder, select
