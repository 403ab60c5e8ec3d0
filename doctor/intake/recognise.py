"""A pasted text of any mixture, read by every reader; what no reader takes is prose, or an error text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from doctor.catalog import BuildTag
from doctor.facts import Apple, Facts, Packages, Torch
from doctor.intake import doctor_report, error_text, leftover
from doctor.intake.dump_software import torch_of_version
from doctor.intake.formats import FORMATS, conda
from doctor.intake.inferred import with_inferred
from doctor.intake.merge import Partial, contradictions, is_same_or_shorter, merge, undecided
from doctor.intake.origins import Told, origins_of
from doctor.intake.witness import Format, Witness
from doctor.model import DoctorError, Reading, Status
from doctor.text import notebooks
from doctor.text.clean import plain, printable
from doctor.text.lines import squeezed
from doctor.text.nvidia_smi import with_instances

MAX_CHARACTERS = 1_000_000  # no dump is longer; a log belongs to --error
MAX_REPORT_CHARACTERS = 32_000_000
_MAX_LINE = 30_000
_MOST_SEGMENTS = 1000  # the first machine is judged; every format reads each
_SOURCE = "the text given"
_ABOUT = re.compile(
    r"(?<![A-Za-z\d_])(?:py)?torch|显卡|(?<![A-Za-z\d_])"  # a word begins and ends, also beside a Chinese one
    r"(?:cuda|nvidia|rocm|nccl|gpus?|cpu|fp(?:16|32)|xformers|geforce|radeon|[RG]TX ?\d{3,4}|cu1[123]\d)"
    r"(?![A-Za-z\d_])",
    re.IGNORECASE,
)
_OPENINGS = tuple((one.TITLE, re.compile(one.OPENS, re.IGNORECASE)) for one in FORMATS if one.OPENS)
_PADDED = re.compile(r"^\W{0,4}Collecting environment information\.\.\. +(?=PyTorch version:)")  # two lines as one
_ANNOUNCES = "Collecting environment information"  # after another program's text: whole, and another machine's

MACHINES = "the text describes two machines; the first one is judged ({differences})"
ENVIRONMENTS = "the text describes two environments; the first one is judged ({differences})"
DIFFER = "the text contradicts itself ({differences}); what {better} says is judged, not what {other} says"
ONLY_ASKS = "the text asks for packages; what is installed is shown by `pip list`"
NOTHING = "nothing of the machine was recognised in the text"
TOO_LONG = "only the first {limit} characters were read"

_Found = tuple[Format, Partial]


class Intake(msgspec.Struct, frozen=True):
    """What a text tells of a machine, and what a reader of the verdict must know about it."""

    facts: Facts
    notes: tuple[str, ...] = ()


def examine(text: str, known: Callable[[str], bool] = lambda _: False) -> Intake:
    """Read a text. Raises DoctorError when it is not about PyTorch or GPUs and nothing in it is recognised.

    `known` tells whether an error is: many are printed without an exception (installers, launchers, warnings).
    """
    report, start, end = doctor_report.find(text[:MAX_REPORT_CHARACTERS])
    if report is not None:
        facts, more = doctor_report.facts_of(report)
        others, told, rest = _read_parts(text[:start] + "\n" + text[end:], known)
        return Intake(_fill_facts(facts, others, told), (*more, *rest))
    text = notebooks.shown(text)
    parts, told, notes = _read_parts(text, known)
    if not parts and not told:
        if _ABOUT.search(text[:MAX_CHARACTERS]):
            facts = with_inferred(Facts(), text[:MAX_CHARACTERS])
            return Intake(facts, notes if facts != Facts() else (*notes, NOTHING))
        raise DoctorError(
            "intake-unrecognised",
            "nothing in the text was recognised",
            " ".join(printable(text[:400]).split())[:60].encode("ascii", "replace").decode(),
            "paste the output of `python -m torch.utils.collect_env`, `nvidia-smi`, `pip list` or `torch-doctor check`",
        )
    return Intake(with_inferred(_fill_facts(Facts(), parts, told), text[:MAX_CHARACTERS]), notes)


def _fill_facts(facts: Facts, parts: Partial, told: Sequence[Told] = ()) -> Facts:
    """Facts with what is known from other parts, where the facts have nothing."""
    news: dict[str, Reading[Any]] = {
        name: Reading(Status.OK, value, source=_SOURCE, origins=origins_of(name, value, told))
        for name, value in parts.items()
        if getattr(facts, name).status is Status.SKIPPED
    }
    return msgspec.structs.replace(facts, **news) if news else facts


def _read_parts(text: str, known: Callable[[str], bool]) -> tuple[Partial, tuple[Told, ...], tuple[str, ...]]:
    """The parts of the first machine in the text, which lines tell them, and notes about others."""
    lines = [_PADDED.sub("", squeezed(line[:_MAX_LINE])) for line in plain(text[:MAX_CHARACTERS]).split("\n")]
    parts: Partial = {}
    notes = [TOO_LONG.format(limit=MAX_CHARACTERS)] if len(text) > MAX_CHARACTERS else []
    left: list[str] = []
    told: list[Told] = []
    alone = True
    for start, end in _segments(lines):
        found, here, unread = _read_segment(lines, start, end)
        alone &= all(one.WITNESS >= Witness.PERSON for one, part in found if part)
        part, differ = _together(found)
        part = _with_apple(_with_mig(_with_torch(part), lines[start:end]))
        machine, environment = contradictions(parts, part)
        left += unread
        if machine or environment:
            template = MACHINES if machine else ENVIRONMENTS
            notes.append(template.format(differences="; ".join(machine or environment)))
            continue
        notes += differ
        told += here
        parts = merge(parts, part)
    if error := leftover.error_in(left, known, alone=alone):
        said = error_text.read(error.text, with_names=alone)
        machine, environment = contradictions(parts, said)
        parts = {**(parts if machine or environment else merge(parts, said)), "error": error}
    if told and not parts:
        notes.append(ONLY_ASKS)
    return parts, tuple(told), tuple(dict.fromkeys(notes))


def _segments(lines: Sequence[str]) -> list[tuple[int, int]]:
    """The text cut where a format begins that was there before."""
    cuts, seen = [0], dict[str, int]()
    for index, line in enumerate(lines):
        title = next((title for title, opens in _OPENINGS if opens.search(line)), "")
        if not title:
            continue
        if (_ANNOUNCES in line and seen) or (title in seen and index - seen[title] > 1):
            cuts.append(index)
            seen = {}
        seen[title] = index
    return [(a, b) for a, b in pairwise([*cuts, len(lines)]) if b > a][:_MOST_SEGMENTS]


def _read_segment(lines: Sequence[str], start: int, end: int) -> tuple[list[_Found], list[Told], list[str]]:
    """What all formats make of one stretch, best witness first, the lines they took, and those that none took."""
    stretch = lines[start:end]
    found: list[_Found] = []
    told: list[Told] = []
    used: set[int] = set()
    for one in FORMATS:
        part, taken = one.read([line if index not in used else "" for index, line in enumerate(stretch)])
        told += [Told(one.TITLE, start + index + 1, stretch[index]) for index in sorted(taken)] if part else []
        used |= taken
        found.append((one, part))
    found.sort(key=lambda pair: pair[0].WITNESS)  # stable: of equal witnesses the one that read first
    return found, told, [line for index, line in enumerate(stretch) if index not in used and line.strip()]


def _together(found: Sequence[_Found]) -> tuple[Partial, list[str]]:
    """All formats' facts as one, and where they contradict each other. A file asks for packages, it does not tell."""
    lists = [(one, part["packages"]) for one, part in found if "packages" in part and one.WITNESS < Witness.FILE]
    facts: Partial = {}
    differ, better = list[str](), dict[str, str]()
    for one, part in found:
        machine, environment = contradictions(facts, part)
        if differences := [*machine, *environment]:
            first = better[differences[0].partition(".")[0]]
            differ.append(DIFFER.format(differences="; ".join(differences), better=first, other=one.TITLE))
        facts = merge(facts, {name: value for name, value in part.items() if name != "packages"})
        better = {**dict.fromkeys(part, one.TITLE), **better}
    facts = undecided(facts, (part for one, part in found if one.WITNESS < Witness.PERSON))
    differ += _other_torch(facts, better.get("torch", ""), lists)
    # conda lists what an older pip left behind, too; a person names a few, in short
    lists.sort(key=lambda pair: (pair[0].WITNESS is Witness.PERSON, pair[0].TITLE == conda.TITLE))
    return _with_packages(facts, [packages for _, packages in lists]), differ


def _other_torch(facts: Partial, better: str, lists: Sequence[tuple[Format, Packages]]) -> list[str]:
    """What a program says of its torch, and that no list has that one."""
    torch = getattr(facts.get("torch"), "version", None)
    listed = [(one.TITLE, version) for one, packages in lists if (version := packages.version("torch"))]
    if not torch or not listed or any(is_same_or_shorter(torch, version) for _, version in listed):
        return []
    title, version = listed[0]
    differences = f"torch.version: {torch} / {version}"
    return [DIFFER.format(differences=differences, better=better, other=title)]


def _with_packages(facts: Partial, lists: list[Packages]) -> Partial:
    """All lists as one; the one that has the torch of the dump is the interpreter's own and comes first."""
    torch = getattr(facts.get("torch"), "version", None)
    lists.sort(key=lambda packages: not _same_release(packages.version("torch"), torch))
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
    named = BuildTag.of_conda(build) if installer == "conda" else BuildTag()
    if named.tag:
        known = msgspec.structs.replace(known, cuda_version=named.cuda, build=named.tag)
    return merge(facts, {"torch": msgspec.structs.replace(known, installer=installer)})


def _with_apple(facts: Partial) -> Partial:
    """The chip of a Mac, where one text tells the system and another the processor."""
    host, model = facts.get("host"), getattr(facts.get("cpu"), "model", None) or ""
    if getattr(host, "os", None) != "macos" or "Apple" not in model:
        return facts
    return merge(facts, {"apple": Apple(chip=model, macos=getattr(host, "distribution_version", None))})


def _with_mig(facts: Partial, lines: Sequence[str]) -> Partial:
    nvidia = facts.get("nvidia")
    if nvidia is None or not nvidia.gpus:
        return facts
    return {**facts, "nvidia": msgspec.structs.replace(nvidia, gpus=with_instances(nvidia.gpus, lines))}
