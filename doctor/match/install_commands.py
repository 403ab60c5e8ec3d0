"""The argv that installs a choice, for pip, uv, conda and pixi. Nothing is run here."""

from __future__ import annotations

from doctor.catalog import Version, release
from doctor.match.model import AmdChoice, Choice, CondaChoice, Machine, Match
from doctor.model import PROGRAM, Argv

_LOCAL_SINCE = (1, 9)  # before, the files of a release's default build carried no +cuNNN
_ALONE_SINCE = (1, 13)  # from here on the PyTorch index holds the dependencies too


def install_commands(found: Match, machine: Machine) -> dict[str, Argv]:
    """One argv a tool: {"pip", "uv", "conda", "pixi"}; a tool that cannot install it is left out.
    {"amd-pip", "amd-uv"} install the build of AMD's own index, where there is one.

    The interpreter is the inspected one; for a machine that was only described, the usual name of its Python. Into one
    that takes no packages nothing is installed: {"setup"} makes an environment beside it.
    """
    commands: dict[str, Argv] = {}
    if found.choice and machine.closed:
        chosen = ("--torch", found.choice.torch, "--accelerator", found.accelerator)
        commands["setup"] = (PROGRAM, "setup", "--env", ".venv", *chosen)
    elif found.choice:
        packages = requirements(found.choice, found.numpy, machine)
        commands["pip"] = (*_pip(machine), "install", *packages, *_index(found.choice))
        commands["uv"] = ("uv", "pip", "install", *_uv_python(machine), *packages, *_index(found.choice))
    if found.conda:
        specs = conda_specs(found.conda, machine)
        commands["conda"] = ("conda", "install", "--override-channels", "--channel", "conda-forge", *specs)
        commands["pixi"] = ("pixi", "add", *specs)
    if found.amd and not machine.closed:
        packages = amd_requirements(found.amd)
        index = ("--extra-index-url", found.amd.index_url)  # beside the usual one: the tools that build are not on it
        commands["amd-pip"] = (*_pip(machine), "install", *packages, *index)
        commands["amd-uv"] = ("uv", "pip", "install", *_uv_python(machine), *packages, *index)
    return commands


def amd_requirements(choice: AmdChoice) -> tuple[str, ...]:
    extras = ",".join(f"device-{target}" for target in choice.targets)
    return (
        f"torch[{extras}]=={choice.torch}+{choice.build}",
        f"torchvision=={choice.torchvision}+{choice.build}",
        f"torchaudio=={choice.torchaudio}+{choice.build}",
    )


def requirements(choice: Choice, numpy: str, machine: Machine) -> tuple[str, ...]:
    """torch and its companions, pinned. The build is part of the version wherever its file says so, so that another
    build of the same release is replaced and not taken for it."""
    local = f"+{choice.build}" if _has_local(choice, machine) else ""
    tagged = Version.of(choice.torch) >= _ALONE_SINCE  # older files of torchaudio name no build
    pinned = [
        f"{name}=={version}{local if name != 'torchaudio' or tagged else ''}"
        for name, version in (
            ("torch", choice.torch),
            ("torchvision", choice.torchvision),
            ("torchaudio", choice.torchaudio),
        )
        if version
    ]
    return (*pinned, *([numpy] if numpy else []))


def _has_local(choice: Choice, machine: Machine) -> bool:
    """PyPI's files carry no local version, nor do a Mac's; neither does a PyPI-like index ("…/simple") serving them."""
    if choice.index_url is None or machine.os == "macos":
        return False
    if choice.index_url.rstrip("/").endswith("/simple") and _is_on_pypi(choice, machine):
        return False
    return Version.of(choice.torch) >= _LOCAL_SINCE or not _is_on_pypi(choice, machine)


def _is_on_pypi(choice: Choice, machine: Machine) -> bool:
    row = release(choice.torch)
    return row is not None and row.pypi_build(machine.platform) == choice.build


def _index(choice: Choice) -> tuple[str, ...]:
    if choice.index_url is None:
        return ()
    alone = Version.of(choice.torch) >= _ALONE_SINCE
    return ("--index-url" if alone else "--extra-index-url", choice.index_url)


def _pip(machine: Machine) -> tuple[str, ...]:
    if machine.interpreter:
        return (machine.interpreter, "-m", "pip")
    if machine.os == "windows":  # of the environment that is active: `py -3.12` would leave it
        return ("python", "-m", "pip")
    version = machine.python + "t" * machine.free_threaded if machine.python else ""
    return (f"python{version or 3}", "-m", "pip")


def _uv_python(machine: Machine) -> tuple[str, ...]:
    wanted = machine.interpreter or machine.python + "t" * (machine.free_threaded and bool(machine.python))
    return ("--python", wanted) if wanted else ()


def conda_specs(choice: CondaChoice, machine: Machine) -> tuple[str, ...]:
    """Match specs for conda-forge: `pytorch-gpu` forces a CUDA build, `cuda-version` which one; a Mac has one build."""
    if choice.cuda:
        return (f"pytorch-gpu={choice.torch}", f"cuda-version={choice.cuda}", "torchvision")
    name = "pytorch" if machine.os == "macos" else "pytorch-cpu"
    return (f"{name}={choice.torch}", "torchvision")
