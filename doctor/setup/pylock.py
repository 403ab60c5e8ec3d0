"""pylock.<build>.toml (PEP 751), written and validated with packaging's own model of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.request import url2pathname

from doctor.model import PROGRAM, DoctorError
from doctor.privacy import without_credentials
from doctor.setup.model import Download, Where
from doctor.text.addresses import parts_of
from doctor.text.documents import Unparsable, toml

_SHA256 = re.compile(r"[0-9a-f]{64}")
CREATED_BY = PROGRAM
UNPINNED = "{name} has no {what}"
BROKEN = "it holds a line break, a space or another character that no address has"
REMADE = "do not use this lock unless you know where it is from; `torch-doctor lock` writes another"
_SCHEMES = ("http", "https")


def file_name(build: str) -> str:
    """ "pylock.cu126.toml"; the name may hold no dot ("rocm6.3" becomes "rocm6-3")."""
    return f"pylock.{build.replace('.', '-')}.toml"


def dump(downloads: Sequence[Download], python: str) -> str:
    """The text of a lock with every file named, hashed and located. `python` is "3.12"."""
    import tomlkit
    from packaging.pylock import Package, Pylock
    from packaging.specifiers import SpecifierSet
    from packaging.utils import canonicalize_name
    from packaging.version import Version

    packages = [
        Package(
            name=canonicalize_name(d.name),
            version=Version(d.version),
            index=d.where.shown or None if d.where.kind == "index" else None,
            wheels=[_wheel(d)] if d.file.endswith(".whl") else None,
            sdist=None if d.file.endswith(".whl") else _sdist(d),
        )
        for d in sorted(downloads, key=lambda d: d.name)
    ]
    lock = Pylock(
        lock_version=Version("1.0"),
        requires_python=SpecifierSet(f"=={python}.*"),
        created_by=CREATED_BY,
        packages=packages,
    )
    lock.validate()
    return tomlkit.dumps(lock.to_dict())


def _location(download: Download) -> dict[str, Any]:
    """What lies on this machine is a path: a lock that names it as a URL is refused elsewhere."""
    parts = parts_of(download.url)
    if parts.scheme in _SCHEMES:
        return {"url": without_credentials(download.url)}
    return {"path": url2pathname(parts.path) if parts.scheme == "file" else download.url}


def _wheel(download: Download) -> Any:
    from packaging.pylock import PackageWheel

    hashes = {"sha256": download.sha256}
    return PackageWheel(name=download.file, size=download.size_bytes, hashes=hashes, **_location(download))


def _sdist(download: Download) -> Any:
    from packaging.pylock import PackageSdist

    hashes = {"sha256": download.sha256}
    return PackageSdist(name=download.file, size=download.size_bytes, hashes=hashes, **_location(download))


def parse(text: str, name: str) -> tuple[Download, ...]:
    """The files of a lock. Raises DoctorError for one that is damaged, newer, or does not name every file by hash."""
    from packaging.pylock import Pylock, PylockUnsupportedVersionError, PylockValidationError

    try:
        lock = Pylock.from_dict(toml(text))
    except Unparsable as error:
        raise _error("unreadable", f"{name} is not TOML", str(error)) from error
    except PylockUnsupportedVersionError as error:
        raise _error("newer", f"{name} has a newer lock format", str(error), "upgrade torch-doctor") from error
    except PylockValidationError as error:
        raise _error("unreadable", f"{name} is not a valid pylock file", str(error)) from error
    return tuple(_download(package, name) for package in lock.packages)


def _download(package: Any, name: str) -> Download:
    files = [*(package.wheels or ()), *([package.sdist] if package.sdist else [])]
    digest = str(files[0].hashes.get("sha256", "")).lower() if files else ""
    if package.version is None or not files or not _SHA256.fullmatch(digest):
        what = "version" if package.version is None else "file" if not files else "SHA-256"
        raise _error("unpinned", f"{name} does not pin every file", UNPINNED.format(name=package.name, what=what))
    where = Where("index", package.index) if package.index else Where()
    url = files[0].url or files[0].path or ""
    unfit = [_unfit(address) for address in (package.index, files[0].url) if address]
    if why := next(filter(None, [*unfit, "" if url.isprintable() else BROKEN]), ""):
        raise _error("address", f"{name} names an address that is not followed", f"{package.name}: {why}", REMADE)
    return Download(str(package.name), str(package.version), url, digest, files[0].size, where)


def _unfit(address: str) -> str:
    """Why a lock of somebody else's may not send us there; what it holds is not repeated."""
    parts = parts_of(address)
    if not address.isprintable() or " " in address or not any(parts):
        return BROKEN
    if parts.scheme not in _SCHEMES:
        return f"{parts.scheme or 'no'}://, where http:// or https:// belongs"
    return "it holds a user or a password" if "@" in parts.netloc else ""


def _error(what: str, message: str, context: str, hint: str = "") -> DoctorError:
    return DoctorError(f"lock-{what}", message, context, hint)


def python_of(text: str) -> str:
    """The Python a lock is for, "3.12"; "" when it does not say one."""
    found = re.search(r'(?m)^requires-python\s*=\s*"(?:==|~=|>=)(\d+\.\d+)', text)
    return found[1] if found else ""
