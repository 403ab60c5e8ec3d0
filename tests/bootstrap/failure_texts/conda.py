"""What conda and mamba say."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, ...]] = {
    "terms": (
        "CondaToSNonInteractiveError: see below",
        "Terms of Service have not been accepted for these channels",
    ),
    "conda-init": (
        "conda: error: argument COMMAND: invalid choice: 'activate' (choose from 'clean')",
        "CondaError: Run 'conda init' before 'conda activate'",
        "Your shell has not been properly configured to use it.",
        "bash: activate: No such file or directory",
        "& : The term 'C:\\a\\Scripts\\conda.exe' is not known here.\nAt C:\\b\\profile.ps1:4 char:4",
        "you must initialize your shell before using it",
        "critical libmamba Shell not initialized",
    ),
    "no-driver": (
        "  - a -> __cuda\n\nYour installed version is: not available",
        "   └─ __cuda *, for which no candidates were found.",
        "Virtual package '__cuda >=12' does not match any",
        "  - nothing provides __cuda needed by a",
    ),
    "conda-base": (
        "RemoveError: 'a' is needed",
        "it cannot be taken from conda's operating environment",
        "CondaValueError: The target prefix is the base prefix.",
    ),
    "no-channel": (
        "The remote server could not find the noarch directory for the requested channel",
        "you are using invalid credentials for this channel.",
        "UnavailableInvalidChannel: see below",
        "The channel is not accessible: a",
        "ChannelDenied: see below",
    ),
    "program-itself": (
        "critical libmamba could not load prefix data",
        "error    libmamba ZSTD decompression error: Unknown frame descriptor",
        "Error while loading conda entry point: conda-libmamba-solver (nein)",
        "PluginError: Error while loading conda plugins from entrypoints: libarchive.so.9: nein",
        "An unexpected error has occurred. Conda has prepared the above report.",
        "CondaValueError: the solver backend (libmamba) was not recognized.",
        "ModuleNotFoundError: No module named 'conda'",
        "# >>>>>> ERROR REPORT <<<<<<\nTypeError: it takes no such argument",
        "please send the following traceback to the conda GitHub issue tracker",
        "critical libmamba Cannot read it",
        "'D:\\a\\condabin\\micromamba' is not recognized as an internal or external command",
        "The system cannot find the path specified.\ncritical libmamba pip failed to install packages",
        "AttributeError: module 'libmambapy' has no attribute 'a'",
        "At D:\\conda\\shell\\condabin\\conda-hook.ps1:8 char:1",
    ),
    "damaged-environment": (
        "CorruptedEnvironmentError: see below",
        "  ├─▶ failed to parse '/a/.pixi/envs/default/conda-meta/b-2.31.0-c.json'\n  ╰─▶ Eof at character 0",
    ),
    "bad-name": (
        "PackageNotInstalledError: see below",
        "The following packages are missing from the target environment:",
        "critical libmamba Package is not installed in prefix.",
        "error    libmamba Could not find packages to remove: a",
        "CondaUpdatePackageError: see below",
        "error    libmamba No target prefix specified",
        "error    libmamba Cannot set both prefix and env name",
    ),
    "blocked": (
        "DisallowedPackageError: see below",
        "EnvironmentIsFrozenError: see below",
    ),
    "old-program": (
        "CondaUpgradeError: see below",
        "CondaValueError: Malformed version string '~': invalid character(s).",
        "InvalidVersionSpecError: Invalid version spec: =3.9",
        "The following arguments were not expected: zsh init",
    ),
    "exists": ('critical libmamba Could not use default root_prefix "/a": it is not empty',),
    "no-license": ("The license agreement wasn't approved, aborting installation.",),
    "wrong-shell": ('Please run using "bash"/"sh", but not "." or "source".',),
    "bad-version": ("InvalidVersionSpec: Invalid version '1.2<3': invalid character(s)",),
    "damaged-program": (
        "Failed to create menus",
        "CondaError: Cannot link a source that does not exist. D:\\a\\Scripts\\conda.exe",
        "ModuleNotFoundError: No module named 'conda_package_handling'",
    ),
}
