"""Values under the names of a dump ("pytorch version"), and the facts that they are: for all formats of keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from doctor.facts import Package, Packages, Variables
from doctor.intake.dump_machine import accelerators, machine
from doctor.intake.dump_software import software
from doctor.intake.fields import is_missing, pairs
from doctor.intake.merge import Partial, merge
from doctor.intake.values import Raw, version_of
from doctor.privacy import redact

PACKAGE, VARIABLE = "package ", "variable "
TORCH = "pytorch version"
# beside the version of torch: what programs print there, and what it says
_ASIDE = re.compile(r"^\d\S* \((?:cuda availabe: )?(\w+)\)")  # sic, in optimum
_ASIDES = {
    **{key: {"is cuda available": "True"} for key in ("True", "CUDA", "GPU")},
    **{key: {"is cuda available": "False"} for key in ("False", "NA", "NPU", "HPU")},
    "XPU": {"is cuda available": "False", "is xpu available": "True"},
}
_MAX_START = 400  # characters that a line of a format is recognised by
_NUMBERED = re.compile(r"^\s*GPU (\d{1,3}(?:,\d{1,3}){0,63})(?::\s*|\s{2,})(\S.{2,120}?)\s*$")
Pairs = Iterable[tuple[int, str, str]]  # line index, key in lower case, value


def facts_of(raw: Raw, variables: Mapping[str, str] | None = None, gpus_from: str = "torch") -> Partial:
    """Facts of canonical keys (`fields.CANONICAL`), of "package NAME" and of "variable NAME"."""
    facts: Partial = {}
    for part in (software(raw), machine(raw), accelerators(raw, gpus_from)):
        facts = merge(facts, part)
    told = {key.removeprefix(VARIABLE): raw[key] for key in raw if key.startswith(VARIABLE)}
    values = {**told, **(variables or {})}
    if values:
        facts["variables"] = Variables({name: redact(value) for name, value in values.items()}, complete=False)
    if listed := _packages(raw):
        facts["packages"] = Packages(listed, complete=False)
    return facts


def _packages(raw: Raw) -> tuple[Package, ...]:
    found = ((key.removeprefix(PACKAGE), version_of(raw[key], local=True)) for key in raw if key.startswith(PACKAGE))
    return tuple(Package(name, version) for name, version in found if version)


def keep_first(raw: dict[str, str], name: str, value: str) -> None:
    """The first value wins, but one that tells something over one that does not."""
    if name not in raw or (is_missing(raw[name]) and not is_missing(value)):
        raw[name] = value


def tell(raw: dict[str, str], name: str, value: str) -> None:
    """The value under its name; and of "2.4.0+cu121 (True)", as several programs print torch, whether CUDA is there."""
    keep_first(raw, name, value)
    if name == TORCH and (answer := _ASIDE.match(value)):
        for told, meaning in _ASIDES.get(answer[1], {}).items():
            keep_first(raw, told, meaning)


def values_of(
    lines: Sequence[str],
    names: Mapping[str, str],
    within: Iterable[int],
    split: Callable[[Sequence[str]], Pairs] = pairs,
) -> tuple[dict[str, str], set[int]]:
    """Canonical key -> value, and the lines; `names` are a format's own keys, in lower case -> canonical keys."""
    raw: dict[str, str] = {}
    used: set[int] = set()
    for index, key, value in pairs_within(lines, within, split):
        if name := names.get(key):
            used.add(index)
            tell(raw, name, value)
    return raw, used


def pairs_within(lines: Sequence[str], within: Iterable[int], split: Callable[[Sequence[str]], Pairs]) -> Pairs:
    """Of some lines alone: a text may hold thousands of blocks."""
    wanted = set(within)
    first, end = min(wanted, default=0), max(wanted, default=-1) + 1
    return ((first + at, key, value) for at, key, value in split(lines[first:end]) if first + at in wanted)


def columns(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Keys and values with two spaces or more between them."""
    for index, line in enumerate(lines):
        key, gap, value = line.strip().partition("  ")
        if gap and value.strip():
            yield index, key.lower(), value.strip()


def read_blocks(
    lines: Sequence[str],
    opens: str,
    names: Mapping[str, str],
    left: Iterable[str],
    split: Callable[[Sequence[str]], Pairs] = pairs,
) -> tuple[Partial, set[int]]:
    """The facts of all blocks of a format, and their lines."""
    facts: Partial = {}
    used: set[int] = set()
    left = tuple(left)
    for block in blocks(lines, opens):
        raw, taken = values_of(lines, names, block, split)
        taken |= _numbered_gpus(lines, block, raw)
        facts = merge(facts, facts_of(raw))
        used |= taken | left_out(lines, left, block)
    return facts, used


def _numbered_gpus(lines: Sequence[str], block: Iterable[int], raw: dict[str, str]) -> set[int]:
    """ "GPU 0,1: Tesla V100", "GPU 0,1      Tesla V100 (arch=7.0)": as many as there are numbers."""
    found = [(index, match) for index in block if (match := _NUMBERED.match(lines[index]))]
    names = [match[2] for _, match in found for _ in match[1].split(",")]
    if names:
        keep_first(raw, "gpu models and configuration", "\n".join(names))
    return {index for index, _ in found}


def left_out(lines: Sequence[str], starts: Iterable[str], within: Iterable[int]) -> set[int]:
    """The lines of a format that begin like one of `starts` (regular expressions) and tell nothing that is needed."""
    shape = re.compile(rf"[\s*•+|-]*(?:{'|'.join(starts)})", re.IGNORECASE)
    return {index for index in within if shape.match(lines[index][:_MAX_START])}


def blocks(lines: Sequence[str], opens: str, blanks: int = 1) -> list[range]:
    """Stretches that begin at a line which `opens` matches and end before the next one, or after more than `blanks`
    empty lines."""
    shape, found = re.compile(opens), list[range]()
    starts = [index for index, line in enumerate(lines) if shape.search(line)]
    for start, following in pairwise([*starts, len(lines)]):
        empty = 0
        end = start + 1
        while end < following and empty <= blanks:
            empty = 0 if lines[end].strip() else empty + 1
            end += 1
        found.append(range(start, end))
    return found


def stretch(lines: Sequence[str], start: int, below: str, above: str = r"(?!)") -> range:
    """The lines from `start` on that are empty or begin like `below`, and those before it that begin like `above`."""
    first, end, filled = start, start + 1, start + 1
    while first and (not lines[first - 1].strip() or re.match(above, lines[first - 1])):
        first -= 1
    while first < start and not lines[first].strip():
        first += 1
    while end < len(lines) and (not lines[end].strip() or re.match(below, lines[end])):
        end += 1
        filled = end if lines[end - 1].strip() else filled
    return range(first, filled)
