"""A pasted text of any mixture, read by every reader; what no reader takes is prose, or an error text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from doctor.catalog import BuildTag
from doctor.facts import ErrorText, Facts, Gpu, Packages, Torch
from doctor.intake import (
    collect_env,
    conda_text,
    doctor_report,
    error_text,
    lightning,
    nvidia_smi,
    nvidia_smi_query,
    pip_list,
)
from doctor.intake.dump_software import torch_of_version
from doctor.intake.merge import Partial, contradictions, merge
from doctor.model import DoctorError, Reading, Status, ok
from doctor.privacy import redact
from doctor.text.clean import plain, printable
from doctor.text.lines import Kind, bare, kind_of
from doctor.text.nvidia_smi import mig_profiles

MAX_CHARACTERS = 1_000_000  # no dump is longer; a log belongs to --error
MAX_REPORT_CHARACTERS = 32_000_000
_MAX_LINE = 30_000
_MAX_ERROR_CHARACTERS = 200_000
_SOURCE = "the text given"
_DUMP = re.compile(r"^\s*(?:Collecting environment information|PyTorch version:|[-* ]*PyTorch version:)", re.IGNORECASE)
_SMI = re.compile(r"NVIDIA-SMI\s+\d")
_READERS = (
    nvidia_smi_query.read,
    nvidia_smi.read,
    lightning.read,
    conda_text.read,
    pip_list.read,
    collect_env.read,
)

MACHINES = "the text describes two machines; the first one is judged ({differences})"
ENVIRONMENTS = "the text describes two environments; the first one is judged ({differences})"
TOO_LONG = "only the first {limit} characters were read"


class Intake(msgspec.Struct, frozen=True):
    """What a text tells of a machine, and what a reader of the verdict must know about it."""

    facts: Facts
    notes: tuple[str, ...] = ()


def examine(text: str, known: Callable[[str], bool] = lambda _: False) -> Intake:
    """Read a text. Raises DoctorError when nothing in it is recognised.

    `known` tells whether an error is: many are printed without an exception (installers, launchers, warnings).
    """
    report, start, end = doctor_report.find(text[:MAX_REPORT_CHARACTERS])
    if report is not None:
        facts, more = doctor_report.facts_of(report)
        others, rest = _read_parts(text[:start] + "\n" + text[end:], known)
        return Intake(_fill_facts(facts, others), (*more, *rest))
    parts, notes = _read_parts(text, known)
    if not parts:
        raise DoctorError(
            "intake-unrecognised",
            "nothing in the text was recognised",
            " ".join(printable(text[:400]).split())[:60].encode("ascii", "replace").decode(),
            "paste the output of `python -m torch.utils.collect_env`, `nvidia-smi`, `pip list` or `torch-doctor check`",
        )
    return Intake(_fill_facts(Facts(), parts), notes)


def _fill_facts(facts: Facts, parts: Partial) -> Facts:
    """Facts with what is known from other parts, where the facts have nothing."""
    news: dict[str, Reading[Any]] = {
        name: ok(value, source=_SOURCE)
        for name, value in parts.items()
        if getattr(facts, name).status is Status.SKIPPED
    }
    return msgspec.structs.replace(facts, **news) if news else facts


def _read_parts(text: str, known: Callable[[str], bool]) -> tuple[Partial, tuple[str, ...]]:
    """The parts of the first machine in the text, and notes about others."""
    lines = [line[:_MAX_LINE] for line in plain(text[:MAX_CHARACTERS]).split("\n")]
    parts: Partial = {}
    notes = [TOO_LONG.format(limit=MAX_CHARACTERS)] if len(text) > MAX_CHARACTERS else []
    left: list[str] = []
    for segment in _segments(lines):
        part, unread = _read_segment(segment)
        machine, environment = contradictions(parts, part)
        left += unread
        if machine or environment:
            template = MACHINES if machine else ENVIRONMENTS
            notes.append(template.format(differences="; ".join(machine or environment)))
            continue
        parts = merge(parts, part)
    if error := _error_text(left, known, alone=not parts):
        told = error_text.read(error.text, with_names=not parts)
        machine, environment = contradictions(parts, told)
        parts = {**(parts if machine or environment else merge(parts, told)), "error": error}
    return parts, tuple(dict.fromkeys(notes))


def _segments(lines: Sequence[str]) -> list[Sequence[str]]:
    """The text cut where another dump or another `nvidia-smi` begins."""
    cuts, seen = [0], {"dump": 0, "smi": 0}
    for index, line in enumerate(lines):
        announced = "Collecting environment information" in line
        kind = "dump" if _DUMP.match(line) else "smi" if _SMI.search(line) else ""
        if not kind:
            continue
        if announced or (seen[kind] and index - seen[kind] > 1):
            cuts.append(index)
            seen = {"dump": 0, "smi": 0}
        seen[kind] = index + 1
    return [lines[a:b] for a, b in zip(cuts, [*cuts[1:], len(lines)], strict=True) if b > a]


def _read_segment(lines: Sequence[str]) -> tuple[Partial, list[str]]:
    """What all readers make of one stretch, and the lines that none took."""
    found: list[Partial] = []
    used: set[int] = set()
    for reader in _READERS:
        rest = [line if index not in used else "" for index, line in enumerate(lines)]
        part, taken = reader(rest)
        used |= taken
        found.append(part)
    query, smi, nested, conda, pip, dump = found
    dump = merge(nested, dump)
    facts: Partial = {}
    # a table or a query tells more of a GPU than a dump's line does; of all else the dump is the better witness
    for part in (query, smi, dump, _packages(pip, conda, dump), {"conda": conda["conda"]} if "conda" in conda else {}):
        facts = merge(facts, part)
    facts = _with_mig(_with_torch(facts), mig_profiles(lines))
    return facts, [line for index, line in enumerate(lines) if index not in used and line.strip()]


def _packages(pip: Partial, conda: Partial, dump: Partial) -> Partial:
    """Both lists as one; the one that has the torch of the dump is the interpreter's own and comes first."""
    torch = getattr(dump.get("torch"), "version", None)
    lists = [part["packages"] for part in (pip, conda) if "packages" in part]
    lists.sort(key=lambda packages: not _same_release(packages.version("torch"), torch))
    facts: Partial = {}
    for packages in lists:
        facts = merge(facts, {"packages": packages})
    return facts


def _same_release(one: str | None, two: str | None) -> bool:
    return bool(one and two) and str(one).partition("+")[0] == str(two).partition("+")[0]


def _with_torch(facts: Partial) -> Partial:
    """torch as the package lists show it, where the dump does not tell."""
    packages: Packages | None = facts.get("packages")
    if packages is None:
        return facts
    version = packages.version("torch")
    if version is None:
        return merge(facts, {"torch": Torch(version="")}) if packages.complete else facts
    known = torch_of_version(version)
    installer = next(p.installer for p in packages.installed if p.name == "torch")
    build = next((p.build for p in getattr(facts.get("conda"), "packages", ()) if p.name == "pytorch"), "")
    cuda = conda_text.cuda_of_build(build) if installer == "conda" else None
    if cuda is not None:
        known = msgspec.structs.replace(known, cuda_version=cuda, build=BuildTag.stated("", cuda).tag or None)
    return merge(facts, {"torch": msgspec.structs.replace(known, installer=installer)})


def _with_mig(facts: Partial, profiles: dict[int, tuple[str, ...]]) -> Partial:
    nvidia = facts.get("nvidia")
    if not profiles or nvidia is None or not nvidia.gpus:
        return facts
    gpus: list[Gpu] = [
        msgspec.structs.replace(gpu, mig=True, mig_instances=profiles[gpu.index]) if gpu.index in profiles else gpu
        for gpu in nvidia.gpus
    ]
    return {**facts, "nvidia": msgspec.structs.replace(nvidia, gpus=tuple(gpus))}


def _error_text(lines: Sequence[str], known: Callable[[str], bool], *, alone: bool) -> ErrorText | None:
    """The lines that no reader took, when one of them reads like an error. Beside a dump, prose may quote another."""
    kinds = [kind_of(bare(line)) for line in lines]
    told = [line for line, kind in zip(lines, kinds, strict=True) if alone or kind is Kind.WARNING]
    if Kind.EXCEPTION not in kinds and not known("\n".join(told)):
        return None
    return error_text.named(redact("\n".join(lines)[:_MAX_ERROR_CHARACTERS]))
