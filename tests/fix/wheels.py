"""Small wheels and environments that have them installed, for replacing packages for real."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

from tests.environments import kept, linked_copy, venv

TORCH = "__version__ = {version!r}\nimport torch.part\nassert torch.part.VERSION == __version__\n"


def wheel(
    folder: Path,
    name: str,
    version: str,
    code: str = TORCH,
    *,
    padding: int = 0,
    script: bool = True,
    modules: dict[str, str] | None = None,
) -> Path:
    """A wheel of a package whose two modules must be of one version, and of further ones; `padding` bytes
    make it larger."""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    meta = f"{name}-{version}.dist-info"
    files = {
        f"{name}/__init__.py": code.format(version=version),
        f"{name}/part.py": f"VERSION = {version!r}\n",
        f"{name}/data.bin": "x" * padding,
        f"{meta}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{meta}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files |= {f"{name}/{module}.py": text for module, text in (modules or {}).items()}
    if script:
        files[f"{meta}/entry_points.txt"] = f"[console_scripts]\n{name}-version = {name}:main\n"
        files[f"{name}/__init__.py"] += "def main():\n    print(__version__)\n"
    record = "".join(f"{file},,\n" for file in (*files, f"{meta}/RECORD"))
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in {**files, f"{meta}/RECORD": record}.items():
            archive.writestr(file, text)
    return path


def _with_pip(folder: Path) -> None:
    subprocess.run([venv(folder), "-m", "ensurepip"], check=True, capture_output=True)


def environment(folder: Path, *wheels: Path) -> Path:
    """An environment with pip and these wheels; returns its interpreter."""
    python = linked_copy(kept("with-pip", _with_pip), folder)
    pip = [python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*pip, *wheels], check=True, capture_output=True)
    return python


def torch_of(python: Path) -> str:
    """The version of torch that imports whole, or what the import said."""
    code = "import torch; print(torch.__version__)"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]
