"""Forms and lists that somebody filled in: a value behind its label, below it as GitHub's forms do, or in a table.

Labels that programs print are read by `collect_env`, where they stand before a colon; these only people write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from doctor.intake import gpus
from doctor.intake.fields import CANONICAL, is_complaint, pair
from doctor.intake.keyed import PACKAGE, facts_of, keep_first
from doctor.intake.labels import DRIVER, GPU, MEMORY, OS, is_wish, name_of, names_of, package_of
from doctor.intake.merge import Partial
from doctor.intake.platforms import host_of_os
from doctor.intake.values import bytes_of
from doctor.intake.witness import Witness

TITLE = "a form or a list that somebody filled in"
WITNESS = Witness.PERSON
OPENS = ""
LEFT_OUT = ("CUDA(?: version|版本)?",)

_HEADING = re.compile(r"^\s{0,3}(?:#{1,6}\s+(?P<hash>\S.{0,90}?)\s*+#*+|\*\*(?P<bold>[^*\n]{2,80})\*\*\s*+:?)\s*$")
_LABEL_ALONE = re.compile(r"^\s{0,3}(?:[-*+•]\s+)?(?P<alone>[^:\n]{2,50}):\s*$")
_TIGHT = re.compile(
    r"^\s*+(?:#?[-*+•]\s+|\d{1,2}[.)、]\s*)?(?:\*\*)?([^:\n|]{1,60}?)(?:\*\*)?\s*[:=](?!:)(?:\*\*)?\s*(\S.{0,300})$"
)
_SET = re.compile(
    r"^\s*(?P<label>(?:py)?torch(?:[ _]version)?|python(?:[ _]version)?)\s?=\s?(?P<value>\d[\w.+]{0,30})\s*$",
    re.IGNORECASE,
)  # "pytorch=1.8.0", and what a script of one's own prints
_PRINTED = re.compile(
    r"^\s*(?:device |gpu )?name\s?=\s?"
    r"(?P<gpu>(?:NVIDIA|GeForce|Tesla|Quadro|AMD|Radeon|Intel\(R\)) [\w() -]{1,59}[\w)])\s*$",
    re.IGNORECASE,
)  # of torch.cuda.get_device_name()
_OPTION = re.compile(r"^=.{0,200} --(?:(?:extra-)?index-url|find-links|no-deps|upgrade)\b")
# behind what only looks like a label, as the file of a message's "file.cc:427] " does
_SAYS = re.compile(r"\bis_available\(\)|\b(?:error|fail)|^\d{1,5}\] ", re.IGNORECASE)
_DASHED = re.compile(
    r"^\s*(?P<label>(?!.{0,30}is_available)[A-Za-z][A-Za-z._() ]{1,32}?)\s{1,4}[-–—]>?\s{1,4}(?P<value>\S.{0,100})$"
)
_ALTERNATIVES = re.compile(r"(?<!\s)(?:\s++/\s++|\s*+\|\s*+)")
_RULE = re.compile(r"^\s*\|(?:\s*:?-{2,}:?\s*\|){2,}\s*$")
_ROW = re.compile(r"^\s*\|([^|]{0,80})\|([^|]{1,200})\|\s*$")
_NO_ANSWER = re.compile(r"^\W*(?:no response|n/?a|none|not applicable|-)\W*$", re.IGNORECASE)
_VERSIONS = re.compile(r"(?<![\w.])v?\d+\.\d+(?:\.\d+)*(?:\.?(?:a|b|rc|dev|post)\d+)*(?:\+\w[\w.]*)?")
_DRIVER = re.compile(r"(?<![\d.])\d{3}\.\d{1,3}(?:\.\d{1,3})?(?![\d.])")
_GPU_ALONE = re.compile(
    r"\W{0,8}(?:NVIDIA |GeForce |Tesla |Quadro |[RG]TX ?\d)[\w -]{1,50}(?:\(\d{1,3} ?GB\))?\W{0,4}$"
)
_AFTER_GPU = re.compile(
    r"(?<!\s)\s*(?:\((?! ?\d+ ?GB)[^(),]{0,40},|[,;，、]|\bwith\b|\bdriver\b|驱动|显存)(?! ?\d+ ?GB).*$", re.IGNORECASE
)
_BOX = re.compile(r"^\s*[-*] \[(?P<mark>[ xX])\]\s+(?P<choice>\S.{0,100}?)\s*$")
_MOST_BOXES = 20
_MARKS = re.compile(r"\*\*|`|^\s*[-*+•]\s+")


class _Answer(NamedTuple):
    lines: range
    label: str
    value: str


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    raw: dict[str, str] = {}
    used: set[int] = set()
    for answer in (*_headed(lines), *_beside(lines), *_table_rows(lines), *_above_driver(lines)):
        if answer.lines[0] in used or is_complaint(answer.value) or _is_message(answer):
            continue
        for name, value in _named(answer):
            if not name and _SAYS.search(value):
                continue
            used.update(answer.lines)
            if name and not is_wish(value):
                _tell(raw, name, value)
    _join(raw)
    return facts_of(raw, gpus_from="text"), used


def _is_message(answer: _Answer) -> bool:
    """ "Unsloth: Your GPU is too old!": what a package says, under its own name."""
    name = name_of(answer.label) or ""
    return name.startswith(PACKAGE) and answer.value.endswith("!") and not _VERSIONS.search(answer.value)


def _named(answer: _Answer) -> Iterator[tuple[str, str]]:
    """Canonical key and value; of "CPU / GPU" both, where there are two values."""
    if (name := name_of(answer.label)) is not None:
        yield name, answer.value
        return
    names, values = names_of(answer.label), _ALTERNATIVES.split(answer.value)
    if len(names) == len(values) > 1:
        yield from ((name, value) for name, value in zip(names, values, strict=True) if name)


def _headed(lines: Sequence[str]) -> Iterator[_Answer]:
    """The line under a heading, where it is alone there or names a GPU."""
    for start, line in enumerate(lines):
        match = _HEADING.match(line) or _LABEL_ALONE.match(line)
        label = next((text for text in match.groupdict().values() if text), "") if match else ""
        if not label or name_of(label) is None:
            continue
        below = next((i for i in range(start + 1, min(start + 4, len(lines))) if lines[i].strip()), None)
        if below is None or _HEADING.match(lines[below]) or pair(lines[below]) or len(lines[below]) > 200:
            continue
        if boxes := [box for box in takewhile(bool, map(_BOX.match, lines[below : below + _MOST_BOXES])) if box]:
            yield _Answer(range(start, below + len(boxes)), label, _ticked(boxes))
            continue
        answer = "" if _NO_ANSWER.match(lines[below]) else lines[below]
        yield _Answer(range(start, below + 1), label, _MARKS.sub("", answer).strip())


def _ticked(boxes: Sequence[re.Match[str]]) -> str:
    """The choice that is ticked, where it is one."""
    choices = [box["choice"] for box in boxes if box["mark"] != " "]
    return choices[0] if len(choices) == 1 else ""


def _beside(lines: Sequence[str]) -> Iterator[_Answer]:
    """Labels that no program prints, and their values."""
    for index, line in enumerate(lines):
        match = _TIGHT.match(line) if len(line) < 400 else None
        if set_ := _SET.match(line) or _DASHED.match(line):
            yield _Answer(range(index, index + 1), set_["label"], set_["value"])
        elif printed := _PRINTED.match(line):
            yield _Answer(range(index, index + 1), "gpu", printed["gpu"])
        elif match and _OPTION.search(match[2]):
            continue  # the rest of a command that installs
        elif match and (match[1].strip(" *`").lower() not in CANONICAL or package_of(match[1].strip(" *`").lower())):
            yield _Answer(range(index, index + 1), match[1], _MARKS.sub("", match[2]).strip())


def _table_rows(lines: Sequence[str]) -> Iterator[_Answer]:
    """Rows of a table of two columns, with its head and the rule below that where a row is known."""
    end, known = 0, list[tuple[int, str, str]]()
    for rule in (index for index, line in enumerate(lines) if _RULE.match(line)):
        if begins := rule >= end:  # another rule may stand among the rows of a table
            end = next((i for i in range(rule + 1, len(lines)) if not _ROW.match(lines[i])), len(lines))
            cells = [(i, match[1], match[2]) for i in range(rule + 1, end) if (match := _ROW.match(lines[i]))]
            known = [(i, key, value) for i, key, value in cells if name_of(key) is not None or any(names_of(key))]
        start = rule - 1 if rule and _ROW.match(lines[rule - 1]) else rule
        if len(known) > 1:
            yield _Answer(range(start, rule + 1), "cuda", "")
            rows = known if begins else ()
            yield from (_Answer(range(i, i + 1), key, _MARKS.sub("", value).strip()) for i, key, value in rows)


def _above_driver(lines: Sequence[str]) -> Iterator[_Answer]:
    """The name of a GPU, alone on the line above that of its driver."""
    for index, (line, below) in enumerate(pairwise(lines)):
        told = pair(below) if len(line) < 100 else None
        if told and CANONICAL.get(told[0]) == DRIVER and _DRIVER.match(told[1]) and _GPU_ALONE.match(line):
            yield _Answer(range(index, index + 1), GPU, _MARKS.sub("", line).strip())


def _tell(raw: dict[str, str], name: str, value: str) -> None:
    """A value that says one thing."""
    if name == OS and name in raw:
        _tell_system(raw, value)
    elif name == GPU:
        _tell_gpu(raw, value)
    elif name == DRIVER:
        _tell_driver(raw, value)
    elif name in ("pytorch version", "python version") or name.startswith(PACKAGE):
        versions = {version.removeprefix("v") for version in _VERSIONS.findall(value)}
        if len(versions) == 1 and not (name == "pytorch version" and not re.match(r"[0-3]\.", min(versions))):
            keep_first(raw, name, versions.pop())
    else:
        keep_first(raw, name, value)


def _tell_system(raw: dict[str, str], value: str) -> None:
    """The second answer about the system: its version, or the distribution of what was only "Linux"."""
    if host_of_os(value).distribution_id and not host_of_os(raw[OS]).distribution_version:
        raw[OS] = value
    elif re.match(r"\d", value):
        raw[OS] = f"{raw[OS]} {value}"


def _tell_gpu(raw: dict[str, str], value: str) -> None:
    driver = re.search(rf"(?:driver|驱动)\D{{0,20}}({_DRIVER.pattern})", value, re.IGNORECASE)
    if driver:
        keep_first(raw, DRIVER, driver[1])
    name = _AFTER_GPU.sub("", value).strip()
    if gpus.parse(name) != gpus.NamedGpus():
        keep_first(raw, GPU, name)


def _tell_driver(raw: dict[str, str], value: str) -> None:
    found = set(_DRIVER.findall(value))
    if len(found) == 1:
        keep_first(raw, DRIVER, found.pop())


def _join(raw: dict[str, str]) -> None:
    """The memory that is told beside a GPU is that GPU's."""
    memory = raw.pop(MEMORY, "")
    if bytes_of(memory) and GPU in raw and not bytes_of(raw[GPU]):
        raw[GPU] = f"{raw[GPU]} ({memory})"
