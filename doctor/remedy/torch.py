"""Remedies that put another PyTorch, or its companion, where one is. Every version is one that `match` chose or that
belongs to the torch that stays. The installer fetches before it replaces: nothing is taken out first."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from doctor import catalog
from doctor.catalog import BuildTag, published, system
from doctor.match import Machine, Match, Wish, companions, match
from doctor.match.install_commands import amd_requirements, install_commands
from doctor.match.machine import machine_of
from doctor.match.model import AmdChoice
from doctor.model import PROGRAM, Argv, Remedy, Risk, Status
from doctor.remedy import actions
from doctor.remedy.packages import conda, new_environment, pip, tried, writes
from doctor.remedy.place import Place

FITTING = "Install torch {torch} ({build}), which fits this machine"
LOOK_UP = "Look up the install command that fits this machine"
LOOK_UP_THERE = "Look up the install command that fits that machine; more flags describe it more precisely"
NOTHING = "No PyTorch fits this machine as it is: {why}"
OF_AMD = "Install torch {torch} ({build}) of AMD's own index, which has code for the GPU"
SAME = "Reinstall torch {version}"
COMPANION = "Install {name} {wanted}, which belongs to torch {torch}; torch stays as it is"
ONE = "Install one torch over the existing copies"
_COMPANION_BYTES = 10_000_000


def fitting(action: actions.FittingTorch, place: Place) -> tuple[Remedy, ...]:
    """Replaces torch and its companions by the set that `match` chooses; a look-up where the host is not known."""
    if not _is_known(action, place):
        return new_environment(actions.NewEnvironment(), place) if place.closed else (look_up(place, action),)
    machine = machine_of(place.facts, place.interpreter)
    wish = Wish(torch=action.torch, build=action.build, accelerator=action.accelerator)
    found = _match(machine, wish, place.wheels)
    if found.choice is None and found.amd and not place.closed:
        return (_of_amd(found.amd, place),)
    if found.choice is None:
        return (Remedy(NOTHING.format(why=found.message), risk=Risk.MANUAL),)
    if place.closed:
        return new_environment(actions.NewEnvironment(), place)
    title = action.title or FITTING.format(torch=found.choice.torch, build=found.choice.build)
    size = system.size_of(BuildTag.of(found.choice.build).kind, place.os)
    return (
        Remedy(
            title,
            _commands(found, machine, place),
            writes=writes(place),
            removes=_installed(place),
            download_bytes=size.download if size else None,
            disk_bytes=size.disk if size else None,
            tried=tried(place),
        ),
    )


def _of_amd(choice: AmdChoice, place: Place) -> Remedy:
    words = (*amd_requirements(choice), "--extra-index-url", choice.index_url)
    size = system.size_of("rocm", place.os)
    return Remedy(
        OF_AMD.format(torch=choice.torch, build=choice.build),
        pip(place, "install", *words),
        Risk.MANUAL if choice.inferred else Risk.SAFE,
        writes=writes(place),
        removes=_installed(place),
        download_bytes=size.download if size else None,
        disk_bytes=size.disk if size else None,
    )


@lru_cache(maxsize=2048)
def _match(machine: Machine, wish: Wish, wheels: str) -> Match:
    """Several remedies of one report ask the same."""
    return match(machine, wish, wheels=wheels)


def _is_known(action: actions.FittingTorch, place: Place) -> bool:
    """Whether the facts tell what a build must run on; an error text alone seldom does."""
    if not place.os or not place.python.version:
        return False
    if place.os == "macos" and not (place.host.architecture or place.python.machine):
        return False  # Intel's last torch is no advice for an Apple chip
    facts = place.facts
    nvidia = facts.nvidia.value
    if action.build:
        return True
    if action.accelerator == "cuda":
        return nvidia is not None and bool(nvidia.driver_version)
    if action.accelerator:
        return True
    seen_nvidia = nvidia is not None and (nvidia.gpus is not None or bool(nvidia.pci_gpus))
    seen_nvidia |= facts.nvidia.status is Status.ABSENT
    usable = not (nvidia and (nvidia.gpus or nvidia.pci_gpus)) or bool(nvidia.driver_version)
    return place.os == "macos" or (usable and (seen_nvidia or facts.amd.ok or facts.intel.ok))


def look_up(place: Place, wanted: actions.FittingTorch | None = None) -> Remedy:
    """`match` with what is known, for a person to run: of the machine nothing on the machine itself."""
    here = place.facts.host.source.startswith("doctor.probes")
    flags = tuple([] if here else _flags(machine_of(place.facts), place)) + (_wish(wanted, place) if wanted else ())
    return Remedy(LOOK_UP if here else LOOK_UP_THERE, ((PROGRAM, "match", *flags),), Risk.MANUAL, tried=True)


def _flags(machine: Machine, place: Place) -> list[str]:
    flags = ["--os", machine.os] if place.os else []
    flags += ["--arch", machine.arch] if place.host.architecture or place.python.machine else []
    flags += ["--python", machine.python] if machine.python else []
    flags += ["--glibc", machine.glibc] if machine.glibc and place.os else []
    flags += ["--macos", machine.macos] if machine.macos else []
    flags += ["--driver", machine.driver] if machine.driver else []
    for device in machine.devices:
        flags += ["--gpu", device.name] if device.kind == "cuda" else []
        flags += ["--amd-gfx", device.target] if device.kind == "rocm" and device.target else []
    return flags


def _wish(wanted: actions.FittingTorch, place: Place) -> Argv:
    index = f"{place.wheels}/{wanted.build}" if wanted.build else ""
    flags = (("--torch", wanted.torch), ("--accelerator", wanted.accelerator), ("--index-url", index))
    return tuple(word for flag, value in flags if value for word in (flag, value))


def _commands(found: Match, machine: Machine, place: Place) -> tuple[Argv, ...]:
    torch = place.facts.torch.value
    if torch and torch.installer == "conda" and found.conda:
        words = install_commands(found, machine)["conda"]
        return (conda(place, "install", *words[2:]),)
    _, _, arguments = _pip_words(install_commands(found, machine)["pip"])
    return pip(place, "install", *(_exactly(word, place) for word in arguments))


def _pip_words(argv: Argv) -> tuple[Argv, str, Argv]:
    """An installation by pip taken apart: how pip is started, the verb, the rest."""
    at = argv.index("install")
    return argv[:at], argv[at], argv[at + 1 :]


def _exactly(word: str, place: Place) -> str:
    """`==2.13.0` is satisfied by an installed 2.13.0+cpu, so where that is the one to go it has to be `===`."""
    name, _, version = word.partition("==")
    have = _version_of(name, place)
    same_release = have.partition("+")[0] == version and "+" in have
    return f"{name}==={version}" if same_release else word


def _version_of(name: str, place: Place) -> str:
    torch, packages = place.facts.torch.value, place.facts.packages.value
    listed = (packages.version(name) if packages else None) or ""
    told = (torch.version if torch else None) or "" if name == "torch" else ""
    return listed or told


def _installed(place: Place) -> tuple[str, ...]:
    """What the new set takes the place of."""
    found = ((name, _version_of(name, place)) for name in ("torch", *catalog.COMPANIONS))
    return tuple(f"{name} {version}" for name, version in found if version)


def same(action: actions.SameTorch, place: Place) -> tuple[Remedy, ...]:
    """The installed release anew; nothing for builds that no index has, a look-up where no release is known.

    The package's metadata say which file it was: PyPI's carries no build tag although torch itself names one.
    """
    version = _version_of("torch", place)
    if not version:
        return (look_up(place),)
    release, _, tag = version.partition("+")
    if not published(version):
        return ()
    if place.closed:
        return new_environment(actions.NewEnvironment(), place)
    title = action.title or SAME.format(version=version)
    torch = place.facts.torch.value
    if torch and torch.installer == "conda":
        return (
            Remedy(
                title, (conda(place, "install", "--force-reinstall", "-y", f"pytorch={release}"),), writes=writes(place)
            ),
        )
    index = ("--index-url", f"{place.wheels}/{tag}") if tag else ()
    flags = ("--force-reinstall", "--no-deps", "--no-cache-dir")
    commands = pip(place, "install", *flags, f"torch==={version}", *index)
    size = system.size_of(_kind(release, tag, place), place.os)
    alone = size.alone if size else None
    return (Remedy(title, commands, writes=writes(place), download_bytes=alone, tried=tried(place)),)


def _kind(release: str, tag: str, place: Place) -> str:
    """Of the build: a file without a tag is PyPI's."""
    row = catalog.release(release)
    default = row.pypi_build(machine_of(place.facts).platform) if row else ""
    return BuildTag.of(tag or default).kind or "cuda"


def companion(action: actions.FittingCompanion, place: Place) -> tuple[Remedy, ...]:
    """The one small wheel that fits the torch that is there; nothing where none is known."""
    torch = place.facts.torch.value
    installed = _version_of("torch", place)
    release, _, tag = installed.partition("+")
    wanted = _companion_version(action.name, release, tag, place)
    if not wanted or (tag and not BuildTag.of(tag).tag):
        return ()
    if place.closed:
        return new_environment(actions.NewEnvironment(), place)
    title = action.title or COMPANION.format(name=action.name, wanted=wanted, torch=installed)
    if torch and torch.installer == "conda":
        pair = (f"pytorch={release}", f"{action.name}={wanted}")
        return (Remedy(title, (conda(place, "install", "-y", *pair),), writes=writes(place)),)
    which = (
        (f"{action.name}=={wanted}+{tag}", "--index-url", f"{place.wheels}/{tag}")
        if tag
        else (f"{action.name}==={wanted}",)
    )
    commands = pip(place, "install", "--force-reinstall", "--no-deps", *which)
    return (
        Remedy(
            title,
            commands,
            writes=writes(place),
            removes=tuple(f"{n} {v}" for n in (action.name,) if (v := _version_of(n, place))),
            download_bytes=_COMPANION_BYTES,
            tried=tried(place),
        ),
    )


def _companion_version(name: str, release: str, tag: str, place: Place) -> str | None:
    """The one that belongs to a release, in the index that its build comes from."""
    row, machine = catalog.release(release), machine_of(place.facts)
    if name == "torchcodec":
        return companions.torchcodec(release, machine)
    if row is None:
        return None
    build = tag or row.pypi_build(machine.platform)
    vision, audio = companions.torchvision(row, machine), companions.torchaudio(row, build, machine, from_pypi=not tag)
    return vision if name == "torchvision" else audio


def one_torch(action: actions.OneTorch, place: Place) -> tuple[Remedy, ...]:
    """One copy in place of several: the installed release over them; conda's files anew where conda has one."""
    if place.closed:
        return new_environment(actions.NewEnvironment(), place)
    by_conda = place.facts.conda.value
    owned = next((p for p in (by_conda.packages if by_conda else ()) if p.name in ("pytorch", "torch")), None)
    if owned is not None:
        remove = pip(place, "uninstall", "-y", "torch")
        anew = conda(place, "install", "--force-reinstall", "-y", f"{owned.name}={owned.version}")
        return (Remedy(action.title or ONE, (*remove, anew), Risk.MANUAL, writes(place), ("pip's torch",)),)
    return tuple(msgspec.structs.replace(r, title=action.title or ONE) for r in same(actions.SameTorch(), place))
