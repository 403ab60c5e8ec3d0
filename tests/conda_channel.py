"""A conda environment made by py-rattler from a channel on disk: no server, no conda."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import os
import platform
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "{}.{}".format(*sys.version_info[:2])
SUBDIR = {"x86_64": "linux-64", "aarch64": "linux-aarch64"}.get(platform.machine(), "linux-64")
SITE = f"lib/python{VERSION}/site-packages"


def build(
    channel: Path,
    name: str,
    version: str,
    files: dict[str, str | Path],
    links: dict[str, str] | None = None,
    *,
    string: str = "0",
    number: int = 0,
    depends: tuple[str, ...] = (),
    constrains: tuple[str, ...] = (),
):
    """Write one package into the channel: texts, copies of files, and symbolic links. `string` names the build."""
    paths, contents = [], []
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        for path, content in files.items():
            (tree / path).parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, Path):
                shutil.copy(content, tree / path)
            else:
                (tree / path).write_text(content)
            data = (tree / path).read_bytes()
            digest = hashlib.sha256(data).hexdigest()
            paths.append({"_path": path, "path_type": "hardlink", "sha256": digest, "size_in_bytes": len(data)})
        for path, target in (links or {}).items():
            (tree / path).parent.mkdir(parents=True, exist_ok=True)
            (tree / path).symlink_to(target)
            empty = hashlib.sha256(b"").hexdigest()
            paths.append({"_path": path, "path_type": "softlink", "sha256": empty, "size_in_bytes": 0})
        contents = [entry["_path"] for entry in paths]
        index = {"name": name, "version": version, "build": string, "build_number": number}
        index |= {"depends": list(depends), "constrains": list(constrains)}
        _pack(channel / SUBDIR / f"{name}-{version}-{string}.tar.bz2", tree, contents, _info(index, paths))


def _info(index: dict[str, object], paths: list[dict[str, object]]) -> dict[str, str]:
    index |= {
        "subdir": SUBDIR,
        "arch": platform.machine(),
        "platform": "linux",
    }
    return {
        "info/index.json": json.dumps(index),
        "info/paths.json": json.dumps({"paths": paths, "paths_version": 1}),
        "info/files": "\n".join(str(entry["_path"]) for entry in paths),
        "info/about.json": "{}",
    }


def _pack(archive: Path, tree: Path, contents: list[str], info: dict[str, str]) -> None:
    archive.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive, "w:bz2", compresslevel=1) as tar:
        for name, text in info.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            tar.addfile(entry, io.BytesIO(text.encode()))
        for path in contents:
            tar.add(tree / path, path)


def python_package(channel: Path) -> None:
    """A conda package of this Python: its program, and links to its standard library."""
    library = Path(os.__file__).parent
    program = Path(os.path.realpath(sys.executable))
    linked = {f"lib/python{VERSION}/{entry.name}": str(entry) for entry in library.iterdir() if _kept(entry.name)}
    version = "{}.{}.{}".format(*sys.version_info[:3])
    build(channel, "python", version, {"bin/python": program, f"{SITE}/README.txt": ""}, linked)


def _kept(name: str) -> bool:
    return name not in ("site-packages", "__pycache__", "EXTERNALLY-MANAGED")


def installed_by_conda(name: str, module: str, version: str, code: str = "") -> dict[str, str]:
    """The files of a Python package as conda packages carry them."""
    meta = f"{SITE}/{name}-{version}.dist-info"
    return {
        f"{SITE}/{module}/__init__.py": code,
        f"{meta}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{meta}/INSTALLER": "conda\n",
        f"{meta}/RECORD": f"{module}/__init__.py,,\n",
    }


def create(channel: Path, prefix: Path, *specs: str) -> Path:
    """Solve and link the named packages into an environment; returns its interpreter."""
    import rattler
    from rattler.index import index_fs

    async def make() -> None:
        await index_fs(channel)
        records = await rattler.solve([f"file://{channel}"], list(specs), platforms=[SUBDIR, "noarch"])
        cache = channel.parent / "package-cache"
        await rattler.install(records, prefix, cache_dir=cache, show_progress=False)

    asyncio.run(make())
    return prefix / "bin" / "python"
