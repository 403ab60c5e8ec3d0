"""Real environments for the tests, made once and kept in a cache folder.

They lie in $DOCTOR_TEST_ENVS, else in torch-doctor-tests under the user's cache folder, and are safe to share between
processes: each is made under a lock and counts only when it is complete. Delete the folder to make them afresh.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import venv as stdlib_venv
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.surroundings import shell, uv

# enough of torch for the steps that ask it simple things
SMALL_TORCH = """
import types
__version__ = "2.7.1"
get_num_threads = lambda: 2
version = types.SimpleNamespace(cuda=None, hip=None)
backends = types.SimpleNamespace()
_C = types.SimpleNamespace()
cuda = types.SimpleNamespace(is_available=lambda: False, device_count=lambda: 0)
"""

CPU_TORCH, ITS_NEIGHBOUR = "2.13.0+cpu", "0.28.0"


def cache() -> Path:
    named = os.environ.get("DOCTOR_TEST_ENVS")
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(named) if named else base / "torch-doctor-tests"


def kept(name: str, make: Callable[[Path], None]) -> Path:
    """The cached folder of that name, made by `make` when it is not complete; what cannot be made is unavailable."""
    folder = cache() / f"{name}-{sys.version_info[0]}.{sys.version_info[1]}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _locked(folder.parent / f"{folder.name}.lock"):
        if not (folder / "complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            (folder / "complete").touch()
    return folder


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)  # the kernel frees it when a test run dies
        yield


def python_of(folder: Path) -> Path:
    return folder / "Scripts" / "python.exe" if sys.platform == "win32" else folder / "bin" / "python"


def venv(folder: Path) -> Path:
    """A fresh environment of this Python with nothing in it; returns its interpreter."""
    stdlib_venv.create(folder, symlinks=sys.platform != "win32")
    return python_of(folder)


def install(python: Path, *wanted: str) -> None:
    """With uv, which links the files of its cache, or with pip where there is no uv."""
    with_uv = [str(uv()), "pip", "install", "--quiet", "--compile-bytecode", "--python", str(python)]
    with_pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    shell([*(with_uv if uv() else with_pip), *wanted])


def make_torch(folder: Path) -> None:
    """PyPI's torch with torchvision and NumPy: about 5 GB on Linux, where it is the CUDA build."""
    install(venv(folder), "torch", "torchvision", "numpy", "pip")


def make_broken_pair(folder: Path) -> None:
    """A CPU torch with PyPI's torchvision of the same release, whose operators need the CUDA one.

    Made with pip: only pip reads the `find-links` of pip's configuration, where the CPU wheel may lie.
    """
    shell([sys.executable, "-m", "venv", str(folder)])
    pip = [str(python_of(folder)), "-m", "pip", "install", "--quiet"]
    shell([*pip, f"torch=={CPU_TORCH}", "numpy", "pillow"])
    shell([*pip, "--no-deps", f"torchvision=={ITS_NEIGHBOUR}"])


def make_numpy2(folder: Path) -> None:
    """torch 2.2, built for NumPy 1, with NumPy 2: the last torch that breaks on it."""
    if sys.version_info >= (3, 13):  # torch 2.2 is there for 3.8 to 3.12
        shell([uv() or "uv", "venv", "--quiet", "--python", "3.11", str(folder)])
    else:
        venv(folder)
    install(python_of(folder), "torch==2.2.2", "numpy>=2,<3")


def linked_copy(source: Path, target: Path) -> Path:
    """A copy of an environment made of hard links (copies across file systems); returns its interpreter."""
    shutil.copytree(source, target, symlinks=True, copy_function=_link)
    return python_of(target)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def other_python(version: str) -> Path:
    """An interpreter of that version ("3.8"): pyenv's, the one on PATH, or one that uv fetches."""
    versions = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    on_path = shutil.which(f"python{version}")
    found = [*sorted(versions.glob(f"{version}.*/bin/python")), *([Path(on_path)] if on_path else [])]
    if found:
        return found[0]
    fetch = [str(uv()), "python", "install", "--quiet", "--no-bin", version, "--install-dir"]
    folder = kept(f"python-{version}", lambda into: shell([*fetch, str(into)]))
    return python_of(next(folder.glob("cpython-*")))


def lend_pip(environment: Path) -> None:
    """Give an environment our pip, by links where there are some: it counts as installed there."""
    import pip

    site = site_packages(environment)
    folder = Path(pip.__file__).parent
    for part in (folder, *folder.parent.glob("pip-*.dist-info")):
        if sys.platform == "win32":
            shutil.copytree(part, site / part.name)
        else:
            (site / part.name).symlink_to(part)


def site_packages(environment: Path) -> Path:
    return next(p for p in (*environment.glob("lib/python*/site-packages"), environment / "Lib" / "site-packages"))


def package(site: Path, name: str, version: str, files: dict[str, str] | None = None, requires: tuple[str, ...] = ()):
    """Write an installed package: its files, and metadata with a RECORD that fits them. Returns its dist-info."""
    meta = site / f"{name.replace('-', '_')}-{version}.dist-info"
    meta.mkdir(parents=True)
    head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    (meta / "METADATA").write_text(head + "".join(f"Requires-Dist: {r}\n" for r in requires) + "\nName: not this one\n")
    (meta / "INSTALLER").write_text("pip\n")
    record = []
    for path, text in (files or {}).items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(text.encode())
        record.append(f"{path},{_digest(text)},{len(text.encode())}")
    (meta / "RECORD").write_text("\n".join([*record, f"{meta.name}/RECORD,,"]) + "\n")
    return meta


def _digest(text: str) -> str:
    import base64
    import hashlib

    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def fake_torch(site: Path, code: str = "", version: str = "2.7.1+cu126", stated: str = "") -> Path:
    """A package `torch` whose import runs `code`; `stated` replaces the text of its version.py."""
    text = stated or (
        "from typing import Optional\n"
        f"__version__ = '{version}'\ndebug = False\ncuda: Optional[str] = '12.6'\n"
        "git_version = '0123456789abcdef'\nhip: Optional[str] = None\n"
    )
    return package(site, "torch", version, {"torch/__init__.py": code, "torch/version.py": text})
