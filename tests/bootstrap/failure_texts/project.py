"""What a project says of itself (pyproject.toml, .python-version, uv.lock) and does not fit."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, ...]] = {
    "configuration": (
        "hint: The `requires-python` value (>=3.8) includes Python versions that are not supported by it",
        "  ╰─▶ Because the requested Python version (>=3.7) does not satisfy Python>=3.8 and a needs it",
        "hint: While the active Python version is 3.12, the resolution failed for other Python versions supported",
        "hint: The package `a` depends on the package `b` but the name is shadowed by your project.",
        "hint: The project `a` depends on itself at an incompatible version.",
        "error: Requirement name `a` matches project name `a`, but self-dependencies are not permitted",
        "hint: The resolution failed for an environment that is not the current one",
        "`a` references a workspace in `tool.uv.sources`, but is not a workspace member",
        "error: Package `a` references an undeclared index: `b`",
        "`a` is included as a workspace member, but is missing an entry in `tool.uv.sources`",
        "error: Workspace member `/a` is missing a `pyproject.toml` (matches: `b`)",
        "error: Extra `a` is not defined in the project's `optional-dependencies` table",
        "error: Requested extras not found: a",
        "error: The dependency group 'a' was not found in the project",
        "error: invalid-pyproject-build-system-requires",
        "The Poetry configuration is invalid:",
        "configuration error: `project` must contain ['name'] properties",
        "error: Failed to deserialize `pyproject.toml`",
        "`pyproject.toml` does not match the required schema.",
        "it uses the `[project]` table, but the required `project.version` field is neither set nor dynamic",
        "This package has an invalid `build-system.requires` key in it.",
        "error: Workspace dependency `a` must refer to local directory, not a URL",
    ),
    "no-python": (
        "hint: The Python interpreter uses a Python version that is not supported by your dependencies",
        "hint: The source distribution for `a` has none. Generating metadata for this package requires Python >=3.99",
        "error: No interpreter found for executable name `a` in managed installations",
        "error: `a` is not a valid Python download request",
        "ERROR: Could not locate Python interpreter a",
        "error: No download found for request: cpython-3.99",
        "error: No download URL found for Python",
    ),
    "old-lock": (
        "error: The current Python version (3.9.1) is not compatible with the locked Python requirement: `>=3.11`",
        "error: The current Python platform is not compatible with the lockfile's supported environments: a",
    ),
    "build": (
        "Expected a Python module at: src/a/__init__.py",
        "ValueError: Unable to determine which files to ship inside the wheel using the following ways",
        "ValueError: No file/folder found for package a",
    ),
}
