"""Which recipes are run, where they lie, and how they are to be run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from doctor.model import DoctorError

DEADLINE_S = 300.0
_RECIPE = re.compile(r"\d\d_\w+")


class RecipeOptions(msgspec.Struct, frozen=True):
    """What is to be run, and how; no recipes are all of them, no folder is our own.

    `sources` are addresses of the CIFAR-10 archive, best first; those of the catalog follow them.
    """

    recipes: tuple[str, ...] = ()
    device: str = "auto"
    quick: bool = False
    full: bool = False
    deadline_s: float = DEADLINE_S
    data_root: str = ""
    sources: tuple[str, ...] = ()
    speed: bool = False
    folder: Path | None = None


def recipes_folder() -> Path:
    """The recipes of the checkout, or those inside the installed package. Raises DoctorError when neither is there."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package.parent / "recipes", package / "recipes"):
        if (folder / "ladder.py").is_file():
            return folder
    raise DoctorError("recipes-folder", "the recipes are missing", str(package), "install torch-doctor again", 3)


def all_recipes(folder: Path) -> tuple[str, ...]:
    """Names of the recipes in a folder, in the order of the ladder."""
    return tuple(sorted(path.stem for path in folder.glob("*.py") if _RECIPE.fullmatch(path.stem)))


def select(words: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """The recipes that words name: "4", "04", "2-5", "autograd" or "03_autograd"; all of them when there is no word."""
    chosen = {name for word in words for name in _recipes_named(word, known)}
    return tuple(name for name in known if name in chosen or not words)


def _recipes_named(word: str, known: Sequence[str]) -> list[str]:
    numbers = re.fullmatch(r"(\d{1,4})(?:-(\d{1,4}))?", word)
    if numbers:
        first, last = int(numbers[1]), int(numbers[2] or numbers[1])
        found = [name for name in known if first <= int(name[:2]) <= last]
    else:
        found = [name for name in known if word.removesuffix(".py") in (name, name[3:])]
    if not found:
        raise DoctorError("recipes-selection", "there is no recipe of that name or number", word, ", ".join(known))
    return found


def cifar10_sources() -> tuple[str, ...]:
    """Addresses of the CIFAR-10 archive that the catalog knows, the official one first."""
    from doctor.catalog.mirrors import offered

    return tuple(f"{mirror.url}/cifar-10-python.tar.gz" for mirror in offered("cifar10"))
