"""Requirements and specifiers of versions from outside. What fails only when it is compared is none: a number without
end, a marker that compares nothing that is known."""

from __future__ import annotations

import re
from collections.abc import Mapping

from packaging.markers import UndefinedComparison, UndefinedEnvironmentName
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet

_ENDLESS = re.compile(r"\d{100}")
_UNDECIDED = (UndefinedComparison, UndefinedEnvironmentName)
_NO_VERSION = "a number of 100 digits is no part of a version"


def requirement(text: str) -> Requirement:
    """Raises InvalidRequirement."""
    if _ENDLESS.search(text):
        raise InvalidRequirement(_NO_VERSION)
    found = Requirement(text)
    try:
        _evaluate(found, {})
    except _UNDECIDED as error:
        raise InvalidRequirement(f"the marker {found.marker} compares nothing that is known") from error
    return found


def applies(one: Requirement, environment: Mapping[str, str]) -> bool:
    """Whether its marker holds in that environment; False where that cannot be said."""
    try:
        return _evaluate(one, environment)
    except _UNDECIDED:
        return False


def specifier(text: str) -> SpecifierSet:
    """Raises InvalidSpecifier."""
    if _ENDLESS.search(text):
        raise InvalidSpecifier(_NO_VERSION)
    return SpecifierSet(text)


def _evaluate(one: Requirement, environment: Mapping[str, str]) -> bool:
    return one.marker is None or one.marker.evaluate({"extra": "", **environment})
