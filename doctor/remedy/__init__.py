"""What is to be done -> commands for a host: the only room that spells them. Pure.

A rule names actions (`doctor.remedy.actions`); `prescribe` turns them into remedies for the operating system, the
distribution, the kind of environment and the container that the facts tell. Where these are not known, a remedy is a
sentence or a look-up, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from doctor.facts import Facts
from doctor.model import Remedy, Risk, Shell
from doctor.remedy import actions, driver, packages, program, system, torch
from doctor.remedy.actions import Action
from doctor.remedy.place import Place

_BY: dict[type[Action], Callable[[Any, Place], tuple[Remedy, ...]]] = {
    actions.FittingTorch: torch.fitting,
    actions.SameTorch: torch.same,
    actions.FittingCompanion: torch.companion,
    actions.OneTorch: torch.one_torch,
    actions.Install: packages.install,
    actions.Uninstall: packages.uninstall,
    actions.CondaInstall: packages.conda_install,
    actions.NewEnvironment: packages.new_environment,
    actions.Activate: packages.activate,
    actions.EmptyCache: packages.empty_cache,
    actions.AskPython: packages.ask_python,
    actions.AskPip: packages.ask_pip,
    actions.CondaCommand: packages.run_conda,
    actions.SystemPackage: system.package,
    actions.Reboot: system.reboot,
    actions.LoadModule: system.load_module,
    actions.JoinGroups: system.join_groups,
    actions.AsRoot: system.administer,
    actions.SharedMemory: system.shared_memory,
    actions.OpenFiles: system.open_files,
    actions.StartContainer: system.start_container,
    actions.ContainerToolkit: system.container_toolkit,
    actions.Driver: driver.driver,
    actions.DriverLibraries: driver.libraries,
    actions.RemoveDriverLibraries: driver.remove_libraries,
    actions.FabricManager: driver.fabric_manager,
    actions.RebuildModule: driver.rebuild_module,
    actions.DisableNouveau: driver.disable_nouveau,
    actions.EnrolKey: driver.enrol_key,
    actions.Rerun: program.rerun,
    actions.Persist: program.persist,
    actions.Look: program.look,
    actions.Doctor: program.run_doctor,
    actions.Advice: program.advice,
    actions.MoveAside: program.move_aside,
    actions.Delete: program.delete,
    actions.VcRuntime: program.vc_runtime,
    actions.LongPaths: program.long_paths,
    actions.PageFile: program.page_file,
    actions.UpdateMacos: program.update_macos,
    actions.UpdateWsl: program.update_wsl,
    actions.WslVersion2: program.wsl_version2,
}
# the facts that decide how a remedy is spelled
NEEDED = ("host", "python", "conda", "torch", "packages", "storage", "sources", "nvidia", "amd", "intel", "apple")
_SHOWS_ONLY = (actions.Look, actions.AskPython, actions.AskPip, actions.Doctor)


def prescribe(wanted: Iterable[Action], facts: Facts) -> tuple[Remedy, ...]:
    """Remedies for the host that the facts tell of, in the order of the actions; an action that comes to the same
    remedy as an earlier one adds nothing. What mends the same in another way is an alternative to what is before it."""
    place = Place(facts)
    found: list[Remedy] = []
    mended = False
    for action in wanted:
        remedies = _BY[type(action)](action, place)
        shows = isinstance(action, _SHOWS_ONLY)
        other = mended and not (action.step or shows)
        for remedy in remedies:
            if not any((r.title, r.commands) == (remedy.title, remedy.commands) for r in found):
                shell = place.shell if remedy.commands else Shell.POSIX
                where = remedy.where or place.active(remedy.commands)
                found.append(msgspec.structs.replace(remedy, alternative=other, shell=shell, where=where))
                mended |= not shows and bool(remedy.commands or remedy.risk is not Risk.MANUAL)
    return tuple(found)
