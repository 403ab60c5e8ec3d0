"""A Python that cannot start or lacks a part, and what it cannot read."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import OTHER_PYTHON, Reason, Row

_NATIONAL = r"gbk|gb2312|big5|euc_kr|mbcs|cp\d+|charmap|ascii|latin-1"

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "store-python",
            "the Python of Microsoft's Store cannot be used for this",
            "put another Python first on PATH, from python.org or uv",
        ),
        (r"(?:winerror|os error) 1920\b",),
    ),
    (
        Reason(
            "no-ssl",
            "this Python has no SSL",
            f"{OTHER_PYTHON}: this one was built without OpenSSL, or its conda environment is not active",
        ),
        (
            r"ssl module (?:in python )?is not available", r"'ssl' module is unavailable",
            r"openssl appears to be unavailable",
            r"no module named '?_ssl", r"dll load failed.{0,40}_ssl\b",
            r"\bimport _ssl\b.{0,120}dll load failed[^:]{0,40}: .{0,60}",
        ),
    ),
    (
        Reason("broken-python", "this Python cannot start", f"unset PYTHONHOME; or {OTHER_PYTHON}"),
        (
            r"fatal python error: (?:init|py_init)\w*", r"python path configuration: {1,4}pythonhome",
            r"no module named '?(?:encodings|site)\b",
        ),
    ),
    (
        Reason(
            "no-python",
            "what is to be installed is not made for this version of Python",
            OTHER_PYTHON,
        ),
        (
            r"cannot install on python version \d",
            r"please use python 3[.\d]{0,4} or newer", r"script does not work on python",
            r"sys\.stderr\.write\(f\"error",
            r"error: .{0,160}python(?: version)? (?:>= ?)?[\d.]{1,8} (?:or \w{1,8} )?(?:is )?required",
        ),
    ),
    (
        Reason(
            "broken-python",
            "a library (DLL) that this Python itself needs is missing, or not found",
            "activate its environment first; if it is active, recreate it; where it is conda's base, "
            "reinstall Miniforge",
        ),
        (r"dll load failed[^:]{0,40}\b(?:_ctypes|_socket|_hashlib|_sqlite3|_bz2|_lzma|pyexpat)\b",),
    ),
    (
        Reason("broken-python", "this Python lacks a part of its standard library", OTHER_PYTHON),
        (
            r"no module named '?(?:_ctypes|_bz2|_lzma|_sqlite3|zlib|pkgutil|runpy|venv)\b",
            r"no module named '?(?:contextlib|functools|collections)(?![\w.])",
            r"cannot import the 'venv' module",
            r"zlib(?: module)? (?:is )?not available", r"could not import runpy",
        ),
    ),
    (
        Reason("broken-python", "this Python is incomplete: it lacks the launcher for environments", "reinstall it"),
        (r"unable to copy '[^']{1,300}venvw?launcher\.exe'.{0,300}winerror 2\]",),
    ),
    (
        Reason(
            "broken-python",
            "the Python of an environment or a program is gone, or was moved",
            "recreate the environment; or put the program in again: python -m pip install --force-reinstall NAME",
        ),
        (
            r"python[\d.]{0,5}: bad interpreter", r"bad interpreter: [^:]{0,200}python",
            r"/pip3?: cannot execute: required file not found",
            r"no python at ['\"]", r"did not find executable at", r"broken virtual environment",
            r"python interpreter not found at",
            r"no such file or directory: '[^']{1,300}[\\/]bin[\\/]python[\d.]*'",
            r"trampoline failed to canonicalize",
            r"failed to spawn (?:the )?python child(?! process[^()]{0,80}\(os error 5\))",
        ),
    ),
    (
        Reason(
            "broken-python",
            "a Python that was just made or started lacks a library (DLL)",
            f"start the one of the system as python.exe, not python3.exe; or {OTHER_PYTHON}",
        ),
        (r"'ensurepip'.{0,80}exit status (?:3221225781|0xc0000135)\b",),
    ),
    (
        Reason(
            "broken-python",
            "the Python that a program (pip.exe or its like) was made for is gone, or was moved",
            "start it as python -m NAME (python -m pip); or install it again; or recreate the environment",
        ),
        (r"fatal error in launcher", r"unable to create process using", r"failed to create process\b"),
    ),
    (
        Reason("encoding", "a file is not in this system's character set", "set PYTHONUTF8=1, and run this again"),
        (
            r"unknown encoding: cp65001",
            rf"unicodedecodeerror: '(?:{_NATIONAL})'",
        ),
    ),
    (
        Reason(
            "encoding",
            "this system's character set lacks a character that is to be printed or written",
            "set PYTHONUTF8=1, on Linux and macOS LANG=C.UTF-8, and run this again",
        ),
        (rf"unicodeencodeerror: '(?:{_NATIONAL})'",),
    ),
    (
        Reason("encoding", "a file that was read is not in UTF-8", "save it in UTF-8, and run this again"),
        (r"unicodedecodeerror: 'utf-8'", r"\(unicode error\) 'utf-8'", r"non-utf-8 code starting with"),
    ),
    (
        Reason(
            "no-ssl",
            "OpenSSL's legacy provider cannot be loaded",
            "set CRYPTOGRAPHY_OPENSSL_NO_LEGACY=1, and run this again",
        ),
        (r"legacy provider failed to load",),
    ),
    (
        Reason(
            "no-python",
            "neither Python nor pip was found",
            "install Python and have it put on PATH, and run this again in a new window",
            is_general=True,
        ),
        (
            r"'pip3?' is not recognized as an internal.{0,900}'python3?' is not recognized as an internal",
            r"(?:the term 'python3?' is not recognized|python was not found; run)"
            r".{0,1500}the term 'pip3?' is not recognized(?:.{0,400}objectnotfound: \(pip3?:)?",
            r"'python3?' is not recognized as an internal.{0,900}'pip3?' is not recognized as an internal",
            r"\bpip3?: (?:command )?not found.{0,300}\bpython3?: (?:command )?not found",
            r"\bpython3?: (?:command )?not found.{0,300}\bpip3?: (?:command )?not found",
        ),
    ),
)
# fmt: on
