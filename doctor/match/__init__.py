"""Host + catalog + wish -> the newest torch that runs there, and why not the others. Pure: no I/O, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec

from doctor.catalog import BuildTag, Version
from doctor.match import amd, companions
from doctor.match.age import age_notes
from doctor.match.aim import Aim, aim
from doctor.match.candidates import BuildCandidate, candidates, missing_code
from doctor.match.conda import conda_choice
from doctor.match.model import (
    KINDS,
    AmdChoice,
    Choice,
    CondaChoice,
    Constraint,
    Device,
    LeftOut,
    Machine,
    Match,
    Nearest,
    Rejected,
    Violation,
    Wish,
)
from doctor.match.nearest import explain, nearest
from doctor.match.notes import code_names, companion_notes, jetson_note, notes

WHEELS = "https://download.pytorch.org/whl"

OLDER = "{best} is newer"
INFERRED = "that it has code for {gpus} is inferred, not seen"
UNSEEN = "it has been announced, but its files have not been seen yet"
WEAKER = "there is better evidence for {best}"
OLDER_CUDA = "{best} has the newer {what}"
SAME_WHEEL = "the same wheel, used without MPS"


def match(machine: Machine, wish: Wish | None = None, *, wheels: str = WHEELS, rejections: bool = False) -> Match:
    """The best torch for a machine under a wish. `wheels` is the root of the PyTorch index or of a copy of it;
    with `rejections` the answer says of every other build why not.

    Best: code for the most of the usable GPUs, then a build whose files were seen, then one whose ROCm GPU code was
    seen, then the newest release, then the build that rests on the firmest rows, then the newer CUDA. `choice` is None
    when nothing fits; `message` and `nearest` then say what is closest.
    """
    wish = _narrow_wish(wish or Wish())
    return _with_amd(machine, wish, _match(machine, wish, wheels, rejections))


def _match(machine: Machine, wish: Wish, wheels: str, rejections: bool) -> Match:
    target = aim(machine, wish)
    pool = candidates(machine, target.kind, target.devices, wish)
    rank = partial(_rank, platform=machine.platform)
    fitting = [c for c in pool if not c.failures]
    conda = conda_choice(machine, target.kind, target.devices, wish)
    if not fitting:
        near = nearest(pool, machine, wish, rank)
        return Match(
            choice=None,
            accelerator=target.kind,
            rejected=tuple(Rejected(c.torch, c.build, _reason_text(c)) for c in pool if rejections),
            left_out=target.left_out,
            nearest=near,
            message=explain(pool, near, machine, target.kind, wish),
            notes=(*jetson_note(target.devices, machine), *age_notes(machine, wish)),
            conda=conda,
        )
    best = max(fitting, key=rank)
    found = _build_match(machine, wish, target, pool, best, wheels, conda)
    if not rejections:
        return found
    others = [Rejected(c.torch, c.build, _rejection_reason(c, best, machine)) for c in pool if c is not best]
    return msgspec.structs.replace(found, rejected=tuple(others))


def _with_amd(machine: Machine, wish: Wish, found: Match) -> Match:
    """Where AMD's own index has a build for GPUs that the choice leaves out."""
    has_code = found.choice is not None and found.accelerator != "cpu"
    choice = None if has_code else amd.amd_choice(machine, wish)
    notes = () if has_code else amd.told(machine, choice, found.accelerator)
    if choice is None and not notes:
        return found
    names = {d.label for d in machine.devices if choice and d.target in choice.targets}
    left = tuple(
        msgspec.structs.replace(one, reason=amd.reason(choice)) if choice and one.gpu in names else one
        for one in found.left_out
    )
    found = msgspec.structs.replace(found, amd=choice, left_out=left, notes=(*found.notes, *notes))
    return msgspec.structs.replace(found, message=amd.message(machine, found)) if found.choice is None else found


def _rank(candidate: BuildCandidate, platform: str) -> tuple[object, ...]:
    weak = len(candidate.inferred(platform))
    more = candidate.build == "mps"
    seen = candidate.is_seen(platform)
    return (
        len(candidate.covered),
        seen,
        candidate.is_proven,
        Version.of(candidate.torch),
        more,
        -weak,
        candidate.tag.version,
    )


def _narrow_wish(wish: Wish) -> Wish:
    """An index that ends in a build tag offers that build only."""
    tail = wish.index_url.rstrip("/").rpartition("/")[2]
    return msgspec.structs.replace(wish, build=tail) if BuildTag.of(tail).tag and not wish.build else wish


def _build_match(
    machine: Machine,
    wish: Wish,
    target: Aim,
    pool: Sequence[BuildCandidate],
    best: BuildCandidate,
    wheels: str,
    conda: CondaChoice | None,
) -> Match:
    uncovered = [d for d in target.devices if d not in best.covered]
    left = (*target.left_out, *(LeftOut(d.label, missing_code([d], best.arch)) for d in uncovered))
    found = Match(
        choice=_choice(machine, wish, best, wheels),
        accelerator=target.kind,
        left_out=left,
        confidence="inferred" if best.inferred(machine.platform) else "confirmed",
        numpy="" if machine.os in best.release.numpy2 else "numpy<2",
        conda=conda,
    )
    said = (
        *notes(best, best.covered, machine, _newer(pool, best, machine.platform)),
        *companion_notes(found, best, machine),
    )
    return msgspec.structs.replace(found, notes=(*said, *age_notes(machine, wish)))


def _newer(pool: Sequence[BuildCandidate], best: BuildCandidate, platform: str) -> list[BuildCandidate]:
    """Newer ones that fit as well: the newest whose files nobody has seen, the newest whose GPU code is inferred."""
    later = [
        c
        for c in pool
        if not c.failures and len(c.covered) == len(best.covered) and Version.of(c.torch) > Version.of(best.torch)
    ]
    announced = [c for c in later if not c.is_seen(platform)]
    inferred = [c for c in later if c.is_seen(platform)]
    return [max(found, key=lambda c: (Version.of(c.torch), c.tag.version)) for found in (announced, inferred) if found]


def _choice(machine: Machine, wish: Wish, best: BuildCandidate, wheels: str) -> Choice:
    url = index_url(best, wish, wheels)
    of_pypi = best.from_pypi and (url is None or url.rstrip("/").endswith("/simple"))  # or of a mirror of it
    return Choice(
        torch=best.torch,
        torchvision=companions.torchvision(best.release, machine),
        torchaudio=companions.torchaudio(best.release, best.build, machine, from_pypi=of_pypi),
        build=best.build,
        index_url=url,
    )


def index_url(best: BuildCandidate, wish: Wish, wheels: str) -> str | None:
    """Where the build lies: the URL asked for, else nothing for PyPI's own file, else the build's folder."""
    if wish.index_url:
        url = wish.index_url.replace("{build}", best.build)
        root = url.rstrip("/").rpartition("/")[2] in ("whl", "pytorch-wheels")
        return f"{url.rstrip('/')}/{best.build}" if root else url
    return None if best.from_pypi else f"{wheels.rstrip('/')}/{best.build}"


def _reason_text(candidate: BuildCandidate) -> str:
    return "; ".join(f.text for f in candidate.failures)


def _rejection_reason(candidate: BuildCandidate, best: BuildCandidate, machine: Machine) -> str:
    if candidate.failures:
        return _reason_text(candidate)
    if len(candidate.covered) < len(best.covered):
        return missing_code([d for d in best.covered if d not in candidate.covered], candidate.arch)
    if candidate.torch != best.torch:
        if Version.of(candidate.torch) < Version.of(best.torch):
            return OLDER.format(best=best.name)
        seen = candidate.is_seen(machine.platform)
        return INFERRED.format(gpus=code_names(candidate.covered)) if seen else UNSEEN
    if "mps" in (candidate.build, best.build):
        return SAME_WHEEL
    if len(candidate.inferred(machine.platform)) > len(best.inferred(machine.platform)):
        return WEAKER.format(best=best.name)
    return OLDER_CUDA.format(best=best.name, what="ROCm" if best.tag.kind == "rocm" else "CUDA")
