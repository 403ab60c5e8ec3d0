"""Requirements and specifiers of versions from outside. A number without end is none: it fails only when compared."""

from __future__ import annotations

import re

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet

_ENDLESS = re.compile(r"\d{100}")
_NO_VERSION = "a number of 100 digits is no part of a version"


def requirement(text: str) -> Requirement:
    """Raises InvalidRequirement."""
    if _ENDLESS.search(text):
        raise InvalidRequirement(_NO_VERSION)
    return Requirement(text)


def specifier(text: str) -> SpecifierSet:
    """Raises InvalidSpecifier."""
    if _ENDLESS.search(text):
        raise InvalidSpecifier(_NO_VERSION)
    return SpecifierSet(text)
