"""What pip says of itself, of what it was asked for, and of what it finds installed."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, ...]] = {
    "externally-managed": (
        "error: externally-managed-environment",
        "error: The interpreter at /usr is externally managed, and says so:",
        "error: Cannot uninstall a 1, RECORD file not found. Hint: The package was installed by debian.",
    ),
    "no-pip": (
        "/opt/x/bin/python: No module named pip",
        "because ensurepip is not available.",
        "Error: Command '['/a/bin/python', '-m', 'ensurepip', '--upgrade']' returned non-zero exit status 1.",
        "sh: 1: pip: not found",
        "'pip' 不是内部或外部命令",
        "CategoryInfo : ObjectNotFound: (pip:String) [], CommandNotFoundException",
    ),
    "old-pip": (
        "AttributeError: module 'pkgutil' has no attribute 'ImpImporter'",
        "no such option: --report",
        "ModuleNotFoundError: No module named 'distutils'",
        "a's Wheel-Version (2.0) is not compatible with this version of pip",
        "AttributeError: module 'collections' has no attribute 'Callable'",
        "ImportError: cannot import name 'html5lib' from 'pip._vendor' (/a)",
        "AttributeError: install_layout",
        "ValueError: Memoryview is too large",
        "OverflowError: signed integer is greater than maximum",
    ),
    "bad-name": (
        "ERROR: Invalid requirement: 'a=1'",
        "InvalidMatchSpec: see below",
        "ERROR: a.whl is not a valid wheel filename.",
        "ERROR: You must give at least one requirement to install",
        "The 'sklearn' PyPI package is deprecated",
        'The "tensorflow-gpu" package has been removed!',
        "RuntimeError: what you want is only a placeholder project on it",
        "ERROR: Could not detect requirement name for it",
        "ERROR: a is not a valid editable requirement.",
        "error: Couldn't parse requirement in it",
        "CondaValueError: invalid package specification: a=",
        'critical libmamba Missing name in filename "a.whl".',
        "ERROR: Invalid requirement: 'a=1.0=py39_0' (from line 4)",
        "ERROR: Could not find a version that satisfies the requirement pkg-resources==0.0.0",
        "ERROR: No matching distribution found for cv2",
        'ERROR: unknown command "instal"',
        "CommandNotFoundError: 'instal' is not a conda command.",
        "InvalidMatchSpec: Invalid spec 'a ==1;python_version<=\"3.10\"': it",
    ),
    "user-folder": (
        "ERROR: Can not perform a '--user' install.",
        "ERROR: Will not install to the user site because of a",
    ),
    "pip-itself": (
        "ERROR: To modify pip, please run the following command:",
        "OSError: [WinError 5] nein: 'd:\\\\a\\\\pip3.11.exe'",
        "  File \"D:\\a\\__main__.py\", line 9, in <module>\nTypeError: 'module' object is not callable",
        "ImportError: cannot import name 'main' from 'pip'",
        "DistributionNotFound: The 'pip==1.0' distribution was not found",
    ),
    "damaged-environment": (
        "ERROR: Cannot uninstall a 1, RECORD file not found. You might recover from this",
        "Cannot uninstall 'a'. It is a distutils installed project",
        "OSError: [Errno 2] nein: '/a/b-1.dist-info/METADATA'",
        "error: Unable to uninstall `a`. distutils-installed distributions do not tell what is theirs",
        "AttributeError: module 'lib' has no attribute 'a'",
    ),
    "no-hash": (
        "ERROR: Hashes are required in this mode, but a has none",
        "error: In `--require-hashes` mode, all must have one",
    ),
    "bad-version": (
        "Please use pip<24.1 if you need it",
        "packaging.version.InvalidVersion: Invalid version: 'a'",
        "  ╰─▶ Couldn't parse metadata of a.whl",
        "    Expected end or semicolon (after version specifier)",
    ),
    "program-itself": ("ERROR: Exception:\nTraceback (most recent call last):\nAssertionError",),
    "missing-file": (
        "WARNING: Requirement 'a.whl' looks like a filename, but the file does not exist",
        "ERROR: Invalid requirement: './a'\nHint: It looks like a path. File './a' does not exist.",
    ),
    "build": ("  File a/overlay/b.py\nAttributeError: module 'pkgutil' has no attribute 'ImpImporter'",),
    "not-there": (
        "satisfies the requirement pywin32==306 (from versions: none)",
        "ERROR: No matching distribution found for mkl-fft==1.3.0",
    ),
}
