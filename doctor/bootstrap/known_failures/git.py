"""What git says."""

from __future__ import annotations

from dataclasses import replace

from doctor.bootstrap.known_failures.reason import Reason, Row

_NO_REPOSITORY = Reason(
    "no-repository",
    "a repository or a branch that is named does not exist, or is not public",
    "correct its address; or log in to it first",
)

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "login",
            "a source asks for a login: a user and a password, or a key",
            "name another one, or log in to it first",
        ),
        (
            r"could not read username", r"authentication failed for", r"authenticationerror", r"http error 401\b",
            r"\b401 (?:client error|unauthorized)", r"eof when reading a line", r"permission denied \(publickey",
            r"host key verification failed", r"could not read from remote repository",
            r"support for password authentication was removed", r"missing credentials for",
        ),
    ),
    (
        _NO_REPOSITORY,
        (
            r"\brepository (?:'\S{0,200} ?)?not found", r"remote branch .{1,100} not found",
            r"find remote ref", r"reference is not a tree", r"failed to find branch, tag, or commit",
            r"pathspec '[^']{1,100}' did not match.{0,900}(?:did not run successfully|error code|exit status)",
        ),
    ),
    (
        replace(_NO_REPOSITORY, is_general=True),
        (r"pathspec '[^']{1,100}' did not match",),
    ),
    (
        Reason(
            "git",
            "GitHub no longer answers addresses that begin with git://",
            "write git+https:// instead of git+git://",
        ),
        (
            r"unauthenticated git protocol", r"git://[^│]{0,600}fatal: unable to connect to",
        ),
    ),
    (
        Reason("git", "git does not know the scheme of an address", "correct it: git+https://"),
        (r"i don't handle protocol", r"unable to find remote helper for '(?!https?')"),
    ),
    (
        Reason("git", "Git LFS, for large files, is not installed", "install git-lfs, then git lfs install"),
        (
            r"git lfs extension not found", r"missing git lfs artifacts",
        ),
    ),
    (
        Reason("git", "Git LFS, for large files, is not installed", "install git-lfs, then git lfs install", True),
        (r"'lfs' is not a git command",),
    ),
    (
        Reason("git", "git did not get a package's source", "run the git command above by hand: it says why", True),
        (
            r"git (?:clone|fetch|checkout|submodule)[^│]{0,300}did not run successfully", r"git operation failed",
            r"command '\['(?:/usr/bin/)?git', ", r"exit status 128: (?:command: )?git ",
            r"command \"git .{0,300}failed with error code 128",
        ),
    ),
    (
        Reason(
            "git",
            "git does not trust a folder that belongs to another user",
            "git config --global --add safe.directory FOLDER",
        ),
        (r"dubious ownership in repository",),
    ),
    (
        Reason(
            "git",
            "the repository has file names that Windows does not allow",
            "use Linux inside Windows (WSL); or install a release of it, not the repository",
        ),
        (r"error: invalid path '",),
    ),
    (
        Reason("git", "the repository's share of large files (LFS) is used up", "get its files from somewhere else"),
        (r"over its data quota",),
    ),
)
# fmt: on
