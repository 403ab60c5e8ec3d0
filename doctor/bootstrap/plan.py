"""What is shown before anything is done."""

from __future__ import annotations

from pathlib import Path

from doctor.bootstrap import launcher, own_environment
from doctor.bootstrap.machine import nearest
from doctor.bootstrap.options import Options
from doctor.bootstrap.records import EnvironmentRecord, environments
from doctor.bootstrap.releases import MINIFORGE_VERSION
from doctor.bootstrap.run import Run
from doctor.bootstrap.stop import Stop

NEED_MB = 600  # the program's own part; the program itself judges the space that PyTorch needs


def show(run: Run) -> bool:
    """Whether something has to be fetched for the program itself. Raises Stop where there is no room for that."""
    machine, options, talk = run.machine, run.options, run.talk
    wsl = ", WSL" if machine.wsl else ""
    talk.say(f"torch-doctor bootstrap on {machine.distribution or machine.os}, {machine.arch}{wsl}")
    stands = own_environment.stands(run.home, run.variables)
    talk.say(f"{machine.python} ({machine.python_version})", "Python")
    if machine.driver:
        talk.say(machine.driver, "NVIDIA driver")
    size = "already there" if stands else "about 60 MB to download, 200 MB on disk"
    talk.say(f"{run.home.folder} ({size})", "torch-doctor's folder")
    if options.mode != "check-only":
        _show_environment(run)
        talk.say(launcher.plan(run.home, run.variables), "the command")
    if run.source:
        talk.say(run.source, "package source")
    talk.say("root is not needed; --uninstall removes everything that was made", "")
    if not stands and machine.free_mb < NEED_MB:
        what = f"the disk is full: {machine.free_mb} MB are free at {nearest(run.home.folder)}"
        step = "free some space, or name another folder with TORCH_DOCTOR_HOME=/path"
        raise Stop(f"{what}, torch-doctor itself needs {NEED_MB}", step)
    return not stands or _needs_miniforge(run)


def _needs_miniforge(run: Run) -> bool:
    return bool(run.options.conda) and not run.machine.conda and run.options.mode == "all"


def _show_environment(run: Run) -> None:
    options, known = run.options, known_environment(run)
    if _needs_miniforge(run):
        run.talk.say(f"Miniforge {MINIFORGE_VERSION} (about 100 MB to download)", "conda")
    if known and is_set_up(known, options):
        run.talk.say(f"already installed: {known.conda or known.folder}", "PyTorch")
        return
    place = f"the conda environment {options.conda}" if options.conda else str(environment_place(run))
    theirs = " (yours: it stays when torch-doctor is uninstalled)" if not options.conda and _is_theirs(run) else ""
    run.talk.say(place + theirs, "PyTorch goes to")
    size = "0.2 GB for a CPU build, up to 3 GB for CUDA (7 GB on disk)"
    when = "; setup shows which, and asks" if run.talk.asks else ""
    run.talk.say(size + when, "download size")


def _is_theirs(run: Run) -> bool:
    place = environment_place(run)
    known = known_environment(run)
    return not known.made if known else place.is_dir() and any(place.iterdir())


def known_environment(run: Run) -> EnvironmentRecord | None:
    """The record of the environment that is meant: the one named, else the one last made or used."""
    known = environments(run.home)
    if run.options.conda:
        return next((found for found in known if found.conda == run.options.conda), None)
    if run.options.env:
        return next((found for found in known if not found.conda and found.folder == run.options.env), None)
    return known[0] if known else None


def environment_place(run: Run) -> Path:
    """The folder that is meant, of an environment that is not conda's."""
    known = known_environment(run)
    return Path(run.options.env or (known.folder if known else run.home.default_env))


def is_set_up(environment: EnvironmentRecord, options: Options) -> bool:
    """Whether it was set up from what is asked for now. Where nothing is, it stays as it is."""
    wanted = asked_for(options)
    return bool(environment.setup) and environment.python.exists() and wanted in ("", environment.asked)


def asked_for(options: Options) -> str:
    """What an environment is set up from: a lock, a folder of wheels, an accelerator."""
    asked = (("from", options.lock), ("offline", options.offline), ("accelerator", options.accelerator))
    return " ".join(f"--{name} {value}" for name, value in asked if value)
