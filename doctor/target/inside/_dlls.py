"""torch's DLLs on Windows, by their files: which are no longer whole, and which DLLs they ask for that are nowhere."""

import os
import sys

from _interpreter import listing
from _pe import NoProgram, read_program

_ADDED = (("Library", "bin"), ("bin",))
_SETS = ("api-ms-", "ext-ms-")  # names that Windows resolves by itself: there are no such files


def dlls_of(folder):
    """What those of the torch in this folder tell."""
    return examine(_own(folder), _searched(folder))


def _own(folder):
    """The DLLs that `import torch` loads by name, and the modules beside them."""
    names = [os.path.join(folder, "lib", name) for name in listing(os.path.join(folder, "lib")) or []]
    names += [os.path.join(folder, name) for name in listing(folder) or []]
    return [path for path in names if path.lower().endswith((".dll", ".pyd"))]


def examine(paths, folders):
    """What the files tell: `absent`, what they need and none of the folders has; `damaged`, those that are cut off or
    begin like no program."""
    absent, damaged = {}, []
    for path in paths:
        try:
            told = read_program(path)
            size = os.stat(path).st_size
        except NoProgram as error:
            damaged.append({"path": path, "problem": "header", "expected": "4d 5a (MZ)", "found": str(error)})
            continue
        except OSError:
            continue
        if size < told["length"]:
            found = {"expected": str(told["length"]), "found": str(size)}
            damaged.append(dict(path=path, problem="size", **found))
        for name in told["needs"]:
            if not name.lower().startswith(_SETS) and not _is_in(name, folders):
                absent.setdefault(name, os.path.basename(path))
    return {"absent": [{"name": n, "needed_by": absent[n]} for n in sorted(absent)], "damaged": damaged}


def _is_in(name, folders):
    return any(os.path.isfile(os.path.join(folder, name)) for folder in folders)


def _searched(folder):
    """Where an import of torch finds DLLs: beside its own, beside the program that runs (of a virtual environment that
    is the Python that it was made from), in the system's folders, those that torch adds, and PATH."""
    program = os.path.dirname(getattr(sys, "_base_executable", "") or sys.executable)
    system = os.environ.get("SYSTEMROOT", "C:\\Windows")
    own = [
        os.path.join(folder, "lib"),
        program,
        sys.base_prefix,
    ]  # the Store calls its Python by a file that lies apart
    added = [os.path.join(prefix, *more) for prefix in (sys.prefix, sys.base_prefix) for more in _ADDED]
    named = [entry.strip('"') for entry in os.environ.get("PATH", "").split(os.pathsep)]
    return [*own, os.path.join(system, "System32"), system, *added, *filter(None, named)]
