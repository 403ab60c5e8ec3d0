"""What pip and uv were asked for: files, options, and other tools' habits."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, ...]] = {
    "bad-name": (
        "ERROR: No matching distribution found for lists/requirements-gpu.txt",
        'HINT: You are attempting to install a package literally named "a.txt"',
        "  ╰─▶ Because requirements-txt was not found in the package registry, it cannot be.",
        "no such option: --upgrad",
        "ambiguous option: --no (--no-deps, --no-index?)",
        "ERROR: -r option requires 1 argument",
        "error: a value is required for '--python <PYTHON>' but none was supplied",
        "ERROR: Can not combine '--user' and '--target'",
        "ERROR: Cannot set --home and --prefix together",
        "ERROR: --require-hashes and --no-require-hashes are mutually exclusive",
        "error: the argument '--locked' cannot be used with '--frozen'",
        "either --no-deps must be set, or --only-binary=:all: must be set",
        "ERROR: Can not use any platform or abi specific options unless installing via '--target'",
        "error: Failed to parse: `a=1`",
        'no such comparison operator "=", must be one of ~= ==',
        "Hint: = is not a valid operator. Did you mean == ?",
        "ERROR: The URL 'git+it@' has an empty revision (after @) which is not supported.",
        "Expected one of `@`, `(`, `<`, found `1`",
        "error: Couldn't parse requirement in `a.txt` at position 9",
    ),
    "old-pip": (
        "no such option: --break-system-packages",
        'A "pyproject.toml" file was found, but editable mode currently requires a setup.py file.',
        "Project has a 'pyproject.toml' and its build backend is missing the 'build_editable' hook.",
    ),
    "configuration": (
        "ERROR: Links are not allowed as constraints",
        "ERROR: Constraints cannot have extras",
    ),
    "old-program": (
        "error: Required uv version `==0.9.1` does not match the running version `0.5.0`",
        "error: Self-update is only available for uv binaries installed via the standalone scripts.",
        "error: uv was installed through an external package manager and cannot update itself.",
    ),
    "exists": ("error: Executables already exist: a, b (use `--force` to overwrite)",),
}
