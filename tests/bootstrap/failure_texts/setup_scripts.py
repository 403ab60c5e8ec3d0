"""What a package's own setup.py, meson.build or build tool trips over."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, ...]] = {
    "build": (
        "ERROR: Some build dependencies for file:///a are missing: 'b'.",
        "╰─> Cannot import build backend 'hatchling.build'.",
        "TypeError: canonicalize_version() got an unexpected keyword argument 'a'",
        "ImportError: cannot import name 'a' from 'packaging.utils'",
        "FileNotFoundError: [Errno 2] No such file or directory: 'VERSION'\nerror: metadata-generation-failed",
        "python setup.py egg_info\nOSError: [Errno 22] Invalid argument: 'README.rst'",
        'meson.build:9:0: ERROR: Dependency "a" not found, tried pkgconfig',
        "The headers or library files could not be found for zlib,",
        "IOError: [Errno 2] No such file or directory: '/tmp/pip-build-x/a/README.TXT'",
        "python setup.py egg_info\n  x = f'{a}'\nSyntaxError: invalid syntax",
        "Error: Please make sure the libxml2 and libxslt development packages are installed.",
        "RuntimeError: Could not find a `llvm-config` binary.",
        "RuntimeError: Building llvmlite requires LLVM 99",
    ),
}
