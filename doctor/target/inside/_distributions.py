"""What is installed, read from the metadata files in the folders of sys.path; nothing is imported."""

import os
import re

from _interpreter import listing

_FAMILY = ("torch", "pytorch", "functorch", "triton", "nvidia-")
_MODULES = ("torch", "torchvision", "torchaudio", "triton", "numpy", "functorch")
_WANTED = ("name", "version", "requires-dist")


def normalised(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def folders(path):
    """The existing folders of a search path, each once, however it is spelled."""
    seen, found = set(), []
    for entry in path:
        real = os.path.normcase(os.path.realpath(entry or os.getcwd()))
        if real not in seen and os.path.isdir(real):
            seen.add(real)
            found.append(entry or os.getcwd())
    return found


def installed(path):
    """All distributions in the order of the search path, and the folders that could not be read."""
    found, unreadable = [], []
    for folder in folders(path):
        names = listing(folder)
        if names is None:
            unreadable.append(folder)
            continue
        found += [_distribution(folder, name) for name in names if _is_metadata(folder, name)]
    return [d for d in found if d], unreadable


def _is_metadata(folder, name):
    return name.endswith((".dist-info", ".egg-info")) or (name == "EGG-INFO" and folder.endswith(".egg"))


def _distribution(folder, name):
    meta = os.path.join(folder, name)
    if name.endswith(".dist-info"):
        fields = read_fields(os.path.join(meta, "METADATA"))
    else:
        fields = read_fields(os.path.join(meta, "PKG-INFO") if os.path.isdir(meta) else meta)
    if not fields.get("name"):
        return None
    own_name = normalised(fields["name"][0])
    return {
        "name": own_name,
        "version": fields.get("version", [""])[0],
        "installer": _first_line(os.path.join(meta, "INSTALLER")),
        "location": folder,
        "metadata": meta,
        "requires": _relevant_requirements(own_name, fields.get("requires-dist", [])),
        "source": _first_line(os.path.join(meta, "direct_url.json")),
    }


def _relevant_requirements(name, requirements):
    """The unconditional requirements of the torch family and of what depends on it; nothing for the others."""
    plain = [r for r in requirements if "extra ==" not in r and "extra==" not in r]
    related = name.startswith(_FAMILY) or any(normalised(r).startswith(_FAMILY) for r in plain)
    return plain if related else []


def read_fields(path):
    """Header fields of a METADATA or PKG-INFO file, by lower-case name."""
    fields = {}
    for line in _header(path).splitlines():
        key, colon, value = line.partition(":")
        if colon and key.lower() in _WANTED:
            fields.setdefault(key.lower(), []).append(value.strip())
    return fields


def _header(path):
    """Up to the first empty line: the long description behind it is not read."""
    data = b""
    try:
        with open(path, "rb") as file:
            while True:
                chunk = file.read(16384)
                data += chunk
                end = re.search(rb"\r?\n\r?\n", data)
                if end or not chunk:
                    return data[: end.start() if end else len(data)].decode("utf-8", "replace")
    except OSError:
        return ""


def _first_line(path):
    try:
        with open(path, "rb") as file:
            return file.read(4096).decode("utf-8", "replace").strip()
    except OSError:
        return ""


def leftovers(path, distributions):
    """What half-finished installs leave: "~orch" folders, metadata without METADATA, packages without `__init__`."""
    known = {d["metadata"] for d in distributions}
    found = []
    for folder in folders(path):
        if os.path.basename(folder) not in ("site-packages", "dist-packages"):
            continue  # a folder `torch` in the working folder is the user's own
        for name in listing(folder) or []:
            entry = os.path.join(folder, name)
            renamed = name.startswith("~") and os.path.isdir(entry)
            hollow = name.endswith(".dist-info") and entry not in known
            if renamed or hollow or (name in _MODULES and _without_code(entry)):
                found.append(entry)
    return found


def _without_code(folder):
    return os.path.isdir(folder) and not any(
        os.path.exists(os.path.join(folder, "__init__" + suffix)) for suffix in (".py", ".pyc", ".so", ".pyd")
    )
