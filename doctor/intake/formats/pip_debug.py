"""`pip debug --verbose`: the Python and its platform, by its own word and by the tags that it takes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Host
from doctor.intake import platforms, wheels
from doctor.intake.fields import pair
from doctor.intake.keyed import left_out
from doctor.intake.merge import Partial
from doctor.intake.values import known_sections
from doctor.intake.witness import Witness

TITLE = "`pip debug`"
WITNESS = Witness.PROGRAM
OPENS = r"^\s*pip version: pip \d"
LEFT_OUT = (
    r"pip version: ",
    r"sys\.getdefaultencoding|sys\.getfilesystemencoding|locale\.getpreferredencoding|sys\.executable",
    r"sys\.implementation|name: ",
    r"'cert' config value|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE",
    r"pip\._vendor\.",
    r"vendored library versions|Compatible tags: |\[First \d+ tags shown",
    r"WARNING: This command is only meant for debugging",
    r"[\w.-]+==\d",
    r"(?:cp|py|pp)\d\w*-\w+-\w+$",
)
_SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}
_TAG = re.compile(r"^\s+(?P<tag>(?:cp|pp)\d\w*-\w+-(?P<platform>\w+))\s*$")
_GLIBC = re.compile(r"manylinux_(\d+)_(\d+)_")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    start = next((i for i, line in enumerate(lines) if re.match(OPENS, line)), None)
    if start is None:
        return {}, set()
    block = range(max(0, start - 1), len(lines))
    used = left_out(lines, LEFT_OUT, block)
    told = {found[0]: (index, found[1]) for index in block if (found := pair(lines[index]))}
    values = {key: told[key][1] for key in ("sys.version", "sys.platform") if key in told}
    used |= {told[key][0] for key in values}
    python = platforms.python_of(values.get("sys.version", ""))
    host = _host(values.get("sys.platform", ""), [m for i in block if (m := _TAG.match(lines[i]))])
    return known_sections({"python": python, "host": host}), used


def _host(system: str, tags: Sequence[re.Match[str]]) -> Host | None:
    """The first tag is the most particular: of this machine and of its libc."""
    os = _SYSTEMS.get(system)
    if not os:
        return None
    wheel = wheels.find(f"x-1-{tags[0]['tag']}.whl") if tags else None
    glibc = _GLIBC.match(tags[0]["platform"]) if tags else None
    return Host(
        os=os,
        architecture=wheel.host.architecture if wheel else None,
        libc="glibc" if glibc else None,
        libc_version=f"{glibc[1]}.{glibc[2]}" if glibc else None,
    )
