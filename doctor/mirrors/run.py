"""The whole look: what is set up, who is probed, what came out."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import msgspec

from doctor import target
from doctor.bootstrap.programs import which
from doctor.collect.this_machine import this_machine
from doctor.facts import Sources
from doctor.mirrors import settings as user
from doctor.mirrors import transport
from doctor.mirrors.candidates import address_of, candidates, service_of
from doctor.mirrors.choose import choose
from doctor.mirrors.model import JudgedMirror, Limits, MirrorCandidate, WantedPackage
from doctor.mirrors.precedence import unsafe_settings
from doctor.mirrors.probe import probe_all
from doctor.mirrors.services import BY_NAME, services_named
from doctor.mirrors.settings import ClientSettings
from doctor.mirrors.verdict import judge_all
from doctor.mirrors.wanted import has_apt, os_release, wanted_for
from doctor.model import PROGRAM, DoctorError
from doctor.probes._uv_sources import of_the_folder
from doctor.process.threads import ThreadPool
from doctor.target import Target

Say = Callable[[str], None]
START = "torch-doctor: {count} sources of {services}; at most {megabytes} MB and {seconds:g} s"
FROM_HERE = "torch-doctor: {file} names {urls}: asked as well, because you are in its folder"
_CONDA_TOOLS = ("conda", "mamba", "micromamba", "pixi")


class MirrorsReport(msgspec.Struct, frozen=True):
    """What a run found. `complete`: every service asked for has a usable source."""

    judged: tuple[JudgedMirror, ...]
    choice: dict[str, JudgedMirror]
    candidates: tuple[MirrorCandidate, ...]
    settings: ClientSettings
    wanted: WantedPackage
    target: Target
    sources: Sources
    warnings: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        return all(candidate.service in self.choice for candidate in self.candidates)


def probe_mirrors(
    *,
    services: tuple[str, ...] = (),
    python: str | None = None,
    file: str | None = None,
    package: str = "torch",
    timeout_s: float = 8.0,
    here: bool = False,
    say: Say,
) -> MirrorsReport:
    """Probe the sources of some services, or of those this machine uses. Raises DoctorError for wrong names.

    `here`: the environment in the working folder is meant, though it is neither named nor active.
    """
    begin, wished = time.monotonic(), _parse_services(services)
    found = target.find(python, here=here)
    with ThreadPool(3) as pool:
        reading, looking = pool.submit(user.read, found), pool.submit(_sources, found)
        wanted = wanted_for(this_machine(found.executable), package)
        settings, sources = reading.result(), looking.result()
    transport.options(settings)
    asked = wished or (() if file else _services_in_use(found, sources))
    who = candidates(asked, settings, wanted, sources, file)
    if not who:
        raise DoctorError("mirrors-nobody", "there is nothing to test", ", ".join(services) or str(file))
    left_s = max(timeout_s - (time.monotonic() - begin), timeout_s / 2)
    limits = Limits(timeout_s=left_s)
    names = ", ".join(BY_NAME[name].title for name in dict.fromkeys(c.service for c in who))
    say(START.format(count=len(who), services=names, megabytes=limits.total_bytes // 1_000_000, seconds=timeout_s))
    say_what_the_folder_names(found, say)
    for problem in settings.problems:
        say(f"{PROGRAM}: {problem}")
    judged = judge_all(probe_all(who, settings, wanted, limits), time.time())
    return MirrorsReport(judged, choose(judged), who, settings, wanted, found, sources, unsafe_settings(sources))


def say_what_the_folder_names(found: Target, say: Say) -> None:
    """Nobody else has named it, and it is about to be asked."""
    if of_folder := of_the_folder(found.env, found.cwd):
        say(FROM_HERE.format(file=of_folder[0], urls=", ".join(of_folder[1])))


def _parse_services(words: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for word in words:
        services = services_named(word)
        if not services:
            raise DoctorError("mirrors-service", "no service of that name", word, f"known: {', '.join(BY_NAME)}, all")
        found += services
    return tuple(dict.fromkeys(found))


def _sources(found: Target) -> Sources:
    from doctor.probes._apt_sources import archives
    from doctor.probes.sources import probe

    known = probe(found)
    return msgspec.structs.replace(known, entries=(*known.entries, *archives()))


def _services_in_use(found: Target, sources: Sources) -> tuple[str, ...]:
    """The services this machine uses: wheels always; conda and the system's packages where they are."""
    services = ["pypi", "pytorch", *(service_of(entry, address_of(entry)) for entry in sources.entries)]
    if any(which(tool, found.env) for tool in _CONDA_TOOLS) or _sets_up_conda(sources):
        services += ["conda-defaults", "conda-forge"]
    if has_apt():
        services += [name for name in ("apt-ubuntu", "apt-debian") if name.endswith(os_release().get("ID", "-"))]
    return tuple(dict.fromkeys(name for name in services if name))


def _sets_up_conda(sources: Sources) -> bool:
    return any(entry.tool == "conda" for entry in sources.entries)
