"""What git says."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, ...]] = {
    "login": (
        "fatal: could not read Username for it",
        "fatal: Authentication failed for it",
        "AuthenticationError: no",
        "ERROR: HTTP error 401 while getting it",
        "401 Client Error: no",
        "EOFError: EOF when reading a line",
        "git@a.example: Permission denied (publickey).",
        "Host key verification failed.",
        "fatal: Could not read from remote repository.",
        "remote: Support for password authentication was removed.",
        "error: Missing credentials for it",
    ),
    "no-repository": (
        "fatal: reference is not a tree: 9abc",
        "error: pathspec 'v9' did not match any file(s) known to git",
        "error: pathspec 'v9' did not match any file(s) known to git\ngit checkout -q v9 did not run successfully.",
        "remote: Repository not found.",
        "fatal: Remote branch a not found in upstream origin",
        "fatal: couldn't find remote ref a",
        "  Caused by: failed to find branch, tag, or commit `a`",
    ),
    "git": (
        "fatal: I don't handle protocol 'gitt'",
        "fatal: Unable to find remote helper for 'gitt'",
        "Git LFS extension not found. Install it.",
        "git: 'lfs' is not a git command.",
        "error: The wheel `a` is missing Git LFS artifacts.",
        "error: invalid path 'a/aux.py'",
        "× git clone --quiet it did not run successfully.",
        "  ├─▶ Git operation failed",
        "fatal: remote error:\n  The unauthenticated git protocol on port 9418 is no longer supported.",
        "Running command git clone -q git://a.example/b 'C:\\c'\n  fatal: unable to connect to a.example:",
        "fatal: detected dubious ownership in repository at '/a'",
        "batch response: This repository is over its data quota.",
        "Command '['git', 'clone', 'a']' returned non-zero exit status 128.",
        "ERROR: Command errored out with exit status 128: git clone -q "
        "https://github.com/CompVis/taming-transformers 'C:\\\\sd\\\\src\\\\taming-transformers' Check the "
        "logs for full command output.",
        'Command "git clone -q https://github.com/huggingface/transformers /tmp/pip-req-build-s3f" failed '
        "with error code 128 in None",
    ),
}
