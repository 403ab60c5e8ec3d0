"""CUDA toolkits, CUDA libraries that come before torch's own, and the host's C++ compiler."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from doctor.bootstrap.programs import which
from doctor.facts import Toolkit, Toolkits
from doctor.privacy import redact_path
from doctor.probes import _compiler, _loader, _shadowing
from doctor.probes._files import exists, listing, read, resolve_links
from doctor.process import run
from doctor.target import Target
from doctor.text.documents import Unparsable, json

_ASK_S = 5


def probe(target: Target) -> Toolkits:
    return find_toolkits(target.env, target.executable)


def find_toolkits(env: Mapping[str, str], executable: str = "", root: Path = Path("/")) -> Toolkits:
    """Everything by path and file where possible; nvcc and the compiler are run only for what no file tells."""
    program = which("nvcc", env)
    nvcc = real_nvcc(Path(program)) if program else None
    version = _nvcc_version(nvcc, env) if nvcc else ""
    toolkits = find_installed(env, nvcc, version or "", root)
    return Toolkits(
        nvcc_version=version,
        cuda_home=redact_path(env.get("CUDA_HOME") or env.get("CUDA_PATH") or ""),
        installed=tuple(toolkits.values()),
        cudnn_version=_cudnn_version(list(toolkits), env, root),
        shadowing=_shadowing.find_shadowing(env, executable),
        compiler=_compiler.find_compiler(env),
        nvrtc_architectures=_architectures(nvcc, env) if nvcc else (),
        libcuda_linkable=_libcuda_linkable(env, root) if sys.platform == "linux" else None,
    )


def real_nvcc(program: Path) -> Path:
    """The nvcc behind links and behind a script that only calls it by its full path."""
    real = resolve_links(program)
    text = read(real, 4096)
    called = re.search(r"(?<![\w./-])(/\S{1,1000}/nvcc)\b", text) if text.startswith("#!") else None
    return resolve_links(Path(called[1])) if called and exists(Path(called[1])) else real


def find_installed(
    env: Mapping[str, str], nvcc: Path | None, version: str, root: Path = Path("/")
) -> dict[Path, Toolkit]:
    """Toolkits by their real folder, each once, under the first thing that names it; `version` is nvcc's."""
    found: dict[Path, Toolkit] = {}
    for folder, found_by in _toolkit_folders(env, nvcc, root):
        real = resolve_links(folder)
        if real not in found and _is_toolkit(folder):
            told = version if found_by == "PATH" else folder_version(folder)
            found[real] = Toolkit(told or "", redact_path(folder), found_by)
    return found


def _toolkit_folders(env: Mapping[str, str], nvcc: Path | None, root: Path) -> Iterator[tuple[Path, str]]:
    if nvcc:
        yield nvcc.parent.parent, "PATH"
    for name in ("CUDA_HOME", "CUDA_PATH"):
        if env.get(name):
            yield Path(env[name]), name
    for folder in listing(root / "usr/local", "cuda*"):
        yield folder, "/usr/local"
    yield root / "opt/cuda", "/opt"
    if env.get("PROGRAMFILES"):
        for folder in listing(Path(env["PROGRAMFILES"], "NVIDIA GPU Computing Toolkit/CUDA"), "v*"):
            yield folder, "Program Files"


def _is_toolkit(folder: Path) -> bool:
    """An emptied folder that an uninstalled toolkit left behind is none."""
    marks = ("bin/nvcc", "bin/nvcc.exe", "version.json", "version.txt", "lib64/libcudart.so", "include/cuda_runtime.h")
    return any(exists(folder / mark) for mark in marks) or bool(listing(folder / "lib64", "libcudart.so.*"))


def folder_version(folder: Path) -> str | None:
    """A toolkit's version from its files, else from its folder's name ("cuda-12.4", "v12.4")."""
    return _version_from_file(folder) or _first_group(r"^(?:cuda-|v)(\d+\.\d+)$", resolve_links(folder).name)


def _version_from_file(folder: Path) -> str | None:
    """From `version.json`, or `version.txt` before 11.1."""
    old = _first_group(r"CUDA Version (\d[\d.]*)", read(folder / "version.txt"))
    return parse_version_json(read(folder / "version.json")) or old


def parse_version_json(text: str) -> str | None:
    """The toolkit's own version: {"cuda": {"name": "CUDA SDK", "version": "12.4.1"}, …}."""
    try:
        version = json(text)["cuda"]["version"]
    except (Unparsable, KeyError, TypeError):
        return None
    return version if isinstance(version, str) else None


def _nvcc_version(nvcc: Path, env: Mapping[str, str]) -> str | None:
    """From the files beside it, else from nvcc itself; None when it does not tell."""
    told = _version_from_file(nvcc.parent.parent)
    return told or parse_nvcc(run([nvcc, "--version"], timeout_s=_ASK_S, env=env).stdout)


def parse_nvcc(text: str) -> str | None:
    """ "12.4.131" from "Cuda compilation tools, release 12.4, V12.4.131"."""
    return _first_group(r"release \d+\.\d+, V(\d[\d.]*\d)", text) or _first_group(r"release (\d+\.\d+)", text)


def _architectures(nvcc: Path, env: Mapping[str, str]) -> tuple[str, ...]:
    """What this nvcc can compile for: "compute_50" …; nothing from versions before 11.0, which do not tell."""
    return tuple(re.findall(r"(?m)^compute_\d\w*$", run([nvcc, "--list-gpu-arch"], timeout_s=_ASK_S, env=env).stdout))


def _cudnn_version(toolkits: list[Path], env: Mapping[str, str], root: Path) -> str:
    """Of the cuDNN for the whole machine: from its header, else from its library's file name; "" for none."""
    named = [Path(env[name]) for name in ("CUDNN_PATH", "CUDNN_HOME") if env.get(name)]
    folders = [folder / "include" for folder in (*named, *toolkits)]
    folders += [root / "usr/include", *listing(root / "usr/include", "*-linux-gnu"), root / "usr/local/include"]
    headers = (read(folder / name) for folder in folders for name in ("cudnn_version.h", "cudnn.h"))
    version = next((found for text in headers if (found := parse_cudnn(text))), "")
    return version or _cudnn_of_library(root)


def parse_cudnn(text: str) -> str:
    """ "9.1.0" from the header's `#define CUDNN_MAJOR 9` and its kind; "" when it has none."""
    parts = [_first_group(rf"#define CUDNN_{name}\s+(\d+)", text) for name in ("MAJOR", "MINOR", "PATCHLEVEL")]
    return ".".join(part for part in parts if part is not None) if parts[0] else ""


def _cudnn_of_library(root: Path) -> str:
    names = (f"libcudnn.so.{major}" for major in (10, 9, 8, 7))
    path = next((found for name in names if (found := _loader.library(name, {}, (), root))), None)
    return _first_group(r"libcudnn\.so\.(\d[\d.]*)$", resolve_links(path).name) or "" if path else ""


def _libcuda_linkable(env: Mapping[str, str], root: Path) -> bool:
    """Whether `-lcuda` finds a libcuda.so: beside the driver's, in the linker's own folders, or in LIBRARY_PATH."""
    driver = _loader.library("libcuda.so.1", {}, (), root)
    folders = [Path(folder) for folder in _loader.search_path(env.get("LIBRARY_PATH", ""))]
    folders += [driver.parent] if driver else []
    return any(exists(folder / "libcuda.so") for folder in folders) or bool(_loader.library("libcuda.so", {}, (), root))


def _first_group(pattern: str, text: str) -> str | None:
    match = re.search(pattern, text)
    return match[1] if match else None
