"""A Python that cannot start or lacks a part, and what it cannot read."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, ...]] = {
    "no-ssl": (
        "╰─> The 'ssl' module is unavailable but required",
        "Can't connect to HTTPS URL because the SSL module is not available.",
        "CondaSSLError: OpenSSL appears to be unavailable on this machine.",
        "ModuleNotFoundError: No module named '_ssl'",
        "ImportError: DLL load failed while importing _ssl: nein",
        "RuntimeError: OpenSSL 3.0's legacy provider failed to load.",
    ),
    "store-python": ("failed to copy it: nein (os error 1920)",),
    "broken-python": (
        "× Cannot import the 'venv' module of the Python standard library",
        "'-m', 'ensurepip', '--upgrade']' returned non-zero exit status 3221225781.",
        "Python path configuration:\n  PYTHONHOME = (not set)",
        "File \"/usr/bin/a-tool\", line 3, in <module>\nModuleNotFoundError: No module named 'apt_pkg'",
        "./a.sh: line 7: /srv/venv/bin/pip: cannot execute: required file not found",
        "Fatal Python error: init_fs_encoding: failed",
        "ModuleNotFoundError: No module named 'encodings'",
        "ModuleNotFoundError: No module named '_ctypes'",
        "bash: /a/bin/pip: /b/bin/python: bad interpreter: no",
        "bash: /a/bin/pip: /b/bin/python: 解释器错误",
        "bash: /a/bin/pip: /b/bin/python: Defekter Interpreter",
        "Fatal error in launcher: Unable to start it",
        "No Python at 'D:\\a\\python.exe'",
        "did not find executable at 'D:\\a\\python.exe'",
        "error: Broken virtual environment `a`: see below",
        "  Caused by: Python interpreter not found at `a`",
        "Unable to create process using 'D:\\a\\python.exe'",
        "failed to create process.",
        "[Errno 2] No such file or directory: '/a/envs/b/bin/python3.9'",
        "can't decompress data; zlib not available",
        "Could not import runpy module",
        "error: uv trampoline failed to canonicalize script path",
        "Failed to spawn the python child process: nein (os error 2)",
        "Unable to copy 'D:\\\\a\\\\venvlauncher.exe'\nError: [WinError 2] nein",
    ),
    "encoding": (
        "SyntaxError: (unicode error) 'utf-8' codec can't decode byte 0xc0",
        "LookupError: unknown encoding: cp65001",
        "UnicodeDecodeError: 'gbk' codec can't decode byte 0x80",
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0",
        "SyntaxError: Non-UTF-8 code starting with '\\xd6' in it",
    ),
    "no-python": (
        "error: Python 3.5 is not supported. Please use Python 3.6 or newer.",
        "ERROR: This script does not work on Python 3.6.",
        '    sys.stderr.write(f"ERROR: {exc}")',
        "RuntimeError: Python version >= 3.9 required.",
    ),
}
