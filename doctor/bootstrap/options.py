"""The command line: `--check-only` as bootstrap.sh takes it, `-CheckOnly` as bootstrap.ps1 does.

An option that is not known, twice there, cut short or without its value is wrong usage: nothing is done then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from doctor.bootstrap.stop import Stop, wrong_usage

MODES = ("check-only", "dry-run", "print", "uninstall", "help")
# name -> PowerShell's spelling; what follows `--` in the other one is the name itself
SWITCHES = {
    "check-only": "CheckOnly",
    "dry-run": "DryRun",
    "print": "Print",
    "uninstall": "Uninstall",
    "help": "Help",
    "yes": "Yes",
    "allow-larger-build": "AllowLargerBuild",
}
VALUES = {
    "env": "EnvFolder",
    "conda": "Conda",
    "mirror": "Mirror",
    "from": "From",
    "offline": "Offline",
    "source": "Source",
    "accelerator": "Accelerator",
}
ACCELERATORS = ("auto", "cuda", "rocm", "xpu", "mps", "cpu")
EXCLUDE = (
    ("conda", "env"), ("conda", "from"), ("conda", "offline"), ("from", "offline"), ("from", "accelerator"),
)  # fmt: skip
_USAGE = """\
bash scripts/bootstrap.sh [OPTIONS]      from a fresh machine to a proven PyTorch
powershell -ExecutionPolicy Bypass -File scripts\\bootstrap.ps1 [OPTIONS]      the same on Windows

  {options}

Folder: TORCH_DOCTOR_HOME, otherwise torch-doctor in XDG_DATA_HOME or ~/.local/share (Windows: LOCALAPPDATA).
TORCH_DOCTOR_SOURCE is what --source is otherwise. TORCH_DOCTOR_RELEASES is a mirror of GitHub's release files, for uv,
its Python and Miniforge; their checksums are verified in any case.
Exit code: 0 done, 1 something is in the way (it is shown), 2 wrong usage, 130 interrupted."""
_HELP = {
    "check-only": "install torch-doctor, examine this machine, and stop",
    "dry-run": "show what would be created and downloaded, and stop",
    "print": "show what was detected, one key=value per line, and stop",
    "env": "PATH  the environment for PyTorch (default: env in torch-doctor's folder)",
    "conda": "NAME  a conda environment instead; installs Miniforge if there is no conda",
    "accelerator": "KIND  cuda, rocm, xpu, mps or cpu, instead of what fits this machine",
    "allow-larger-build": "PyPI's CUDA build (3 GB) where the CPU build is out of reach",
    "mirror": "WHERE  auto, official, the URL of an index, or a mirror: {mirrors}",
    "from": "LOCK  install what a lock names",
    "offline": "DIR  use only the wheels in DIR",
    "source": "WHERE  torch-doctor itself, if this is not a checkout: a folder, a wheel, or a URL#sha256=CHECKSUM",
    "yes": "do not ask",
    "uninstall": "remove everything that was made; with --env or --conda, only that environment",
    "help": "show this",
}


@dataclass(frozen=True)
class Options:
    """What was asked for. Paths are absolute; "" is not asked for. `mode` is one of MODES, or "all"."""

    mode: str = "all"
    yes: bool = False
    env: str = ""
    conda: str = ""
    mirror: str = ""  # "auto", "official", a mirror's name or the URL of an index
    lock: str = ""
    offline: str = ""
    source: str = ""  # a folder, a wheel, or a URL with #sha256=
    accelerator: str = ""
    larger: bool = False  # PyPI's CUDA build in place of a CPU build that is out of reach


def parse(words: Sequence[str], variables: Mapping[str, str], mirrors: Sequence[str]) -> Options:
    """The options in the words. Raises Stop with WRONG_USAGE."""
    switches, values = _collect(words)
    modes = [name for name in MODES if name in switches]
    if len(modes) > 1:
        raise wrong_usage(f"--{modes[0]} excludes --{modes[1]}")
    for one, other in EXCLUDE:
        if one in values and other in values:
            raise wrong_usage(f"--{one} excludes --{other}")
    return Options(
        mode=modes[0] if modes else "all",
        yes="yes" in switches,
        env=_absolute(values.get("env", "")),
        conda=values.get("conda", ""),
        mirror=_mirror(values.get("mirror", ""), mirrors),
        lock=_existing(values.get("from", ""), Path.is_file, "file"),
        offline=_existing(values.get("offline", ""), Path.is_dir, "folder"),
        source=_source(values.get("source") or variables.get("TORCH_DOCTOR_SOURCE", "")),
        accelerator=_accelerator(values.get("accelerator", "")),
        larger="allow-larger-build" in switches,
    )


def usage(mirrors: Sequence[str], spelled: Callable[[str], str]) -> str:
    """What `--help` shows, in the spelling of the script that was started."""
    rows = []
    for name, help_text in _HELP.items():
        metavar, _, text = help_text.rpartition("  ")
        rows.append(f"{spelled(f'--{name}')} {metavar}".ljust(22) + text.format(mirrors=" ".join(mirrors)))
    return spelled(_USAGE.format(options="\n  ".join(rows)))


def _collect(words: Sequence[str]) -> tuple[set[str], dict[str, str]]:
    switches: set[str] = set()
    values: dict[str, str] = {}
    rest = iter(_divided(words))
    for word in rest:
        name = _name(word)
        if name in switches or name in values:
            raise wrong_usage(f"--{name} is there twice")
        if name in VALUES:
            values[name] = _value(name, rest)
        else:
            switches.add(name)
    return switches, values


def _divided(words: Sequence[str]) -> Iterator[str]:
    """`--env=x` as two words, as `--env x` is; PowerShell itself makes "-Env:" and "x" of `-Env:x`."""
    for word in words:
        name, mark, value = word.partition("=")
        if mark and name.startswith("-") and _known(name) in VALUES:
            yield from (name, value)
        else:
            yield word.removesuffix(":") if _known(word.removesuffix(":")) in VALUES else word


def _name(word: str) -> str:
    if found := _known(word):
        return found
    raise wrong_usage(f"unknown option {word}" if word.startswith("-") else f"{word!r} is not an option")


def _known(word: str) -> str:
    for name, spelling in {**SWITCHES, **VALUES}.items():
        if word == f"--{name}" or word.lower() == f"-{spelling}".lower():
            return name
    return "help" if word in ("-h", "-?") else ""


def _value(name: str, rest: Iterator[str]) -> str:
    value = next(rest, "")
    if not value.strip() or value.startswith("-"):
        raise wrong_usage(f"--{name} needs a value")
    if any(ord(letter) < 32 for letter in value):
        raise wrong_usage(f"the value of --{name} holds a control character")
    return value


def _absolute(path: str) -> str:
    return str(Path(path).expanduser().resolve()) if path else ""


def _existing(path: str, is_kind: Callable[[Path], bool], kind: str) -> str:
    if path and not is_kind(Path(_absolute(path))):
        raise Stop(f"there is no {kind} {path}", code=2)
    return _absolute(path)


def _mirror(name: str, known: Sequence[str]) -> str:
    if not name or name in ("auto", "official", *known) or name.startswith(("http://", "https://")):
        return name
    raise wrong_usage(f"no mirror is called {name} (there are {' '.join(known)})")


def _source(source: str) -> str:
    """A bare name is a path, never the name of a package: whoever registers that name could be anyone."""
    if source.startswith(("http://", "https://")):
        if "#sha256=" not in source:
            shown = "as sha256sum shows it for a file that you trust"
            raise wrong_usage(f"--source URL needs the file's checksum at its end, #sha256=…, {shown}")
        return source
    if source and not Path(_absolute(source)).exists():
        raise Stop(f"there is no {source}", code=2)
    return _absolute(source)


def _accelerator(name: str) -> str:
    if name and name not in ACCELERATORS:
        raise wrong_usage(f"--accelerator is one of {' '.join(ACCELERATORS)}, not {name}")
    return name
