"""What pip, uv and poetry print while they install, in a terminal or in the log of a CI job.

Installed is what they say that they installed, or found to be there. A log that ends without that is an error text: its
lines stay to be judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doctor.facts import Host, Package, Packages, Python, Source, Sources
from doctor.intake import wheels
from doctor.intake.formats.pip_list import normalised_name
from doctor.intake.keyed import left_out
from doctor.intake.merge import Partial, merge
from doctor.intake.values import known_sections
from doctor.intake.witness import Witness
from doctor.privacy import redact, without_credentials
from doctor.text.lines import bare

TITLE = "the log of an installation"
WITNESS = Witness.LIST
OPENS = ""
LEFT_OUT = (
    r"Collecting \S",
    r"(?:Downloading|Downloaded|Using cached|Processing|Obtaining) \S",
    r"[━╸╺ ]{10,}",
    r"\|█",
    r"-{10,} [\d.]+/[\d.]+ [kMG]B ",
    r"(?:Preparing|Getting|Building|Created|Stored|Running) (?:wheel|metadata|requirements|build|in|setup)\b",
    r"\[notice\] ",
    r"Successfully built ",
    r"Installing (?:collected packages|build dependencies)",
    r"(?:Attempting uninstall|Found existing installation): ",
    r"(?:Successfully uninstalled|Uninstalling) \S",
    r"Looking in links: ",
    r"(?:Resolved|Prepared|Uninstalled|Installed|Audited) \d{1,4} packages? in ",
    r"Creating virtual ?env",
    r"Activate with: ",
    r"Package operations: ",
    r"(?:Resolving|Updating|Installing) dependencies",
    r"Writing lock file",
)

_INSTALLED = re.compile(r"^\s*(?:Installing collected packages: [^\n]{1,2000}? )?Successfully installed (\S.*)$")
_DISTRIBUTION = re.compile(r"([A-Za-z0-9][\w.-]{0,80}?)-(\d[\w.!+]{0,60})")
_SATISFIED = re.compile(
    r"^\s*Requirement already (?:satisfied|up-to-date): (?P<name>[A-Za-z0-9][\w.-]{0,80})"
    r"(?:\[[^\]]{0,80}\])?(?:[<>=!~][<>=!~,.\d*+\w]{0,80})?"
    r" in (?P<path>\S(?:.{0,300}\S)?)(?: \(from [^()]{0,300}\))? \((?P<version>\d[\w.!+]{0,60})\)\s*$"
)
_UV_DONE = re.compile(r"^\s*Installed \d{1,4} packages? in ")
_UV_ROW = re.compile(
    r"^ ?(?P<sign>[+~-]) (?P<name>[A-Za-z0-9][\w.-]{0,80})==(?P<version>\d[\w.!+]{0,60})(?: \(from .{0,300}\))?$"
)
_UV_PYTHON = re.compile(
    r"^\s*Using (?:C?Python|CPython) (3\.\d{1,2}\.\d{1,2})\b(?: environment| interpreter)? ?(?:at)?:? "
)
_POETRY_ROW = re.compile(
    r"^\s*[-•*] (?:Installing|Updating|Downgrading) (?P<name>[A-Za-z0-9][\w.-]{0,80})"
    r" \((?:\S+ -> )?(?P<version>\d[\w.!+]{0,60})(?: \S{1,60})?\)$"
)
_CONFLICT = re.compile(
    r"^\s*(?:ERROR: )?(?P<name>[A-Za-z0-9][\w.-]{0,80}) (?P<version>\d[\w.!+]{0,60}) (?:requires|has requirement) "
    r"[^\n]{1,200}?, but you(?: have|'ll have) (?P<other>[A-Za-z0-9][\w.-]{0,80}) (?P<have>\d[\w.!+]{0,60}?)"
    r"(?: which is incompatible)?\.?\s*$"
)
_INDEXES = re.compile(r"^\s*Looking in indexes: (\S.*)$")
_SITE = re.compile(r"[/\\][Pp]ython(3)\.?(\d{1,2})t?[/\\](?:lib[/\\])?(?:site|dist)-packages")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    texts = [bare(line) for line in lines]
    packages: dict[str, Package] = {}
    used: set[int] = set()
    for index, package in _installed(texts):
        if not _CONFLICT.match(texts[index]):  # which is left to be judged, too
            used.add(index)
        if package is not None:
            packages[package.name] = package
    if not packages:
        return {}, set()
    done = range(max(used, default=-1) + 1)  # of two installations of a package the last stands
    facts: Partial = {"packages": Packages(tuple(packages.values()), complete=False)}
    facts = merge(facts, known_sections({"python": _python(texts, used), "sources": _sources(texts, done, used)}))
    facts = merge(facts, _of_wheels(texts, packages, done))
    return facts, used | left_out(texts, LEFT_OUT, done)


def _installed(texts: Sequence[str]) -> Iterator[tuple[int, Package | None]]:
    """What was installed, in its order; None for what was removed."""
    uv = False
    for index, text in enumerate(texts):
        uv = bool(_UV_DONE.match(text)) or (uv and bool(_UV_ROW.match(text)))
        if done := _INSTALLED.match(text):
            named = filter(None, map(_DISTRIBUTION.fullmatch, done[1].split()))
            yield from ((index, _package(one[1], one[2], "pip")) for one in named)
        elif there := _SATISFIED.match(text):
            yield index, _package(there["name"], there["version"], "pip")
        elif (row := _UV_ROW.match(text)) and uv:
            yield index, None if row["sign"] == "-" else _package(row["name"], row["version"], "uv")
        elif row := _POETRY_ROW.match(text):
            yield index, _package(row["name"], row["version"], "poetry")
        elif row := _CONFLICT.match(text):
            yield index, _package(row["name"], row["version"], "pip")
            yield index, _package(row["other"], row["have"], "pip")


def _package(name: str, version: str, installer: str) -> Package:
    return Package(normalised_name(name), version, installer=installer)


def _python(texts: Sequence[str], used: set[int]) -> Python | None:
    """The Python that uv names, else the one in whose folder packages lie."""
    for index, text in enumerate(texts):
        if named := _UV_PYTHON.match(text):
            used.add(index)
            return Python(version=named[1])
    found = {f"{m[1]}.{m[2]}" for index in used if _SATISFIED.match(texts[index]) and (m := _SITE.search(texts[index]))}
    return Python(version=found.pop()) if len(found) == 1 else None


def _sources(texts: Sequence[str], done: range, used: set[int]) -> Sources | None:
    for index in done:
        if named := _INDEXES.match(texts[index]):
            used.add(index)
            urls = [redact(without_credentials(url)) for url in named[1].split(", ")]
            keys = ["index-url", *["extra-index-url"] * (len(urls) - 1)]
            return Sources(tuple(Source("pip", key, url, where="the log") for key, url in zip(keys, urls, strict=True)))
    return None


def _of_wheels(texts: Sequence[str], packages: dict[str, Package], done: range) -> Partial:
    """The Python and the system of the wheels that were installed, where all agree."""
    found = [
        wheel
        for index in done
        if ".whl" in texts[index] and (wheel := wheels.find(texts[index]))
        if wheel.name in packages and packages[wheel.name].version == wheel.version
    ]
    pythons = {wheel.python for wheel in found} - {""}
    hosts = {wheel.host for wheel in found if wheel.host != Host() and wheel.host.os}
    python = Python(version=pythons.pop()) if len(pythons) == 1 else None
    return known_sections({"python": python, "host": hosts.pop() if len(hosts) == 1 else None})
