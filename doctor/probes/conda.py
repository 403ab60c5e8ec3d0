"""The conda environment the target lives in: its packages from `conda-meta`, its configuration. conda is not run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from doctor.facts import Conda, CondaPackage
from doctor.files import regular
from doctor.privacy import redact, redact_path, without_credentials
from doctor.probes import Absent
from doctor.probes._condarc import channels, condarc_files
from doctor.probes._description import description_part
from doctor.target import Target

_HEAD_BYTES = 16384
# conda's name of a package where PyPI has another
_ON_PYPI = {"pytorch": "torch", "pytorch-cpu": "torch", "pytorch-gpu": "torch", "opencv": "opencv-python"}


def probe(target: Target) -> Conda:
    """Facts of the target's conda environment. Raises Absent when it is none."""
    prefix = Path(description_part(target, "python")["prefix"])
    meta = prefix / "conda-meta"
    if not meta.is_dir():
        raise Absent("the target is not a conda environment")
    root = conda_root(prefix, target.env)
    packages = tuple(_packages(meta))
    files = condarc_files(target.env, (root, prefix) if root else (prefix,))
    return Conda(
        prefix=redact_path(prefix),
        name=name_of(prefix, root),
        version=_conda_version(root) if root else None,
        channels=channels(files),
        config_files=files,
        packages=packages,
        pip_over_conda=pip_over_conda(description_part(target, "distributions"), packages),
    )


def conda_root(prefix: Path, env: Mapping[str, str]) -> Path | None:
    """The base installation: the environment itself, the folder above `envs`, or the one of CONDA_EXE."""
    if _conda_version(prefix):
        return prefix
    if prefix.parent.name == "envs" and _conda_version(prefix.parent.parent):
        return prefix.parent.parent
    executable = env.get("CONDA_EXE") or env.get("MAMBA_EXE")
    return Path(executable).parent.parent if executable else None


def name_of(prefix: Path, root: Path | None) -> str:
    """The name conda gives: "base", the folder's name under an `envs` folder, "" for an environment made by path."""
    if prefix == root:
        return "base"
    return prefix.name if prefix.parent.name == "envs" else ""


def _conda_version(root: Path) -> str | None:
    found = (_from_file_name(path.name) for path in (root / "conda-meta").glob("conda-[0-9]*.json"))
    return next((parts[1] for parts in found if parts and parts[0] == "conda"), None)


def _packages(meta: Path) -> Iterable[CondaPackage]:
    for path in sorted(meta.glob("*.json")):
        parts = _from_file_name(path.name)
        if parts:
            name, version, build = parts
            yield CondaPackage(name, version, build, channel_of(_read_head(path)))


def _from_file_name(name: str) -> tuple[str, str, str] | None:
    """ "pytorch-2.5.1-py3.12_cpu_0.json" is name, version and build: these files may hold megabytes."""
    parts = name.removesuffix(".json").rsplit("-", 2)
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else None


def _read_head(path: Path) -> str:
    try:
        with regular.open_regular(path) as file:
            head = file.read(_HEAD_BYTES)
            return (head if b'"channel"' in head else head + file.read(regular.MAX_BYTES)).decode("utf-8", "replace")
    except OSError:
        return ""


def channel_of(record: str) -> str:
    """Channel in a record of conda-meta as conda lists it: "conda-forge", "pkgs/main"; other servers keep their URL."""
    found = re.search(r'"channel"\s*:\s*"([^"]*)"', record)
    if not found:
        return ""
    url = re.sub(r"/(?:noarch|linux-[\w-]+|osx-\w+|win-\w+)$", "", found[1].rstrip("/"))
    return re.sub(r"^https://(?:conda\.anaconda\.org|repo\.anaconda\.com)/", "", redact(without_credentials(url)))


def pip_over_conda(distributions: Iterable[Mapping[str, Any]], packages: tuple[CondaPackage, ...]) -> tuple[str, ...]:
    """Names that conda lists and pip has installed as well, in another version.

    The same version twice is one install: old conda packages carry pip's mark.
    """
    by_conda = {_ON_PYPI.get(p.name, p.name.replace("_", "-")): p.version for p in packages if p.channel != "pypi"}
    by_pip = {d["name"]: d["version"] for d in distributions if d["installer"] in ("pip", "uv")}
    both = by_pip.keys() & by_conda.keys()
    return tuple(sorted(name for name in both if not _same_version(by_pip[name], by_conda[name])))


def _same_version(one: str, other: str) -> bool:
    return one.partition("+")[0] == other.partition("+")[0]
