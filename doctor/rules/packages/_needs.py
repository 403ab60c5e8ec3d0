"""What torch and its companions need, directly or not, and do not have."""

from __future__ import annotations

from doctor.catalog import COMPANIONS
from doctor.facts import Packages, Unmet


def unmet(packages: Packages) -> list[Unmet]:
    """Once each, that which names a version before that which takes any."""
    needs = {p.name: {name_of(r) for r in p.requires} for p in packages.installed}
    found: set[str] = set()
    left = ["torch", "triton", *COMPANIONS]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += needs.get(name, ())
    meant = sorted((u for u in packages.unmet if u.package in found), key=lambda u: "==" not in u.requirement)
    once = {name_of(u.requirement): u for u in reversed(meant)}
    return [u for u in packages.unmet if once.get(name_of(u.requirement)) is u]


def name_of(requirement: str) -> str:
    """The name that a requirement begins with, as packages are listed."""
    end = next((i for i, c in enumerate(requirement) if not (c.isalnum() or c in "-_.")), None)
    return requirement[:end].lower().replace("_", "-")
