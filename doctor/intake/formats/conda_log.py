"""What conda, mamba and micromamba print while they install, where it ends with a transaction that was carried out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from doctor.facts import Conda, CondaPackage, Host
from doctor.intake.formats.conda import SYSTEMS, python_packages
from doctor.intake.keyed import left_out
from doctor.intake.merge import Partial
from doctor.intake.values import known_sections
from doctor.intake.witness import Witness
from doctor.text.lines import bare

TITLE = "the log of a conda installation"
WITNESS = Witness.LIST
OPENS = ""
LEFT_OUT = (
    r"Collecting package metadata|Solving environment|Retrieving notices|Channels:|Platform: |Looking for: ",
    r"## Package Plan|environment location: |added / updated specs:|- \S{1,80}$",
    r"The following (?:NEW )?packages will be (?:downloaded|INSTALLED|UPDATED|SUPERSEDED|REMOVED|DOWNGRADED|REVISED)",
    r"package\s+\|\s+build|[-─━]{5,}|\S+\s+\|\s*\S+\s+[\d.]+ [KMG]i?B|Total: ",
    r"(?:Downloading and Extracting|Downloading & Extracting|Preparing|Verifying|Executing) (?:Packages|transaction)",
    r"(?:\S+ \| [\d.]+ [KMG]B \|)",
    r"Proceed \(\[y\]/n\)\?|Confirm changes: ",
    r"(?:Package\s+Version\s+Build|Install|Change|Upgrade|Downgrade|Reinstall|Summary|Prefix)\b",
    r"(?:Linking|Unlinking|Pinned packages|Updating specs|Transaction)\b",
    r"#$|# *(?:To (?:de)?activate |\$ conda )",
)
_DONE = re.compile(r"^\s*(?:Executing transaction: .{0,40}\bdone|Transaction finished)\b")
_NEW = re.compile(
    r"^\s+(?P<name>[\w.-]+)\s+(?:\S+ +--> +)?(?P<channel>[\w./-]+?)(?:/(?P<subdir>[a-z]+-\w+))?::"
    r"[\w.-]+?-(?P<version>\d[\w.!+]*)-(?P<build>\w[\w.]*)\s*(?:None)?$"
)
_TABLE = re.compile(
    r"^\s+\+ (?P<name>[\w.-]+)\s+(?P<version>\d[\w.!+]*)\s+(?P<build>\w[\w.]*)\s+(?P<channel>[\w./-]+)"
    r"\s+(?:[\d.]+ ?[kKMG]i?B|Cached)$"
)


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    texts = [bare(line) for line in lines]
    done = next((index for index in range(len(texts) - 1, -1, -1) if _DONE.match(texts[index])), None)
    if done is None:
        return {}, set()
    rows = {i: row for i in range(done) if (row := _NEW.match(texts[i]) or _TABLE.match(texts[i]))}
    if not rows:
        return {}, set()
    packages = tuple(CondaPackage(row["name"], row["version"], row["build"], _channel(row)) for row in rows.values())
    facts = known_sections({"conda": Conda(packages=packages), "host": _host(rows.values())})
    block = range(max(0, min(rows) - 40), min(len(lines), done + 12))
    return {**facts, **python_packages(packages)}, {*rows, done} | left_out(lines, LEFT_OUT, block)


def _channel(row: re.Match[str]) -> str:
    channel, _, subdir = row["channel"].rpartition("/")
    return channel if subdir in SYSTEMS or subdir == "noarch" else row["channel"]


def _host(rows: Iterable[re.Match[str]]) -> Host | None:
    """The platform that packages are for; mamba names it beside the channel."""
    for word in (word for row in rows for word in re.split(r"[/\s:]+", row[0])):
        if word in SYSTEMS:
            return Host(os=SYSTEMS[word][0], architecture=SYSTEMS[word][1])
    return None
