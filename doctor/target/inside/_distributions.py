"""What is installed, read from the metadata files in the folders of sys.path; nothing is imported."""

import os
import re

from _interpreter import listing, read_text

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
    return _with_relevant_requirements([d for d in found if d]), unreadable


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
    return {
        "name": normalised(fields["name"][0]),
        "version": fields.get("version", [""])[0],
        "installer": _first_line(os.path.join(meta, "INSTALLER")),
        "location": folder,
        "metadata": meta,
        "requires": fields.get("requires-dist", []),
        "source": _first_line(os.path.join(meta, "direct_url.json")),
    }


def _with_relevant_requirements(distributions):
    """The requirements of the torch family, of what that needs, and of what depends on it, those of extras that are
    asked for among them; nothing for the others."""
    every = {id(one): one["requires"] for one in distributions}
    for one in distributions:
        one["requires"] = [r for r in one["requires"] if not _extra(r)]
    needed = with_needs(distributions, lambda name: name.startswith(_FAMILY))
    for one in distributions:
        if one["name"] not in needed and not any(normalised(r).startswith(_FAMILY) for r in one["requires"]):
            one["requires"] = []
    asked = {pair for one in distributions for r in one["requires"] for pair in _asked_extras(r)}
    for one in distributions:
        one["requires"] += [r for r in every[id(one)] if (one["name"], _extra(r)) in asked]
    return distributions


def _extra(requirement):
    """The extra that it belongs to; "" where it always counts."""
    found = re.search(r"\bextra\s*==\s*['\"]([\w.-]+)['\"]", requirement)
    return normalised(found.group(1)) if found else ""


def _asked_extras(requirement):
    """The name with each extra in "cuda-toolkit[cublas,nvrtc]==13.2.2"."""
    found = re.match(r"([\w.-]+)\s*\[([\w.,\s-]*)\]", requirement)
    return [(normalised(found.group(1)), normalised(e.strip())) for e in found.group(2).split(",")] if found else []


def with_needs(distributions, is_meant):
    """The names of the distributions that are meant, and of everything that they need, directly or not."""
    requires = {}
    for one in distributions:
        requires.setdefault(one["name"], []).extend(one["requires"])
    found = set()
    left = [name for name in requires if is_meant(name)]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += [normalised(re.match(r"[\w.-]*", r).group()) for r in requires.get(name, ())]
    return found


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
    """What half-finished installs leave: "~orch" folders, metadata without METADATA or of a version that is no longer
    there, packages without `__init__`."""
    known = {d["metadata"] for d in distributions}
    found = _of_versions_gone(distributions)
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


def _of_versions_gone(distributions):
    """Of two records of one package in one folder, those that its own file does not have the version of."""
    copies = {}
    for one in distributions:
        if one["name"] in _MODULES:
            copies.setdefault((one["location"], one["name"]), []).append(one)
    found = []
    for (folder, name), records in copies.items():
        stated = assigned_value(read_text(os.path.join(folder, name, "version.py")), "__version__") or ""
        gone = [one["metadata"] for one in records if _release(one["version"]) != _release(stated)]
        found += gone if len(gone) < len(records) else []
    return found


def _release(version):
    return version.partition("+")[0]


def assigned_value(text, name):
    """Value of `name = …` or `name: Optional[str] = …` in a version.py; "" for None, None when not assigned."""
    found = re.search(r"^" + name + r"(?:\s*:[^=\n]*)?\s*=\s*(.+?)\s*$", text, re.MULTILINE)
    if not found:
        return None
    value = found.group(1).strip("'\"")
    return "" if value == "None" else value


def _without_code(folder):
    return os.path.isdir(folder) and not any(
        os.path.exists(os.path.join(folder, "__init__" + suffix)) for suffix in (".py", ".pyc", ".so", ".pyd")
    )
