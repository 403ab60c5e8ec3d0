"""Remedies around the user's program and shell: variables, files in the way, and commands that only show more."""

from __future__ import annotations

import msgspec

from doctor.model import PROGRAM, Argv, Remedy, Risk, Shell
from doctor.remedy import actions
from doctor.remedy.place import Place
from doctor.remedy.system import ON_WINDOWS, as_root

RUN_WITH = "Run the program again with {settings}"
RUN_WITHOUT = "Run the program again without {names}"
ON_WINDOWS_SET = "{title}: first `set {name}={value}` in cmd, `$env:{name} = '{value}'` in PowerShell"
ON_WINDOWS_UNSET = "{title}: first `set {name}=` in cmd, `Remove-Item Env:{name}` in PowerShell"
PERSIST = "Set {name} to {value} for all programs"
PROFILE = "Set {name} to {value} in the profile of your shell"
MOVE = "Rename {path}"
DELETE = "Delete {paths}"
VC_RUNTIME = "Install the current Visual C++ runtime"
VC_SELF = "Install the current Visual C++ runtime: https://aka.ms/vs/17/release/vc_redist.x64.exe"
LONG_PATHS = "Allow long paths on this machine, as an administrator"
LONG_PATHS_SELF = (
    "Allow long paths on Windows (Group Policy: Administrative Templates > System > Filesystem > Enable Win32 long"
    " paths)"
)
_KEY = r"HKLM\SYSTEM\CurrentControlSet\Control\FileSystem"
_LONG_PATHS = ("reg", "add", _KEY, "/v", "LongPathsEnabled", "/t", "REG_DWORD", "/d")
PAGE_FILE = (
    "Let Windows manage the page file (Settings > System > About > Advanced system settings > Performance > Advanced >"
    " Virtual memory), then restart"
)
MACOS = "Update macOS (System Settings > General > Software Update)"
WSL = "On the Windows side, update WSL and the NVIDIA driver"
WSL2 = "On the Windows side, convert this distribution to WSL 2; `wsl.exe --list` shows its name"
_MOVES: dict[Shell, Argv] = {
    Shell.POSIX: ("mv",),
    Shell.POWERSHELL: ("Move-Item", "-LiteralPath"),
    Shell.CMD: ("move",),
}
# programs and the systems that have them; a command of any other is not given there
_SYSTEMS = {
    "nvidia-smi": ("linux", "windows"),
    "ldconfig": ("linux",),
    "lspci": ("linux",),
    "systemctl": ("linux",),
    "dmesg": ("linux",),
    "ip": ("linux",),
    "df": ("linux", "macos"),
    "findmnt": ("linux",),
    "ls": ("linux", "macos"),
    "dpkg": ("linux",),
    "rocminfo": ("linux",),
}


def rerun(action: actions.Rerun, place: Place) -> tuple[Remedy, ...]:
    """A POSIX shell takes the variables in the command; those of Windows want them set before it."""
    settings = ", ".join(f"{name}={value}" for name, value in action.set)
    usual = RUN_WITH.format(settings=settings) if settings else RUN_WITHOUT.format(names=", ".join(action.unset))
    title = action.title or usual
    if action.program[0] == "python":
        action = msgspec.structs.replace(action, program=(place.interpreter, *action.program[1:]))
    if place.shell is Shell.WINDOWS:
        for name, value in action.set:
            title = ON_WINDOWS_SET.format(title=title, name=name, value=value)
        for name in action.unset:
            title = ON_WINDOWS_UNSET.format(title=title, name=name)
        return (Remedy(title, (action.program,), Risk.MANUAL),)
    if place.shell is not Shell.POSIX:
        return (Remedy(title, (*_settings(action, place.shell), action.program), Risk.MANUAL),)
    if not place.os:
        return (Remedy(title, risk=Risk.MANUAL),)
    unset = (word for name in action.unset for word in ("-u", name))
    changed = (*unset, *(f"{name}={value}" for name, value in action.set))
    return (Remedy(title, ((*(("env", *changed) if changed else ()), *action.program),), Risk.MANUAL),)


def _settings(action: actions.Rerun, shell: Shell) -> tuple[Argv, ...]:
    """Commands that set variables for the shell they are typed into."""
    if shell is Shell.CMD:
        return tuple(("set", f"{name}={value}") for name, value in (*action.set, *((n, "") for n in action.unset)))
    given = (("Set-Item", f"Env:{name}", value) for name, value in action.set)
    return (*given, *(("Remove-Item", f"Env:{name}") for name in action.unset))


def persist(action: actions.Persist, place: Place) -> tuple[Remedy, ...]:
    words = {"name": action.name, "value": action.value}
    if place.os == "windows":
        command = ("setx", action.name, action.value)
        return (Remedy(action.title or PERSIST.format(**words), (command,), Risk.MANUAL),)
    return (Remedy(action.title or PROFILE.format(**words), risk=Risk.MANUAL),)


def look(action: actions.Look, place: Place) -> tuple[Remedy, ...]:
    usable = tuple(argv for argv in action.commands if has(argv[0], place))
    commands = as_root(place, usable) if action.root else usable
    return (Remedy(action.title, commands, Risk.MANUAL),) if commands or not action.commands else ()


def has(program: str, place: Place) -> bool:
    """Whether the system has that program, or can have it."""
    if program == "nvidia-smi" and place.jetson:
        return False
    return place.os in _SYSTEMS.get(program, ("linux", "windows", "macos"))


def run_doctor(action: actions.Doctor, place: Place) -> tuple[Remedy, ...]:
    return (Remedy(action.title, ((PROGRAM, *action.words),), Risk.MANUAL, tried=True),)


def advice(action: actions.Advice, place: Place) -> tuple[Remedy, ...]:
    return (Remedy(action.title, risk=Risk.MANUAL),)


def move_aside(action: actions.MoveAside, place: Place) -> tuple[Remedy, ...]:
    new = f"{action.path}.renamed"
    verb = _MOVES.get(place.shell) if place.os else None
    title = action.title or MOVE.format(path=action.path)
    commands, undo = (((*verb, action.path, new),), ((*verb, new, action.path),)) if verb else ((), ())
    return (Remedy(title, commands, Risk.MANUAL, (action.path,), undo=undo),)


def delete(action: actions.Delete, place: Place) -> tuple[Remedy, ...]:
    title = action.title or DELETE.format(paths=", ".join(action.paths))
    commands: tuple[Argv, ...] = ()
    if place.os and place.shell is Shell.POSIX:
        commands = (("rm", "-r", "--", *action.paths),)
    elif place.shell is Shell.POWERSHELL:
        commands = tuple(("Remove-Item", "-Recurse", "-LiteralPath", path) for path in action.paths)
    return (Remedy(title, commands, Risk.MANUAL, action.paths, action.paths),)


def vc_runtime(action: actions.VcRuntime, place: Place) -> tuple[Remedy, ...]:
    if place.os != "windows":
        return ()
    command = ("winget", "install", "--id", "Microsoft.VCRedist.2015+.x64", "--exact")
    if place.has("winget") is False:
        return (Remedy(action.title or VC_SELF, risk=Risk.MANUAL),)
    return (Remedy(action.title or VC_RUNTIME, (command,), Risk.ADMIN),)


def long_paths(action: actions.LongPaths, place: Place) -> tuple[Remedy, ...]:
    """For programs that are started from then on."""
    if place.os != "windows":
        return (Remedy(action.title or LONG_PATHS_SELF, risk=Risk.MANUAL),)
    mark = "/" if place.shell is Shell.POSIX else ""  # Git's bash takes /v for a path, and //v for an option
    allow, forbid = (tuple(mark * (w[:1] == "/") + w for w in (*_LONG_PATHS, value, "/f")) for value in "10")
    return (Remedy(action.title or LONG_PATHS, (allow,), Risk.ADMIN, undo=(forbid,)),)


def page_file(action: actions.PageFile, place: Place) -> tuple[Remedy, ...]:
    return (Remedy(action.title or PAGE_FILE, risk=Risk.MANUAL),)


def update_macos(action: actions.UpdateMacos, place: Place) -> tuple[Remedy, ...]:
    return (Remedy(action.title or MACOS, risk=Risk.MANUAL),)


def update_wsl(action: actions.UpdateWsl, place: Place) -> tuple[Remedy, ...]:
    update = (("wsl.exe", "--update"), ("wsl.exe", "--shutdown"))
    return (Remedy(action.title or WSL, update, Risk.MANUAL, where=ON_WINDOWS),)


def wsl_version2(action: actions.WslVersion2, place: Place) -> tuple[Remedy, ...]:
    commands = (("wsl.exe", "--list", "--verbose"), ("wsl.exe", "--set-version", "DISTRIBUTION", "2"))
    return (Remedy(action.title or WSL2, commands, Risk.MANUAL, where=ON_WINDOWS),)
