"""The interpreter itself: what it is, what kind of environment it stands in, what the working folder hides from it."""

import importlib
import importlib.machinery
import itertools
import os
import re
import site
import struct
import sys
import sysconfig

# The modules of the standard library that `import torch, torchvision` loads beyond those every start loads
# (torch 2.13 and 2.15, Python 3.11): a file of that name in the working folder is imported in their place.
_NEEDED = frozenset(
    """
    argparse array ast asyncio atexit base64 binascii bisect bz2 cProfile calendar cmath collections colorsys
    concurrent contextlib contextvars copy copyreg csv ctypes dataclasses datetime decimal difflib dis email enum errno
    fcntl fnmatch fractions functools gc getpass gettext glob graphlib grp gzip hashlib heapq hmac html http importlib
    inspect ipaddress itertools json keyword linecache locale logging lzma math mmap modulefinder multiprocessing
    numbers opcode operator pathlib pickle pickletools pkgutil platform pprint profile pstats pwd pyexpat queue
    quopri random re reprlib runpy secrets select selectors shlex shutil signal socket ssl statistics
    string struct subprocess tarfile tempfile termios textwrap threading timeit token tokenize traceback types
    typing unicodedata unittest urllib uuid warnings weakref xml zipfile zlib
    """.split()  # noqa: SIM905 - as a list it would be ninety lines
)
_PACKAGES = frozenset(
    """
    torch torchvision torchaudio torchgen functorch triton numpy PIL typing_extensions sympy mpmath networkx jinja2
    markupsafe fsspec filelock setuptools cuda nvidia doctor
    """.split()  # noqa: SIM905 - as a list it would be ninety lines
)
_DEFINED = re.compile(r"^[ \t]*(?:(?:async )?def |class )?(\w+)(?=[ \t]*[(:=])", re.MULTILINE)
_IMPORTED = re.compile(r"^[ \t]*(?:from [\w.]+ )?import \(?([^\n)]*)", re.MULTILINE)
_OURSELVES = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))


def interpreter():
    bits = struct.calcsize("P") * 8
    return {
        "executable": sys.executable,
        "version": "%d.%d.%d" % sys.version_info[:3] + _prerelease(),
        "bits": bits,
        "implementation": {"cpython": "CPython", "pypy": "PyPy"}.get(sys.implementation.name, sys.implementation.name),
        # Windows has no sys.abiflags before 3.14, the version text has it everywhere
        "free_threaded": "free-threading" in sys.version,
        "machine": _machine(bits),
        "platform": sysconfig.get_platform(),
        "prefix": sys.prefix,
        "base_prefix": sys.base_prefix,
        "kind": _kind(sys.prefix),
        "beside": _environment_beside(),
        "externally_managed": _externally_managed(),
        "user_site": _user_site(),
        "site_length": _site_length(),
        "python_path": [p for p in os.environ.get("PYTHONPATH", "").split(os.pathsep) if p],
        "start_method": _start_method(),
        "sharing_strategy": "file_system" if sys.platform in ("win32", "darwin") else "file_descriptor",
    }


def _prerelease():
    level, serial = sys.version_info[3:5]
    return "" if level == "final" else {"alpha": "a", "beta": "b", "candidate": "rc"}[level] + str(serial)


def _machine(bits):
    if sys.platform == "win32":
        return {"win-amd64": "AMD64", "win-arm64": "ARM64", "win32": "x86"}.get(sysconfig.get_platform(), "")
    kernel = os.uname().machine
    if bits == 32:
        return {"x86_64": "i686", "aarch64": "armv7l"}.get(kernel, kernel)
    return kernel


def _kind(prefix):
    config = read_text(os.path.join(prefix, "pyvenv.cfg"))
    if config:
        keys = {line.partition("=")[0].strip().lower() for line in config.splitlines()}
        return "uv" if "uv" in keys else "virtualenv" if "virtualenv" in keys else "venv"
    meta = os.path.join(prefix, "conda-meta")
    if os.path.isdir(meta):
        if os.path.exists(os.path.join(meta, "pixi")) or ".pixi" in prefix.replace("\\", "/").split("/"):
            return "pixi"
        return "mamba" if "mamba" in _commands(read_text(os.path.join(meta, "history"))) else "conda"
    parts = prefix.replace("\\", "/").split("/")
    root = os.environ.get("PYENV_ROOT", "")
    if "versions" in parts and (".pyenv" in parts or "pyenv-win" in parts or (root and prefix.startswith(root))):
        return "pyenv"
    return "system"


def _environment_beside():
    """The environment in whose folder the interpreter lies and whose packages it does not use: its file is gone."""
    folder = os.path.dirname(os.path.dirname(sys.executable or ""))
    if not folder or os.path.exists(os.path.join(folder, "pyvenv.cfg")) or _same(folder, sys.prefix):
        return ""
    scripts = "Scripts" if sys.platform == "win32" else "bin"
    packages = sysconfig.get_path("purelib", vars={"base": folder})
    made = os.path.isfile(os.path.join(folder, scripts, "activate")) and os.path.isdir(packages)
    return folder if made else ""


def _same(one, other):
    return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))


def _commands(history):
    """The programs that wrote conda's history: its lines `# cmd: /opt/bin/mamba install …`."""
    lines = (line[6:].split() for line in history.splitlines() if line.startswith("# cmd:"))
    return " ".join(os.path.basename(words[0]) for words in lines if words)


def _externally_managed():
    standard_library = os.path.dirname(os.__file__)
    in_environment = sys.prefix != sys.base_prefix
    return not in_environment and os.path.exists(os.path.join(standard_library, "EXTERNALLY-MANAGED"))


def _user_site():
    try:
        folder = site.getusersitepackages()
    except Exception:  # noqa: BLE001 - a broken home or sysconfig must not end the description; there is then no user site
        return ""
    return folder if site.ENABLE_USER_SITE and folder in sys.path else ""


def _site_length():
    """On Windows, where paths may be too long: the characters of the folder that pip installs into."""
    if sys.platform != "win32":
        return None
    of_the_store = sys.prefix == sys.base_prefix and "\\windowsapps\\" in sys.prefix.lower()  # may not be written to
    return len(site.getusersitepackages() if of_the_store else sysconfig.get_path("purelib"))


def _start_method():
    """The default of `multiprocessing`, as its documentation states it by platform and version."""
    if sys.platform == "win32" or (sys.platform == "darwin" and sys.version_info >= (3, 8)):
        return "spawn"
    return "forkserver" if sys.version_info >= (3, 14) and sys.platform != "darwin" else "fork"


def shadowing(path, here):
    """Files in the user's folder that would be imported in place of torch, what it needs, or the standard library.

    They are looked at, never imported: we are in another folder, where a relative entry of PYTHONPATH leads nowhere.
    """
    first = [here] if path[:1] == [""] else []  # PYTHONSAFEPATH leaves it out
    named = os.environ.get("PYTHONPATH")
    relative = [entry for entry in named.split(os.pathsep) if not os.path.isabs(entry)] if named else []
    first += [os.path.normpath(os.path.join(here, entry)) for entry in relative]
    installed = {os.path.realpath(entry) for entry in path if entry}
    found = []
    for folder in dict.fromkeys(first):
        if os.path.realpath(folder) not in installed:
            found.extend(_shadows(folder))
    return found


def _shadows(folder):
    for name in listing(folder) or []:
        module, file = _module_of(folder, name), os.path.join(folder, name)
        if module == "doctor" and os.path.samefile(file, _OURSELVES):
            continue  # run from its own checkout
        if module in _PACKAGES:
            yield {"module": module, "path": file, "lacks": []}
        elif module in _NEEDED and module not in sys.builtin_module_names:
            yield {"module": module, "path": file, "lacks": _lacks(module, file)}


def _lacks(module, file):
    """Names of a module of the standard library that this file in its place does not have; [] where it has most."""
    source = os.path.join(file, "__init__.py") if os.path.isdir(file) else file
    if not source.endswith(".py") or not os.path.isfile(source):
        return []
    text = read_text(source)
    defined = set(_DEFINED.findall(text)).union(*map(str.split, _IMPORTED.findall(text.replace(",", " "))))
    try:
        real = importlib.import_module(module)
    except Exception:  # noqa: BLE001 - one that this system does not have is not hidden by anything
        return []
    wanted = [name for name in getattr(real, "__all__", dir(real)) if not name.startswith("_")]
    missing = [name for name in wanted if name not in defined]
    return missing[:3] if len(missing) * 2 > len(wanted) and "*" not in defined else []


def _module_of(folder, name):
    module = name.partition(".")[0]
    path = os.path.join(folder, name)
    if module == name:  # a folder without __init__ gives way to any other module of that name
        initial = [os.path.join(path, "__init__" + suffix) for suffix in importlib.machinery.all_suffixes()]
        return module if any(map(os.path.isfile, initial)) else ""
    known = name[len(module) :] in importlib.machinery.all_suffixes()
    return module if known and os.path.isfile(path) else ""


def listing(folder, most=20000):
    """Names in a folder, sorted; None when it cannot be read. A data set may lie there: only so many are taken."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in itertools.islice(entries, most))
    except OSError:
        return None


def read_text(path, limit=1 << 20):
    """Text of a small file; "" when it cannot be read: for these files that is the same as not there."""
    try:
        with open(path, "rb") as file:
            return file.read(limit).decode("utf-8", "replace")
    except OSError:
        return ""
