"""torch as it lies on disk: where, which version its own file states, and whether its files are as installed."""

import base64
import hashlib
import os
import re
import sys

from _distributions import assigned_value, with_needs
from _interpreter import read_text

_CHECKED = ("torch", "torchvision", "torchaudio", "triton", "pytorch-triton", "pytorch-triton-rocm")
_LIBRARY = re.compile(r"\.(so(\.\d+)*|pyd|dll|dylib)$")
_SMALL = 1 << 18  # bytes: a library up to this size is hashed, a larger one only measured
_WHEEL_INSTALLERS = ("pip", "uv", "poetry", "pdm", "pipenv", "rye", "hatch")


def torch_on_disk(path, distributions):
    """What `import torch` would find from outside the working folder, without doing it; {} when there is none."""
    origin = _origin([p for p in path if p])
    if not origin:
        return {}
    folder = os.path.dirname(origin)
    stated = read_text(os.path.join(folder, "version.py"))
    own = _owner(folder, distributions)
    checkout = os.path.dirname(folder)
    editable = '"editable": true' in own.get("source", "") or _is_checkout(checkout)
    return {
        "location": folder,
        "stated": bool(stated),
        "version": assigned_value(stated, "__version__") or own.get("version"),
        "cuda": assigned_value(stated, "cuda"),
        "hip": assigned_value(stated, "hip"),
        "xpu": assigned_value(stated, "xpu"),
        "debug": assigned_value(stated, "debug") == "True" if stated else None,
        "git_commit": assigned_value(stated, "git_version"),
        "installer": own.get("installer", ""),
        "editable": editable,
        "size_bytes": _recorded_size(own) or _size(os.path.join(folder, "lib")),
    }


def _origin(path):
    """Path of torch/__init__.py as the finders of this interpreter see it, editable installs included."""
    previous, sys.path[:] = list(sys.path), path
    try:
        for finder in sys.meta_path:
            spec = _spec(finder)
            if spec and spec.origin:
                return spec.origin
    finally:
        sys.path[:] = previous
    return ""


def _spec(finder):
    try:
        return finder.find_spec("torch", None)
    except Exception:  # noqa: BLE001 - a finder of the user's that breaks finds nothing, as far as this goes
        return None


def _is_checkout(folder):
    return os.path.exists(os.path.join(folder, "setup.py")) and os.path.isdir(os.path.join(folder, "torch", "csrc"))


def _owner(folder, distributions):
    """The distribution that put this torch there: the one beside it, else the first of that name."""
    named = [d for d in distributions if d["name"] == "torch"]
    beside = [d for d in named if os.path.realpath(d["location"]) == os.path.realpath(os.path.dirname(folder))]
    return (beside or named or [{}])[0]


def _read_record(distribution):
    """[path, hash, size] of each file of a distribution, from its RECORD; the size in bytes, as text.

    Split from the right: only a path may hold commas. The csv module takes twice as long for torch's 15,000 lines.
    """
    text = read_text(os.path.join(distribution.get("metadata", ""), "RECORD"), 1 << 26)
    rows = (line.rsplit(",", 2) for line in text.splitlines())
    return [[row[0].strip('"'), row[1], row[2]] for row in rows if len(row) == 3]


def _recorded_size(distribution):
    return sum(_bytes(size) or 0 for _, _, size in _read_record(distribution))


def _bytes(size):
    """A size in RECORD, None where it has none."""
    return int(size) if size.isdecimal() and len(size) <= 18 else None


def _size(folder):
    try:
        with os.scandir(folder) as entries:
            return sum(entry.stat().st_size for entry in entries if entry.is_file())
    except OSError:
        return 0


def damaged_files(distributions, full):
    """Files of torch, its companions and what they need that are missing or not as RECORD has them.

    A sample by default: all shared libraries and the top-level modules are there and have their size, the small
    libraries their hash. With `full` every file is read. Files that conda rewrote on installing are only looked for.
    """
    found = []
    own = with_needs(distributions, _is_of_torch)
    for distribution in distributions:
        by_pip = distribution["installer"] in _WHEEL_INSTALLERS
        # of what torch needs, conda and distributions leave files out that are listed
        if _is_of_torch(distribution["name"]) or (by_pip and distribution["name"] in own):
            for name, digest, size in _read_record(distribution):
                if full or _is_in_sample(name):
                    problem = _problem(distribution["location"], name, digest, size, full, not by_pip)
                    found.extend({**one, "package": distribution["name"]} for one in problem)
    return found


def _is_of_torch(name):
    return name in _CHECKED or name.startswith("nvidia-")


def _is_in_sample(name):
    return _LIBRARY.search(name) or (name.endswith(".py") and name.count("/") <= 1)


def _problem(location, name, digest, size, full, rewritten):
    path = os.path.join(location, *name.split("/"))  # RECORD's separator on every system
    try:
        now = os.stat(path).st_size
    except OSError:
        missing = not name.endswith(".pyc")
        return [{"path": path, "problem": "missing"}] if missing else []
    if rewritten or _bytes(size) is None or name.endswith(".pyc"):
        return []
    if now != _bytes(size):
        return [{"path": path, "problem": "size", "expected": size, "found": str(now)}]
    if full or (now <= _SMALL and _LIBRARY.search(name)):
        return _hash_problem(path, digest)
    return []


def _hash_problem(path, expected):
    algorithm, _, digest = expected.partition("=")
    if algorithm not in hashlib.algorithms_available:
        return []
    found = hashlib.new(algorithm)
    try:
        with open(path, "rb") as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                found.update(block)
    except OSError as error:
        return [{"path": path, "problem": "unreadable", "found": error.strerror or str(error)}]
    now = base64.urlsafe_b64encode(found.digest()).rstrip(b"=").decode()
    return [] if now == digest else [{"path": path, "problem": "hash", "expected": digest, "found": now}]
