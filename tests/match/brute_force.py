"""A second implementation of the match, kept apart from the first: plain loops over the JSON files.

It shares nothing with `doctor.match` or the catalog's loader but the data, so that a mistake in either shows.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from packaging.specifiers import SpecifierSet
from packaging.version import Version

DATA = Path(__file__).parents[2] / "doctor" / "catalog"

# cubin -> the devices it runs on, written out from DEVICE_REQUIREMENT of torch 2.15.0
RUNS_ON = {
    "3.5": "3.5 3.7",
    "3.7": "3.7",
    "5.0": "5.0 5.2",
    "5.2": "5.2",
    "6.0": "6.0 6.1",
    "6.1": "6.1",
    "7.0": "7.0 7.5",
    "7.5": "7.5",
    "8.0": "8.0 8.6 8.9",
    "8.6": "8.6 8.9",
    "9.0": "9.0",
    "10.0": "10.0 10.3 10.7",
    "11.0": "11.0",
    "12.0": "12.0 12.1",
}
ALSO_WITH_CUDA_13_2 = {"8.0": "8.7", "8.6": "8.7", "7.0": "7.2"}
JETSONS = {"5.3", "6.2", "7.2", "8.7", "11.0"}


def load(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text())
    return data


RELEASES = load("releases")["releases"]
ARCH = {(r["torch"], r["build"], r["platform"]): r for r in load("arch_lists")["cuda"]}
FLOORS = {r["cuda"]: r for r in load("drivers")["toolkits"]}


def cuda(build: str) -> str:
    return f"{build[2:-1]}.{build[-1]}"


version = cache(Version)


@cache
def kernels(torch: str, build: str, platform: str, capability: str) -> bool:
    row = ARCH.get((torch, build, platform))
    if row is None or (capability in JETSONS and platform != "linux-aarch64"):
        return False
    for code in row["sm"]:
        if capability in RUNS_ON[code].split():
            return True
        if version(cuda(build)) >= version("13.2") and ALSO_WITH_CUDA_13_2.get(code) == capability:
            return True
    return False


@cache
def driver_ok(build: str, driver: str, os: str) -> bool:
    return version(driver) >= version(FLOORS[cuda(build)][os])


@cache
def driven(capability: str, driver: str) -> bool:
    """The driver's branch lies in the span of the GPU's generation; Jetsons have drivers of their own."""
    known = next((a for a in load("drivers")["architectures"] if capability in a["capabilities"]), None)
    if known is None or capability in JETSONS:
        return True
    branches = [int(b["branch"]) for b in load("drivers")["branches"] if int(b["branch"]) <= version(driver).major]
    branch = max(branches, default=0)
    first, last = int(known.get("first_driver") or 0), int(known.get("last_driver") or 10**6)
    return not branch or first <= branch <= last


@cache
def wanted(torch: str, wish: str) -> bool:
    return torch in SpecifierSet(wish)


@cache
def rows(platform: str) -> list[tuple[str, str, tuple[str, ...], str, bool, int]]:
    """(torch, build, Pythons, glibc, its files were seen, how many of its rows are inferred) of all there is."""
    found = []
    for release in RELEASES:
        wheel = next((w for w in release["wheels"] if w["platform"] == platform), None)
        if wheel is None:
            continue
        for build in release["builds"]:
            pypi = wheel.get("pypi", "") == build["build"]
            if platform not in build["platforms"] and not pypi:
                continue
            arch = ARCH.get((release["torch"], build["build"], platform))
            weak = (wheel["confidence"] != "confirmed") + bool(arch and arch["confidence"] != "confirmed")
            seen = wheel["confidence"] == "confirmed"
            if not pypi:
                weak += (build["platforms"][platform] != "confirmed") + (build["confidence"] != "confirmed")
                seen = seen and build["platforms"][platform] == build["confidence"] == "confirmed"
            glibc = build.get("glibc") or wheel.get("glibc", "")
            found.append((release["torch"], build["build"], tuple(wheel["python"]), glibc, seen, weak))
    return found


def fits(
    row: tuple[str, str, tuple[str, ...], str, bool, int],
    platform: str,
    python: str,
    driver: str | None,
    capability: str,
    wish: str,
    glibc: str,
) -> bool:
    """A CUDA row of `rows` may be taken on this machine."""
    torch, build, pythons, needed, _, _ = row
    return (
        build.startswith("cu")
        and f"cp{python.replace('.', '')}" in pythons
        and (not wish or wanted(torch, wish))
        and (not glibc or not needed or version(glibc) >= version(needed))
        and (driver is None or (driver_ok(build, driver, platform.partition("-")[0]) and driven(capability, driver)))
        and kernels(torch, build, platform, capability)
    )


def best(
    platform: str, python: str, driver: str | None, capability: str, wish: str = "", glibc: str = ""
) -> tuple[str, str] | None:
    """The best (torch, build) for one NVIDIA GPU: seen files, newest torch, fewest inferred rows, newest CUDA."""
    taken = [row for row in rows(platform) if fits(row, platform, python, driver, capability, wish, glibc)]
    if not taken:
        return None
    top = max(taken, key=lambda row: (row[4], version(row[0]), -row[5], version(cuda(row[1]))))
    return top[0], top[1]


@cache
def ever_supported(platform: str, capability: str) -> bool:
    return any(kernels(torch, build, platform, capability) for torch, build, at in ARCH if at == platform)


@cache
def best_cpu(platform: str, python: str, wish: str = "", glibc: str = "") -> str | None:
    """The newest torch with a CPU build, of those whose files were seen if there are any."""
    newest = [
        (seen, version(torch))
        for torch, build, pythons, needed, seen, _ in rows(platform)
        if build == "cpu"
        and f"cp{python.replace('.', '')}" in pythons
        and (not wish or wanted(torch, wish))
        and (not glibc or not needed or version(glibc) >= version(needed))
    ]
    return str(max(newest)[1]) if newest else None
