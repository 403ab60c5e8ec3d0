"""What conda and mamba say of the packages that they keep, unpack and link."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import Reason, Row

_SAYS = r"libarchive was:.{0,10}"

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "file-in-use",
            "a file in conda's package cache cannot be replaced: it is in use, or belongs to another account",
            "close what may use it; then conda clean --packages, and run this again",
        ),
        (rf"{_SAYS}(?:could not unlink|can't (?:unlink|remove|replace) )",),
    ),
    (
        Reason(
            "old-program",
            "this conda cannot unpack current packages: its part for zstd is missing",
            "conda update --name base conda; or reinstall Miniforge",
        ),
        (rf"{_SAYS}(?:child process exited with status 127|can\W{{1,3}}t initialize filter)",),
    ),
    (
        Reason(
            "bad-path",
            "conda cannot open a file in its package cache: a folder's name has letters other than A to Z",
            "set another one: conda config --add pkgs_dirs FOLDER",
        ),
        (rf"{_SAYS}failed to open '[^']{{0,200}}[^'\x00-\x7f]",),
    ),
    (
        Reason(
            "not-writable",
            "a file of a package could not be written into conda's package cache: it is full, not writable, "
            "or too deep for Windows, or held by an antivirus program",
            "look at the folder that is named; then conda clean --packages, and run this again",
        ),
        (rf"(?:{_SAYS}|archiveerror: )(?:can\W{{1,3}}t create |failed to create dir )",),
    ),
    (
        Reason(
            "http",
            "the channel does not have a package that its index lists (404): the index cached here is out of date, "
            "or the package was removed",
            "conda clean --index-cache, and run this again; {another_mirror}; or ask for another version",
        ),
        (r"condahttperror: http 404\b",),
    ),
    (
        Reason(
            "wrong-file",
            "a downloaded package is not the expected one",
            "conda clean --all, and run this again; if it stays, {another_mirror}; do not use that file",
        ),
        (
            r"expected content and downloaded content", r"file not valid: .{1,80} match expectation",
            r"condaerror: hash mismatch", r"tarball has incorrect",
        ),
    ),
    (
        Reason(
            "damaged-file",
            "a package in conda's package cache is damaged",
            "conda clean --all, and run this again",
        ),
        (
            r"invalidarchiveerror", r"cannot link a source", r"appears to be corrupted", r"invalid index file",
            r"errno 2\][^']{0,60}'[^']{1,300}[\\/]pkgs[\\/]", r"error when extracting package",
            r"size of .{1,200} should be +\d+ bytes",
        ),
    ),
    (
        Reason(
            "damaged-file",
            "conda could not put a package into the environment",
            "conda clean --all, and run this again",
            is_general=True,
        ),
        (r"error occurred while (?:un)?installing package(?!.{0,1500}(?:post|pre)-link script failed)",),
    ),
    (
        Reason(
            "package-script",
            "a package's own script failed while it was installed",
            "run this again; if it stays, ask for another version of that package",
            is_general=True,
        ),
        (r"(?:post|pre)-link script failed",),
    ),
    (
        Reason(
            "exists",
            "a file that conda would write exists already, and is not conda's",
            "move it away; or make a new environment",
        ),
        (r"failed to link \(.{1,900}error\(17,", r"linking packages \.\.\. error: file already exists"),
    ),
    (
        Reason(
            "filesystem",
            "the file system that conda writes to has no links, or does not allow them",
            "conda config --set always_copy true, and run this again",
        ),
        (r"failed to link \(.{1,900}error\((?:1|22|38|45|95|524),",),
    ),
    (
        Reason(
            "damaged-environment",
            "two packages have the same file, and the environment is no longer sound",
            "make a new environment",
            is_general=True,
        ),
        (r"clobbererror",),
    ),
)
# fmt: on
