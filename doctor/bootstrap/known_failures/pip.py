"""What pip says of itself, of what it was asked for, and of what it finds installed."""

from __future__ import annotations

from dataclasses import replace

from doctor.bootstrap.known_failures.reason import ADMINISTRATOR, OTHER_PYTHON, WAYS, Reason, Row

_NO_PIP = Reason(
    "no-pip",
    "this Python has no pip",
    "add it: python -m ensurepip; on Debian and Ubuntu: sudo apt install python3-venv python3-pip",
)

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "pip-itself",
            "on Windows, pip cannot replace itself while it runs",
            "start it as python -m pip; if pip is gone now, python -m ensurepip first; if neither helps, {folder}",
        ),
        (r"to modify pip, please run", r"winerror (?:5|17|32)\].{0,120}[\\/]pip[\d.]*\.exe'"),
    ),
    (
        Reason(
            "file-in-use",
            "what pip was just downloading is in use: the download broke off, or an antivirus program reads it",
            f"run this again; {WAYS}",
        ),
        (r"winerror 32\][^']{0,200}'[^']{0,200}pip-unpack-",),
    ),
    (
        Reason(
            "blocked",
            "an antivirus program removed what pip had just downloaded",
            f"{ADMINISTRATOR} to allow it; or ask for another version of the package",
        ),
        (r"errno 22\][^']{0,80}'[^']{0,200}pip-unpack-",),
    ),
    (
        Reason(
            "missing-file",
            "pip's own temporary folder is gone, cleaned away while it ran",
            "run this again; if that does not help, in a new window",
        ),
        (r"errno 2\][^']{0,80}'[^']{0,200}pip-(?:req|build)-tracker-",),
    ),
    (
        _NO_PIP,
        (r"no module named (?:pip|'?ensurepip)\b", r"ensurepip is not available"),
    ),
    (
        Reason(
            "no-pip",
            "pip could not be put into a new environment",
            f"on Debian and Ubuntu: sudo apt install python3-venv; elsewhere {OTHER_PYTHON}",
        ),
        (r"ensurepip\W.{0,120}returned non-zero(?! exit status 3221225)",),
    ),
    (
        Reason(
            "build",
            "a package is too old for this Python: it is built with an old setuptools",
            "ask for a newer version of it; or put an older Python first on PATH, and run this again",
        ),
        (
            r"(?:pip-build-env|builds-v\d|overlay)(?:(?!pip-build-env|builds-v\d|overlay).){0,2500}"
            r"(?:has no attribute 'impimporter'|no module named '?distutils)",
            r"build backend (?:returned an error|failed)(?:(?!build backend).){0,2500}no module named '?distutils",
            r"build dependencies \.\.\. done(?:(?!build dependencies).){0,2500}cannot import 'setuptools\.build_meta'",
        ),
    ),
    (
        Reason(
            "broken-python",
            "this Python lacks a part (distutils) that Debian and Ubuntu keep in a separate package",
            f"sudo apt install python3-distutils, and run this again; or {OTHER_PYTHON}",
        ),
        (
            r"cannot import name '?\w{1,20}'? from '?distutils'?(?![\w.])", r"no module named 'distutils\.(?!msvc)\w",
            r"python installation is missing `distutils",
        ),
    ),
    (
        Reason(
            "old-pip",
            "pip or setuptools is too old for this Python or for what is installed",
            "python -m pip install --upgrade pip setuptools",
        ),
        (
            r"has no attribute 'impimporter'", r"no module named '?distutils(?!\.msvc)",
            r"wheel-version .{1,40} is not compatible", r"module 'collections' has no attribute",
            r"cannot import name '?\w+'? from 'pip\._", r"attributeerror: install_layout",
        ),
    ),
    (
        Reason(
            "damaged-environment",
            "pip's own files are damaged, or come from two versions",
            "make a new environment; or repair pip first: python -m ensurepip --upgrade",
        ),
        (r"keyerror: 'pip\._vendor", r"no module named [`']{0,2}pip\.(?:_vendor|_internal)"),
    ),
    (
        Reason(
            "old-pip",
            "this pip, or its Python, cannot handle a file of that size",
            "python -m pip install --upgrade pip, and run this again; or add --no-cache-dir",
        ),
        (r"(?:memoryview|bytes object) is too large", r"signed integer is greater than maximum"),
    ),
    (
        Reason(
            "damaged-environment",
            "the versions of pyOpenSSL and cryptography here are incompatible, and pip uses both",
            "make a new environment; or remove pyOpenSSL's folder (OpenSSL) from site-packages",
        ),
        (r"module 'lib' has no attribute",),
    ),
    (
        Reason(
            "damaged-environment",
            "a package in this environment is damaged, or another program put it there",
            "make a new environment; or repair that package first: pip install --ignore-installed NAME",
        ),
        (
            r"(?:record`? file not|no record file was) found(?!\. hint)", r"is a distutils installed project",
            r"distutils-installed distribution", r"failed to read metadata from: .{0,200}\.dist-info",
            r"errno 2\][^']{0,60}'[^']{1,300}\.dist-info[\\/]", r"errno 2\][^']{0,60}'[^']{0,200}pip-uninstall-",
        ),
    ),
    (
        Reason("missing-file", "a file that is to be installed does not exist", "correct its name, or the folder"),
        (r"looks like a filename, but the file does not exist", r"looks like a path\. .{1,300} does not exist"),
    ),
    (
        Reason("bad-name", "a word of the command is misspelt", "correct it"),
        (
            r"error: unknown command \"", r"(?<!activate )is not a conda command",
            r"(?:too(?:many|few)arguments|argument)error: ",
        ),
    ),
    (
        Reason("bad-name", "what was asked for is not a valid package name and version", "correct it"),
        (
            r"error: invalid requirement", r"not a valid wheel filename",
            r"at least one requirement to install", r"could not detect requirement name",
            r"not a valid editable requirement",
            r"couldn't parse requirement",
            r"found invalid version predicate", r"missing name in filename", r"invalid package specification",
        ),
    ),
    (
        Reason(
            "no-hash",
            "hashes are asked for, and a package has none in the list",
            "write its hash there, or leave --require-hashes out",
        ),
        (
            r"hashes are required in", r"require-hashes`? mode", r"can't verify hashes for",
            r"cannot be installed when requiring hashes",
        ),
    ),
    (
        Reason(
            "bad-version",
            "a package's version or description is not valid for current versions of pip",
            "ask for a newer version of it; or take an older pip: python -m pip install 'pip<24.1'",
        ),
        (
            r"please use pip<24", r"invalidversion: ", r"has inconsistent (?:version|name|metadata)",
            r"(?<!since it )has invalid metadata", r"expected (?:end or semicolon|matching right|comma \(within)",
            r"(?:couldn't|failed to) parse metadata(?! .{1,200}metadata field name not found)",
        ),
    ),
    (
        Reason(
            "bad-version",
            "a package that is installed here is not valid for current versions of pip",
            "remove it with an older one: python -m pip install 'pip<24.1', then python -m pip uninstall NAME",
        ),
        (r"invalid-installed-package", r"cannot process installed package"),
    ),
    (
        Reason("user-folder", "pip was told to install for the user, not into the environment", "unset PIP_USER"),
        (r"can not perform a '--user' install", r"will not install to the user site"),
    ),
    (
        Reason("pip-itself", "the program pip belongs to another version of pip", "start it as python -m pip"),
        (
            r"__main__\.py\W.{0,60}'module' object is not callable", r"cannot import name '?_?main\b",
            r"the 'pip[^']{0,20}' distribution was not", r"distributionnotfound: pip==",
        ),
    ),
    (
        Reason(
            "no-pip",
            "the environment has no pip, or is not there",
            "recreate it: python3 -m venv FOLDER; on Debian and Ubuntu first: sudo apt install python3-venv",
            is_general=True,
        ),
        (r"env[\w.-]{0,20}/bin/pip[\d.]{0,4}: no such file",),
    ),
    (
        Reason("no-pip", "the program pip was not found", "start it as python -m pip", is_general=True),
        (r"\bpip3?: (?:command )?not found", r"\bpip3?' is not recognized", r"objectnotfound: \(pip3?:"),
    ),
    (
        Reason(
            "not-there",
            "a package that is asked for is made for Windows only",
            "leave it out of the list",
        ),
        (r"requirement (?:pywin32|pypiwin32|pywinpty|windows-curses)\b.{0,40}from versions: none",),
    ),
    (
        Reason(
            "externally-managed",
            "this Python belongs to the system",
            "install into an environment: python3 -m venv FOLDER",
        ),
        (
            r"externally-managed-environment", r"is externally managed", r"was installed by (?:debian|rpm)\b",
            r"avoid breaking python-exec",
        ),
    ),
    (
        Reason("program-itself", "pip itself failed", "python -m pip install --upgrade pip, and run this again", True),
        (r"(?<!following )exception: traceback \(most recent", r"file an issue on pip's issue tracker"),
    ),
    (  # which a setup.py may look for, too
        replace(_NO_PIP, is_general=True),
        (r"no module named (?:'pip\b|'?_internal\b)",),
    ),
)
# fmt: on
