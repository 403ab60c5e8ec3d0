"""What conda and mamba look for in their channels, and do not find there."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, ...]] = {
    "not-there": (
        "package does not exist (perhaps a typo or a missing channel).",
        "PackagesNotFoundError: see below",
        "  - nothing provides odd-tool >=2 needed by a",
        "Error: Could not find some dependencies for odd-tool: b >=2",
        "  - nothing provides __osx needed by odd-tool",
        "   └─ __win =* *, which is missing on the system.",
        "PackagesNotFoundInChannelsError: see below",
        "The following packages are not available from current channels:",
        "NoPackagesFoundError: Package missing in current win-64 channels: a",
        "Error: No packages found in current win-64 channels matching: a",
        "No matching packages could be found, nothing to do",
        "ResolvePackageNotFound:\n  - a=1",
        "  - nothing provides requested a >=9",
        "ResolvePackageNotFound:\n  - odd-tool==2.7.1=h1a2b3c4_5",
        "The following packages are not available from current channels:\n\n  - odd-tool==2.7.1=py39_0",
        "  - nothing provides requested odd-tool ==2.7.1 h1a2b3c4_5",
        "   ├─ odd-tool ==2.7.1 h1a2b3c4_5 does not exist",
    ),
    "no-solution": (
        "The following packages are incompatible",
        "UnsatisfiableError: see below",
        "Your pinning does not match what's currently installed.",
        "The following specifications were found to be incompatible with a past",
        "SpecsConfigurationConflictError: see below",
        "Error: Unsatisfiable package specifications.",
        "Problem: package a-1-0 requires b >=2, but none of the providers can be installed",
        "LibMambaUnsatisfiableError: Encountered problems",
        "critical libmamba Could not solve for environment specs",
        "Found conflicts! Looking for incompatible packages.\nThis can take minutes.\nfailed",
        "which conflicts with any installable versions previously reported.",
        "to be incompatible with the existing python installation in your environment:",
        "  - package a-1.0-0 is excluded by strict repo priority",
        "warning  libmamba The specification of the environment does not seem solvable in your current setup.\n"
        "error    libmamba Could not solve for environment specs\n  which conflicts with those previously reported.",
    ),
    "no-channel": (
        "NoChannelsConfiguredError: see below",
        "critical libmamba No micromamba found in the loaded channels.",
    ),
}
