"""When nothing fits: why, and what would fit if one thing were different."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from doctor import catalog
from doctor.catalog import Version
from doctor.match.candidates import BuildCandidate
from doctor.match.driving import all_undriven, first_branch, last_branch
from doctor.match.model import Constraint, Machine, Nearest, Wish

Rank = Callable[[BuildCandidate], tuple[object, ...]]

AT_LEAST = "{version} or newer"
LAST = "{branch}, the last one for such GPUs"
DRIVER_FIRST = "the driver must be changed first: {why}"
CARRIES = "driver {driver} supports CUDA {major}"
NEWEST = "the newest torch for it is {name}"
NOT_OFFERED = "there is no {kind} build for {platform}"
NONE = "PyTorch has no wheels for {platform}"
CHANGE = {
    Constraint.TORCH: "if versions other than {torch} are allowed",
    Constraint.INDEX: "from an index that has {build}",
    Constraint.PYTHON: "with Python {python}",
    Constraint.DRIVER: "with NVIDIA driver {driver}",
    Constraint.LIBC: "on a distribution with glibc, such as Debian or Ubuntu",
    Constraint.GLIBC: "with glibc {glibc} or newer (a newer distribution, or a container)",
    Constraint.MACOS: "with macOS {macos} or newer",
    Constraint.ACCELERATOR: "without the GPU (--accelerator {kind})",
}


def nearest(pool: Sequence[BuildCandidate], machine: Machine, wish: Wish, rank: Rank) -> tuple[Nearest, ...]:
    """The best candidate behind each single obstacle, in the order of `CHANGE`: what is easiest to change first."""
    best: dict[Constraint, BuildCandidate] = {}
    for candidate in pool:
        constraints = {f.constraint for f in candidate.failures}
        if len(constraints) != 1 or not (constraints & CHANGE.keys()):
            continue
        (only,) = constraints
        if only is Constraint.ACCELERATOR and candidate.build != "cpu":
            continue  # any machine has a CPU; another maker's GPU it does not have
        if only not in best or rank(candidate) > rank(best[only]):
            best[only] = candidate
    return tuple(Nearest(best[c].torch, best[c].build, _change(c, best[c], machine, wish)) for c in CHANGE if c in best)


def _change(constraint: Constraint, candidate: BuildCandidate, machine: Machine, wish: Wish) -> str:
    wheel = candidate.wheel
    tags = [t for t in (wheel.python if wheel else ()) if t.endswith("t") == machine.free_threaded] or ["cp3"]
    floor = candidate.release.mps_macos if candidate.build == "mps" else ""
    return CHANGE[constraint].format(
        torch=wish.torch,
        python=_closest_python(tags, machine),
        driver=_driver(candidate, machine) if candidate.tag.kind == "cuda" else "",
        glibc=wheel.glibc if wheel else "",
        macos=max((wheel.macos if wheel else "", floor), key=Version.of),
        kind=candidate.tag.kind,
        build=candidate.build,
    )


def _driver(candidate: BuildCandidate, machine: Machine) -> str:
    """The drivers that both the build and the generation of the GPUs can have."""
    if last := last_branch(machine, candidate.covered):
        return LAST.format(branch=last)
    floor = catalog.minimum_driver(candidate.build, machine.os)
    return AT_LEAST.format(version=max(floor, first_branch(candidate.covered), key=Version.of))


def _closest_python(tags: Sequence[str], machine: Machine) -> str:
    """The Python of the wheels that is nearest to the machine's, as 3.12."""
    have = Version.of(machine.python) or (3,)
    by_distance = sorted(tags, key=lambda tag: (abs(int(tag[3:].strip("t") or 0) - have[-1]), -len(tag)))
    tag = by_distance[0]
    return f"{tag[2]}.{tag[3:]}"


def explain(pool: Sequence[BuildCandidate], near: Sequence[Nearest], machine: Machine, kind: str, wish: Wish) -> str:
    """One sentence: what stands in the way, then the nearest miss."""
    devices = [d for d in machine.devices if d.kind == kind]
    if undriven := all_undriven(machine, devices):
        return "; ".join([DRIVER_FIRST.format(why=undriven), *(f"{n.change}: {_build_name(n)}" for n in near[:1])])
    why = _obstacle_sentence(pool, machine, kind)
    if near and near[0].change == CHANGE[Constraint.TORCH].format(torch=wish.torch):
        name = _build_name(near[0])
        return f"{why}; {NEWEST.format(name=name)}"
    if near:
        return f"{why}; {near[0].change}: {_build_name(near[0])}"
    return why


def _build_name(near: Nearest) -> str:
    return near.torch if near.build == "mps" else f"{near.torch}+{near.build}"


def _obstacle_sentence(pool: Sequence[BuildCandidate], machine: Machine, kind: str) -> str:
    if all(candidate.wheel is None for candidate in pool):
        return NONE.format(platform=machine.platform)
    right = [c for c in pool if c.tag.kind == kind and not _violates(c, Constraint.PLATFORM)]
    if not right:
        return NOT_OFFERED.format(kind=kind, platform=machine.platform)
    wished = [c for c in right if not _violates(c, Constraint.TORCH)] or right
    closest = min(wished, key=lambda c: len({f.constraint for f in c.failures}))
    texts = {f.constraint: f.text for f in closest.failures}
    if Constraint.DRIVER in texts and machine.driver and (carried := catalog.driver_cuda(machine.driver, machine.os)):
        rest = [text for constraint, text in texts.items() if constraint is not Constraint.DRIVER]
        return "; ".join([CARRIES.format(driver=machine.driver, major=carried.partition(".")[0]), *rest])
    return f"{closest.name}: {'; '.join(texts.values())}"


def _violates(candidate: BuildCandidate, constraint: Constraint) -> bool:
    return any(f.constraint is constraint for f in candidate.failures)
