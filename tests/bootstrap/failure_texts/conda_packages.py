"""What conda and mamba say of the packages that they keep, unpack and link."""

from __future__ import annotations

UNPACKED = "InvalidArchiveError('Error with a. Message from libarchive was:\\n\\n"

TEXTS: dict[str, tuple[str, ...]] = {
    "http": ("CondaHTTPError: HTTP 404 NOT FOUND for url <https://a.example/b>",),
    "wrong-file": (
        "error    libmamba File not valid: file size doesn't match expectation /a",
        "a-1.conda tarball has incorrect size",
        "a mismatch between the expected content and downloaded content",
        "CondaError: Hash mismatch for package a-1",
    ),
    "damaged-file": (
        "InvalidArchiveError('Error with it')",
        "CondaError: Cannot link a source that does not exist.",
        "The package for a located at /b appears to be corrupted.",
        "CondaIndexError: Invalid index file: /a",
        "OSError: [Errno 2] nein: '/opt/c/pkgs/a-1/lib/b.so'",
        "ERROR   Error when extracting package: /a",
        "An error occurred while installing package 'a::b-1'.",
        "ERROR: size of a.sh should be 123 bytes",
    ),
    "file-in-use": (f"{UNPACKED}Could not unlink')",),
    "old-program": (f"{UNPACKED}Can\\'t initialize filter; unable to run it')",),
    "bad-path": (f"{UNPACKED}Failed to open 'D:\\\\Jörg\\\\a'\")",),
    "not-writable": (f"{UNPACKED}Failed to create dir 'lib'\")",),
    "package-script": ("LinkError: post-link script failed for package a",),
    "exists": (
        "failed to link (src='/a', dst='/b', type=1, error=FileExistsError(17, 'nein'))",
        "Linking packages ...\nError: file already exists: '/opt/a/b'",
    ),
    "filesystem": ("failed to link (src='/a', dst='/b', type=1, error=PermissionError(1, 'nein'))",),
    "damaged-environment": ("ClobberError: see below",),
}
